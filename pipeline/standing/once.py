"""What is told again and again, worked out once for the same records."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, Protocol, TypeVar

from pipeline.record.model import Records
from pipeline.standing.proof import Approved

Told = TypeVar("Told")
Asked = TypeVar("Asked", bound=Hashable)

_MOST = 3
"""Records whose answers are kept: a command looks at the college as it is, as of its day, and as anyone may see it."""

_NOBODY: Any = object()
_kept: list[tuple[Records, dict[str, dict[Any, Any]]]] = []


def once(function: Callable[[Records, Asked], Told]) -> Callable[[Records, Asked], Told]:
    """A function of records, which are never altered, and of a project (or a day): asked again, it gives what it gave.

    Whoever watches what is read of the records has it worked out, for else nothing would be seen.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def told(records: Records, asked: Asked) -> Told:
        if records.__class__ is not Records:
            return function(records, asked)
        known = _answers(records, name)
        try:
            found: Told = known[asked]
        except KeyError:
            found = known[asked] = function(records, asked)
        return found

    return told


Answer = TypeVar("Answer", covariant=True)


class AsApproved(Protocol[Answer]):
    """A function of records, a project and what the approval trail tells, if anything."""

    def __call__(self, records: Records, project: str, approved: Approved | None = None) -> Answer:
        """What it tells."""
        ...


def once_approved(function: AsApproved[Told]) -> AsApproved[Told]:
    """The same for a function that is told as well what the approval trail tells: asked again with the very same."""
    name = f"{function.__module__}.{function.__qualname__}"  # type: ignore[attr-defined]  # it is a function

    @wraps(function)
    def told(records: Records, project: str, approved: Approved | None = None) -> Told:
        # A mapping that tells what is read of it is no dict.
        if records.__class__ is not Records or not (approved is None or approved.__class__ is dict):
            return function(records, project, approved)
        known = _answers(records, name)
        whose, mine = known.get(id(approved), (_NOBODY, {}))
        if whose is not approved:
            if len(known) >= _MOST:
                known.clear()
            whose, mine = known[id(approved)] = approved, {}
        try:
            found: Told = mine[project]
        except KeyError:
            found = mine[project] = function(records, project, approved)
        return found

    return told


def _answers(records: Records, name: str) -> dict[Any, Any]:
    """The answers of a function about these very records; the newest records stand first."""
    for whose, known in _kept:
        if whose is records:
            return known[name] if name in known else known.setdefault(name, {})
    fresh: dict[str, dict[Any, Any]] = {name: {}}
    _kept.insert(0, (records, fresh))  # of two threads that ask at once each has answers of its own
    del _kept[_MOST:]
    return fresh[name]
