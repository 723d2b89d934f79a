"""A college draws its own approval form, as any clerk would in Word, and the build fills it."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Pt

from pipeline.returned.word import WordTable, read
from tests.college import TEMPLATES, SmallCollege
from tests.office import need, pages
from tests.output.commands import coop

FORM = "templates/forms/approval-form.docx"
SHEET = "build/projects/example/approval-form"
ASKED = ("合同编号", "合同金额", "合同期限", "承办部门", "经办人", "用印份数", "立项论证依据")
OPINIONS = ("承办部门意见", "归口部门意见", "财务部门意见", "国资部门意见", "法律顾问意见")
REST = ("分管领导意见", "书记校长意见", "会议纪要号", "归档号", "备注", "资金来源", "合同类别", "编号")


def drawn(path: Path, leave_out: str = "") -> None:
    """A form with a bold title, its first row merged across, opinions merged below each other."""
    form = docx.Document()
    title = form.add_paragraph()
    run = title.add_run("本校自己的合同会签单")
    run.bold, run.font.size = True, Pt(20)
    table = form.add_table(rows=0, cols=4)
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    for label in ("合同名称", "对方单位"):
        cells = table.add_row().cells
        cells[0].text = label
        cells[1].merge(cells[3]).text = f"{{{{ {label} }}}}"
    for left, right in zip(ASKED[::2], (*ASKED[1::2], ""), strict=True):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = left, f"{{{{ {left} }}}}"
        cells[2].text, cells[3].text = right, f"{{{{ {right} }}}}" if right else ""
    first = None
    for label in (*OPINIONS, *REST):
        if label == leave_out:
            continue
        cells = table.add_row().cells
        first = first.merge(cells[0]) if first is not None else cells[0]
        cells[1].text = label
        cells[2].merge(cells[3]).text = f"{{{{ {label} }}}}"
    for fonts in form.styles.element.iter(qn("w:rFonts")):
        if fonts.get(qn("w:asciiTheme")) is None:
            fonts.set(qn("w:eastAsia"), "仿宋")
    form.save(str(path))


@pytest.fixture
def own(home: SmallCollege) -> SmallCollege:
    """The college with templates of its own."""
    shutil.copytree(TEMPLATES, home.root / "templates")
    drawn(home.path(FORM))
    return home


def test_a_form_drawn_with_word_is_filled_and_keeps_its_merged_cells(own: SmallCollege) -> None:
    assert coop(own, "templates", "check") == 0
    assert coop(own, "build", "example") == 0
    items = read(own.path(f"{SHEET}.docx").read_bytes()).parts[0].items
    (grid,) = [item for item in items if isinstance(item, WordTable)]
    assert grid.rows[0] == ("合同名称", "数控实训基地共建与订单培养")
    told = {cell: row[index + 1] for row in grid.rows for index, cell in enumerate(row[:-1]) if cell}
    assert (
        told["合同编号"] == "样校合〔2026〕1号"
        and told["合同金额"] == "企业投入¥1,020,000.00；占用学院资源¥900,000.00"
    )
    assert told["用印份数"] == "4" and told["经办人"] == "黑样本"
    assert len(docx.Document(str(own.path(f"{SHEET}.docx"))).tables[0].rows) == 2 + 4 + len(OPINIONS + REST)


@pytest.mark.office
def test_it_prints_on_paper(own: SmallCollege) -> None:
    need("soffice", "pdftotext")
    assert coop(own, "build", "example", "--to", "docx,pdf") == 0
    paper = "".join("".join(pages(own.path(f"{SHEET}.pdf").read_bytes())).split())
    assert "本校自己的合同会签单" in paper and "¥1,020,000.00" in paper and "{{" not in paper


def test_a_form_without_a_place_for_what_is_to_be_said_is_refused(
    own: SmallCollege, capsys: pytest.CaptureFixture[str]
) -> None:
    drawn(own.path(FORM), leave_out="合同类别")
    assert coop(own, "build", "example") == 1
    assert "表单里没有放下“合同类别”" in capsys.readouterr().out
    assert not own.path(f"{SHEET}.docx").exists()
