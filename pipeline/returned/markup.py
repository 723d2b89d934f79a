"""What may stand in the printed parts of a final Word file: a list, and everything else is named.

Word, WPS and LibreOffice add marks of their own when they save; equations, pictures, boxes, embedded and
imported files, content controls, ruby, frames and whatever is still to be invented are not among them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from xml.etree.ElementTree import Element

from pipeline.returned.parts import is_on
from pipeline.returned.xml import W

_ALLOWED = frozenset(
    W + tag
    for tag in [
        "document",
        "body",
        "hdr",
        "ftr",
        "footnotes",
        "endnotes",
        "footnote",
        "endnote",
        "separator",
        "continuationSeparator",
        "p",
        "pPr",
        "pStyle",
        "r",
        "rPr",
        "rStyle",
        "t",
        "tab",
        "br",
        "cr",
        "noBreakHyphen",
        "softHyphen",
        "sym",
        "tbl",
        "tblPr",
        "tblStyle",
        "tblW",
        "tblLayout",
        "tblLook",
        "tblGrid",
        "gridCol",
        "tblInd",
        "tblCellMar",
        "tblBorders",
        "tblCaption",
        "jc",
        "tr",
        "trPr",
        "trHeight",
        "cantSplit",
        "tblHeader",
        "tc",
        "tcPr",
        "tcW",
        "gridSpan",
        "vMerge",
        "vAlign",
        "tcBorders",
        "tcMar",
        "shd",
        "noWrap",
        "cnfStyle",
        "hideMark",
        "sectPr",
        "headerReference",
        "footerReference",
        "pgSz",
        "pgMar",
        "pgNumType",
        "titlePg",
        "docGrid",
        "cols",
        "type",
        "formProt",
        "footnotePr",
        "endnotePr",
        "numFmt",
        "numStart",
        "numRestart",
        "pos",
        "fldSimple",
        "fldChar",
        "instrText",
        "lang",
        "proofErr",
        "bookmarkStart",
        "bookmarkEnd",
        "noProof",
        "lastRenderedPageBreak",
        "rFonts",
        "b",
        "bCs",
        "i",
        "iCs",
        "u",
        "sz",
        "szCs",
        "color",
        "highlight",
        "kern",
        "spacing",
        "w",
        "position",
        "ind",
        "keepNext",
        "keepLines",
        "widowControl",
        "pageBreakBefore",
        "tabs",
        "outlineLvl",
        "top",
        "bottom",
        "left",
        "right",
        "insideH",
        "insideV",
        "start",
        "end",
        "snapToGrid",
        "adjustRightInd",
        "autoSpaceDE",
        "autoSpaceDN",
        "overflowPunct",
        "textAlignment",
        "topLinePunct",
        "kinsoku",
        "wordWrap",
        "contextualSpacing",
        "suppressAutoHyphens",
        "suppressLineNumbers",
        "pBdr",
        "between",
        "bar",
        "mirrorIndents",
        "rtlGutter",
        "cs",
        "rtl",
        "bidi",
        "bidiVisual",
        "textDirection",
        "strike",
        "dstrike",
        "vanish",
        "caps",
        "smallCaps",
        "numPr",
        "numId",
        "ilvl",
        "ins",
        "del",
        "moveFrom",
        "moveTo",
        "delText",
        "smartTag",
        "permStart",
        "permEnd",
    ]
)
"""Tracked changes, hidden and numbered text are told by the comparison, so they are not told again here."""

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PLACED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SWITCHED_OFF = {
    W + tag: called for tag, called in {"rtl": "从右到左的文字", "bidi": "从右到左的段落"}.items()
}
_DRAWN = "有图形、图片或文本框"
_NAMES = {
    "drawing": _DRAWN,
    "pict": _DRAWN,
    "AlternateContent": _DRAWN,
    "object": "有嵌入的对象",
    "control": "有控件",
    "altChunk": "有导入的另一个文件",
    "subDoc": "有子文档",
    "oMath": "有公式",
    "oMathPara": "有公式",
    "sdt": "有内容控件",
    "bdo": "有反向显示的文字",
    "dir": "有反向显示的文字",
    "ruby": "有拼音或旁注文字",
    "framePr": "有图文框",
    "tblpPr": "有浮动的表格",
    "footnoteReference": "有脚注号",
    "endnoteReference": "有尾注号",
    "commentReference": "有批注",
    "textFill": "有文字填充效果",
    "background": "有页面背景",
    "hidden": "有隐藏的表格行",
}


_BLOCKS = frozenset({"body", "tc", "hdr", "ftr", "footnote", "endnote"})
_LINES = frozenset({"p", "ins", "del", "moveFrom", "moveTo", "smartTag", "fldSimple"})
_PLACES: dict[str, frozenset[str]] = {
    **dict.fromkeys(("document", "hdr", "ftr", "footnotes", "endnotes"), frozenset({""})),
    "body": frozenset({"document"}),
    "footnote": frozenset({"footnotes"}),
    "endnote": frozenset({"endnotes"}),
    **dict.fromkeys(("p", "tbl"), _BLOCKS),
    "tr": frozenset({"tbl"}),
    "tc": frozenset({"tr"}),
    **dict.fromkeys(("r", "smartTag", "fldSimple"), _LINES),
    **dict.fromkeys(
        ("t", "delText", "instrText", "sym", "br", "cr", "noBreakHyphen", "softHyphen", "fldChar"),
        frozenset({"r"}),
    ),
}
"""What holds text, and inside what it may stand: elsewhere some programs show it and others do not."""
_TRACKED = frozenset({"ins", "del", "moveFrom", "moveTo"})


def misplaced(name: str, root: Element) -> Iterator[str]:
    """Text where no program expects any, and the mark of a paragraph that a tracked change took or gave."""
    found: dict[str, None] = {}
    waiting = [(root, "", False)]
    while waiting:
        element, around, closed = waiting.pop()
        tag = str(element.tag).removeprefix(W)
        if tag in _PLACES and (closed or around not in _PLACES[tag]):
            found[f"{name} 有放错位置的内容（{tag}），各个程序显示的会不一样"] = None
        if tag in _TRACKED and around == "rPr":
            found[f"{name} 有尚未接受的修订（段落标记）"] = None
        inside = closed or (tag in _TRACKED and around not in _LINES) or tag.endswith("Pr")
        waiting += [(inner, tag, inside) for inner in element]
    yield from found


def foreign(name: str, root: Element, pictures: Collection[str] = ()) -> Iterator[str]:
    """What in a printed part is not on the list, one Chinese sentence for each kind of thing.

    `pictures` are the relationship ids of images that were approved: set in line with the text, they may stand.
    """
    foreign_things = dict.fromkeys(misplaced(name, root))
    for element in _outside_drawings(root):
        tag = str(element.tag)
        if tag == W + "drawing" and _approved(element, pictures):
            continue
        if tag in _SWITCHED_OFF and is_on(element):
            foreign_things[f"{name} 有{_SWITCHED_OFF[tag]}"] = None
        elif tag not in _ALLOWED:
            local = tag.rpartition("}")[2]
            foreign_things[f"{name} {_NAMES.get(local, f'有核验不了的内容（{local}）')}"] = None
    yield from foreign_things


def _approved(drawing: Element, pictures: Collection[str]) -> bool:
    """Whether a drawing is one approved picture in line with the text, without text or anything else in it."""
    inner = list(drawing)
    graphic = [one for one in drawing.iter() if str(one.tag) == f"{_DRAWING}graphicData"]
    if [str(one.tag) for one in inner] != [f"{_PLACED}inline"] or len(graphic) != 1:
        return False
    blips = [one for one in drawing.iter() if str(one.tag) == f"{_DRAWING}blip"]
    shown = all(
        one.get(f"{_RELATION}embed") in pictures and one.get(f"{_RELATION}link") is None for one in blips
    )
    kinds = [str(one.tag) for one in graphic[0]]
    words = any((one.text or "").strip() for one in drawing.iter())
    return bool(blips) and shown and kinds == [f"{_PICTURE}pic"] and not words


def _outside_drawings(element: Element) -> Iterator[Element]:
    """Every element, and of what is foreign only the outermost."""
    yield element
    if element.tag in _ALLOWED:
        for inner in element:
            yield from _outside_drawings(inner)
