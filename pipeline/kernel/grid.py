"""Ledgers and calendars as plain data: what a spreadsheet, a CSV file or a calendar is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Cell = str | int | Decimal | date | None
"""The value of a cell; None and "" are empty. Text is text, whatever it looks like."""


class Shape(StrEnum):
    """How a column's values are written: text, a count or amount of anything, yuan, per cent, a day."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its head, its width in characters (a Chinese one counts two), and whether it is added up."""

    head: str
    width: int
    shape: Shape = Shape.TEXT
    summed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One table: every row has a cell for each column. `notes` stand above it, the day it shows first of all."""

    title: str
    notes: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def column(self, head: str) -> tuple[Cell, ...]:
        """The values under a head, from top to bottom; ValueError for a head that is not there."""
        index = [column.head for column in self.columns].index(head)
        return tuple(row[index] for row in self.rows)

    def total(self, head: str) -> Decimal:
        """The numbers under a head added up; what is empty counts nothing."""
        figures = (value for value in self.column(head) if isinstance(value, int | Decimal))
        return sum((Decimal(figure) for figure in figures), Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """A whole day in a calendar. `uid` never changes for the same matter, so that no rebuild doubles it.

    `lead` is how many days before it a reminder is shown; None shows none.
    """

    uid: str
    day: date
    title: str
    text: str = ""
    lead: int | None = None
    done: bool = False
