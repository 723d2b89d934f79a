"""Tables and parties of agreements that others wrote: nothing of a row is lost, and who is who is read in any layout."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.compose.fields import field_blocks
from pipeline.compose.values import Printed
from pipeline.desk.papers import paper_terms
from pipeline.desk.papers.as_markdown import as_cell
from pipeline.desk.papers.outline import outline
from pipeline.desk.papers.paper_sides import SidesReader
from pipeline.desk.papers.paper_tables import TableContext, table_items
from pipeline.desk.papers.proposal import Proposal
from pipeline.kernel.document import Table, plain
from pipeline.record.register.by_name import Named
from pipeline.returned.running_text import PaperGrid, running_text
from tests.college import SCHEMAS
from tests.desk.foreign_papers import NEW, SCHOOL, saved, written

SIDES = {"甲方": "college", "乙方": "chenguang-cnc"}


def _items(*rows: Sequence[str], above: str = "乙方投入设备如下：") -> list[Proposal]:
    grid = PaperGrid(where="表 1 ", rows=tuple(map(tuple, rows)))
    context = TableContext(
        article="第二条 投入",
        above=above,
        sides=SIDES,
        known=lambda word, _: Named(names={}),
        schema=SCHEMAS["agreement"],
    )
    return list(table_items(0, grid, context))


def test_heads_of_two_rows_are_one_head() -> None:
    [one] = _items(
        ("设备", "设备", "数量", "价值", "价值"),
        ("名称", "型号", "", "单价（元）", "合计（元）"),
        ("机床", "A1", "2", "100", "200"),
    )
    assert one.sure and (one.value["quantity"], one.value["unit_price"], one.value["value"]) == (2, 100, 200)


@pytest.mark.parametrize(
    ("heads", "row"),
    [
        (("编号", "设备名称", "数量"), ("A-01", "机床", "2")),
        (("", "设备名称", "数量"), ("东区", "机床", "2")),
        (("设备名称", "数量", "供货商"), ("机床", "2", "某某公司")),
    ],
)
def test_a_table_with_more_than_is_read_is_kept_whole(heads: Sequence[str], row: Sequence[str]) -> None:
    assert [one.uses for one in _items(heads, row)] == [()]


def test_a_brand_and_a_type_stand_beside_one_another() -> None:
    [one] = _items(("设备名称", "品牌", "型号", "数量"), ("机床", "样例", "A1", "2"))
    assert one.value["model"] == "样例 A1"


def test_two_columns_of_one_field_that_differ_are_asked() -> None:
    [one] = _items(("设备名称", "数量", "原值（元）", "价值（元）"), ("机床", "2", "300", "200"))
    assert not one.sure and one.value["value"] == 300


def test_a_row_that_heads_others_is_no_thing() -> None:
    found = _items(("设备名称", "数量", "单价（元）"), ("一、加工类",) * 3, ("机床", "2", "100"))
    assert [one.value["name"] for one in found] == ["机床"] and found[0].uses == ()


@pytest.mark.parametrize(
    "above", ["乙方不再投入以下设备：", "下列设备已由乙方收回：", "乙方投入的设备样表："]
)
def test_a_list_that_is_denied_is_asked(above: str) -> None:
    [one] = _items(("设备名称", "数量", "单价（元）"), ("机床", "2", "100"), above=above)
    assert not one.sure


@pytest.mark.parametrize(
    "lines",
    [
        ("甲方：", SCHOOL, "乙方：", NEW),
        (f"委托方（甲方）：{SCHOOL}", f"受托方（乙方）：{NEW}"),
        (f"本协议由{SCHOOL}（以下简称“甲方”）与{NEW}（以下简称“乙方”）签订。",),
        (f"甲方（学校）：{SCHOOL}", f"乙 方（企业）：{NEW}（以下简称乙方）"),
    ],
)
def test_the_parties_are_read_in_any_layout(lines: Sequence[str]) -> None:
    paper = outline(running_text(saved(written("共建样例实训中心协议书", *lines, "第一条 内容", "共建。"))))
    assert [(one.letter, one.name) for one in SidesReader().read(paper)] == [("甲方", SCHOOL), ("乙方", NEW)]


def test_a_number_ends_before_an_older_one_in_brackets() -> None:
    made = written(
        "共建样例实训中心协议书", "协议编号：HT-2024-001（原编号：HT-2021-009）", "第一条 内容", "共建。"
    )
    [one] = paper_terms.number(outline(running_text(saved(made))), legacy=True)
    assert one.value == "HT-2024-001" and one.uses == ()


@pytest.mark.parametrize(
    "text", ["板|2*3", "a\\|b", "*a|b*", "`x`", "[1](x)", "A*B*C", "1. 机床", "|", "~~x~~"]
)
def test_a_cell_is_printed_letter_by_letter(text: str) -> None:
    [table] = field_blocks(Printed(text=f"| 甲 | 乙 |\n| --- | --- |\n| 乙 | {as_cell(text)} |"))
    assert isinstance(table, Table) and [plain(cell.runs) for cell in table.rows[0]] == ["乙", text]


def test_a_number_behind_whom_to_ring_is_a_number() -> None:
    lines = (
        f"甲方：{SCHOOL}",
        "联系人：甲样本（13800001111）",
        f"乙方：{NEW}",
        "联系人：乙样本138/丙样本139",
    )
    paper = outline(running_text(saved(written("共建样例实训中心协议书", *lines, "第一条 内容", "共建。"))))
    first, second = SidesReader().read(paper)
    assert first.facts["contact", "name"].value == "甲样本"
    assert first.facts["contact", "phone"].value == "13800001111"
    assert second.facts["contact", "name"].doubt == "姓名里有数字"
