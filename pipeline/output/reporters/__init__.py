"""Reporters: findings in the form a person or a program reads; one module and one name here for each."""

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module

from pipeline.output.reporters.result import Result


def _report(name: str, result: Result) -> str:
    """A result in the form of one module, loaded when it is asked for: most checks are read by one person."""
    said: str = import_module(f"{__name__}.{name}").report(result)
    return said


FORMATS: Mapping[str, Callable[[Result], str]] = {
    name: partial(_report, name) for name in ("text", "json", "github", "gitlab", "sarif", "junit")
}
"""Format name → what turns a check's result into text."""

__all__ = ["FORMATS", "Result"]
