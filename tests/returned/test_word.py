"""Word files as other programs write them, read part by part."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from pipeline.kernel.document import PAGE, PAGES
from pipeline.returned.paragraph import WordParagraph
from pipeline.returned.word import Item, WordTable, read
from pipeline.returned.xml import UnreadableError

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def word_file(body: str, **more: str) -> bytes:
    """A Word file of a body; further parts by kind (`styles`, `footnotes`)."""
    parts = {"document.main": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>", **more}
    target = BytesIO()
    with ZipFile(target, "w") as package:
        overrides = "".join(
            f'<Override PartName="/word/{kind}.xml" ContentType="{WORD}{kind}+xml"/>' for kind in parts
        )
        package.writestr("[Content_Types].xml", f'<Types xmlns="{TYPES}">{overrides}</Types>')
        for kind, xml in parts.items():
            package.writestr(f"word/{kind}.xml", xml)
    return target.getvalue()


def items(body: str, **more: str) -> tuple[Item, ...]:
    return read(word_file(body, **more)).parts[0].items


def text(inside: str) -> str:
    (item,) = items(f"<w:p>{inside}</w:p>")
    assert isinstance(item, WordParagraph)
    return item.text


def run(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


def test_runs_tabs_and_breaks_make_one_text() -> None:
    assert (
        text(
            "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/></w:r><w:hyperlink>" + run("丙") + "</w:hyperlink>"
        )
        == "甲\t乙\n丙"
    )


def test_page_fields_are_their_marks_however_written() -> None:
    begin, middle, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    pages = f"{begin}<w:r><w:instrText> NUM</w:instrText></w:r><w:r><w:instrText>PAGES \\* MERGEFORMAT</w:instrText></w:r>{middle}{run('9')}{end}"
    assert (
        text(f'<w:fldSimple w:instr=" PAGE ">{run("3")}</w:fldSimple>{run("/")}{pages}') == f"{PAGE}/{PAGES}"
    )


def test_an_inserted_text_counts_and_a_deleted_one_does_not() -> None:
    (item,) = items(
        f"<w:p><w:ins>{run('新')}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>"
    )
    assert isinstance(item, WordParagraph) and item.text == "新"
    assert [(odd.kind, odd.text) for odd in item.oddities] == [("inserted", "新"), ("deleted", "旧")]


def test_a_style_hides_text_also_through_its_parent() -> None:
    styles = (
        f'<w:styles {NAMES}><w:style w:styleId="a"><w:name w:val="暗"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="b"><w:name w:val="更暗"/><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    (item,) = items(f'<w:p><w:pPr><w:pStyle w:val="b"/></w:pPr>{run("密")}</w:p>', styles=styles)
    assert isinstance(item, WordParagraph) and item.style == "更暗"
    assert [odd.kind for odd in item.oddities] == ["hidden"]


def test_styles_based_on_each_other_in_a_circle_end() -> None:
    styles = f'<w:styles {NAMES}><w:style w:styleId="a"><w:basedOn w:val="a"/></w:style></w:styles>'
    assert items(f'<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr>{run("文")}</w:p>', styles=styles)


@pytest.mark.parametrize("style", "abc")
def test_of_styles_based_on_each_other_each_has_what_any_says(style: str) -> None:
    based = "".join(
        f'<w:style w:styleId="{one}"><w:basedOn w:val="{other}"/>{look}</w:style>'
        for one, other, look in (("a", "b", ""), ("b", "c", "<w:rPr><w:vanish/></w:rPr>"), ("c", "b", ""))
    )
    (item,) = items(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run("密")}</w:p>',
        styles=f"<w:styles {NAMES}>{based}</w:styles>",
    )
    assert [odd.kind for odd in item.oddities] == ["hidden"]


def test_a_text_box_follows_its_paragraph_and_is_not_read_twice() -> None:
    box = f"<w:txbxContent><w:p>{run('框')}</w:p></w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    found = items(f"<w:p>{run('前')}<w:r>{both}</w:r>{run('后')}</w:p>")
    assert [(item.text, item.drawn) for item in found if isinstance(item, WordParagraph)] == [
        ("前后", False),
        ("框", True),
    ]


def test_two_versions_of_a_text_box_that_differ_are_both_read() -> None:
    new, old = (f"<w:txbxContent><w:p>{run(words)}</w:p></w:txbxContent>" for words in ("新", "旧"))
    both = f"<mc:AlternateContent><mc:Choice>{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    found = items(f"<w:p><w:r>{both}</w:r></w:p>")
    assert [item.text for item in found if isinstance(item, WordParagraph)] == ["", "新", "旧"]


def test_cells_keep_their_paragraphs_and_inner_tables() -> None:
    inner = f"<w:tbl><w:tr><w:tc><w:p>{run('内')}</w:p></w:tc></w:tr></w:tbl>"
    cell = f"<w:tc><w:p>{run('一')}</w:p><w:p>{run('二')}</w:p>{inner}</w:tc>"
    control = f"<w:sdt><w:sdtContent><w:tr>{cell}<w:tc><w:p/></w:tc></w:tr></w:sdtContent></w:sdt>"
    (grid,) = items(f"<w:tbl>{control}</w:tbl>")
    assert isinstance(grid, WordTable) and grid.rows == (("一\n二\n内", ""),)


def test_a_row_deleted_by_a_tracked_change_is_odd() -> None:
    (grid,) = items(
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>{run('删')}</w:p></w:tc></w:tr></w:tbl>"
    )
    assert [(odd.kind, odd.text) for odd in grid.oddities] == [("deleted", "删")]


def test_parts_come_in_reading_order() -> None:
    note = f"<w:p>{run('注')}</w:p>"
    content = word_file(
        "<w:p/>",
        comments=f"<w:comments {NAMES}>{note}</w:comments>",
        footnotes=f"<w:footnotes {NAMES}>{note}</w:footnotes>",
        header=f"<w:hdr {NAMES}>{note}</w:hdr>",
    )
    assert [part.kind for part in read(content).parts] == ["document.main", "header", "footnotes", "comments"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"not a zip", "不是完好的 Word 文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧格式（.doc）或加了密码"),
        (word_file("<w:p>")[:-30], "不是完好的 Word 文件"),
        (word_file("<w:p>"), "不是完好的 XML"),
        (word_file("<!DOCTYPE x>"), "文档类型声明"),
    ],
)
def test_a_damaged_file_is_refused_with_a_reason(content: bytes, says: str) -> None:
    with pytest.raises(UnreadableError, match=says):
        read(content)


def test_a_zip_that_is_no_word_file_is_refused() -> None:
    target = BytesIO()
    with ZipFile(target, "w") as package:
        package.writestr("[Content_Types].xml", f'<Types xmlns="{TYPES}"/>')
    with pytest.raises(UnreadableError, match="缺少正文"):
        read(target.getvalue())
