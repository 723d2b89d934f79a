"""What a page does not show stays with the item it belongs to, however its rows were sorted or typed anew."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from pipeline.desk.sheet_import import SheetReader, Wanted
from pipeline.desk.sheet_plan import fill_in, planned
from pipeline.paper.fill_book import render
from pipeline.record.register.by_name import Named
from pipeline.returned.filled_book import read_book
from pipeline.source.edit.operations import same
from tests.college import SCHEMAS

SCHEMA = SCHEMAS["agreement"]


def cost(item: str, estimate: int, college: int) -> dict[str, Any]:
    return {
        "item": item,
        "estimate": estimate,
        "shares": {"college": college, "firm": 100 - college},
        "liability": "超出的由使用方承担",
    }


WATER, TOOLS, REPAIRS = cost("水电费", 9000, 60), cost("耗材", 5000, 30), cost("维修", 800, 10)
Change = Callable[[Any], None]


def read(change: Change, *agreed: int, costs: tuple[Any, ...] = (WATER, TOOLS, REPAIRS)) -> Wanted:
    data: Any = {"costs": list(costs)}
    plan = planned(SCHEMA, data, {})
    workbook = openpyxl.load_workbook(io.BytesIO(render(fill_in("表", "a", b"x", data, plan, {}, {}))))
    change(workbook["设施配套和运行成本"])
    stream = io.BytesIO()
    workbook.save(stream)
    return SheetReader(data, plan, {}, lambda *_: Named(names={}), agreed).read(read_book(stream.getvalue()))


def typed(*rows: tuple[str, int]) -> Change:
    """Somebody puts items and estimates into the visible columns, in an order of their own."""

    def change(sheet: Any) -> None:
        heads = {cell.value: cell.column for cell in sheet[4]}
        for number, (item, estimate) in enumerate(rows, start=5):
            sheet.cell(number, heads["item"]).value = item
            sheet.cell(number, heads["estimate"]).value = estimate

    return change


def test_rows_sorted_without_their_marks_keep_what_belongs_to_them() -> None:
    wanted = read(typed(("维修", 800), ("水电费", 9000), ("耗材", 5000)))
    assert same(wanted.data["costs"], [REPAIRS, WATER, TOOLS]) and not wanted.asked
    wanted = read(typed(("维修", 900), ("水电费", 9000), ("耗材", 5000)))
    assert (
        same(wanted.data["costs"], [{**REPAIRS, "estimate": Decimal("900.00")}, WATER, TOOLS])
        and not wanted.asked
    )


def test_two_of_one_name_are_told_apart_by_the_rest_or_asked() -> None:
    summer, winter = cost("水电费", 9000, 60), cost("水电费", 7000, 20)
    pair = (summer, winter)
    assert same(read(typed(("水电费", 7000), ("水电费", 9000)), costs=pair).data["costs"], [winter, summer])
    wanted = read(typed(("水电费", 1), ("水电费", 2)), costs=pair)
    assert len(wanted.asked) == 2 and same(wanted.data["costs"], list(pair))


def test_another_item_typed_over_a_row_does_not_inherit_in_silence() -> None:
    wanted = read(typed(("保险费", 9000)))
    [doubt] = wanted.asked
    assert "原来是“水电费”" in doubt.reason and "分担比例" in doubt.reason
    assert same(wanted.data["costs"], [WATER, TOOLS, REPAIRS])
    assert same(read(typed(("保险费", 9000)), 1).data["costs"][0], {**WATER, "item": "保险费"})


def test_a_number_means_the_same_question_whatever_else_is_agreed_to() -> None:
    def change(sheet: Any) -> None:
        typed(("保险费", 9000), ("绿化费", 5000))(sheet)
        column = next(cell.column for cell in sheet[4] if cell.value == "estimate")
        sheet.cell(5, column).value = 1.005

    data: Any = {"costs": [WATER, TOOLS, REPAIRS]}
    plan = planned(SCHEMA, data, {})
    workbook = openpyxl.load_workbook(io.BytesIO(render(fill_in("表", "a", b"x", data, plan, {}, {}))))
    change(workbook["设施配套和运行成本"])
    stream = io.BytesIO()
    workbook.save(stream)

    def asked(*agreed: int) -> dict[int, str]:
        reader = SheetReader(data, plan, {}, lambda *_: Named(names={}), agreed)
        return {one.number: one.where for one in reader.counted(read_book(stream.getvalue())).asked}

    first = asked()
    assert len(first) == 2
    after = asked(min(first))
    assert len(after) == 3 and {number: after[number] for number in first} == first


@pytest.mark.parametrize("mark", ["7", "9" * 5000, "x"])
def test_a_row_with_a_mark_of_nothing_is_a_new_item(mark: str) -> None:
    def change(sheet: Any) -> None:
        typed(("水电费", 9000), ("耗材", 5000), ("维修", 800), ("水电费", 4))(sheet)
        sheet.cell(8, 1).value = mark

    wanted = read(change)
    assert wanted.data["costs"][3] == {"item": "水电费", "estimate": 4}
