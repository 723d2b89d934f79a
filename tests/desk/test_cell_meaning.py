"""What people put into cells: understood, asked about or refused, and never guessed in silence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pipeline.desk.cell_meaning import Meaning, meaning
from pipeline.record.register.by_name import Named
from pipeline.record.schema import Field
from pipeline.returned.filled_book import FilledCell
from tests.college import SCHEMAS

LINE = SCHEMAS["agreement"].at(("inputs", "equipment", 0))
FIELDS: dict[str, Field | None] = {
    "钱": LINE and LINE.children["unit_price"],
    "数": LINE and LINE.children["quantity"],
    "型号": LINE and LINE.children["model"],
    "日": LINE and LINE.children["delivered_by"],
    "归": LINE and LINE.children["ownership"],
    "例": Field(key="*", type="percent", label="比例"),
    "方式": SCHEMAS["agreement"].at(("forms", 0)),
    "是否": SCHEMAS["enterprise"].at(("certified",)),
    "整": SCHEMAS["agreement"].at(("interns",)),
}
NAMES = {"学校": ("college",), "晨光": ("chenguang-cnc",), "两家": ("a", "b")}


def read(name: str, value: Any, *, percent: bool = False, odd: str = "") -> Meaning:
    field = FIELDS[name]
    assert field is not None
    cell = FilledCell(where="甲!A1", value=value, percent=percent, odd=odd)
    return meaning(cell, field, lambda word, reference: Named(names=dict.fromkeys(NAMES.get(word, ()), word)))


@pytest.mark.parametrize(
    ("name", "value", "meant"),
    [
        ("钱", "48万元", Decimal("480000.00")),
        ("钱", "４８００００", Decimal("480000.00")),
        ("钱", "¥480,000.00", Decimal("480000.00")),
        ("钱", 96000, Decimal("96000.00")),
        ("钱", 0.1 + 0.2, Decimal("0.30")),
        ("数", "3 台", 3),
        ("数", "３", 3),
        ("数", 2.5, Decimal("2.5")),
        ("整", 40.0, 40),
        ("日", "2026年9月30日", date(2026, 9, 30)),
        ("日", "2026/9/30", date(2026, 9, 30)),
        ("日", "2026.09.30", date(2026, 9, 30)),
        ("日", "二〇二六年九月三十日", date(2026, 9, 30)),
        ("日", date(2026, 9, 30), date(2026, 9, 30)),
        ("日", 20260930, date(2026, 9, 30)),
        ("型号", 850, "850"),
        ("型号", "VMC\u00a0850", "VMC 850"),
        ("归", "学校", "college"),
        ("归", "晨光（乙方）", "chenguang-cnc"),
        ("方式", "订单培养", "order-class"),
        ("方式", "order-class", "order-class"),
        ("是否", "是", True),
        ("是否", False, False),
    ],
)
def test_understood(name: str, value: Any, meant: Any) -> None:
    found = read(name, value)
    assert (found.value, found.asked, found.refused) == (meant, "", "")


def test_a_cell_in_per_cent_holds_a_hundredth() -> None:
    assert read("例", 0.3, percent=True).value == 30
    assert read("例", "30%").value == 30


@pytest.mark.parametrize(
    ("name", "value", "question", "proposed"),
    [
        ("日", 46295, "就是 2026-09-30", date(2026, 9, 30)),
        ("钱", 1.005, "不到分", Decimal("1.00")),
        ("型号", date(2026, 3, 2), "存的是日期", "2026-03-02"),
        ("方式", "订单", "是不是“订单培养”", "order-class"),
    ],
)
def test_asked(name: str, value: Any, question: str, proposed: Any) -> None:
    found = read(name, value)
    assert question in found.asked and found.value == proposed


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("日", "2026年9月", "只写到月"),
        ("日", "长期", "不是日期"),
        ("日", date(1900, 1, 7), "不像是真的日期"),
        ("数", "约三台", "读不成一个数"),
        ("数", "1O", "读不成一个数"),
        ("钱", "面议", "读不成一个数"),
        ("钱", "8.6万美元", "读不成一个数"),
        ("整", 40.5, "不是整数"),
        ("型号", 91149999990000123456, "后几位已经丢了"),
        ("归", "某某公司", "不在名册里"),
        ("归", "两家", "不止一个：a、b"),
        ("方式", "炒菜", "不在可选的里面"),
        ("是否", "也许", "请写 是 或 否"),
    ],
)
def test_refused(name: str, value: Any, reason: str) -> None:
    found = read(name, value)
    assert reason in found.refused and found.value is None


def test_an_odd_cell_is_asked_about_whatever_it_says() -> None:
    assert read("数", 3, odd="合并的单元格").asked == "合并的单元格，按“3”算"
    assert read("数", None, odd="公式 =A1 没有算出结果").refused == "公式 =A1 没有算出结果"
