"""Spreadsheets, read back with another library: values are what they were, and nothing is a formula but the sums."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from pipeline.kernel.grid import Cell, Column, Grid, Shape
from pipeline.kernel.structs import replace
from pipeline.paper import xlsx

COLUMNS = (
    Column(head="序号", width=6),
    Column(head="名称", width=30),
    Column(head="金额（元）", width=18, shape=Shape.MONEY, summed=True),
    Column(head="日期", width=16, shape=Shape.DAY),
    Column(head="完成率", width=10, shape=Shape.PERCENT),
)
ROWS: tuple[tuple[Cell, ...], ...] = (
    (1, "数控实训基地", Decimal("960000.50"), date(2026, 9, 1), Decimal("75.0")),
    (2, "无", None, None, None),
    (3, "订单班", Decimal("0.50"), date(2026, 1, 31), Decimal("100.0")),
)
GRID = Grid(title="协议台账", notes=("样本职业技术学院　截至 2026年11月23日",), columns=COLUMNS, rows=ROWS)


def opened(grid: Grid = GRID, **how: bool) -> Any:
    return load_workbook(BytesIO(xlsx.render(grid)), **how).active


def test_every_value_comes_back_under_its_head() -> None:
    sheet = opened(data_only=True)
    assert [cell.value for cell in sheet[3]] == [column.head for column in COLUMNS]
    assert [cell.value for cell in sheet[4]][:3] == [1, "数控实训基地", 960000.5]
    assert sheet["D4"].value.date() == date(2026, 9, 1)
    assert sheet["C5"].value is None


def test_the_day_it_shows_stands_above_the_table() -> None:
    assert opened()["A1"].value == "协议台账"
    assert "截至 2026年11月23日" in opened()["A2"].value


@pytest.mark.parametrize("text", ["=1+1", "+86 351", "-3", "@SUM(A1)", "https://a.example", "007", "{=A1}"])
def test_text_stays_text_whatever_it_looks_like(text: str) -> None:
    cell = opened(replace(GRID, rows=((1, text, None, None, None),)))["B4"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_the_head_stays_in_sight_and_filters_the_rows_alone() -> None:
    sheet = opened()
    assert sheet.freeze_panes == "C4"
    assert sheet.auto_filter.ref == "A3:E6"
    assert sheet.print_title_rows == "$3:$3"


def test_numbers_and_days_are_written_as_chinese_offices_do() -> None:
    sheet = opened()
    assert sheet["C4"].number_format == "#,##0.00"
    assert sheet["D4"].number_format == 'yyyy"年"m"月"d"日"'


def test_the_sum_follows_the_filter_and_is_right_before_excel_counts() -> None:
    assert opened()["C7"].value == "=SUBTOTAL(109,C4:C6)"
    assert opened(data_only=True)["C7"].value == pytest.approx(960001.0)
    assert opened()["A7"].value == "合计"


def test_an_empty_ledger_is_a_head_without_sums() -> None:
    sheet = opened(replace(GRID, rows=()))
    assert sheet.max_row == 3
    assert next(cell.value for cell in sheet[3]) == "序号"


def test_the_same_table_is_the_same_bytes() -> None:
    assert xlsx.render(GRID) == xlsx.render(GRID)


def test_a_text_too_long_for_a_cell_says_so_by_its_end() -> None:
    shown = opened(replace(GRID, rows=((1, "长" * 40_000, None, None, None),)))["B4"].value
    assert len(shown) == 32_767 and shown.endswith("…")


def test_what_a_page_cannot_hold_stands_on_a_second_sheet_behind_number_and_name() -> None:
    heads = ["序号", "名称", *(f"栏{number}" for number in range(12))]
    columns = tuple(Column(head=head, width=20) for head in heads)
    row: tuple[Cell, ...] = (1, "数控实训基地共建与订单培养", *(f"值{number}" for number in range(12)))
    wide = Grid(title="台账", notes=(), columns=columns, rows=(row,), main=("名称", "栏11", "栏3"))
    first, second = load_workbook(BytesIO(xlsx.render(wide))).worksheets
    assert [cell.value for cell in first[2]] == ["序号", "名称", "栏11", "栏3"]
    assert [cell.value for cell in second[2]][:3] == ["序号", "名称", "栏0"] and second.max_column == 12
    assert [cell.value for cell in second[3]][:2] == [1, "数控实训基地共建与订单培养"]
    assert first.sheet_properties.pageSetUpPr.fitToPage and second.print_title_cols == "$A:$B"


def test_a_row_is_as_high_as_its_longest_text() -> None:
    long = replace(GRID, rows=((1, "数控" * 40, None, None, None), (2, "短", None, None, None)))
    sheet = opened(long)
    assert sheet.row_dimensions[4].height > 3 * sheet.row_dimensions[5].height


def widths(sheet: Any) -> dict[str, float]:
    """The width of each column; openpyxl keeps like neighbours together under the first."""
    return {
        get_column_letter(index): one.width
        for one in sheet.column_dimensions.values()
        for index in range(one.min, one.max + 1)
    }


def test_a_column_is_as_wide_as_what_stands_in_it_and_an_empty_one_as_its_head() -> None:
    columns = tuple(Column(head=head, width=40) for head in ("序号", "短", "长", "略长", "原名称"))
    row: tuple[Cell, ...] = (1, "数控", "数控" * 40, "数" * 22, None)
    made = widths(opened(Grid(title="台账", notes=(), columns=columns, rows=(row,))))
    assert made["B"] < 10 and made["E"] < 12
    assert made["C"] == pytest.approx(40, abs=1), "no wider than is said"
    assert made["D"] > 44, "a quarter wider, where that saves the row a second line"


def test_the_head_is_as_high_as_its_longest_word() -> None:
    narrow = tuple(
        Column(head=head, width=60) for head in ("序号", *(f"职工或企业职工{n}（人）" for n in range(9)))
    )
    sheet = opened(Grid(title="活动台账", notes=(), columns=narrow, rows=((1, *["长" * 90] * 9),)))
    assert sheet.row_dimensions[2].height > 27


def test_figures_do_not_run_into_the_text_beside_them() -> None:
    sheet = opened()
    assert sheet["A4"].alignment.horizontal == "center"
    years = opened(Grid(title="目标", notes=(), columns=COLUMNS[:2], rows=((1, 2025), (2, "数控"))))
    assert [years[one].alignment.horizontal for one in ("B3", "B4")] == ["center", None]
    assert [(sheet[one].alignment.horizontal, sheet[one].alignment.indent) for one in ("C4", "E4", "C7")] == [
        ("right", 1.0)
    ] * 3


def test_every_page_of_a_second_sheet_tells_the_day_whole() -> None:
    """What stands over the repeated columns is all that a later page shows of the lines above the table."""
    columns = tuple(Column(head=head, width=20) for head in ("序号", "名称", *(f"栏{n}" for n in range(24))))
    notes = ("样本职业技术学院　截至 2026年11月23日　共 1 项", "金额按协议明细加计。")
    row: tuple[Cell, ...] = (1, "订单班", *("值" * 9 for _ in range(24)))
    first, second = load_workbook(
        BytesIO(xlsx.render(Grid(title="台账", notes=notes, columns=columns, rows=(row,))))
    ).worksheets
    assert [first["A2"].value, first["A3"].value] == list(notes)
    assert [second["A2"].value, second["A3"].value] == [notes[0], "序号"]
    assert [str(one) for one in second.merged_cells.ranges] == ["A2:B2"] and second["A2"].alignment.wrap_text
    assert second.row_dimensions[2].height > 27
    assert (second.page_setup.fitToWidth, second.page_setup.fitToHeight) == (3, 0)
