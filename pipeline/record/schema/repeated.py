"""Items of a list that are written twice, word for word: a slip of copying that sums and counts would carry on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.kernel.codes import shape
from pipeline.kernel.finding import DataPath, Finding
from pipeline.record.schema.definition import Schema
from pipeline.source import Source

_FEW = 50


def findings(source: Source, schema: Schema) -> Iterator[Finding]:
    """A finding for each item that repeats an earlier one; ids and choices are left to their rules."""
    found: list[tuple[DataPath, int]] = []
    _collect(source.data, (), found)
    for path, first in found:
        item = schema.at(path)
        if item is None or item.values or item.type == "id" or path in source.broken:
            continue
        above = schema.at(path[:-1])
        number, place = int(path[-1]), source.place((*path[:-1], first))
        message = f"“{above.label if above else path[-2]}”第 {number + 1} 项与第 {first + 1} 项一模一样"
        yield shape.REPEATED.at(source.place(path), message, related=(place,))


def _collect(value: Any, path: DataPath, found: list[tuple[DataPath, int]]) -> None:
    """Append the path of each repeated item, and the number of the one it repeats.

    One list is appended to: generators within generators would cost more than the comparing.
    """
    inner = value.items() if value.__class__ is dict else enumerate(value) if value.__class__ is list else ()
    for step, item in inner:
        if item.__class__ is dict or item.__class__ is list:
            _collect(item, (*path, step), found)
    if value.__class__ is list and len(value) > 1:
        found += [((*path, index), first) for index, first in _twins(value)]


def _twins(items: list[Any]) -> Iterator[tuple[int, int]]:
    """The numbers of equal items, the later one first. Comparing a few is faster than writing each out."""
    if len(items) <= _FEW:
        places = enumerate(map(items.index, items))
    else:
        seen: dict[str, int] = {}
        places = enumerate(seen.setdefault(repr(item), index) for index, item in enumerate(items))
    yield from ((index, first) for index, first in places if first != index and items[index])
