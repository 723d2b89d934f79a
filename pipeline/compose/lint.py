"""Reading every Markdown field for what no document can hold, before anything is composed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.compose.codes import UNSUPPORTED
from pipeline.compose.fields import faults
from pipeline.finding import DataPath, Finding
from pipeline.model import texts
from pipeline.register import Entry, Register
from pipeline.schema import Schema

_MARKER = r"(?:[-+*]|[0-9]{1,9}[.)])"
_SUSPECT = re.compile(
    rf"""(?mx)
      ^[ \t]* (?:{_MARKER}[ \t]+)* (?:[#>=~] | -[ \t]*(?:-|$) | [*_](?:[ \t]*[*_]){{2}})
    | ^(?:\t|[ ]{{4}})                              # code, unless it belongs to a list
    | {_MARKER}(?:[ ]{{5}}|[ ]*\t)                  # code inside a list
    | [`\[|]                                       # code, links, tables
    """
)
"""Without one of these, as typed, nothing unsupported can be in a text."""

_BOLD = re.compile(r"(?<![!-~])\*\*(?=[^\s*])[^*\n]+(?<=[^\s*])\*\*(?![!-~])")
"""Bold that surely holds: its stars touch the words inside, and no Latin letter outside."""


_MOST = 100_000
"""Characters of formatted text in one record that are looked at; no agreement comes near it."""
_MOST_FAULTS = 100
"""Faults of one text that are told one by one."""


def lint(register: Register, schemas: Mapping[str, Schema]) -> Iterator[Finding]:
    """A finding for every Markdown text that holds something no document can show."""
    for entry in register.entries.values():
        if entry.record is not None:
            yield from _lint(entry, schemas[entry.kind.name])


def _lint(entry: Entry, schema: Schema) -> Iterator[Finding]:
    read = 0
    for path, text in texts(entry.record):
        if not suspect(text):
            continue
        field = schema.at(path)
        if field is None or field.type != "markdown" or entry.silent(path):
            continue
        read += len(text)
        if read > _MOST:
            message = f"这份记录里带格式的长文本超过 {_MOST} 个字，从这里起没有再检查"
            yield UNSUPPORTED.at(entry.source.place(path), message, hint="长材料作附件登记，这里写要点")
            return
        yield from _faults(entry, path, text)


def suspect(text: str) -> bool:
    """Whether a text may hold something that no document can show; False only where it surely does not."""
    return bool(_SUSPECT.search(text)) or ("**" in text and "**" in _BOLD.sub("", text))


def _faults(entry: Entry, path: DataPath, text: str) -> Iterator[Finding]:
    lines = text.splitlines(keepends=True)
    for count, error in enumerate(faults(text)):
        if count == _MOST_FAULTS:
            yield UNSUPPORTED.at(entry.source.place(path), f"这段文字里的同类问题超过 {count} 处，没有一一列出")
            return
        place = entry.source.text_place(path, sum(map(len, lines[: error.line - 1])))
        yield UNSUPPORTED.at(place, f"长文本里用了文书排不出来的格式：{error.what}")
