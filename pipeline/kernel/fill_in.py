"""A workbook to be filled in, as plain data: one page of single answers, one page for each list."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.kernel.grid import Cell, Shape

FORM = "填写"
"""The page of single answers."""
TOO_LONG = "太长，请用 coop desk 改"
"""Stands locked in the place of a text that no cell can hold."""
_MOST = 32_767
"""UTF-16 units in a cell of a spreadsheet."""


def too_long(value: Cell) -> bool:
    """Whether a cell would cut a text."""
    return isinstance(value, str) and len(value.encode("utf-16-le", "surrogatepass")) // 2 > _MOST


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """What is asked in a cell or a column: in which words, in which shape, and what may be chosen.

    `mark` says for the program what it is; people do not see it. A `long` one takes several lines.
    """

    mark: str
    label: str
    shape: Shape = Shape.TEXT
    choices: tuple[str, ...] = ()
    hint: str = ""
    long: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A list as a page: its columns, and its rows behind the marks by which they are known again."""

    mark: str
    title: str
    columns: tuple[Blank, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FillIn:
    """The workbook: its title, the record it is about, what the record held, the answers and lists."""

    title: str
    record: str
    base: bytes
    answers: tuple[tuple[Blank, Cell], ...]
    lists: tuple[ListPage, ...]
