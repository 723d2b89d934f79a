"""Findings as one JSON object, for programs."""

from __future__ import annotations

import json

from pipeline.kernel.finding import Finding, Place, Severity
from pipeline.output.reporters.result import Result


def report(result: Result) -> str:
    """`{"findings": […], "summary": {…}}`; severities error, warning, due, info."""
    counts = result.counts
    summary = {
        "files": result.files,
        "errors": counts[Severity.ERROR],
        "warnings": counts[Severity.WARNING],
        "due": counts[Severity.DUE],
        "infos": counts[Severity.INFO],
    }
    findings = [_finding(finding) for finding in result.printable()]
    return json.dumps({"findings": findings, "summary": summary}, ensure_ascii=False, indent=2) + "\n"


def _finding(finding: Finding) -> dict[str, object]:
    shown: dict[str, object] = {
        "code": finding.code,
        "severity": finding.severity.value,
        **_place(finding.place),
        "message": finding.message,
        "clause": finding.clause,
        "hint": finding.hint,
    }
    if finding.related:
        shown["related"] = [_place(place) for place in finding.related]
    return shown


def _place(place: Place) -> dict[str, object]:
    return {"file": place.file, "line": place.line, "column": place.column}
