"""Ledgers and calendars as plain data: what a spreadsheet, a CSV file or a calendar is made of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from pipeline.kernel.structs import Struct, replace

PAGE_COLUMNS = 10
"""So many columns can be read on a page of paper."""

Cell = str | int | Decimal | date | None
"""The value of a cell; None and "" are empty. Text is text, whatever it looks like."""


class Shape(StrEnum):
    """How a column's values are written: text, a count or amount of anything, yuan, per cent, a day."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    DAY = "day"


class Column(Struct, frozen=True, kw_only=True):
    """A column: its head, its width in characters (a Chinese one counts two), and whether it is added up."""

    head: str
    width: int
    shape: Shape = Shape.TEXT
    summed: bool = False


class Grid(Struct, frozen=True, kw_only=True):
    """One table: every row has a cell for each column. `notes` stand above it, the day it shows first of all.

    `main` names the columns that come first on paper, where there are more than a page holds.
    """

    title: str
    notes: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    main: tuple[str, ...] = ()

    def halves(self) -> tuple[Grid, ...]:
        """The table as sheets of paper: the main columns, then the others behind the number and name of each row.

        One table alone where all columns fit on a page.
        """
        heads = [column.head for column in self.columns]
        if len(heads) <= PAGE_COLUMNS:
            return (self,)
        chosen = [heads.index(head) for head in self.main if head in heads][: PAGE_COLUMNS - 1]
        first = [0, *(chosen or range(1, PAGE_COLUMNS))]
        rest = [index for index in range(len(heads)) if index not in first]
        return (self._only(first, self.title), self._only([*first[:2], *rest], f"{self.title}（续）"))

    def _only(self, some: list[int], title: str) -> Grid:
        return replace(
            self,
            title=title,
            columns=tuple(self.columns[index] for index in some),
            rows=tuple(tuple(row[index] for index in some) for row in self.rows),
        )

    def column(self, head: str) -> tuple[Cell, ...]:
        """The values under a head, from top to bottom; ValueError for a head that is not there."""
        index = [column.head for column in self.columns].index(head)
        return tuple(row[index] for row in self.rows)

    def total(self, head: str) -> Decimal:
        """The numbers under a head added up; what is empty counts nothing."""
        figures = (value for value in self.column(head) if isinstance(value, int | Decimal))
        return sum((Decimal(figure) for figure in figures), Decimal(0))


class CalendarDay(Struct, frozen=True, kw_only=True):
    """A whole day in a calendar. `uid` never changes for the same matter, so that no rebuild doubles it.

    `lead` is how many days before it a reminder is shown; None shows none.
    """

    uid: str
    day: date
    title: str
    text: str = ""
    lead: int | None = None
    done: bool = False
