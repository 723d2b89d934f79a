"""One cause, one finding: what forty places say of somebody who is gone is told once, with the places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pipeline.kernel.finding import Finding, Fix, Severity
from pipeline.kernel.structs import replace


def by_cause(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings in their order, those of one cause in the place of the first; what is likely misspelt stays apart.

    Nothing is lost: every other place stands under the one finding.
    """
    groups: dict[tuple[str, Severity, Fix | None], list[Finding]] = defaultdict(list)
    for one in findings:
        if one.cause:
            groups[one.cause, one.severity, one.fix].append(one)
    told = []
    for one in findings:
        group = groups.get((one.cause, one.severity, one.fix), [one])
        if len(group) == 1:
            told.append(one)
        elif group[0] is one:
            told.append(_together(group))
    return tuple(told)


def _together(group: Sequence[Finding]) -> Finding:
    first, others = group[0], group[1:]
    places = dict.fromkeys((*first.related, *(one.place for one in others)))
    files = len({one.place.file for one in group})
    spread = f"，在 {files} 个文件里" if files > 1 else ""
    message = f"{first.message}（同一个原因共 {len(group)} 处{spread}）"
    return replace(first, message=message, related=tuple(places))
