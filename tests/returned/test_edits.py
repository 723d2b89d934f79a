"""What comes back from the other side: every change is placed or listed, whichever program made it."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from io import BytesIO

import pytest
from docx.document import Document as Edited
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from pipeline.returned.edits import Returned
from tests.office import convert
from tests.returned.returned_samples import (
    FILE,
    PNG,
    PURPOSE,
    RECORD,
    came,
    edited,
    everything,
    one,
    paths,
    raw,
)


def test_an_untouched_file_has_nothing_to_tell() -> None:
    assert came(FILE) == Returned(edits=(), others=(), tracked=False)


@pytest.mark.office
def test_a_file_that_libreoffice_only_saved_has_nothing_to_tell() -> None:
    assert came(convert(FILE, "docx")) == Returned(edits=(), others=(), tracked=False)


@pytest.mark.office
@pytest.mark.parametrize("kept_as", ["odt", "doc"])
def test_a_file_that_was_kept_in_another_format_meanwhile_has_nothing_to_tell(kept_as: str) -> None:
    assert came(convert(convert(FILE, kept_as), "docx")) == Returned(edits=(), others=(), tracked=False)


def test_a_file_that_python_docx_only_saved_has_nothing_to_tell() -> None:
    assert came(edited(lambda document: None)) == Returned(edits=(), others=(), tracked=False)


REPLACED = {
    "a value inside a sentence": ("2026年9月1日", "2026年10月8日", "第一条　合作目的", ["term.start"]),
    "the words around it": ("起联合培养", "起共同培养", "第一条　合作目的", ["templates/agreement-full.md:12"]),
    "a text of the record": ("180名", "150名", "第一条　合作目的", ["purpose"]),
    "an item of a list": ("专任教师十名", "专任教师五名", "第一条　合作目的", ["obligations.college.duties.1"]),
    "a title of an article": ("第二条　投入</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val=\"ContractText\"", "第二条　投入与产权</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val=\"ContractText\"", "第二条　投入", ["templates/agreement-full.md:20"]),
    "the owner": ("设备产权归乙方所有", "设备产权归甲方所有", "第二条　投入", ["templates/agreement-full.md:22"]),
    "a cell": ("320,000.00", "350,000.00", "附件1　投入装备清单", ["inputs.equipment.1.unit_price"]),
    "a name in a cell": ("工业机器人", "焊接机器人", "附件1　投入装备清单", ["inputs.equipment.2.name"]),
    "the number on the cover": ("YX-1", "YX-2", "封面", ["number"]),
    "a party's name": ("名称：</w:t></w:r><w:r><w:t xml:space=\"preserve\">云栖", "名称：</w:t></w:r><w:r><w:t xml:space=\"preserve\">云溪", "首部", ["parties.college"]),
    "a number made by code": ("（一）双方自", "（二）双方自", "第一条　合作目的", []),
    "the place of signing": ("签订日期：　　　年　　月　　日", "签订日期：2026年3月5日", "签署栏", []),
}  # fmt: skip


@pytest.mark.parametrize("what", REPLACED)
def test_changed_words_belong_to_the_field_or_line_they_come_from(what: str) -> None:
    old, new, clause, where = REPLACED[what]
    edit = one(came(raw((old, new))))
    assert edit.clause == clause and edit.placed
    assert paths(edit) == where or (not where and not edit.origins) or what == "a number made by code"


def test_a_change_tells_what_the_field_said_and_says() -> None:
    (touched,) = one(came(raw(("2026年9月1日", "2026年10月8日")))).touched
    assert (touched.origin.file, touched.old, touched.new) == (RECORD, "2026年9月1日", "2026年10月8日")


def test_a_cell_is_told_by_row_and_column() -> None:
    assert one(came(raw(("320,000.00", "350,000.00")))).where == "表格第 3 行“单价（元）”列"


def test_a_value_moved_to_an_empty_cell_is_seen_though_no_word_is_new() -> None:
    def change(document: Edited) -> None:
        row = document.tables[1].rows[1].cells
        row[6].paragraphs[0].runs[0].text, row[9].paragraphs[0].runs[0].text = "", "480,000.00"

    found = came(edited(change))
    assert found.edits and "480,000.00" in everything(found)


def _paragraph(document: Edited, words: str) -> Paragraph:
    return next(one for one in document.paragraphs if words in one.text)


def _remove(document: Edited, words: str) -> None:
    element = _paragraph(document, words)._p
    element.getparent().remove(element)


def _remove_row(document: Edited) -> None:
    row = document.tables[1].rows[2]._tr
    row.getparent().remove(row)


def _add_row(document: Edited) -> None:
    row = document.tables[1].rows[2]._tr
    made = deepcopy(row)
    row.addnext(made)
    document.tables[1].rows[3].cells[2].paragraphs[0].runs[0].text = "激光切割机"


def _empty_row(document: Edited) -> None:
    document.tables[1].add_row()  # type: ignore[no-untyped-call]  # the library leaves it untyped


def _merge(document: Edited) -> None:
    table = document.tables[1]
    table.cell(1, 2).merge(table.cell(1, 3))


def _merge_down(document: Edited) -> None:
    table = document.tables[1]
    table.cell(1, 8).merge(table.cell(2, 8))


def _move_clause(document: Edited) -> None:
    moved, target = _paragraph(document, "甲方负责设备的日常保管"), _paragraph(document, "（一）双方自")
    target._p.addprevious(moved._p)


def _move_row(document: Edited) -> None:
    rows = document.tables[1].rows
    rows[1]._tr.addprevious(rows[3]._tr)


def _drop_table(document: Edited) -> None:
    table = document.tables[1]._tbl
    table.getparent().remove(table)


def _own_table(document: Edited) -> None:
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(1, 1).text = "付款节点", "首付百分之三十"


def _split(document: Edited) -> None:
    paragraph = _paragraph(document, "乙方按附件投入设备")
    new = deepcopy(paragraph._p)
    paragraph._p.addnext(new)
    paragraph.runs[0].text = "乙方按附件投入设备，"
    Paragraph(new, paragraph._parent).runs[0].text = "设备产权归乙方所有。"


def _picture(document: Edited) -> None:
    document.add_picture(BytesIO(PNG), width=Cm(1))


EDITED: dict[str, tuple[Callable[[Edited], object], list[str]]] = {
    "a clause at the end": (lambda d: d.add_paragraph("乙方有权单方解除本协议。"), ["乙方有权单方解除"]),
    "a clause between": (lambda d: _paragraph(d, "甲方负责设备").insert_paragraph_before("甲方不得转租设备。"), ["甲方不得转租"]),
    "a clause deleted": (lambda d: _remove(d, "甲方负责设备的日常保管"), ["甲方负责设备的日常保管"]),
    "an item deleted": (lambda d: _remove(d, "甲方选派专任教师"), ["甲方选派专任教师"]),
    "a title deleted": (lambda d: _remove(d, "附件1　投入装备清单"), ["附件1"]),
    "a row deleted": (_remove_row, ["三坐标测量机"]),
    "a row added": (_add_row, ["激光切割机"]),
    "an empty row added": (_empty_row, ["表格第 4 行之后加的一行"]),
    "cells merged sideways": (_merge, ["合并"]),
    "cells merged downwards": (_merge_down, ["合并的单元格"]),
    "a clause moved": (_move_clause, ["moved", "从【第二条　投入】移到【第一条　合作目的】"]),
    "a row moved": (_move_row, ["moved", "工业机器人"]),
    "a table deleted": (_drop_table, ["五轴加工中心", "三坐标测量机", "工业机器人"]),
    "a table of their own": (_own_table, ["付款节点", "首付百分之三十"]),
    "a clause divided": (_split, ["设备产权归乙方所有"]),
    "a comment": (lambda d: d.add_comment(_paragraph(d, "180名").runs[0], text="人数太多", author="乙方"), ["批注", "乙方（批在“三年内联合培养不少于180名技能人才。”）：人数太多"]),
    "a picture": (_picture, ["图片"]),
    "words in the header": (lambda d: setattr(d.sections[0].header.paragraphs[0], "text", "乙方文件"), ["页眉：乙方文件"]),
    "words in the footer": (lambda d: d.sections[0].footer.add_paragraph("以乙方版本为准"), ["页脚：以乙方版本为准"]),
    "hidden words": (lambda d: setattr(_paragraph(d, "180名").add_run("但不计退学学生").font, "hidden", True), ["但不计退学学生", "隐藏文字"]),
    "words struck out by hand": (lambda d: setattr(_paragraph(d, "180名").runs[0].font, "strike", True), ["加了删除线的文字", "180名"]),
    "words marked in yellow": (lambda d: setattr(_paragraph(d, "180名").runs[0].font, "highlight_color", 7), ["用颜色标出", "180名"]),
    "a line break inside": (lambda d: _paragraph(d, "180名").runs[0].add_break(), ["180名"]),
    "a tab inside": (lambda d: _paragraph(d, "180名").runs[0].add_tab(), ["180名"]),
    "a figure in full-width digits": (lambda d: setattr(_paragraph(d, "180名").runs[0], "text", PURPOSE.replace("180", "１８０")), ["１８０"]),
}  # fmt: skip


@pytest.mark.parametrize("what", EDITED)
def test_nothing_done_in_an_editor_is_lost(what: str) -> None:
    change, words = EDITED[what]
    told = everything(came(edited(change)))
    assert [word for word in words if word not in told] == [], told


@pytest.mark.office
@pytest.mark.parametrize("what", [name for name in EDITED if name != "a tab inside"])
def test_nothing_is_lost_after_libreoffice_saved_it(what: str) -> None:
    change, words = EDITED[what]
    told = everything(came(convert(edited(change), "docx")))
    assert [word for word in words if word not in told] == [], told


def test_many_changes_at_once_are_each_told_once() -> None:
    def change(document: Edited) -> None:
        for words, new in (
            ("180名", "150名"),
            ("专任教师十名", "专任教师五名"),
            ("归乙方所有", "归双方共有"),
        ):
            run = next(run for run in _paragraph(document, words).runs if words in run.text)
            run.text = run.text.replace(words, new)
        _remove(document, "甲方负责设备的日常保管")
        _remove_row(document)
        document.add_paragraph("争议提交乙方所在地法院。")

    found = came(edited(change))
    assert len(found.edits) == 6
    assert len({re.sub(r"\s", "", edit.old + edit.new) for edit in found.edits}) == 6


def _merge_column(document: Edited) -> None:
    table = document.tables[1]
    table.cell(1, 2).merge(table.cell(2, 2))


def _merge_rows(document: Edited) -> None:
    table = document.tables[1]
    for column in range(len(table.columns)):
        table.cell(1, column).merge(table.cell(2, column))


def _merge_whole_row(document: Edited) -> None:
    table = document.tables[1]
    table.cell(2, 0).merge(table.cell(2, len(table.columns) - 1))


def test_cells_made_one_are_told_so_and_no_words_as_deleted() -> None:
    """A lawyer who reads 删去 asks what was taken away; nothing was."""
    upper, lower = came(edited(_merge_column)).edits
    assert upper.where == "表格第 2 行“名称”列（和下面的格合并成了一格）" and "三坐标测量机" in upper.new
    assert lower.where == "表格第 3 行“名称”列（这一格合并到上面的格里了）"


def test_whole_rows_made_one_are_no_row_that_went_and_one_that_came() -> None:
    edits = came(edited(_merge_rows)).edits
    assert edits and all("合并" in edit.where for edit in edits), [edit.where for edit in edits]
    (edit,) = came(edited(_merge_whole_row)).edits
    assert edit.where.startswith("表格第 3 行（原 ") and "现 1 格，合并或拆分过单元格" in edit.where
