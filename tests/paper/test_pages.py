"""The printed pages, by LibreOffice: what only a look at the paper can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from pipeline.kernel.document import Block, Contents, Cover, Document, PageBreak, Paragraph
from pipeline.paper.docx import Layout
from pipeline.returned.back import differences
from pipeline.returned.pages import faults as pdf_faults
from tests.office import FONTS, convert, pages, to_pdf, words
from tests.paper.samples import LAYOUT, PARTIES, cells, document, rich, runs, signature, table

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def layout() -> Layout:
    return Layout.open(LAYOUT)


@pytest.fixture(scope="module")
def printed(layout: Layout) -> list[str]:
    return pages(to_pdf(layout.render(rich())))


def test_a_rich_document_takes_a_sane_number_of_pages(printed: list[str]) -> None:
    assert 8 <= len(printed) <= 16
    assert all(page.strip() for page in printed)


def test_nothing_of_the_template_is_left_on_paper(printed: list[str]) -> None:
    paper = "".join(printed)
    assert not re.search(r"{%[pr]? |None|Undefined", paper.replace("{%p if x %}", ""))
    assert "{{7*7}}" in paper


def test_the_head_of_a_long_table_stands_on_each_of_its_pages(printed: list[str]) -> None:
    with_rows = [page for page in printed if re.search(r"VMC-\d", page)]
    assert len(with_rows) >= 3
    assert all("规格型号" in page for page in with_rows)


def test_every_page_tells_its_number_and_the_number_of_pages(printed: list[str]) -> None:
    numbers = [re.findall(r"第\s*(\d+)\s*页\s*共\s*(\d+)\s*页", page) for page in printed]
    assert numbers[0] == []  # the cover
    assert [found[0] for found in numbers[1:]] == [
        (str(number), str(len(printed))) for number in range(2, len(printed) + 1)
    ]


def test_every_page_says_that_it_is_a_draft(printed: list[str]) -> None:
    assert all("草稿，未经批准" in page for page in printed)


def fillers(count: int) -> Iterator[Block]:
    """A page's worth of lines, then the closing texts and the signatures, with their own count in the text."""
    yield from (Paragraph(runs=runs(f"填充{i}")) for i in range(count))
    yield Paragraph(runs=runs(f"倒数第二段{count}。"))
    yield Paragraph(runs=runs(f"末段{count}。"))
    yield signature(*(f"签署{count}{party}" for party in PARTIES))
    yield PageBreak()


def test_signatures_never_stand_alone_on_a_page(layout: Layout) -> None:
    counts = range(8, 24)
    made = document(*(block for count in counts for block in fillers(count)))
    paper = ["".join(page.split()) for page in pages(to_pdf(layout.render(made)))]
    for count in counts:
        (place,) = [page for page in paper if f"签署{count}{PARTIES[0]}" in page]
        assert f"倒数第二段{count}。末段{count}。" in place
        assert place.count("签订日期") == 3


def test_forty_characters_of_name_nine_digits_and_rare_characters_have_their_place(layout: Layout) -> None:
    name = "喆堃镕昇玥虚构智能装备制造股份有限公司云栖高新技术产业开发区第一分公司样例四十字"
    row = cells("1", "设备", name, "VMC-850", "2", "台", *["123,456,789.05"] * 2, "乙方", "2026年9月1日")
    blocks: list[Block] = [
        Cover(title=runs(f"{name}共建协议"), lines=(("甲方", runs(name)), ("乙方", runs(name)))),
        PageBreak(),
        table("inputs", *([row] * 60), numeric=(4, 6, 7)),
        signature(name, PARTIES[0]),
    ]
    made = document(*blocks)
    pdf = to_pdf(layout.render(made))
    assert pdf_faults(made, pdf) == ()
    found = words(pdf)
    assert sum(word.text == "123,456,789.05" for word in found) == 120
    assert all(word.text not in ("甲", "乙") for word in found if word.page == 2)  # the cover is one page
    tops = {word.top for word in found if "签订日期" in word.text}
    assert len(tops) == 1  # both parties' lines stand side by side, whoever has the longer name


def test_no_row_of_a_table_is_lost_wherever_on_the_page_it_begins(layout: Layout) -> None:
    """LibreOffice drops all rows of a table whose repeated head is left alone at the foot of a page."""
    rows = [cells(str(i), "运行", "耗材", "60,000.00", "甲方60%", "由使用方承担" * 9) for i in range(3)]
    blocks: list[Block] = []
    for count in range(14, 27):
        blocks += [Paragraph(runs=runs(f"填充{i}")) for i in range(count)]
        blocks += [Paragraph(runs=runs(f"附件{count}"), style="annex"), table("costs", *rows), PageBreak()]
    made = document(*blocks)
    assert pdf_faults(made, to_pdf(layout.render(made))) == ()


def test_each_party_has_room_for_its_seal(layout: Layout) -> None:
    """A seal is 42 mm across: so far at least is it from one party to the next below."""
    made = document(Paragraph(runs=runs("末段")), signature("上方", "旁边", "下方"))
    tops = {word.text[:2]: word.top for word in words(to_pdf(layout.render(made))) if "盖章" in word.text}
    assert tops["上方"] == tops["旁边"]
    assert (tops["下方"] - tops["上方"]) * 25.4 / 72 >= 42


def restyled(style: str, old: str, new: str) -> bytes:
    """The layout with a change inside one style, saved anew by LibreOffice."""
    target = BytesIO()
    with ZipFile(LAYOUT) as package, ZipFile(target, "w") as changed:
        for name in package.namelist():
            xml = package.read(name).decode()
            if name == "word/styles.xml":
                before, found, rest = xml.partition(f'<w:name w:val="{style}"/>')
                inside, end, after = rest.partition("</w:style>")
                assert found and old in inside
                xml = before + found + inside.replace(old, new) + end + after
            changed.writestr(name, xml)
    return convert(target.getvalue(), "docx")


def test_a_restyled_layout_changes_the_look_and_not_the_text(layout: Layout) -> None:
    made = rich(3)
    big = Layout(restyled("封面标题", '<w:sz w:val="52"/>', '<w:sz w:val="72"/>'), "big.docx")
    assert differences(made, big.render(made)) == ()
    heights = [_height(made, each) for each in (layout, big)]
    assert heights[1] > heights[0] * 1.2


def _height(made: Document, layout: Layout) -> float:
    """How tall the cover's title is printed, in points."""
    return next(
        word.bottom - word.top for word in words(to_pdf(layout.render(made))) if "智能制造" in word.text
    )


def test_a_large_amount_is_not_broken_over_two_lines(layout: Layout) -> None:
    row = cells(
        "10", "技术", "名称", "型号", "100", "台", "1,234,567.00", "12,345,678.00", "甲方", "2026年12月31日"
    )
    seen = [word.text for word in words(to_pdf(layout.render(document(table("inputs", row)))))]
    assert "1,234,567.00" in seen and "12,345,678.00" in seen


def test_a_table_that_fills_its_page_leaves_no_empty_page_behind(layout: Layout) -> None:
    row = cells("1", "设备", "名称", "型号", "1", "台", "1.00", "1.00", "乙方", "2026年9月1日")
    blocks: list[Block] = []
    for count in range(18, 42):
        blocks += [table("inputs", *([row] * count), numeric=(4, 6, 7)), PageBreak()]
    printed = pages(to_pdf(layout.render(document(*blocks))))
    assert [page for page in printed if "2026" not in page.replace("YX-2026-001", "")] == []


def test_thirty_titles_are_listed_on_one_page(layout: Layout) -> None:
    entries = tuple(f"第{number}条　合作目的" for number in range(1, 31))
    made = document(Contents(title="目　录", entries=entries), Paragraph(runs=runs("正文")))
    first, second = pages(to_pdf(layout.render(made)))
    assert first.count("合作目的") == 30 and "正文" in second


@pytest.mark.parametrize("fonts", [FONTS, None], ids=["mapped fonts", "whatever font there is"])
def test_no_letter_is_lost_whatever_the_fonts(layout: Layout, fonts: Path | None) -> None:
    made = rich(12)
    assert pdf_faults(made, to_pdf(layout.render(made), fonts)) == ()
