"""Findings of one file, counted by code so that a broken file cannot flood a report."""

from __future__ import annotations

from collections import Counter

from pipeline.kernel.finding import Code, Finding, Fix, Place, arrange

MOST = 2000
"""Findings of one code and file that are kept; the rest are counted in a closing one.

No more than a file of hostile bytes takes: what people read is shortened where it is shown.
"""


class CountedFindings:
    """Collects findings. Of each code the first `MOST` are kept, and how many more there were is told."""

    def __init__(self) -> None:
        self._kept: list[Finding] = []
        self._counts: Counter[str] = Counter()
        self._untold: dict[str, tuple[Code, Place]] = {}

    def full(self, code: Code) -> bool:
        """Whether one more of this code would only be counted, so that place and message need no work."""
        return self._counts[code.code] > MOST

    def count(self, code: Code) -> None:
        """One more of a code that is `full`."""
        self._counts[code.code] += 1

    def add(
        self,
        code: Code,
        place: Place,
        message: str,
        *,
        hint: str = "",
        related: tuple[Place, ...] = (),
        fix: Fix | None = None,
    ) -> None:
        """One finding; the first beyond the limit marks where the untold ones begin."""
        self._counts[code.code] += 1
        if self._counts[code.code] > MOST:
            self._untold.setdefault(code.code, (code, place))
            return
        self._kept.append(code.at(place, message, hint=hint, related=related, fix=fix))

    def extend(self, findings: tuple[Finding, ...]) -> None:
        """Findings made elsewhere."""
        self._counts.update(finding.code for finding in findings)
        self._kept.extend(findings)

    def findings(self) -> tuple[Finding, ...]:
        """Everything found, in the order of the file."""
        closing = [
            code.at(place, f"同类问题从这里起还有 {self._counts[name] - MOST} 处，没有一一列出")
            for name, (code, place) in self._untold.items()
        ]
        return arrange([*self._kept, *closing])
