"""Heads of lists of students in one row or two: how many there are is read from the total, never from a part."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.desk.headcounts import Headcount, counts_students
from pipeline.record.model import Records
from pipeline.returned.filled_book import Rows, read_book
from tests.desk.ledgers import book

_DOWN = ("A1:A2", "B1:B2")


def _rows(rows: list[list[Any]], *merged: str) -> Rows:
    [found] = read_book(book(rows, *merged)).sheets.values()
    return found


@pytest.mark.parametrize(
    ("below", "figures", "count"),
    [
        (("男", "女", "小计"), (20, 5, 25), 25),
        (("合计", "男", "女"), (25, 20, 5), 25),
        (("男生", "女生"), (20, 5), 25),
        (("校内", "校外"), (20, 5), None),
        (("男", "女", "男"), (20, 5, 1), None),
    ],
)
def test_heads_of_two_rows_are_counted_by_their_total(
    below: tuple[str, ...], figures: tuple[int, ...], count: int | None
) -> None:
    rest = [None] * (len(below) - 1)
    rows = _rows(
        [["专业", "班级", "实习人数", *rest], [None, None, *below], ["数控技术", "数控1班", *figures]],
        *_DOWN,
        "C1:E1" if len(below) == 3 else "C1:D1",
    )
    assert counts_students(rows)
    made = Headcount(Records(), {}, lambda _: True).take("2026年岗位实习", rows)
    assert made.lines == ([f"数控技术 数控1班：{count} 人"] if count else [])
    assert count or "没有合计一栏" in made.told[0]


def test_a_title_above_one_row_of_heads_still_says_what_is_counted() -> None:
    rows = _rows(
        [
            ["2026年岗位实习"],
            ["专业", "班级", "人数"],
            ["数控技术", "数控1班", 20],
            ["数控技术", "数控2班", None],
        ]
    )
    made = Headcount(Records(), {}, lambda _: True).take("Sheet1", rows)
    assert made.lines == ["数控技术 数控1班：20 人"] and "2026 年 20 人" in made.told[-1]
    assert "Sheet!C4 “”读不成人数" in made.told[0]
