"""Reading every Markdown field for what no document can hold, before anything is composed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.compose.codes import UNSUPPORTED
from pipeline.compose.inline import UNSUPPORTED_NODES, unsupported
from pipeline.compose.parser import parse
from pipeline.finding import DataPath, Finding
from pipeline.model import texts
from pipeline.register import Entry, Register
from pipeline.schema import Schema

_SUSPECT = re.compile(r"(?m)^ *(?:[#>=~]|-[ \t]*-|[*_][ \t]*[*_])|^(?:\t| {4})|[`\[]")
"""Cheap test on the text as typed: without one of these nothing unsupported can be in it."""


def lint(register: Register, schemas: Mapping[str, Schema]) -> Iterator[Finding]:
    """A finding for every Markdown text that holds something no document can show."""
    for entry in register.entries.values():
        if entry.record is None:
            continue
        schema = schemas[entry.kind.name]
        for path, text in texts(entry.record):
            if _SUSPECT.search(text):
                field = schema.at(path)
                if field and field.type == "markdown" and not entry.silent(path):
                    yield from _faults(entry, path, text)


def _faults(entry: Entry, path: DataPath, text: str) -> Iterator[Finding]:
    lines = text.splitlines(keepends=True)
    for top in parse(text):
        for node in top.walk():
            if node.type in UNSUPPORTED_NODES:
                error = unsupported(node)
                place = entry.source.text_place(path, sum(map(len, lines[: error.line - 1])))
                yield UNSUPPORTED.at(place, f"长文本里用了文书排不出来的格式：{error.what}")
