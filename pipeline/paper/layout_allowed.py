"""Layouts of what is approved hold styles and tags and nothing that could say, hide or number anything itself.

Approvals bind the text that compose makes. Whatever else a layout printed would be signed without having been
read: hence a list of what may stand in it, and everything else is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from pipeline.paper.layout_error import LayoutFault

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{_MAIN}}}"
_VML = "{urn:schemas-microsoft-com:vml}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TAGS = re.compile(r"{{.*?}}|{%.*?%}|{#.*?#}", re.DOTALL)
_PRINTED = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml\Z")

_ALLOWED = frozenset(
    W + tag
    for tag in [
        "document",
        "body",
        "p",
        "pPr",
        "pStyle",
        "r",
        "rPr",
        "rStyle",
        "t",
        "tab",
        "br",
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
        "shd",
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
        "hdr",
        "ftr",
        "fldSimple",
        "fldChar",
        "instrText",
        "pict",
        "drawing",
        "lang",
        "proofErr",
        "bookmarkStart",
        "bookmarkEnd",
        "noProof",
        "lastRenderedPageBreak",
        "rFonts",
        "hint",
        "b",
        "bCs",
        "i",
        "iCs",
        "u",
        "sz",
        "szCs",
        "color",
        "kern",
        "spacing",
        "ind",
        "jc",
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
        "jcTable",
        "tblpPr",
        "noWrap",
        "tblCaption",
        "formProt",
        "textDirection",
        "suppressAutoHyphens",
        "bidi",
        "bidiVisual",
        "rtlGutter",
    ]
)
_FIELDS = frozenset({"PAGE", "NUMPAGES"})
_WATERMARK = "{{ frame.watermark }}"
_TINY = 10
"""Half points: smaller letters nobody reads (5 pt)."""
_LOW = 100
"""Twentieths of a point: in lower rows and lines nobody reads (5 pt)."""
_BREAK = "分页"
"""The style of paragraphs that hold a page break alone, which takes no line of the page."""
_NARROW = 33
"""Per cent of their width to which letters may be pressed together."""
_PAPER = frozenset({"background1", "light1"})
"""Colours of a theme that are the paper's."""


def allowed_faults(name: str, root: etree._Element) -> Iterator[LayoutFault]:
    """What stands in a part and may not."""
    if name == "word/styles.xml":
        yield from _hidden_text(name, root)
        for number in root.iter(W + "numPr"):
            yield LayoutFault(part=name, near=_style(number), message="样式带自动编号：编号由程序写成文字")
    elif name == "word/fontTable.xml":
        if any(tag.tag.startswith(W + "embed") for tag in root.iter(etree.Element)):
            yield LayoutFault(part=name, near="", message="嵌入了字体")
    elif re.match(r"word/(?:footnotes|endnotes)\.xml\Z", name):
        if _words(root).strip():
            yield LayoutFault(part=name, near=_words(root)[:60], message="有脚注或尾注的文字")
    elif _PRINTED.match(name):
        yield from _printed(name, root)


def _printed(name: str, root: etree._Element) -> Iterator[LayoutFault]:
    for element in root.iter(etree.Element):
        message = _fault(element, name)
        if message:
            yield LayoutFault(part=name, near=_near(element), message=message)
    yield from _hidden_text(name, root)
    for number, paragraph in enumerate(root.iter(W + "p"), start=1):
        words = _TAGS.sub("", _said(paragraph)).strip()
        if words:
            message = f"版式里有自己的文字“{words[:30]}”，审批看不到它；请移到 templates/ 的文字模板里"
            yield LayoutFault(part=name, near="", message=message, paragraph=number)


def _fault(element: etree._Element, name: str) -> str:
    """What is wrong with one element: empty where it may stand here."""
    tag = element.tag
    if tag == W + "drawing":
        return "" if _is_picture(element) else "有图形或文本框：只可以放图片"
    if tag == W + "pict":
        return "" if _is_watermark(element, name) else "有 VML 图形：只可以有页眉里的水印"
    if tag in (W + "fldSimple", W + "instrText"):
        said = element.get(W + "instr") if tag == W + "fldSimple" else element.text
        field = next(iter((said or "").split()), "")
        return "" if field in _FIELDS or not field else f"有域 {field}：只可以有页码"
    if tag in _ALLOWED or tag.startswith(_COMPATIBLE) or _drawn(element):
        return ""
    return f"有版式里不可以有的内容：{etree.QName(element).localname}"


def _drawn(element: etree._Element) -> bool:
    """Whether an element belongs to a picture or watermark, which are looked at as a whole."""
    if element.tag.startswith(W):
        return False
    return next(element.iterancestors(W + "drawing", W + "pict"), None) is not None


def _hidden_text(name: str, root: etree._Element) -> Iterator[LayoutFault]:
    """Letters that are struck out, white or too small to be read, and places that nobody sees."""
    for properties in root.iter(W + "rPr"):
        for message in _unread(properties):
            yield LayoutFault(part=name, near=_style(properties) or _near(properties), message=message)
    for frame in root.iter(W + "framePr"):
        yield LayoutFault(
            part=name, near=_style(frame) or _near(frame), message="文字放在图文框里，可能移出纸外"
        )
    for height in root.iter(W + "trHeight"):
        if height.get(W + "hRule") == "exact" and _less(height.get(W + "val"), _LOW):
            yield LayoutFault(part=name, near=_near(height), message="表格行高固定得太矮，看不见文字")
    for spacing in root.iter(W + "spacing"):
        near = _style(spacing) or _near(spacing)
        low = spacing.get(W + "lineRule") == "exact" and _less(spacing.get(W + "line"), _LOW)
        if low and near != _BREAK:
            yield LayoutFault(part=name, near=near, message="行距固定得太小，看不见文字")


def _less(value: str | None, least: int) -> bool:
    return value is not None and value.isdigit() and int(value) < least


def _unread(properties: etree._Element) -> Iterator[str]:
    for tag in ("strike", "dstrike", "vanish", "specVanish", "webHidden"):
        found = properties.find(W + tag)
        if found is not None and found.get(W + "val", "1") not in ("0", "false"):
            yield f"文字带 {tag}（删除线或隐藏）"
    colour = properties.find(W + "color")
    if colour is not None and (
        re.fullmatch(r"[EF][0-9A-F]" * 3, colour.get(W + "val", "").upper())
        or colour.get(W + "themeColor") in _PAPER
    ):
        yield "文字颜色和纸一样白"
    for tag, least, what in (("sz", _TINY, "小得看不见（不到 5 磅）"), ("w", _NARROW, "压得太窄，看不清")):
        found = properties.find(W + tag)
        if found is not None and _less(found.get(W + "val"), least):
            yield f"文字{what}"


def _is_picture(drawing: etree._Element) -> bool:
    graphics = [one for one in drawing.iter(etree.Element) if etree.QName(one).localname == "graphicData"]
    texts = any(
        etree.QName(one).localname in ("t", "txbx", "txbxContent") for one in drawing.iter(etree.Element)
    )
    return bool(graphics) and all(one.find(_PICTURE) is not None for one in graphics) and not texts


def _is_watermark(pict: etree._Element, name: str) -> bool:
    letters = [path.get("string", "") for path in pict.iter(_VML + "textpath") if path.get("string")]
    others = [
        one
        for one in pict.iter(etree.Element)
        if etree.QName(one).localname in ("imagedata", "textbox", "txbxContent", "image")
    ]
    return name.startswith("word/header") and letters == [_WATERMARK] and not others


def _near(element: etree._Element) -> str:
    paragraph = next((one for one in element.iterancestors(W + "p")), element)
    return _words(paragraph)[:60]


def _style(element: etree._Element) -> str:
    style = next((one for one in element.iterancestors(W + "style")), None)
    found = None if style is None else style.find(W + "name")
    return "" if found is None else str(found.get(W + "val", ""))


def _words(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(W + "t"))


def _said(paragraph: etree._Element) -> str:
    """A paragraph's own words: without the number that a page field showed last."""
    return "".join(text for text, of_field in _pieces(paragraph) if not (of_field and text.strip().isdigit()))


def _pieces(paragraph: etree._Element) -> Iterator[tuple[str, bool]]:
    """The texts of a paragraph in order, and whether each is what a field showed."""
    open_fields = 0
    for element in paragraph.iter(W + "fldChar", W + "t"):
        if element.tag == W + "fldChar":
            open_fields += {"begin": 1, "end": -1}.get(element.get(W + "fldCharType", ""), 0)
            continue
        simple = next(element.iterancestors(W + "fldSimple"), None) is not None
        yield element.text or "", simple or open_fields > 0
