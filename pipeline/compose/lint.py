"""Reading every Markdown field for what no document can hold, before anything is composed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pipeline.compose.fields import MOST_COLUMNS, faults
from pipeline.kernel.codes.templating import UNSUPPORTED
from pipeline.kernel.finding import DataPath, Finding
from pipeline.record.register import Entry, Register
from pipeline.record.schema import Field, Schema

Found = list[tuple[DataPath, str]]
Finder = Callable[[Any, DataPath, Found], None]
"""Adds the suspect texts in a value at a path, with their paths."""

_MARKER = r"(?:[-+*]|[0-9]{1,9}[.)])"
_LINE = re.compile(
    rf"""(?x)
    \n[ ]* (?:{_MARKER}[ ]+)*                       # a line, with the markers of lists it begins with
    (?: [#>=~] | -[ ]*(?:-|\n|\Z) | [*_](?:[ ]*[*_]){{2}}
      | [*+][ ] | -[ ]+[0-9]                        # what is no list here, or may be a number below zero
      | {_MARKER}[ ]{{5}}                           # code inside a list
      | {_MARKER}[ ]*(?:\n|\Z)                      # an item without words
    )
    """
)
_BOLD = re.compile(r"(?<![!-~])\*\*(?=[^\s*])[^*\n]+(?<=[^\s*])\*\*(?![!-~])")
"""Bold that surely holds: its stars touch the words inside, and no Latin letter outside."""


_MOST = 100_000
"""Characters of formatted text in one record that are looked at; no agreement comes near it."""
_MOST_FAULTS = 100
"""Faults of one text that are told one by one."""


class Linter:
    """Looks at every Markdown text for what no document can show; each kind of record is learned once."""

    def __init__(self, schemas: Mapping[str, Schema]) -> None:
        self._schemas = schemas
        self._finders: dict[str, Finder | None] = {}

    def findings(self, entry: Entry) -> Iterator[Finding]:
        """A finding for every such text of a record."""
        kind = entry.kind.name
        if kind not in self._finders:
            self._finders[kind] = _finder(self._schemas[kind].root)
        find = self._finders[kind]
        if find is not None and entry.record is not None:
            found: Found = []
            find(entry.record, (), found)
            yield from _lint(entry, found)


def lint(register: Register, schemas: Mapping[str, Schema]) -> Iterator[Finding]:
    """A finding for every Markdown text that holds something no document can show."""
    linter = Linter(schemas)
    for entry in register.entries.values():
        yield from linter.findings(entry)


def _lint(entry: Entry, found: Found) -> Iterator[Finding]:
    read = 0
    for path, text in found:
        if entry.silent(path):
            continue
        read += len(text)
        if read > _MOST:
            message = f"这份记录里带格式的长文本超过 {_MOST} 个字，从这里起没有再检查"
            yield UNSUPPORTED.at(entry.source.place(path), message, hint="长材料作附件登记，这里写要点")
            return
        yield from _faults(entry, path, text)


def _finder(field: Field) -> Finder | None:
    """What finds the suspect texts of a field and all below it; None where there can be none."""
    if field.type == "markdown":
        return _if_suspect
    if field.children:
        inner = {key: finder for key, child in field.children.items() if (finder := _finder(child))}
        return _in_fields(inner) if inner else None
    each = _finder(field.each) if field.each else None
    return _in_each(each) if each else None


def _if_suspect(value: Any, path: DataPath, found: Found) -> None:
    if suspect(value):
        found.append((path, value))


def _in_fields(inner: Mapping[str, Finder]) -> Finder:
    def find(value: Any, path: DataPath, found: Found) -> None:
        for key, finder in inner.items():
            part = getattr(value, key, None)
            if part:
                finder(part, (*path, key), found)

    return find


def _in_each(each: Finder) -> Finder:
    def find(value: Any, path: DataPath, found: Found) -> None:
        for step, item in value.items() if isinstance(value, Mapping) else enumerate(value):
            if item:
                each(item, (*path, step), found)

    return find


def suspect(text: str) -> bool:
    """Whether a text may hold something that no document can show; False only where it surely does not."""
    lines = f"\n{text}"
    return (
        "`" in text
        or "[" in text
        or "\t" in text
        or "\n    " in lines
        or _LINE.search(lines) is not None
        or ("|" in text and not _even(text))
        or ("**" in text and "**" in _BOLD.sub("", text))
    )


def _even(text: str) -> bool:
    """Whether all lines with bars have bars at both ends and as many as each other: no row is overfull."""
    rows = [line.strip() for line in text.split("\n") if "|" in line]
    counts = {row.count("|") for row in rows}
    closed = all(row[0] == row[-1] == "|" for row in rows)
    return closed and len(counts) == 1 and max(counts) <= MOST_COLUMNS + 1 and "\\" not in text


def _faults(entry: Entry, path: DataPath, text: str) -> Iterator[Finding]:
    lines = text.splitlines(keepends=True)
    for count, error in enumerate(faults(text)):
        if count == _MOST_FAULTS:
            yield UNSUPPORTED.at(
                entry.source.place(path), f"这段文字里的同类问题超过 {count} 处，没有一一列出"
            )
            return
        place = entry.source.text_place(path, sum(map(len, lines[: error.line - 1])))
        yield UNSUPPORTED.at(place, f"长文本里用了文书排不出来的格式：{error.what}")
