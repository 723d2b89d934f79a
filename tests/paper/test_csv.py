"""CSV for other systems: what is read back is what was written, and nothing in it is executed."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest

from pipeline.kernel.grid import Cell, Column, Grid, Shape
from pipeline.paper.csv import render

COLUMNS = (
    Column(head="名称", width=10),
    Column(head="人数", width=10, shape=Shape.NUMBER),
    Column(head="收入", width=10, shape=Shape.MONEY),
    Column(head="日期", width=10, shape=Shape.DAY),
)


def written(*row: Cell) -> bytes:
    return render(Grid(title="表", notes=("不写进表里",), columns=COLUMNS, rows=(row,)))


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_excel_opens_it_in_chinese_and_others_read_it() -> None:
    content = written("订单班", 30, Decimal("12.5"), date(2026, 3, 5))
    assert content.startswith(b"\xef\xbb\xbf")
    assert read(content) == [["名称", "人数", "收入", "日期"], ["订单班", "30", "12.50", "20260305"]]
    assert content.count(b"\r\n") == content.count(b"\n") == 2


def test_commas_quotes_and_line_ends_stay_inside_their_cell() -> None:
    assert read(written('甲,"乙"\n丙', None, None, None))[1][0] == '甲,"乙" 丙'


@pytest.mark.parametrize("text", ["=cmd()", "+1", "-1", "@a"])
def test_no_text_begins_as_a_formula_would(text: str) -> None:
    assert read(written(text, None, None, None))[1][0] == "'" + text


def test_a_negative_amount_is_a_number_and_stays_one() -> None:
    assert read(written("退款", None, Decimal("-3"), None))[1][2] == "-3.00"


def test_large_counts_are_written_out() -> None:
    assert read(written("人天", Decimal("1E+4"), None, None))[1][1] == "10000"
