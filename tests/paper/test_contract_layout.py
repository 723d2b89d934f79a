"""The contract layout as a file: styles and tags, and nothing that could say or hide anything itself."""

from __future__ import annotations

import re
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from tests.paper.samples import LAYOUT

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VML = "{urn:schemas-microsoft-com:vml}"
PRINTED = ("document", "header1", "header2", "footer1", "footer2")


def root(part: str) -> ElementTree.Element:
    with ZipFile(LAYOUT) as package:
        return ElementTree.fromstring(package.read(f"word/{part}.xml"))


def styles() -> dict[str, ElementTree.Element]:
    """The styles by the names that Word shows."""
    return {
        name.get(f"{W}val", ""): style
        for style in root("styles").iter(f"{W}style")
        for name in style.iterfind(f"{W}name")
    }


@pytest.mark.parametrize("part", PRINTED)
def test_it_has_no_words_of_its_own(part: str) -> None:
    whole = root(part)
    for field in whole.iter(f"{W}fldSimple"):
        field.clear()  # what a field showed last is no text
    for paragraph in whole.iter(f"{W}p"):
        text = "".join(text.text or "" for text in paragraph.iter(f"{W}t"))
        assert re.sub(r"{{.*?}}|{%.*?%}", "", text) == ""


@pytest.mark.parametrize("part", PRINTED)
def test_every_look_is_a_style(part: str) -> None:
    for properties in root(part).iter(f"{W}pPr"):
        assert [child.tag for child in properties] == [f"{W}pStyle"]
    for properties in root(part).iter(f"{W}rPr"):
        assert [child.tag for child in properties] == [f"{W}rStyle"]


@pytest.mark.parametrize("part", PRINTED)
def test_its_only_drawing_is_the_watermark_and_its_only_fields_are_page_numbers(part: str) -> None:
    whole = root(part)
    assert next(whole.iter(f"{W}drawing"), None) is None
    shapes = [path.get("string") for path in whole.iter(f"{VML}textpath") if path.get("string")]
    # A first page is a cover or the first of the text: one of its two headers is printed.
    times = {"header1": 1, "header2": 2}.get(part, 0)
    assert shapes == ["{{ frame.watermark }}"] * times
    assert {field.get(f"{W}instr", "").strip() for field in whole.iter(f"{W}fldSimple")} <= {
        "PAGE",
        "NUMPAGES",
    }
    unwanted = {W + tag for tag in ("numPr", "vanish", "strike", "instrText", "ins", "del")}
    assert not unwanted & {element.tag for element in whole.iter()}


def test_it_points_to_nothing_outside_itself() -> None:
    with ZipFile(LAYOUT) as package:
        relations = [package.read(name).decode() for name in package.namelist() if name.endswith(".rels")]
        assert not [
            name for name in package.namelist() if "vba" in name or "embeddings" in name or "fonts/" in name
        ]
    assert relations and not any("External" in relation for relation in relations)


def test_every_font_names_its_chinese_face() -> None:
    fonts = list(root("styles").iter(f"{W}rFonts"))
    assert fonts and all(font.get(f"{W}eastAsia") for font in fonts)
    assert {font.get(f"{W}eastAsia") for font in fonts} == {"仿宋", "黑体", "楷体", "宋体", "方正小标宋简体"}
    assert [language.get(f"{W}eastAsia") for language in root("styles").iter(f"{W}lang")] == ["zh-CN"]


def test_a_lawyer_finds_the_styles_by_their_names() -> None:
    assert {
        "协议正文",
        "款",
        "条标题",
        "列表项",
        "表头",
        "表格正文",
        "封面标题",
        "签署栏",
        "待补充",
        "加重",
    } <= styles().keys()


def test_an_article_is_an_entry_of_the_outline_and_stays_with_its_text() -> None:
    article = styles()["条标题"]
    level = article.find(f"{W}pPr/{W}outlineLvl")
    assert level is not None and level.get(f"{W}val") == "0"
    assert article.find(f"{W}pPr/{W}keepNext") is not None


def test_rows_are_not_torn_and_heads_repeat() -> None:
    document = root("document")
    rows = list(document.iter(f"{W}tr"))
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    heads = [row for row in rows if "b.head[0]" in "".join(row.itertext())]
    assert len(heads) == 12
    assert all(row.find(f"{W}trPr/{W}tblHeader") is not None for row in heads)


def test_the_page_is_a4_with_the_margins_of_official_documents() -> None:
    """GB/T 9704: 37 mm above, 28 mm left, type area 156 by 225 mm; in twentieths of a point."""
    section = next(root("document").iter(f"{W}sectPr"))
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    assert size is not None and margins is not None
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
    assert [margins.get(W + side) for side in ("top", "right", "bottom", "left")] == [
        "2098",
        "1474",
        "1984",
        "1587",
    ]
