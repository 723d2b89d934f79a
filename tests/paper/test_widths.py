"""Columns of generic tables share the width by what stands in them."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from pipeline.kernel.document import Table
from pipeline.paper.docx import Layout
from tests.paper.samples import LAYOUT, cells, document, table

LAID = Layout.open(LAYOUT)


def grids(*tables: Table) -> list[list[int]]:
    """The widths of each table's columns, in twips."""
    with ZipFile(BytesIO(LAID.render(document(*tables)))) as package:
        xml = package.read("word/document.xml").decode()
    return [
        [int(width) for width in re.findall(r'<w:gridCol w:w="(\d+)"/>', part)]
        for part in re.findall(r"<w:tbl>.*?</w:tbl>", xml, re.DOTALL)
    ]


def generic(*rows: tuple[str, ...]) -> Table:
    return Table(
        name=f"columns-{len(rows[0])}", head=cells(*rows[0]), rows=tuple(cells(*row) for row in rows[1:])
    )


def test_a_sentence_gets_more_room_than_a_number() -> None:
    (widths,) = grids(generic(("序号", "任务"), ("1", "走访合作企业并形成调研报告，提出专业调整建议")))
    assert widths[1] > 3 * widths[0] and sum(widths) == 8845


def test_tables_of_named_kinds_keep_the_widths_they_were_drawn_with() -> None:
    revenue = table("revenue", cells("1", "收入", "甲方50%", "到账"))
    first, second, third = grids(
        generic(("甲", "乙"), ("1", "很长" * 20)), revenue, generic(("甲", "乙"), ("1", "2"))
    )
    assert second == [640, 2200, 2605, 3400]
    assert first[0] < first[1] and abs(third[0] - third[1]) <= 1


def test_every_cell_of_a_row_is_as_wide_as_its_column() -> None:
    made = LAID.render(
        document(generic(("甲", "乙", "丙"), ("1", "长" * 15, "2026年12月31日"), ("2", "", "")))
    )
    with ZipFile(BytesIO(made)) as package:
        xml = package.read("word/document.xml").decode()
    columns = re.findall(r'<w:gridCol w:w="(\d+)"/>', xml)
    assert re.findall(r'<w:tcW w:w="(\d+)"', xml) == columns * 3


TASKS = (
    ("任务", "级别", "负责人", "完成期限", "目标值", "权重（%）"),
    ("联合培养学生（星辰智能装备产业学院）", "系部级", "何示题", "2026年12月20日", "420,000元", "16"),
)
SMALL, LETTERS = 180, 90
"""Twips that a Chinese character, and a digit with its share of the gap, take in the contract's small tables."""


def test_dates_names_and_amounts_stay_on_one_line_where_a_sentence_can_give_way() -> None:
    (widths,) = grids(generic(*TASKS))
    date = 3 * SMALL + 8 * LETTERS + 5 * SMALL // 4
    assert widths[3] - 100 >= date
    assert widths[1] - 100 >= 3 * SMALL and widths[2] - 100 >= 3 * SMALL
    assert widths[0] > widths[3]


def test_a_column_of_two_characters_holds_them_side_by_side() -> None:
    (widths,) = grids(generic(("方向", "款项"), ("收入", "技术服务与培训收入" * 4)))
    assert widths[0] >= 2 * 210 + 216


def head_lines(*heads: str, text: str = "短") -> list[float | None]:
    """How many characters a line of each head holds; None where it fits in one."""
    made = LAID.render(document(generic(heads, tuple(text for _ in heads))))
    with ZipFile(BytesIO(made)) as package:
        xml = package.read("word/document.xml").decode()
    (row,) = re.findall(r"<w:tr[ >].*?</w:tr>", xml, re.DOTALL)[:1]
    cells_of_row = re.findall(r'<w:tcW w:w="(\d+)".*?</w:tc>', row, re.DOTALL)
    drawn = re.findall(r'<w:tcW[^>]*/>(?:<w:tcMar><w:left w:w="(\d+)")?', row)
    return [
        (int(width) - 2 * int(one)) / 210 if one else None
        for width, one in zip(cells_of_row, drawn, strict=True)
    ]


def test_a_head_breaks_before_its_unit_and_not_inside() -> None:
    """企业投入（万 / 元） is what a column of five or six characters would make of it."""
    lines = head_lines(
        "部门", "履行中协议", "企业投入（万元）", "计划任务", "已完成", "未整改", text="12345678901"
    )
    assert lines[2] == pytest.approx(4.1, abs=0.05), "the name fits, and not what the unit begins with"
    assert lines[0] is None and lines[3] is None


def test_a_head_without_a_unit_breaks_between_words_of_two_characters() -> None:
    heads = ("名次", "系部", "履行项目", "项目绩效评价", "年度计划完成", "整改完成", "按时填报进展", "总分")
    lines = head_lines(*heads, text="现代商贸与物流")
    assert [one and round(one) for one in lines] == [None, None, None, 4, 4, None, 4, None]


def test_a_unit_that_would_begin_beside_its_name_stays_with_it() -> None:
    heads = ("学年", *("教师企业实践（人）",) * 4, "培训（人次）")
    assert head_lines(*heads, text="2")[-1] is None


CONTENTS = (
    ("序号", "责任者", "文号", "题名", "日期", "页数", "备注"),
    (
        "8",
        "云州示例职业技术学院、星辰虚构装备制造有限公司",
        "云示院校企〔2025〕011号补1",
        "星辰智能装备产业学院共建项目增加在线测量设备并调整培养人数的补充协议修改前后对照表",
        "20260714",
        "3",
        "签署件另存",
    ),
)


def test_a_number_gives_way_before_a_title_stands_in_seven_lines() -> None:
    (widths,) = grids(generic(*CONTENTS))
    assert len(CONTENTS[1][3]) / ((widths[3] - 240) / 210) < 6
    assert widths[4] >= 4 * 210 + 240, "a day stays whole"
    assert widths[2] >= (2 + 7 / 2) * 210 + 240, "so does the year of a number, with what follows it"
