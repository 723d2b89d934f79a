"""Walking a record's texts with their paths, for rules that read every word."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, cast

from pipeline.finding import DataPath

_NO_TEXT = frozenset({"project", "id", "declined"})

Texts = tuple[tuple[DataPath, str], ...]
"""Texts with the paths to them, in the order of the fields."""


def texts(value: object, path: DataPath = ()) -> Texts:
    """Every text inside a record or a part of one, with the path to it, in the order of the fields."""
    found: list[tuple[DataPath, str]] = []
    _collect(value, path, found)
    return tuple(found)


def _collect(value: object, path: DataPath, found: list[tuple[DataPath, str]]) -> None:
    """Appends to one list: generators within generators would cost more than all rules together."""
    kind: Any = type(value)
    if kind is str:
        found.append((path, cast("str", value)))
    elif kind is tuple:
        for index, item in enumerate(cast("tuple[object, ...]", value)):
            _collect(item, (*path, index), found)
    elif kind is dict:
        for key, item in cast("dict[str, object]", value).items():
            _collect(item, (*path, key), found)
    else:
        for name in _names(kind):
            part = getattr(value, name)
            if part is not None:
                _collect(part, (*path, name), found)


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a record's class that may hold text; none for numbers and dates."""
    named = fields(kind) if is_dataclass(kind) else ()
    return tuple(field.name for field in named if field.name not in _NO_TEXT)
