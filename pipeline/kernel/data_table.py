"""Tables for other programs: rows of plain values under columns that say what they mean."""

from __future__ import annotations

from enum import StrEnum

from pipeline.kernel.grid import Cell
from pipeline.kernel.structs import Struct


class Sort(StrEnum):
    """What a column holds, by the name that databases give it."""

    TEXT = "TEXT"
    WHOLE = "INTEGER"
    NUMBER = "NUMERIC"
    MONEY = "DECIMAL(18,2)"
    DAY = "DATE"
    FLAG = "BOOLEAN"


class DataColumn(Struct, frozen=True, kw_only=True):
    """A column: its name for programs, what people call it, and what it means.

    `parent` names the table whose `id` it repeats, `refers` what sort of thing its ids stand for. `personal` ones
    tell of a person how to reach or to pay her.
    """

    name: str
    label: str
    sort: Sort = Sort.TEXT
    meaning: str = ""
    required: bool = False
    choices: str = ""
    clause: str = ""
    parent: str = ""
    refers: str = ""
    personal: bool = False


class DataTable(Struct, frozen=True, kw_only=True):
    """A table: every row has a value for each column; the first column tells rows apart where it is `id`."""

    name: str
    label: str
    columns: tuple[DataColumn, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()
