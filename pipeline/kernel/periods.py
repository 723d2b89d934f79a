"""Months and periods: which days a period of progress covers, and whole months between two days."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date

from pipeline.kernel.late_pattern import late

_PERIOD = late(r"(?P<year>[0-9]{4})(?:-(?:h(?P<half>[12])|q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?\Z")


def period_days(period: str) -> tuple[date, date] | None:
    """The first and the last day of `2026`, `2026-h1`, `2026-q3` or `2026-09`; None for anything else."""
    match = _PERIOD.match(period)
    if match is None:
        return None
    first, last = 1, 12
    if match["half"]:
        last = int(match["half"]) * 6
        first = last - 5
    elif match["quarter"]:
        last = int(match["quarter"]) * 3
        first = last - 2
    elif match["month"]:
        first = last = int(match["month"])
    year = int(match["year"])
    return date(year, first, 1), month_end(year, last)


def month_end(year: int, month: int) -> date:
    """The last day of a month; of a number that is no month, that of the nearest one."""
    month = min(max(month, 1), 12)
    return date(year, month, calendar.monthrange(year, month)[1])


def later(day: date, months: int) -> date:
    """The same day so many months later, or the month's last day where it has no such day; at most the last of all days."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    if year > date.max.year:
        return date.max
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def months(first: date, last: date) -> Iterator[tuple[int, int]]:
    """Every calendar month (year, month) touched from one day to another, in order."""
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield year, month
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
