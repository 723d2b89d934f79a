"""Where printed words stand in the records: the value behind an origin, its field, and what prints as what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipeline.kernel.data_path import value_at
from pipeline.kernel.document import Document, Origin, Runs
from pipeline.kernel.finding import DataPath
from pipeline.record.register import Register
from pipeline.record.schema import Field, Schema
from pipeline.returned.document_text import Rows, places


class Unsure(Exception):  # noqa: N818 - a reason, told to the reader
    """Why a change cannot be written (Chinese)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedFields:
    """The records that a document was made of.

    `file` is the file of the record that it prints, `printed` tells for the last step of a path which text is
    printed for which value: to read a name back as an id.
    """

    register: Register
    schemas: Mapping[str, Schema]
    file: str
    printed: Mapping[str, Mapping[str, Any]]

    def path(self, origin: Origin) -> DataPath:
        """The way to the value behind an origin, as the record has it."""
        entry = self.register.entries.get(origin.file)
        return steps(origin.path, entry.source.data if entry else None)

    def at(self, file: str, path: DataPath) -> Any:
        """What a record holds at a path; None where there is nothing."""
        entry = self.register.entries.get(file)
        return value_at(entry.source.data, path) if entry else None

    def schema(self, file: str) -> Schema:
        """The schema of a file; raises `Unsure` where there is no such record."""
        entry = self.register.entries.get(file)
        if entry is None:
            raise Unsure(f"读不到 {file}")
        return self.schemas[entry.kind.name]

    def field(self, origin: Origin) -> tuple[DataPath, Field]:
        """The path of an origin and what may stand there; raises `Unsure` for what the program works out."""
        path = self.path(origin)
        field = self.schema(origin.file).at(path)
        if field is None:
            raise Unsure("这里印的是算出来的结果，没有字段可改")
        return path, field


def printed_values(document: Document, register: Register) -> dict[str, dict[str, Any]]:
    """For the last step of every path, the text that is printed for each value."""
    found: dict[str, dict[str, Any]] = {}
    for spot in places(document):
        groups = [cell for row in spot.rows for cell in row] if isinstance(spot, Rows) else [spot.runs]
        for run in (run for runs in groups for run in runs if run.origin.path):
            entry = register.entries.get(run.origin.file)
            data = entry.source.data if entry else None
            path = steps(run.origin.path, data)
            value = value_at(data, path)
            if isinstance(value, str):
                found.setdefault(str(path[-1]), {})[run.text.strip()] = value
    return found


def steps(path: str, data: Any) -> DataPath:
    """A path as origins write it, its steps as the data have them: items of lists by number."""
    found: list[str | int] = []
    for step in path.split("."):
        number = step.isdigit() and (
            isinstance(data, list) or (isinstance(data, Mapping) and step not in data)
        )
        found.append(int(step) if number else step)
        data = value_at(data, (found[-1],))
    return tuple(found)


def shared(paths: Sequence[DataPath]) -> DataPath:
    """The beginning that all paths have in common."""
    found = []
    for level in zip(*paths, strict=False):
        if len(set(level)) != 1:
            break
        found.append(level[0])
    return tuple(found)


def item_of(path: DataPath) -> DataPath:
    """The innermost item of a list on the way of a path; empty where there is none."""
    at = next((index for index in range(len(path) - 1, -1, -1) if isinstance(path[index], int)), -1)
    return path[: at + 1]


def parted(text: str, runs: Runs) -> Iterator[tuple[Origin, str]]:
    """The words of a cell by their fields, cut where the cell beside it has words of the program."""
    fields = [run for run in runs if run.origin.path]
    if len(fields) == 1 and len(runs) == 1:
        yield fields[0].origin, text
        return
    pattern = "".join("(.+)" if run.origin.path else re.escape(run.text) for run in runs)
    split = re.fullmatch(pattern, text) if fields and not _adjacent(runs) else None
    if fields and split is None:
        if text:
            raise Unsure(f"“{text[:40]}”分不清是哪几项")
        return
    yield from zip((run.origin for run in fields), split.groups() if split else (), strict=True)


def _adjacent(runs: Runs) -> bool:
    return any(one.origin.path and two.origin.path for one, two in pairwise(runs))
