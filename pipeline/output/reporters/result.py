"""What every reporter is given, and the parts of a report that all formats share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from pipeline.kernel.finding import Finding, Place, Severity
from pipeline.kernel.structs import Struct, replace
from pipeline.kernel.visible import escape_controls


class Result(Struct, frozen=True, kw_only=True):
    """A check's findings in order; `files` counts what was checked; `text_of` gives a file's text by its name.

    `colour` asks for terminal colours and `width` for so many columns, where a format knows them.
    """

    findings: tuple[Finding, ...]
    files: int
    text_of: Callable[[str], str]
    colour: bool = False
    width: int | None = None

    @property
    def counts(self) -> dict[Severity, int]:
        """How many findings of each severity, all severities named."""
        counted = Counter(finding.severity for finding in self.findings)
        return {severity: counted[severity] for severity in Severity}

    def printable(self) -> Iterator[Finding]:
        """The findings with every control, bidi and invisible character in them written out as `<U+202E>`."""
        return map(printable, self.findings)

    def summary(self) -> str:
        """What was checked and how much was found, in one Chinese sentence."""
        if not self.findings:
            return f"检查了 {self.files} 个文件，没有发现问题。"
        counts = self.counts
        parts = [f"{counts[severity]} 个{severity.label}" for severity in Severity if counts[severity]]
        return f"检查了 {self.files} 个文件：{'，'.join(parts)}。"


def printable(finding: Finding) -> Finding:
    """A finding that shows what it quotes: file names without line ends, texts without hidden characters."""
    return replace(
        finding,
        place=_printable(finding.place),
        message=escape_controls(finding.message),
        clause=escape_controls(finding.clause),
        hint=escape_controls(finding.hint),
        related=tuple(_printable(place) for place in finding.related),
    )


def _printable(place: Place) -> Place:
    return replace(place, file=escape_controls(place.file, keep=""))


def full_message(finding: Finding) -> str:
    """Message, other places, clause and remedy, one to a line: the whole finding where a format has one text."""
    lines = [finding.message, *(f"另见：{place}" for place in finding.related)]
    if finding.clause:
        lines.append(f"依据：{finding.clause}")
    if finding.hint:
        lines.append(f"改法：{finding.hint}")
    return "\n".join(lines)
