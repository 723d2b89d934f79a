"""Tracked changes between two documents: accepted they are the second, rejected the first."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.kernel.document import Block, Document, Heading, Paragraph
from pipeline.kernel.structs import replace
from pipeline.paper.docx import Layout
from pipeline.paper.redline import Author, redline
from pipeline.returned.back import differences
from pipeline.returned.tracked import accepted, rejected
from tests.office import convert
from tests.paper.samples import LAYOUT, cells, document, inputs, rich, runs, table

AUTHOR = Author(name="李示言", date="2026-03-05T08:00:00Z")
LAID = Layout.open(LAYOUT)


def made(old: Document, new: Document) -> bytes:
    return redline(LAID.render(old), LAID.render(new), AUTHOR)


def holds(old: Document, new: Document) -> bytes:
    """The redline, after both ways of reading it were found right."""
    content = made(old, new)
    assert differences(new, accepted(content)) == ()
    assert differences(replace(old, frame=new.frame), rejected(content)) == ()
    return content


def xml(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as package:
        return package.read("word/document.xml").decode()


def texts(*lines: str) -> Document:
    return document(
        Heading(level=1, number="第一条", runs=runs("目的")), *(Paragraph(runs=runs(x)) for x in lines)
    )


def test_a_changed_number_is_one_deletion_and_one_insertion() -> None:
    written = xml(holds(texts("培养不少于180名学生。"), texts("培养不少于240名学生。")))
    assert re.findall(r"<w:delText[^>]*>([^<]*)", written) == ["180"]
    assert re.findall(r"<w:ins [^>]*><w:r>.*?<w:t[^>]*>([^<]*)", written) == ["240"]
    assert 'w:author="李示言"' in written and 'w:date="2026-03-05T08:00:00Z"' in written


def test_what_stays_the_same_carries_no_mark() -> None:
    written = xml(holds(texts("甲", "乙"), texts("甲", "乙")))
    assert "w:ins" not in written and "w:del" not in written


def test_paragraphs_come_and_go() -> None:
    holds(
        texts("甲方提供场地。", "乙方提供设备。"),
        texts("甲方提供场地。", "丙方提供资金，按季到账。", "乙方提供设备。"),
    )
    holds(texts("甲方提供场地。", "丙方提供资金。", "末段"), texts("甲方提供场地。"))
    holds(texts(), texts("甲", "乙"))


def test_rows_and_cells_are_compared_one_by_one() -> None:
    old = document(inputs(4))
    changed = inputs(5)
    row = list(changed.rows[1])
    row[7] = cells("970,000.00")[0]
    new = document(replace(changed, rows=(changed.rows[0], tuple(row), *changed.rows[3:])))
    assert "970,000.00" in xml(holds(old, new))


def test_a_whole_table_comes_or_goes() -> None:
    revenue = table("revenue", cells("1", "培训收入", "甲方50%", "按到账金额"))
    holds(texts("甲"), document(*texts("甲").body.blocks, revenue))
    holds(document(*texts("甲").body.blocks, revenue), texts("甲"))


def test_a_rich_document_against_its_own_half() -> None:
    whole = rich(6)
    blocks = whole.body.blocks
    half: tuple[Block, ...] = tuple(block for index, block in enumerate(blocks) if index % 3 or not index)
    holds(whole, replace(whole, body=replace(whole.body, blocks=half)))
    holds(replace(whole, body=replace(whole.body, blocks=half)), whole)


LINES = st.lists(st.text(alphabet="甲乙丙提供场地，。180 A<&", min_size=1, max_size=12), max_size=6)


@settings(max_examples=60, deadline=None)
@given(LINES, LINES)
def test_any_two_texts(old: list[str], new: list[str]) -> None:
    holds(texts(*old), texts(*new))


@pytest.mark.office
def test_libreoffice_reads_the_changes_as_changes() -> None:
    content = made(texts("培养不少于180名学生。"), texts("培养不少于240名学生。"))
    again = convert(content, "docx")
    assert xml(again).count("<w:del ") == 1 and xml(again).count("<w:ins ") == 1
