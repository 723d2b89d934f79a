"""Walking a record's texts with their paths, for rules that read every word."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from operator import attrgetter
from types import NoneType
from typing import Any

from pipeline.kernel.finding import DataPath
from pipeline.kernel.structs import field_names

_NEVER_TEXT = frozenset({NoneType, bool, int, Decimal, date})
_NO_TEXT = frozenset({"project", "id", "declined"})

Texts = tuple[tuple[DataPath, str], ...]
"""Texts with the paths to them, in the order of the fields."""


def texts(value: object, path: DataPath = ()) -> Texts:
    """Every text inside a record or a part of one, with the path to it, in the order of the fields."""
    if isinstance(value, str):
        return ((path, value),)
    found: list[tuple[DataPath, str]] = []
    _collect(value, path, found)
    return tuple(found)


def _collect(value: Any, path: DataPath, found: list[tuple[DataPath, str]]) -> None:
    """Appends to one list: generators within generators would cost more than all rules together."""
    kind: Any = value.__class__  # what tells of what is read of it says so what it stands for
    parts: Iterable[tuple[Any, Any]]
    if kind is tuple:
        parts = enumerate(value)
    elif kind is dict:
        parts = value.items()
    else:
        names, read = _fields(kind)
        parts = zip(names, read(value), strict=True)
    for step, part in parts:
        of = type(part)
        if of in _NEVER_TEXT or step is None:
            continue
        if of is str:
            found.append(((*path, step), part))
        elif part:
            _collect(part, (*path, step), found)


@cache
def _fields(kind: type) -> tuple[tuple[str | None, ...], Callable[[Any], tuple[Any, ...]]]:
    """The fields of a record's class (None for one whose text is no words) and what reads them all; none for anything else."""
    names = tuple(None if name in _NO_TEXT else name for name in field_names(kind))
    if len(names) < 2:
        return names, lambda value: tuple(getattr(value, name) for name in field_names(kind))
    return names, attrgetter(*field_names(kind))
