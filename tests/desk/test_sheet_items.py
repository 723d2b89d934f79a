"""What a page does not show stays with the item it belongs to, however its rows were sorted or typed anew."""

from __future__ import annotations

import io
from collections.abc import Callable
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


def joint(text: str, count: int, major: str) -> dict[str, Any]:
    """Something built together, with a list inside that the page has no cells for."""
    return {"text": text, "teacher_practice": count, "majors": [{"major": major}]}


WATER, TOOLS, REPAIRS = joint("实训楼", 9000, "数控"), joint("课程", 5000, "机电"), joint("教材", 800, "模具")
Change = Callable[[Any], None]


def read(change: Change, *agreed: int, things: tuple[Any, ...] = (WATER, TOOLS, REPAIRS)) -> Wanted:
    data: Any = {"co_building": list(things)}
    plan = planned(SCHEMA, data, {})
    workbook = openpyxl.load_workbook(io.BytesIO(render(fill_in("表", "a", b"x", data, plan, {}, {}))))
    change(workbook["六共建"])
    stream = io.BytesIO()
    workbook.save(stream)
    return SheetReader(data, plan, {}, lambda *_: Named(names={}), agreed).read(read_book(stream.getvalue()))


def typed(*rows: tuple[str, int]) -> Change:
    """Somebody puts items and estimates into the visible columns, in an order of their own."""

    def change(sheet: Any) -> None:
        heads = {cell.value: cell.column for cell in sheet[4]}
        for number, (item, estimate) in enumerate(rows, start=5):
            sheet.cell(number, heads["text"]).value = item
            sheet.cell(number, heads["teacher_practice"]).value = estimate

    return change


def test_rows_sorted_without_their_marks_keep_what_belongs_to_them() -> None:
    wanted = read(typed(("教材", 800), ("实训楼", 9000), ("课程", 5000)))
    assert same(wanted.data["co_building"], [REPAIRS, WATER, TOOLS]) and not wanted.asked
    wanted = read(typed(("教材", 900), ("实训楼", 9000), ("课程", 5000)))
    assert (
        same(wanted.data["co_building"], [{**REPAIRS, "teacher_practice": 900}, WATER, TOOLS])
        and not wanted.asked
    )


def test_two_of_one_name_are_told_apart_by_the_rest_or_asked() -> None:
    summer, winter = joint("实训楼", 9000, "数控"), joint("实训楼", 7000, "机电")
    pair = (summer, winter)
    assert same(
        read(typed(("实训楼", 7000), ("实训楼", 9000)), things=pair).data["co_building"], [winter, summer]
    )
    wanted = read(typed(("实训楼", 1), ("实训楼", 2)), things=pair)
    assert len(wanted.asked) == 2 and same(wanted.data["co_building"], list(pair))


def test_another_item_typed_over_a_row_does_not_inherit_in_silence() -> None:
    wanted = read(typed(("宿舍", 9000)))
    [doubt] = wanted.asked
    assert "原来是“实训楼”" in doubt.reason and "专业调整" in doubt.reason
    assert same(wanted.data["co_building"], [WATER, TOOLS, REPAIRS])
    assert same(read(typed(("宿舍", 9000)), 1).data["co_building"][0], {**WATER, "text": "宿舍"})


def test_a_number_means_the_same_question_whatever_else_is_agreed_to() -> None:
    def change(sheet: Any) -> None:
        typed(("宿舍", 9000), ("食堂", 5000))(sheet)
        column = next(cell.column for cell in sheet[4] if cell.value == "code")
        sheet.cell(5, column).value = "实训基地"

    data: Any = {"co_building": [WATER, TOOLS, REPAIRS]}
    plan = planned(SCHEMA, data, {})
    workbook = openpyxl.load_workbook(io.BytesIO(render(fill_in("表", "a", b"x", data, plan, {}, {}))))
    change(workbook["六共建"])
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
        typed(("实训楼", 9000), ("课程", 5000), ("教材", 800), ("实训楼", 4))(sheet)
        sheet.cell(8, 1).value = mark

    wanted = read(change)
    assert wanted.data["co_building"][3] == {"text": "实训楼", "teacher_practice": 4}


def _shares(change: Change, costs: list[Any]) -> Wanted:
    data: Any = {"parties": {"college": {}, "enterprises": ["firm", "other"]}, "costs": costs}
    plan = planned(SCHEMA, data, {"firm": "样例公司"})
    workbook = openpyxl.load_workbook(io.BytesIO(render(fill_in("表", "a", b"x", data, plan, {}, {}))))
    change(workbook["设施配套和运行成本"])
    stream = io.BytesIO()
    workbook.save(stream)
    return SheetReader(data, plan, {}, lambda *_: Named(names={}), ()).read(read_book(stream.getvalue()))


def test_what_is_shared_out_has_a_column_for_each_party() -> None:
    water = {"item": "水电费", "shares": {"college": 60, "firm": 40}, "liability": "超出的由使用方承担"}
    told: dict[str, str] = {}

    def change(sheet: Any) -> None:
        heads = {cell.value: cell.column for cell in sheet[4]}
        told.update({key: str(sheet.cell(3, at).value) for key, at in heads.items() if key})
        sheet.cell(5, heads["shares/firm"]).value = None
        sheet.cell(5, heads["shares/other"]).value = 40
        sheet.cell(6, heads["item"]).value = "耗材"
        sheet.cell(6, heads["shares/college"]).value = "30%"
        sheet.cell(6, heads["shares/firm"]).value = "约七成"

    wanted = _shares(change, [water])
    assert "样例公司" in told["shares/firm"], told
    assert wanted.data["costs"] == [
        {**water, "shares": {"college": 60, "other": 40}},
        {"item": "耗材", "shares": {"college": 30}},
    ]
    assert [one.text for one in wanted.refused] == ["约七成"]


def test_shares_that_nobody_touched_stay_as_they_are() -> None:
    water = {"item": "水电费", "shares": {"college": 60, "former": 40}, "liability": "超出的由使用方承担"}
    wanted = _shares(lambda _: None, [water])
    assert wanted.data["costs"] == [water] and not wanted.asked and not wanted.refused
