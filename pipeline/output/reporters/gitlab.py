"""Findings as a GitLab code quality report, shown in the merge request."""

from __future__ import annotations

import hashlib
import json
from collections import Counter

from pipeline.kernel.finding import Finding, Severity
from pipeline.output.reporters.result import Result, full_message

_SEVERITIES = {
    Severity.ERROR: "critical",
    Severity.WARNING: "major",
    Severity.DUE: "minor",
    Severity.INFO: "info",
}


def report(result: Result) -> str:
    """A list of issues; an empty list where nothing was found."""
    seen: Counter[str] = Counter()
    issues = [_issue(finding, seen) for finding in result.printable()]
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _issue(finding: Finding, seen: Counter[str]) -> dict[str, object]:
    return {
        "description": full_message(finding),
        "check_name": finding.code,
        "fingerprint": fingerprint(finding, seen),
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": finding.place.file, "lines": {"begin": finding.place.line}},
    }


def fingerprint(finding: Finding, seen: Counter[str]) -> str:
    """What tells a finding from all others of a report, and stays when lines above it come and go.

    Findings of equal words in one file are numbered in order; `seen` counts them through the report.
    """
    # Without the line, which moves with every edit above it and would make an old finding a new one.
    same = "\0".join((finding.code, finding.place.file, finding.message))
    seen[same] += 1
    return hashlib.sha256(f"{same}\0{seen[same]}".encode()).hexdigest()
