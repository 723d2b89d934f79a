"""Items of a list that are written twice, word for word: a slip of copying that sums and counts would carry on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.finding import DataPath, Finding
from pipeline.schema import codes
from pipeline.schema.definition import Schema
from pipeline.source import Source


def findings(source: Source, schema: Schema) -> Iterator[Finding]:
    """A finding for each item that repeats an earlier one; ids and choices are left to their rules."""
    for path, first in _repeated(source.data, ()):
        item = schema.at(path)
        if item is None or item.values or item.type == "id" or path in source.broken:
            continue
        above = schema.at(path[:-1])
        number, place = int(path[-1]), source.place((*path[:-1], first))
        message = f"“{above.label if above else path[-2]}”第 {number + 1} 项与第 {first + 1} 项一模一样"
        yield codes.REPEATED.at(source.place(path), message, related=(place,))


def _repeated(value: Any, path: DataPath) -> Iterator[tuple[DataPath, int]]:
    """The path of each repeated item, and the number of the one it repeats."""
    if value.__class__ is dict:
        for key, inner in value.items():
            if inner.__class__ is dict or inner.__class__ is list:
                yield from _repeated(inner, (*path, key))
    elif value.__class__ is list:
        seen: dict[object, int] = {}
        for index, item in enumerate(value):
            same = item if item.__class__ is str else repr(item)
            if item and seen.setdefault(same, index) != index:
                yield (*path, index), seen[same]
            if item.__class__ is dict or item.__class__ is list:
                yield from _repeated(item, (*path, index))
