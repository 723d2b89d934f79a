"""Walking a record's texts with their paths, for rules that read every word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from pipeline.finding import DataPath

_NO_TEXT = frozenset({"project", "id", "declined"})


def texts(value: object, path: DataPath = ()) -> Iterator[tuple[DataPath, str]]:
    """Every text inside a record or a part of one, with the path to it, in the order of the fields."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from texts(item, (*path, index))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from texts(item, (*path, key))
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in _NO_TEXT:
                yield from texts(getattr(value, field.name), (*path, field.name))
