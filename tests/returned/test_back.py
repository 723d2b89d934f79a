"""A Word file compared with its document: whatever is lost, changed, added or hidden is named."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from io import BytesIO
from zipfile import ZipFile

import pytest

from pipeline.kernel.document import Document, Paragraph, Run
from pipeline.paper.docx import Layout
from pipeline.returned.back import differences
from tests.paper.samples import LAYOUT, document, inputs, rich, runs

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture(scope="module")
def made() -> Document:
    return document(
        Paragraph(runs=runs("合作期限为三年，", Run(text="自签署之日", strong=True), "起算。")),
        Paragraph(runs=runs("联合培养 180 名学生。")),
        Paragraph(runs=runs("投入总额 2,880,000.00 元。")),
        inputs(3),
    )


@pytest.fixture(scope="module")
def content(made: Document) -> bytes:
    return Layout.open(LAYOUT).render(made)


def spoilt(content: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """The file with one part changed; a change that changes nothing would prove nothing."""
    target = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            xml = old.read(name).decode()
            if name == part:
                assert change(xml) != xml
                xml = change(xml)
            new.writestr(name, xml)
    return target.getvalue()


def in_body(content: bytes, pattern: str, by: str) -> bytes:
    return spoilt(
        content, "word/document.xml", lambda xml: re.sub(pattern, by, xml, count=1, flags=re.DOTALL)
    )


def test_a_faithful_file_has_no_differences(made: Document, content: bytes) -> None:
    assert differences(made, content) == ()


def test_a_lost_cell_is_named_by_table_and_row(made: Document, content: bytes) -> None:
    damaged = in_body(content, r"<w:tc>(?:(?!<w:tc>).)*VMC-852.*?</w:tc>", "")
    (found,) = differences(made, damaged)
    assert found.startswith("表格 inputs第 3 行应有 10 格，文件中有 9 格")


def test_an_emptied_cell_is_named_by_row_and_column(made: Document, content: bytes) -> None:
    damaged = in_body(content, "VMC-852", "")
    assert differences(made, damaged) == ("表格 inputs第 3 行第 4 列应为“VMC-852”，文件中为“”",)


def test_a_lost_row_is_named(made: Document, content: bytes) -> None:
    damaged = in_body(content, r"<w:tr>(?:(?!<w:tr>).)*VMC-852.*?</w:tr>", "")
    (found,) = differences(made, damaged)
    assert found.startswith("表格 inputs丢失第 3 行“2 | 设备")


def test_a_changed_digit_shows_both_texts(made: Document, content: bytes) -> None:
    damaged = in_body(content, "2,880,000.00 元", "2,380,000.00 元")
    assert differences(made, damaged) == (
        "段落应为“投入总额 2,880,000.00 元。”，文件中为“投入总额 2,380,000.00 元。”",
    )


def test_a_dropped_paragraph_is_named(made: Document, content: bytes) -> None:
    damaged = in_body(content, r"<w:p>(?:(?!<w:p>).)*180 名学生.*?</w:p>", "")
    assert differences(made, damaged) == ("丢失段落“联合培养 180 名学生。”",)


def test_swapped_runs_are_a_difference(made: Document, content: bytes) -> None:
    damaged = in_body(content, "合作期限为三年，(.*?)自签署之日", r"自签署之日\1合作期限为三年，")
    (found,) = differences(made, damaged)
    assert "“自签署之日合作期限为三年，起算。”" in found


def test_paragraphs_in_another_order_are_a_difference(made: Document, content: bytes) -> None:
    swap = "(<w:p>(?:(?!<w:p>).)*180 名.*?</w:p>)(<w:p>.*?</w:p>)"
    assert differences(made, in_body(content, swap, r"\2\1"))


def test_an_added_paragraph_is_named(made: Document, content: bytes) -> None:
    damaged = in_body(content, "<w:sectPr>", "<w:p><w:r><w:t>另附条件</w:t></w:r></w:p><w:sectPr>")
    assert differences(made, damaged) == ("多出“另附条件”",)


def test_empty_paragraphs_between_do_not_count(made: Document, content: bytes) -> None:
    assert differences(made, in_body(content, "<w:sectPr>", "<w:p/><w:sectPr>")) == ()


@pytest.mark.parametrize(
    ("pattern", "by", "says"),
    [
        ("<w:r>(<w:t[^>]*>投入总额)", r"<w:r><w:rPr><w:vanish/></w:rPr>\1", "隐藏文字"),
        ("(<w:r><w:t[^>]*>投入总额.*?</w:r>)", r'<w:ins w:author="x">\1</w:ins>', "修订（插入）"),
        ("(<w:r><w:t[^>]*>投入总额.*?</w:r>)", r'<w:del w:author="x">\1</w:del>', "修订（删除）"),
        ("(<w:r><w:t[^>]*>投入总额)", r"<w:r><w:delText>旧</w:delText></w:r>\1", "修订（删除）"),
        ("(<w:pPr>)(<w:pStyle[^>]*>)(</w:pPr><w:r><w:t[^>]*>投入)", r"\1\2<w:numPr/>\3", "自动编号"),
        ("(<w:r><w:t[^>]*>投入总额)", r'<w:fldSimple w:instr=" DATE "/>\1', "域“DATE”"),
    ],
)
def test_what_word_hides_or_makes_up_is_named(
    made: Document, content: bytes, pattern: str, by: str, says: str
) -> None:
    assert any(says in found for found in differences(made, in_body(content, pattern, by)))


def test_a_paragraph_that_is_taken_out_of_every_list_bears_no_number(made: Document, content: bytes) -> None:
    taken_out = r'\1\2<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>\3'
    heading = "(<w:pPr>)(<w:pStyle[^>]*>)(</w:pPr><w:r><w:t[^>]*>投入)"
    assert differences(made, in_body(content, heading, taken_out)) == ()


@pytest.mark.parametrize(
    ("part", "old", "new", "says"),
    [
        ("word/header1.xml", "YX-2026-001", "YX-2026-002", "丢失页眉"),
        ("word/header2.xml", 'string="草稿"', 'string="正本"', "丢失水印“草稿”"),
        ("word/footer2.xml", "不得用于签署", "可以签署", "丢失状态行"),
        ("word/footer1.xml", " NUMPAGES ", " PAGE ", "丢失页脚"),
        ("word/footer1.xml", "</w:ftr>", "<w:p><w:r><w:t>附注</w:t></w:r></w:p></w:ftr>", "多出“附注”"),
        ("docProps/core.xml", "共建协议", "意向书", "属性的标题"),
    ],
)
def test_header_footer_watermark_and_title_are_compared(
    made: Document, content: bytes, part: str, old: str, new: str, says: str
) -> None:
    found = differences(made, spoilt(content, part, lambda xml: xml.replace(old, new)))
    assert any(says in sentence for sentence in found)


def test_a_comment_part_is_no_place_for_text(made: Document, content: bytes) -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
    listed = f'<Override PartName="/word/comments.xml" ContentType="{kind}"/></Types>'
    changed = spoilt(content, "[Content_Types].xml", lambda xml: xml.replace("</Types>", listed))
    target = BytesIO(changed)
    with ZipFile(target, "a") as package:
        package.writestr(
            "word/comments.xml", f"<w:comments {W}><w:p><w:r><w:t>批注</w:t></w:r></w:p></w:comments>"
        )
    assert differences(made, target.getvalue()) == ("word/comments.xml 多出“批注”",)


def test_every_text_of_a_rich_document_is_missed_when_it_is_gone() -> None:
    """Each text node of the main part emptied in turn must be noticed."""
    whole = rich(1)
    content = Layout.open(LAYOUT).render(whole)
    with ZipFile(BytesIO(content)) as package:
        xml = package.read("word/document.xml").decode()
    texts = [match.span(1) for match in re.finditer(r"<w:t[^>/]*>([^<]+)</w:t>", xml)]
    assert len(texts) > 150
    for start, end in texts[::7]:
        damaged = spoilt(content, "word/document.xml", partial(cut, start=start, end=end))
        assert differences(whole, damaged), xml[start:end]


def cut(xml: str, *, start: int, end: int) -> str:
    return xml[:start] + xml[end:]
