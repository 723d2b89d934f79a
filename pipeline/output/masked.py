"""Tables for others: what names or reaches people of enterprises is masked wherever somebody wrote it into a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.kernel.data_table import DataTable, Sort
from pipeline.kernel.grid import Cell
from pipeline.kernel.structs import replace

MASK = "（略）"
_NAMING = re.compile(r"(?:name|signatory|engineer|lead)\Z")
_NO_PERSON = re.compile("户名|开户|账")
_FIRST = re.compile(r"[\u3400-\u9fff·]{2,8}|[A-Za-z]+(?: [A-Za-z]+)+")
_REACHES = re.compile(
    r"(?<![0-9A-Za-z])(?:(?:\+?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}|0[0-9]{2,3}[-－—– ]?[0-9]{7,8})(?![0-9A-Za-z])"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
"""Mobile numbers, telephones with the code of their town, addresses of mail."""
_KEYS = ("id", "file", "parent", "key", "sha256")


def people_named(tables: Iterable[DataTable], own: Iterable[str]) -> tuple[str, ...]:
    """The names in columns that are left out, longest first; those of the college's own people are none of them."""
    known = set(own)
    found = {
        match[0]
        for table in tables
        for number, column in enumerate(table.columns)
        if column.personal and _NAMING.search(column.name) and not _NO_PERSON.search(column.label)
        for row in table.rows
        if isinstance(row[number], str) and (match := _FIRST.match(str(row[number]).strip()))
    }
    return tuple(sorted(found - known, key=lambda name: (-len(name), name)))


def masked(table: DataTable, people: tuple[str, ...]) -> DataTable:
    """A table whose texts name none of these people and hold no number or address to reach anybody."""
    pattern = re.compile("|".join(map(re.escape, people))) if people else None
    kept = [
        column.sort is Sort.TEXT and column.name not in _KEYS and not column.name.endswith(("_id", "_sha256"))
        for column in table.columns
    ]

    def cells(row: tuple[Cell, ...]) -> Iterator[Cell]:
        for value, texts in zip(row, kept, strict=True):
            if texts and isinstance(value, str):
                value = _REACHES.sub(MASK, value)
                value = pattern.sub(MASK, value) if pattern else value
            yield value

    return replace(table, rows=tuple(tuple(cells(row)) for row in table.rows))
