"""Word files: what goes in comes out, whatever it looks like, and always in the same bytes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docxtpl import DocxTemplate

from pipeline.kernel import byte_code
from pipeline.kernel.document import Block, Cover, Document, Paragraph, Signature, Table
from pipeline.paper import docx as printing
from pipeline.paper.docx import Layout
from pipeline.paper.layout_error import LayoutError
from pipeline.paper.sandbox import environment
from pipeline.paper.view import UnprintableError, context
from pipeline.returned.back import differences
from pipeline.returned.paragraph import WordParagraph as ReadParagraph
from pipeline.returned.word import WordTable, read
from tests.paper.samples import LAYOUT, PARTIES, cells, document, inputs, rich, runs, signature

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def layout() -> Layout:
    return Layout.open(LAYOUT)


def part(content: bytes, name: str) -> bytes:
    with ZipFile(BytesIO(content)) as package:
        return package.read(name)


def plain_loop(made: Document) -> bytes:
    word = DocxTemplate(LAYOUT)
    word.render(context(made), autoescape=True, jinja_env=environment())
    target = BytesIO()
    word.save(target)
    return target.getvalue()


def test_every_kind_of_block_is_read_back_as_it_was_given(layout: Layout) -> None:
    made = rich()
    assert differences(made, layout.render(made)) == ()


@pytest.mark.parametrize("made", [rich(), rich(1), document(), document(Paragraph(runs=runs("一\t二")))])
def test_the_main_part_equals_what_docxtpl_writes(layout: Layout, made: Document) -> None:
    ours, theirs = layout.render(made), plain_loop(made)
    widths = re.compile(r'(?<= w:w=")\d+(?=")')  # of generic tables: ours follow their texts
    bare = [widths.sub("", part(some, "word/document.xml").decode()) for some in (ours, theirs)]
    assert bare[0] == bare[1]


def test_headers_and_footers_equal_what_docxtpl_writes(layout: Layout) -> None:
    made = rich(1)
    ours, theirs = layout.render(made), plain_loop(made)
    for name in ("header1", "header2", "footer1", "footer2"):
        assert part(ours, f"word/{name}.xml") == part(theirs, f"word/{name}.xml")


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for what is kept of layouts."""
    (tmp_path / "paper").mkdir()
    monkeypatch.setattr(byte_code, "PROGRAM", tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "paper" / "__pycache__"


def test_a_layout_is_opened_once_and_again_when_it_is_another_file(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = LAYOUT.read_bytes()
    opened = Layout(content, "contract.docx").render(rich())
    with monkeypatch.context() as barred:
        barred.setattr(printing, "read", lambda *_: pytest.fail("opened again"))
        assert Layout(content, "contract.docx").render(rich()) == opened
    other = BytesIO()
    with ZipFile(BytesIO(content)) as package, ZipFile(other, "w") as copied:
        for name in package.namelist():
            copied.writestr(name, package.read(name).replace("协议正文".encode(), "协议文字".encode()))
    assert Layout(other.getvalue(), "contract.docx").render(rich()) != opened
    assert len([*kept.iterdir()]) == 1


def test_a_layout_that_was_kept_and_damaged_is_opened_anew(kept: Path) -> None:
    content = LAYOUT.read_bytes()
    opened = Layout(content, "contract.docx").render(rich())
    [file] = kept.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:-9] + b"\0" * 9)
    assert Layout(content, "contract.docx").render(rich()) == opened
    assert file.read_bytes() == whole


def test_what_prints_a_known_layout_loads_no_library_of_word(kept: Path) -> None:
    Layout(LAYOUT.read_bytes(), "contract.docx").render(document())
    script = (
        "import sys; from pathlib import Path; from pipeline.kernel import byte_code;"
        f"byte_code.PROGRAM = Path({os.fspath(kept.parents[1])!r});"
        "from pipeline.paper.docx import Layout; from tests.paper.samples import LAYOUT, document;"
        "Layout(LAYOUT.read_bytes(), 'contract.docx').render(document());"
        "print([one for one in ('docxtpl', 'docx', 'lxml') if one in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_the_title_property_is_the_title_and_not_its_escape(layout: Layout) -> None:
    made = document(title="A & B <公司>")
    assert read(layout.render(made)).title == "A & B <公司>"


def test_values_that_look_like_xml_or_templates_stay_text(layout: Layout) -> None:
    texts = ("</w:t></w:r></w:p>", "{{7*7}}", "{% for x in y %}", "{_{ }_}", "&quot;", "]]>", "<!-- -->")
    made = document(*(Paragraph(runs=runs(text)) for text in texts))
    found = [
        item.text for item in read(layout.render(made)).parts[0].items if isinstance(item, ReadParagraph)
    ]
    assert [text for text in found if text] == list(texts)


@pytest.mark.parametrize("text", ["甲\x07方", "甲\n方", "甲\x0c方", "甲\ufffe方", "甲\ud800方", "甲\r方"])
def test_a_character_that_word_cannot_hold_is_refused_by_name(layout: Layout, text: str) -> None:
    with pytest.raises(UnprintableError, match=f"U\\+{ord(text[1]):04X}"):
        layout.render(document(Paragraph(runs=runs(text))))


def test_a_final_document_has_no_watermark(layout: Layout) -> None:
    made = document(Paragraph(runs=runs("正文")), watermark="")
    content = layout.render(made)
    assert b"textpath" not in part(content, "word/header1.xml")
    assert differences(made, content) == ()


def test_a_first_page_that_is_no_cover_has_the_line_of_the_others_under_its_header(layout: Layout) -> None:
    """Agreements that students sign have no cover; their first page had the words of a header and no line."""
    text = Paragraph(runs=runs("正文"))
    covered = document(Cover(title=runs("协议书"), lines=()), text)
    first, others, cover = (
        part(layout.render(made), f"word/{name}.xml")
        for made, name in ((document(text), "header2"), (document(text), "header1"), (covered, "header2"))
    )
    assert first.count(b"<w:p>") == 1 and b'"PageHead"' in first and b'"PageHead"' in others
    assert b'"CoverHead"' in cover and b"PageHead" not in cover and b"textpath" in cover


def test_three_parties_sign_in_two_columns(layout: Layout) -> None:
    content = layout.render(document(Paragraph(runs=runs("（以下无正文）")), signature(*PARTIES)))
    grid = next(item for item in read(content).parts[0].items if isinstance(item, WordTable))
    assert [len(row) for row in grid.rows] == [2] * 6
    assert grid.rows[3][0].startswith(PARTIES[2]) and grid.rows[3][1] == ""


def test_the_two_texts_before_the_signatures_stay_with_them(layout: Layout) -> None:
    texts = tuple(Paragraph(runs=runs(text)) for text in ("一", "二", "三"))
    styles = {
        item.text: item.style
        for item in read(layout.render(document(*texts, signature("甲方")))).parts[0].items
        if isinstance(item, ReadParagraph)
    }
    assert (styles["一"], styles["二"]) == ("协议正文", "协议正文（与下段同页）")
    assert styles["三"] == styles["二"]


def test_tables_that_follow_each_other_do_not_merge(layout: Layout) -> None:
    items = read(layout.render(document(inputs(1), inputs(2)))).parts[0].items
    grids = [index for index, item in enumerate(items) if isinstance(item, WordTable)]
    assert len(grids) == 2 and grids[1] - grids[0] > 1


@pytest.mark.parametrize(
    ("blocks", "breaks"),
    [
        ((Paragraph(runs=runs("一")), *rich(1).body.blocks[2:3] * 3, Paragraph(runs=runs("二"))), 1),
        ((*rich(1).body.blocks[2:3], Paragraph(runs=runs("一"))), 0),
        ((Paragraph(runs=runs("一")), *rich(1).body.blocks[2:3]), 0),
        (rich(1).body.blocks[:4], 2),
    ],
    ids=["several in a row", "at the beginning", "at the end", "after cover and contents"],
)
def test_no_page_stays_empty(layout: Layout, blocks: tuple[Block, ...], breaks: int) -> None:
    items = read(layout.render(document(*blocks))).parts[0].items
    assert sum(isinstance(item, ReadParagraph) and item.style == "分页" for item in items) == breaks


def test_a_table_that_nobody_drew_is_an_error_that_names_it(layout: Layout) -> None:
    wide = Table(name="columns-9", head=cells(*"123456789"), rows=())
    with pytest.raises(LayoutError, match="columns-9"):
        layout.render(document(wide))


def test_a_table_with_too_few_cells_is_an_error(layout: Layout) -> None:
    short = Table(name="revenue", head=cells("序号", "收入项目"), rows=())
    with pytest.raises(LayoutError, match=r"word/document\.xml 第 [0-9]+ 段 用到了没有的数据"):
        layout.render(document(short))


def test_a_signature_block_without_parties_is_no_broken_file(layout: Layout) -> None:
    content = layout.render(document(Paragraph(runs=runs("正文")), Signature(parties=())))
    assert b"<w:tbl>" not in part(content, "word/document.xml")


SCRIPT = """
import hashlib
from pipeline.paper import docx as printing
from pipeline.paper.docx import Layout
from tests.paper.samples import LAYOUT, rich
print(hashlib.sha256(Layout.open(LAYOUT).render(rich())).hexdigest())
"""


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Pacific/Apia", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "Asia/Shanghai", "LC_ALL": "zh_CN.GB18030", "PYTHONHASHSEED": "2"},
    ],
)
def test_the_bytes_depend_on_nothing_but_the_input(
    layout: Layout, surroundings: dict[str, str], tmp_path: Path
) -> None:
    environ = {**os.environ, **surroundings, "PYTHONPATH": str(ROOT)}
    printed = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environ, cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert printed.stdout.strip() == sha256(layout.render(rich())).hexdigest()


def test_what_announces_a_table_stays_with_it(layout: Layout) -> None:
    """At the foot of a page, 合计如下： would tell of nothing."""
    texts = [Paragraph(runs=runs(text)) for text in ("全校合计如下：", "资金已经到账。")]
    made = layout.render(document(texts[0], inputs(1), texts[1], inputs(2)))
    styles = [
        (item.text, item.style) for item in read(made).parts[0].items if isinstance(item, ReadParagraph)
    ]
    assert ("全校合计如下：", "协议正文（与下段同页）") in styles and ("资金已经到账。", "协议正文") in styles
