"""Layouts of what is approved hold styles and tags and nothing that could say, hide or number anything itself.

Approvals bind the text that compose makes. Whatever else a layout printed would be signed without having been
read: hence a list of what may stand in it, and everything else is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from pipeline.render.layout_error import LayoutFault

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{_MAIN}}}"
_VML = "{urn:schemas-microsoft-com:vml}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
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
    ]
)
_FIELDS = frozenset({"PAGE", "NUMPAGES"})
_WATERMARK = "{{ frame.watermark }}"
_TINY = 10
"""Half points: smaller letters nobody reads (5 pt)."""


def allowed_faults(name: str, root: etree._Element) -> Iterator[LayoutFault]:
    """What stands in a part and may not."""
    if name == "word/styles.xml":
        yield from _looks(name, root)
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
    yield from _looks(name, root)
    for number, paragraph in enumerate(root.iter(W + "p"), start=1):
        own = _TAGS.sub("", _words(paragraph)).strip()
        if own:
            message = f"版式里有自己的文字“{own[:30]}”，审批看不到它；请移到 templates/ 的文字模板里"
            yield LayoutFault(part=f"{name} 第 {number} 段", near="", message=message)


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
    if not tag.startswith(W) or tag in _ALLOWED:
        return ""
    return f"有版式里不可以有的内容：{etree.QName(element).localname}"


def _looks(name: str, root: etree._Element) -> Iterator[LayoutFault]:
    """Letters that are struck out, white or too small to be read."""
    for look in root.iter(W + "rPr"):
        for message in _unread(look):
            yield LayoutFault(part=name, near=_style(look) or _near(look), message=message)


def _unread(look: etree._Element) -> Iterator[str]:
    for tag in ("strike", "dstrike", "vanish", "specVanish", "webHidden"):
        found = look.find(W + tag)
        if found is not None and found.get(W + "val", "1") not in ("0", "false"):
            yield f"文字带 {tag}（删除线或隐藏）"
    colour = look.find(W + "color")
    if colour is not None and re.fullmatch(r"[EF][0-9A-F]" * 3, colour.get(W + "val", "").upper()):
        yield "文字颜色和纸一样白"
    size = look.find(W + "sz")
    if size is not None and size.get(W + "val", "").isdigit() and int(size.get(W + "val", "")) < _TINY:
        yield "文字小得看不见（不到 5 磅）"


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
    return "".join(text.text or "" for text in element.iter(W + "t") if not _of_field(text))


def _of_field(text: etree._Element) -> bool:
    """Whether a text is what a field showed last."""
    return next(text.iterancestors(W + "fldSimple"), None) is not None
