"""Official documents on paper, measured: GB/T 9704 in millimetres, lines and characters."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from pipeline.kernel.document import (
    PAGE,
    Block,
    Body,
    Document,
    Frame,
    Heading,
    PageBreak,
    Paragraph,
    Party,
    Title,
)
from pipeline.paper.named_layout import layout
from pipeline.paper.pdf import convert
from tests.office import Word, need, pages, words
from tests.paper.samples import LAYOUT, runs

pytestmark = pytest.mark.office

TEMPLATES = LAYOUT.parents[1]
MM = 72 / 25.4
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HAN = "面向高端装备制造岗位群三年内联合培养不少于一百八十名学生建成校内实训工位六十个双方按季度检查进展并书面通报"


def official(*blocks: Block) -> Document:
    body = Body(title="工作计划", number="", blocks=blocks)
    return Document(kind="plan", layout="official", body=body, frame=Frame(header="", footer=f"— {PAGE} —"))


def printed(*blocks: Block) -> bytes:
    """The PDF with the fonts that come with the tool."""
    need("soffice")
    made = official(*blocks)
    content = layout(TEMPLATES, "official").render(made)
    return convert({"x": content}, TEMPLATES / "fonts.conf")["x"]


def lines(found: list[Word]) -> dict[int, list[tuple[float, float, float, str]]]:
    """The lines of each page by height: top, left, right, text; footers are left out."""
    by_line: dict[tuple[int, int], list[Word]] = defaultdict(list)
    for word in found:
        by_line[word.page, round((word.top + word.bottom) / 2 / 6)].append(word)
    result: dict[int, list[tuple[float, float, float, str]]] = defaultdict(list)
    for (page, _), row in sorted(by_line.items()):
        row.sort(key=lambda word: word.left)
        text = "".join(word.text for word in row)
        if not re.fullmatch(r"—\d+—", text):
            result[page].append((row[0].top, row[0].left, row[-1].right, text))
    return result


@pytest.fixture(scope="module")
def plan() -> bytes:
    return printed(
        Title(runs=runs("年度校企合作工作计划")),
        Heading(level=1, number="一、", runs=runs("总体要求")),
        *(Paragraph(runs=runs(HAN * 12)) for _ in range(5)),
    )


def test_a_full_page_has_22_lines_of_28_characters(plan: bytes) -> None:
    rows = lines(words(plan))
    assert len(rows[2]) == 22
    edge = (210 - 26) * MM
    full = [text for _, left, right, text in rows[2] if abs(left - 28 * MM) < 3 and edge - right < 8]
    assert len(full) > 10 and {len(text) for text in full} == {28}


def test_the_type_area_is_156_by_225_mm_where_it_should_be(plan: bytes) -> None:
    rows = lines(words(plan))[2]
    assert min(left for _, left, _, _ in rows) == pytest.approx(28 * MM, abs=1 * MM)
    assert max(right for _, _, right, _ in rows) == pytest.approx((210 - 26) * MM, abs=1.5 * MM)
    assert min(top for top, _, _, _ in rows) == pytest.approx(37 * MM, abs=3 * MM)
    assert rows[-1][0] < (297 - 35) * MM


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages_below_the_type_area(plan: bytes) -> None:
    dashes = [word for word in words(plan) if word.text.startswith("—")]
    first = {page: min(w.left for w in dashes if w.page == page) for page in (1, 2, 3)}
    assert first[1] > 105 * MM and first[3] > 105 * MM and first[2] < 60 * MM
    assert {text for page in pages(plan) for text in re.findall(r"—\s*\d+\s*—", page)}
    for word in dashes:
        assert (word.top + word.bottom) / 2 - (297 - 35) * MM == pytest.approx(9.5 * MM, abs=2 * MM)


def test_a_long_title_is_broken_into_lines_of_one_length() -> None:
    text = "云栖虚构职业技术学院智能制造系校企合作工作计划"
    rows = lines(words(printed(Title(runs=runs(text)), Paragraph(runs=runs(HAN)))))[1]
    title = [row for row in rows if row[3] in text]
    assert len(title) == 2 and min(len(row[3]) for row in title) >= 8
    for _, left, right, _ in title:
        assert (left + right) / 2 == pytest.approx((28 + 78) * MM, abs=3)


def fillers() -> Iterator[Block]:
    """Headings after every count of lines from 1 to 23, each set on pages of its own."""
    for count in range(1, 24):
        yield from (Paragraph(runs=runs(f"填充{i}")) for i in range(count))
        yield Heading(level=1, number="一、", runs=runs(f"标题{count}"))
        yield Paragraph(runs=runs(f"后文{count}。{HAN}"))
        yield PageBreak()


def test_a_heading_never_stands_at_the_foot_of_a_page() -> None:
    paper = ["".join(page.split()) for page in pages(printed(*fillers()))]
    for count in range(1, 24):
        (place,) = [page for page in paper if f"标题{count}后文" in page or page.endswith(f"标题{count}")]
        assert f"标题{count}后文{count}。" in place


def test_names_hang_behind_their_label() -> None:
    made = printed(Party(role="", lines=(("出席", runs("李示言、" * 20)),)), Paragraph(runs=runs(HAN)))
    first, second = lines(words(made))[1][:2]
    assert second[1] > first[1] + 2.5 * 15.75


def test_the_sender_stands_centred_above_the_date_four_characters_from_the_right() -> None:
    """GB/T 9704, 7.3.5: the date keeps four characters free, the name of the sender is centred on it."""
    closing = [Paragraph(runs=runs(text), style="closing") for text in ("智能制造系", "2026年12月20日")]
    rows = lines(words(printed(Title(runs=runs("工作计划")), Paragraph(runs=runs(HAN)), *closing)))[1]
    text, sender, date = rows[-3:]
    middles = [(left + right) / 2 for _, left, right, _ in (sender, date)]
    assert middles[0] == pytest.approx(middles[1], abs=3)
    assert (210 - 26) * MM - date[2] == pytest.approx(4 * 16, abs=8)
    assert sender[0] - text[0] == pytest.approx(2 * 28.95, abs=3)  # one line is left free
    assert date[0] - sender[0] == pytest.approx(28.95, abs=2)


def test_levels_have_their_own_fonts() -> None:
    """Heading of the first level 黑体, of the second 楷体, the rest 仿宋; the title 小标宋 of 22 points."""
    with ZipFile(TEMPLATES / "layout" / "official.docx") as package:
        root = ElementTree.fromstring(package.read("word/styles.xml"))
    fonts = {}
    for style in root.iter(f"{W}style"):
        name, font, size = (style.find(path) for path in (f"{W}name", f".//{W}rFonts", f".//{W}sz"))
        assert name is not None
        fonts[name.get(f"{W}val")] = (
            None if font is None else font.get(f"{W}eastAsia"),
            None if size is None else size.get(f"{W}val"),
        )
    assert fonts["正文标题"] == ("方正小标宋简体", "44")
    assert fonts["一级标题"] == ("黑体", None) and fonts["二级标题"] == ("楷体", None)
    assert fonts["三级标题"] == (None, None) and fonts["四级标题"] == (None, None)
    assert fonts["附件标记"] == ("黑体", None) and fonts["页码"] == ("宋体", "28")
    defaults = root.find(f"{W}docDefaults")
    assert defaults is not None
    assert [font.get(f"{W}eastAsia") for font in defaults.iter(f"{W}rFonts")] == ["仿宋"]
    assert [size.get(f"{W}val") for size in defaults.iter(f"{W}sz")] == ["32"]
