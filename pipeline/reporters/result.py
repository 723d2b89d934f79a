"""What every reporter is given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.finding import Finding, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A check's findings in order; `files` counts what was checked; `text_of` gives a file's text by its name.

    `colour` asks for terminal colours, where a format knows them.
    """

    findings: tuple[Finding, ...]
    files: int
    text_of: Callable[[str], str]
    colour: bool = False

    @property
    def counts(self) -> dict[Severity, int]:
        """How many findings of each severity, all severities named."""
        counted = Counter(finding.severity for finding in self.findings)
        return {severity: counted[severity] for severity in Severity}
