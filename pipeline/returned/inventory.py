"""What a returned file holds besides its running text: each thing is noted, so that nothing is passed over.

What the file that was sent holds as well is left out. What a program adds by itself when it saves (themes, fonts,
settings) says nothing and is not noted; a part or an element that nobody here reads is.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element

from pipeline.kernel.document import Document
from pipeline.kernel.structs import replace
from pipeline.returned.chart_text import figures
from pipeline.returned.expected import figures as expected_figures
from pipeline.returned.marked import marked
from pipeline.returned.package import MAIN, Package
from pipeline.returned.paragraph import Oddity
from pipeline.returned.parts import value
from pipeline.returned.remarks import comments, tracked_changes
from pipeline.returned.word import Item, WordTable, read_package
from pipeline.returned.xml import W

_PARTS = {
    "header": "页眉",
    "footer": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "glossary": "构建基块",
}
STATUS = "状态行"
"""The kind of a note on what the college's own frame says of the file."""
_ODD = {"hidden": "隐藏文字", "numbered": "自动编号", "field": "域"}
_SILENT = re.compile(
    r"(\[Content_Types\]\.xml|(.*/)?_rels/.*\.rels|docProps/.*|word/(document|styles|settings|fontTable|webSettings|numbering"
    r"|stylesWithEffects|people|comments\w*|header\d*|footer\d*|footnotes|endnotes|theme/.*)(\.xml)?"
    r"|customXml/itemProps\d+\.xml|word/charts/.*|word/glossary/.*|word/diagrams/(?!data).*|.*/)\Z"
)
"""Parts that are read elsewhere, or that say how text looks."""
_TEXTS = frozenset({W + "t", W + "delText", W + "instrText", W + "delInstrText"})
_INNER = "{http://schemas.openxmlformats.org/"
_FIGURES = (
    "posOffset",
    "align",
    "pctWidth",
    "pctHeight",
    "sizeRelH",
    "sizeRelV",
    "fldData",
    "f",
    "v",
    "formula",
)
"""Elements whose text is a measure and nothing to read."""
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Note:
    """One thing found: what it is in Chinese (批注, 图片 …), and its text or name."""

    kind: str
    text: str


def notes(content: bytes, document: Document, sent: bytes, status: re.Pattern[str]) -> tuple[Note, ...]:
    """What a returned file holds that the sent one does not, and what of the sent one's is gone.

    A line of header or footer that is wholly a `status` is of the kind 状态行: the college's own frame, whichever
    was printed.
    """
    found, known = (Counter(_named(_notes(file), document, status)) for file in (content, sent))
    added = [note for note in found if found[note] > known[note]]
    lost = [
        replace(note, kind=f"{note.kind}不见了")
        for note in known
        if known[note] > found[note] and note.kind in ("图片", "页眉", "页脚") and _is_missing(note, found)
    ]
    return (*added, *lost, *_charts(document, content))


def _named(some: Iterator[Note], document: Document, status: re.Pattern[str]) -> Iterator[Note]:
    marks = {document.frame.watermark, document.frame.status}
    for note in some:
        is_status = _framed(note) and (status.fullmatch(note.text) or note.text in marks)
        yield replace(note, kind=STATUS) if is_status else note


def _framed(note: Note) -> bool:
    return note.kind in ("页眉", "页脚")


def _is_missing(note: Note, found: Counter[Note]) -> bool:
    """Pictures count one by one; a line of header or footer is missing where it stands nowhere."""
    return note.kind == "图片" or not any(_framed(other) and other.text == note.text for other in found)


def _notes(content: bytes) -> Iterator[Note]:
    package = Package(content)
    for kind, text in (*tracked_changes(package), *comments(package)):
        yield Note(kind=kind, text=text)
    for part in read_package(package).parts:
        if part.kind == "comments":
            continue
        for item in part.items:
            yield from _item(item, "" if part.kind == MAIN else _PARTS.get(part.kind, part.kind))
    yield from (Note(kind=kind, text=text) for kind, text in marked(package))
    yield from _parts(package)
    yield from _tables(package)
    yield from _unread(package)


def _item(item: Item, called: str) -> Iterator[Note]:
    """What one item of a part holds: outside the main part all its text, inside what is odd about it."""
    if called:
        texts = [cell for row in item.rows for cell in row] if isinstance(item, WordTable) else [item.text]
        yield from (Note(kind=called, text=text) for text in texts if text.strip())
    elif not isinstance(item, WordTable) and item.drawn and item.text.strip():
        yield Note(kind="文本框", text=item.text)
    for odd in item.oddities:
        if odd.kind in _ODD:
            yield Note(kind=_ODD[odd.kind], text=_odd(odd, item))


def _odd(odd: Oddity, item: Item) -> str:
    said = item.text if not isinstance(item, WordTable) else item.rows[0][0]
    return odd.text if odd.kind == "hidden" else f"{odd.text} 在“{said[:40]}”".strip()


def _parts(package: Package) -> Iterator[Note]:
    for name in package.names():
        if re.match(r"word/media/|media/", name):
            digest = hashlib.sha256(package.content(name)).hexdigest()[:12]
            yield Note(kind="图片", text=f"{name.rpartition('.')[2]} 摘要 {digest}")
        elif re.match(r"word/(embeddings|activeX)/", name):
            yield Note(kind="嵌入的文件或控件", text=name)
        elif re.match(r"(word/)?(afchunk|chunk)|.*\.(html?|mht|rtf|docx?|txt)\Z", name, re.IGNORECASE):
            yield Note(kind="整篇嵌进来的文件", text=name)
        elif name.endswith(".rels"):
            links = (
                one for one in package.tree(name).iter(_RELATIONSHIP) if one.get("TargetMode") == "External"
            )
            yield from (Note(kind="链接到文件以外", text=one.get("Target", "")) for one in links)
        elif name not in package.kinds and not _SILENT.match(name):
            text = _all_text(package, name)
            yield Note(kind="没有读的部分", text=f"{name}{f'：{text[:200]}' if text else ''}")


def _all_text(package: Package, name: str) -> str:
    if not name.endswith(".xml"):
        return ""
    return " ".join(" ".join(package.tree(name).itertext()).split())


def _tables(package: Package) -> Iterator[Note]:
    """Merged cells, table by table: the text alone does not tell of them."""
    for number, table in enumerate(package.tree(package.main).iter(W + "tbl"), start=1):
        wide = sum(value(span) not in ("", "0", "1") for span in table.iter(W + "gridSpan"))
        high = sum(1 for _ in table.iter(W + "vMerge"))
        if wide or high:
            yield Note(kind="合并的单元格", text=f"第 {number} 个表格：横向 {wide} 处，纵向 {high} 格")


def _unread(package: Package) -> Iterator[Note]:
    """Text in elements that reading does not know: formulas of another kind, extensions of later programs."""
    tree = package.tree(package.main)
    yield from (Note(kind="放错位置、没有读的文字", text=text[:200]) for text in _stray(tree))
    for element in tree.iter():
        text = (element.text or "").strip()
        if text and element.tag not in _TEXTS and not _known(element):
            yield Note(kind="没有读懂的内容", text=f"{element.tag.rpartition('}')[2]}：{text[:200]}")


_SETTINGS = frozenset(
    W + name for name in ("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr")
)


_HOLDERS = frozenset(W + name for name in ("body", "txbxContent", "tbl", "tr", "tc"))
_HOLDS = frozenset({("body", "p"), ("body", "tbl"), ("tbl", "tr"), ("tr", "tc"), ("tc", "p"), ("tc", "tbl")})


def _stray(element: Element, around: tuple[str, ...] = ()) -> Iterator[str]:
    """Texts at places where no program expects any: outside every paragraph, among properties, in a row but in no cell."""
    if element.tag == W + "t" and element.text and not _expected(around):
        yield element.text
    for child in element:
        yield from _stray(child, (*around, element.tag))


def _expected(around: tuple[str, ...]) -> bool:
    """Whether text may stand inside these elements, outermost first."""
    if W + "p" not in around or W + "r" not in around or not _SETTINGS.isdisjoint(around):
        return False
    last = len(around) - 1 - around[::-1].index(W + "p")
    held = [tag.removeprefix(W) for tag in around[:last] if tag in _HOLDERS]
    box = len(held) - held[::-1].index("txbxContent") if "txbxContent" in held else 0
    chain = ["body", *(tag for tag in held[box:] if tag != "body"), "p"]
    return W + "t" not in around and all(pair in _HOLDS for pair in pairwise(chain))


def _known(element: Element) -> bool:
    """Whether an element's text is read with its paragraph (a formula's, a drawing's) or is a measure."""
    space, _, name = element.tag.rpartition("}")
    return name in _FIGURES or (name == "t" and space.startswith(_INNER))


def _charts(document: Document, content: bytes) -> Iterator[Note]:
    """Charts whose figures are not those that were sent."""
    shown = [figures(chart) for chart in Package(content).charts()]
    wanted = expected_figures(document)
    for number, expected in enumerate(wanted):
        if number >= len(shown):
            yield Note(kind="图不见了", text=expected.called)
        elif shown[number] != expected.content:
            yield Note(kind="图的数据改了", text=expected.called)
    yield from (Note(kind="多出的图", text=f"第 {at + 1} 个图") for at in range(len(wanted), len(shown)))
