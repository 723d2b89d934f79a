"""What is told of a project again and again, worked out once for the same records."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from pipeline.record.model import Records

Told = TypeVar("Told")

_MOST = 3
"""Records whose answers are kept: a command looks at the college as it is, as of its day, and as anyone may see it."""

_kept: list[tuple[Records, dict[tuple[str, str], Any]]] = []


def once(function: Callable[[Records, str], Told]) -> Callable[[Records, str], Told]:
    """A function of records, which are never altered, and a project: asked again, it gives what it gave.

    Whoever watches what is read of the records has it worked out, for else nothing would be seen.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def told(records: Records, project: str) -> Told:
        if records.__class__ is not Records:
            return function(records, project)
        known, key = _answers(records), (name, project)
        if key not in known:
            known[key] = function(records, project)
        found: Told = known[key]
        return found

    return told


def _answers(records: Records) -> dict[tuple[str, str], Any]:
    """The answers about these very records, newest first."""
    for whose, known in _kept:
        if whose is records:
            return known
    fresh: dict[tuple[str, str], Any] = {}
    _kept.insert(0, (records, fresh))  # of two threads that ask at once each has answers of its own
    del _kept[_MOST:]
    return fresh
