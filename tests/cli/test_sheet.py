"""`coop sheet`: a record goes out as a workbook, people fill it as they do, and nothing is guessed in silence."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.running import CommandLine
from tests.office import convert

BOOK = "example.xlsx"
LINES = "企业投入·设备"


@pytest.fixture
def book(cli: CommandLine) -> CommandLine:
    """The small college with the agreement's workbook beside it."""
    assert cli.coop("sheet", "export", "example").code == 0
    return cli


def opened(cli: CommandLine) -> Any:
    return openpyxl.load_workbook(cli.home.path(BOOK))


def fill(cli: CommandLine, cells: dict[str, Any], sheet: str = LINES) -> None:
    workbook = opened(cli)
    for place, value in cells.items():
        workbook[sheet][place] = value
    workbook.save(cli.home.path(BOOK))


def test_a_workbook_nobody_filled_changes_nothing(book: CommandLine) -> None:
    old = book.home.text()
    said = book.coop("sheet", "import", BOOK, "--yes")
    assert (said.code, said.out) == (0, "已经是这样了，没有改动。\n")
    assert book.home.text() == old


@pytest.mark.office
def test_libreoffice_changes_nothing_and_keeps_the_choices(book: CommandLine) -> None:
    saved = convert(book.home.path(BOOK).read_bytes(), "xlsx")
    book.home.write(saved, BOOK)
    assert book.coop("sheet", "import", BOOK, "--yes").out == "已经是这样了，没有改动。\n"
    sheet = openpyxl.load_workbook(io.BytesIO(saved))[LINES]
    chosen = [one for one in sheet.data_validations.dataValidation if one.type == "list"]
    assert any("晨光样例数控装备有限公司" in (one.formula1 or "") for one in chosen)
    assert sheet.protection.sheet and not sheet["B5"].protection.locked and sheet["B3"].protection.locked


def place_of(cli: CommandLine, column: str) -> str:
    heads = {cell.value: cell.column_letter for cell in opened(cli)[LINES][3]}
    return f"{heads[column]}5"


def test_what_is_sure_is_written_what_is_not_is_asked_what_is_none_is_told(book: CommandLine) -> None:
    places = {head: place_of(book, head) for head in ("单价（元）", "数量", "规格型号", "交付时间", "权属")}
    fill(book, {places["单价（元）"]: 1.005, places["数量"]: "约三台", places["规格型号"]: 850})
    fill(book, {places["交付时间"]: "2026年9月30日", places["权属"]: "学校"})
    said = book.coop("sheet", "import", BOOK, "--yes")
    assert said.code == 1
    assert "1. 企业投入·设备!F5 企业投入·设备 第 1 项·单价（元）“1.005”：1.005 不到分，按 1.00 元" in said.out
    assert "企业投入·设备!D5 企业投入·设备 第 1 项·数量“约三台”：“约三台”读不成一个数" in said.out
    text = book.home.text()
    assert (
        re.search("""model: ["']850["'],""", text)
        and "delivered_by: 2026-09-30" in text
        and "ownership: college" in text
    )
    assert "unit_price: 1.00" not in text and "quantity: 2" in text
    assert "拿不准的只有 1 到 1" in book.coop("sheet", "import", BOOK, "--yes", "--with", "1,2").err
    assert "看不懂“一”" in book.coop("sheet", "import", BOOK, "--yes", "--with", "一").err
    assert "unit_price: 1.00" not in book.home.text()
    assert book.coop("sheet", "import", BOOK, "--yes", "--with", "all").code == 1
    assert "unit_price: 1.00" in book.home.text()


def test_a_partner_adds_a_line_clears_another_and_sees_no_yaml(cli: CommandLine) -> None:
    said = cli.coop("sheet", "export", "example", "--only", "inputs.equipment", "-o", BOOK)
    assert said.code == 0 and [name for name in opened(cli).sheetnames if name == LINES]
    assert "违约" not in str([row for sheet in opened(cli) for row in sheet.iter_rows(values_only=True)])
    rows = sum(bool(cell.value) for cell in opened(cli)[LINES]["A"][4:])
    new = {f"B{5 + rows}": "视觉检测台", f"D{5 + rows}": 2, f"E{5 + rows}": "台", f"F{5 + rows}": 12000}
    fill(cli, {**new, f"H{5 + rows}": "学校", f"J{5 + rows}": "2026-09-30"})
    said = cli.coop("sheet", "import", BOOK, "--yes")
    assert said.code == 0 and "视觉检测台" in said.out
    assert "name: 视觉检测台" in cli.home.text() and "unit_price: 12000.00" in cli.home.text()


def test_what_changed_meanwhile_is_merged_by_fields(book: CommandLine) -> None:
    fill(book, {"C7": "新的项目名称"}, "填写")
    assert book.coop("set", "example", "term.end", "2029-12-31", "--yes").code == 0
    said = book.coop("sheet", "import", BOOK, "--yes")
    assert said.code == 0 and "合作项目名称" in said.out
    assert "title: 新的项目名称" in book.home.text() and "2029-12-31" in book.home.text()
    assert book.coop("set", "example", "title", "第三个名称", "--yes").code == 0
    fill(book, {"C7": "第四个名称"}, "填写")
    said = book.coop("sheet", "import", BOOK, "--yes")
    assert said.code == 1 and "合作项目名称：导出以后记录里也改了" in said.err
    assert "title: 第三个名称" in book.home.text()


def test_merged_cells_and_formulas_are_asked_about(book: CommandLine) -> None:
    workbook = opened(book)
    sheet = workbook[LINES]
    column = place_of(book, "单位")[0]
    sheet[f"{column}5"] = "组"
    sheet.merge_cells(f"{column}5:{column}6")
    sheet[place_of(book, "数量")] = "=1+1"
    workbook.save(book.home.path(BOOK))
    old = book.home.text()
    said = book.coop("sheet", "import", BOOK, "--yes")
    assert said.code == 1 and "合并的单元格，按“组”算" in said.out and "没有算出结果" in said.out
    assert book.home.text() == old


@pytest.mark.parametrize("how", ["the row of marks", "the mark of the page", "a page copied"])
def test_a_page_that_is_not_known_any_more_changes_nothing(book: CommandLine, how: str) -> None:
    """Somebody deletes rows at the top, hidden ones among them, or copies a whole page to try something."""
    workbook, old = opened(book), book.home.text()
    if how == "a page copied":
        copy = workbook.copy_worksheet(workbook[LINES])
        copy["C5"] = "另写的一台"
    else:
        workbook[LINES].delete_rows(4 if how == "the row of marks" else 2)
    workbook.save(book.home.path(BOOK))
    said = book.coop("sheet", "import", BOOK, "--yes")
    assert said.code == 1 and "这一页没有读" in said.out
    assert book.home.text() == old


def test_other_files_are_refused_in_words(cli: CommandLine, tmp_path: Path) -> None:
    openpyxl.Workbook().save(cli.home.path("own.xlsx"))
    assert "coop import ledger" in cli.coop("sheet", "import", "own.xlsx").err
    for name, content in {
        "old.xls": b"\xd0\xcf\x11\xe0old",
        "no.xlsx": b"PK\x03\x04no",
        "a.xlsx": b"",
    }.items():
        cli.home.write(content, name)
        said = cli.coop("sheet", "import", name)
        assert said.code == 4 and name in said.err


def test_a_text_no_cell_can_hold_is_locked_and_stays_as_it_is(cli: CommandLine) -> None:
    long = "文" * 32_768
    title = "\ntitle: "
    head, _, rest = cli.home.text().partition(title)
    cli.home.write(f"{head}{title}{long}\n" + rest.partition("\n")[2])
    assert cli.coop("sheet", "export", "example").code == 0
    [cell] = [cell for cell in opened(cli)["填写"]["C"] if cell.value == "太长，请用 coop desk 改"]
    assert cell.protection.locked
    assert cli.coop("sheet", "import", BOOK, "--yes").out == "已经是这样了，没有改动。\n"
    fill(cli, {cell.coordinate: "短名称"}, "填写")
    said = cli.coop("sheet", "import", BOOK, "--yes")
    assert said.code == 1 and "太长，请用 coop desk 改" in said.out and long in cli.home.text()


def test_an_old_paper_is_gone_through_page_by_page(cli: CommandLine) -> None:
    origin = "\norigin: {kind: legacy, name: 旧协议, elements: [{element: E03, page: 2}]}\n"
    cli.home.write(cli.home.text().replace("stage: submitted", "stage: draft") + origin)
    assert cli.coop("sheet", "export", "example", "--only", "origin.elements").code == 0
    sheet = "协议原件·十二项内容所在"
    rows = [[cell.value for cell in row[1:4]] for row in opened(cli)[sheet].iter_rows(min_row=5, max_row=16)]
    assert rows[0] == ["方式", 2, None] and rows[1] == ["名称和范围", None, None] and len(rows) == 12
    assert cli.coop("sheet", "import", BOOK, "--yes").out == "已经是这样了，没有改动。\n"
    fill(cli, {"C6": 1, "C8": "3", "D8": "第四条"}, sheet)
    assert cli.coop("sheet", "import", BOOK, "--yes").code == 0
    assert "{element: E01, page: 1}" in cli.home.text() and "page: 3, clause: 第四条}" in cli.home.text()


@pytest.mark.parametrize("cell", ["A2", "B1"])
def test_a_hidden_draft_that_was_altered_is_told_in_one_line(book: CommandLine, cell: str) -> None:
    workbook, old = opened(book), book.home.text()
    workbook["coop"][cell] = "AAAA"
    workbook.save(book.home.path(BOOK))
    said = book.coop("sheet", "import", BOOK, "--yes")
    assert said.code == 4 and "底稿坏了" in said.err and len(said.err.splitlines()) == 1
    assert book.home.text() == old


def test_a_bad_character_keeps_its_own_cell_only(book: CommandLine) -> None:
    fill(book, {place_of(book, "规格型号"): "VMC\u202e850", place_of(book, "数量"): 7})
    said = book.coop("sheet", "import", BOOK, "--yes")
    assert said.code == 1 and "规格型号“VMC<U+202E>850”：第 4 个字" in said.out
    assert "quantity: 7" in book.home.text() and "\u202e" not in book.home.text()
