"""Reporters: findings in the form a person or a program reads; one module and one line here for each."""

from collections.abc import Callable, Mapping

from pipeline.output.reporters import github, gitlab, json, junit, sarif, text
from pipeline.output.reporters.result import Result

FORMATS: Mapping[str, Callable[[Result], str]] = {
    "text": text.report,
    "json": json.report,
    "github": github.report,
    "gitlab": gitlab.report,
    "sarif": sarif.report,
    "junit": junit.report,
}
"""Format name → what turns a check's result into text."""

__all__ = ["FORMATS", "Result"]
