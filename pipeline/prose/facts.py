"""What can be read out of prose: each fact with where it stands, in characters of the text that was read."""

from __future__ import annotations

import calendar
from datetime import date
from decimal import Decimal

from pipeline.kernel.structs import Struct


class Fact(Struct, frozen=True, kw_only=True):
    """Anything read: `start` and `end` bound its characters."""

    start: int
    end: int


class Amount(Fact, frozen=True, kw_only=True):
    """An amount of money in yuan; `capital` where it is written in capital numerals."""

    yuan: Decimal
    capital: bool = False


class Share(Fact, frozen=True, kw_only=True):
    """A part of a whole in per cent: 30%, 百分之三十, 三成, 万分之五."""

    percent: Decimal


class Ratio(Fact, frozen=True, kw_only=True):
    """Parts set against each other: 3:7, 三七开."""

    parts: tuple[Decimal, ...]

    @property
    def percents(self) -> tuple[Decimal, ...]:
        """The parts in per cent of their sum."""
        total = sum(self.parts, Decimal(0))
        return tuple(part * 100 / total for part in self.parts)


class Day(Fact, frozen=True, kw_only=True):
    """A date, or a month or a year where no more is said; `edge` is 底, 初 and the like."""

    year: int
    month: int | None = None
    day: int | None = None
    edge: str = ""

    @property
    def earliest(self) -> date:
        """The first day that may be meant."""
        if self.edge and self.edge not in ("初", "上旬"):
            return self.latest
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day that may be meant."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def exact(self) -> bool:
        """Whether one day is named."""
        return self.day is not None


class Span(Fact, frozen=True, kw_only=True):
    """A length of time: in months where it counts years or months, else in days or hours.

    `unit` is the unit as written without 个: 年, 月, 日, 工作日, 小时, 学期.
    """

    value: Decimal
    unit: str
    months: int | None = None
    days: int | None = None


class Count(Fact, frozen=True, kw_only=True):
    """So many of something: 80 人, 四份, 2 台."""

    number: Decimal
    unit: str


class Ordinal(Fact, frozen=True, kw_only=True):
    """A numbered thing: 第十条, 第二期, 2026级."""

    number: Decimal
    unit: str


class Between(Fact, frozen=True, kw_only=True):
    """From one day to another, both included."""

    first: Day
    last: Day
