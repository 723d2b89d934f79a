"""Periods cover the days their names say, and months are counted as people count them."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.kernel.periods import later, months, period_days


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-h1", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026-h2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026-q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
def test_a_period_covers_its_days(period: str, first: date, last: date) -> None:
    assert period_days(period) == (first, last)


@pytest.mark.parametrize("period", ["", "26", "2026-h3", "2026-q0", "2026-13", "2026-1", "2026-h1\n"])
def test_anything_else_is_no_period(period: str) -> None:
    assert period_days(period) is None


def test_months_later_is_the_same_day_or_the_months_last() -> None:
    assert later(date(2026, 1, 15), 6) == date(2026, 7, 15)
    assert later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert later(date(2026, 12, 1), 1) == date(2027, 1, 1)


def test_every_month_touched_is_counted_once() -> None:
    assert list(months(date(2025, 11, 30), date(2026, 2, 1))) == [
        (2025, 11),
        (2025, 12),
        (2026, 1),
        (2026, 2),
    ]
    assert list(months(date(2026, 2, 1), date(2026, 1, 1))) == []


def test_so_many_months_that_no_calendar_has_them_end_with_the_last_day() -> None:
    assert later(date(9999, 12, 31), 0) == date.max
    assert later(date(2026, 1, 31), 10**9) == date.max
