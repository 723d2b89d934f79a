"""Findings as GitHub workflow commands: annotations beside the changed lines of a pull request."""

from __future__ import annotations

from pipeline.kernel.finding import Finding, Severity
from pipeline.output.reporters.result import Result, full_message

_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.DUE: "notice",
    Severity.INFO: "notice",
}


def report(result: Result) -> str:
    """One command a line, then the sentence that counts them, which GitHub shows in the log only."""
    return "".join(f"{_command(finding)}\n" for finding in result.printable()) + result.summary() + "\n"


def _command(finding: Finding) -> str:
    place = finding.place
    properties = {
        "file": place.file,
        "line": place.line,
        "col": place.column,
        "title": f"{finding.severity.label} {finding.code}",
    }
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{_LEVELS[finding.severity]} {listed}::{_data(full_message(finding))}"


def _data(text: str) -> str:
    """A command's message: the runner splits commands at line ends, and decodes what it was given encoded."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A command's property, which may hold neither the sign between properties nor the one behind them."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
