"""Capital in the unit of its head: multiplied whether the cell is a number or text, asked where the unit is open."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pipeline.desk.ledger_layout import layout
from pipeline.desk.ledger_rows import LedgerRow, ledger_rows
from pipeline.record.register.by_name import Named
from pipeline.returned.filled_book import read_book
from tests.college import SCHEMAS
from tests.desk.ledgers import book

PATH = ("registered_capital",)


def taken(head: str, value: Any, *above: str) -> LedgerRow:
    content = book([*([line] for line in above), ["企业名称", head], ["远山样例机械厂", value]])
    [rows] = read_book(content).sheets.values()
    found = layout(rows)
    assert found is not None
    [row] = ledger_rows(rows, found, SCHEMAS["enterprise"], lambda word, reference: Named(names={}))
    return row


@pytest.mark.parametrize(
    ("head", "value", "yuan"),
    [
        ("注册资本（万元）", 500, "5000000.00"),
        ("注册资本（万元）", "500", "5000000.00"),
        ("注册资本(万元)", "1,000.5", "10005000.00"),
        ("注册资本（万元）", "500万元", "5000000.00"),
        ("注册资本（万元）", "5000000元", "5000000.00"),
        ("注册资本（元）", "500", "500.00"),
        ("注册资本（亿元）", 1.5, "150000000.00"),
        ("注册资本", 500, "500.00"),
    ],
)
def test_a_bare_number_is_in_the_unit_of_the_head(head: str, value: Any, yuan: str) -> None:
    row = taken(head, value)
    assert row.values[PATH] == Decimal(yuan) and not row.asked and not row.refused


@pytest.mark.parametrize("value", [500, "500"])
def test_a_unit_that_is_open_is_asked(value: Any) -> None:
    for row in (taken("注册资本（万）", value), taken("注册资本", value, "单位：万元")):
        [cell] = row.asked
        assert cell.value == Decimal(5_000_000) and "就是 5000000.00 元" in cell.reason
        assert PATH not in row.values


@pytest.mark.parametrize("head", ["注册资本（万美元）", "注册资本（欧元）", "注册资本（USD）"])
def test_foreign_money_is_never_taken_for_yuan(head: str) -> None:
    row = taken(head, 500)
    [cell] = row.refused
    assert "外币" in cell.reason and PATH not in row.values
