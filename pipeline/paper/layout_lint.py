"""What a Word layout must not hold, seen in its parts before anything is printed with it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from pipeline.paper.layout_allowed import allowed_faults
from pipeline.paper.layout_error import NAMES, LayoutFault, pass_on_shortage, template_faults
from pipeline.paper.sandbox import environment

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PRINTED = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml\Z")
_TAG = re.compile(r"{[{%#].*?[}%#]}", re.DOTALL)
_HALF = re.compile(r"{[{%]|[%}]}")
_PREFIX = re.compile(r"({[{%])(?:p|tr|r|tc) ")
_ALONE = re.compile(r"\s*{%(p|tr) .*?%}\s*\Z", re.DOTALL)
_WIDE = re.compile(r"[｛｝]|[{｛]％|％[}｝]")
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_TRACKED = {
    W + tag: "尚未接受的修订" for tag in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange")
}
_NOTES = {W + tag: "批注" for tag in ("commentReference", "commentRangeStart")}
_MAIN_TYPE = b"wordprocessingml.document.main+xml"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_HEAD = 4096
"""Bytes at the head of a part in which its namespaces are named."""
_MOST = 32 * 1024 * 1024
"""Bytes of a part after inflating, at most."""


def lint(content: bytes, *, signed: bool) -> Iterator[tuple[LayoutFault, bool]]:
    """Every fault of a layout, and whether it is one only for what is `signed`: that holds styles and tags only."""
    return iter(_found(content, signed=signed))


@lru_cache(maxsize=32)
def _found(content: bytes, *, signed: bool) -> tuple[tuple[LayoutFault, bool], ...]:
    """Read once in a process: every file that is verified is held against the same few layouts."""
    faults = _all(content, signed=signed)
    return tuple((one, False) if isinstance(one, LayoutFault) else (one[0], True) for one in faults)


def _all(content: bytes, *, signed: bool) -> Iterator[LayoutFault | tuple[LayoutFault]]:
    try:
        parts = _parts(content)
    except (BadZipFile, zlib.error, EOFError, ValueError, OSError) as error:
        yield LayoutFault(part="文件", near="", message=f"不是完好的 Word 文件（.docx）：{error}")
        return
    yield from _package(parts)
    for name, raw in parts.items():
        if not name.endswith((".xml", ".rels")):
            continue
        if b"<!DOCTYPE" in raw:
            yield LayoutFault(part=name, near="", message="含有 Word 文件不应有的文档类型声明")
            continue
        try:
            root = etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
            pass_on_shortage(error)
            yield LayoutFault(part=name, near="", message=f"不是完好的 XML：{error}")
            continue
        yield from _part(name, root)
        if _PRINTED.match(name):
            yield from _code(name, root, signed=signed)
        if signed:
            yield from ((fault,) for fault in allowed_faults(name, root))


def _parts(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as package:
        for info in package.infolist():
            if info.file_size > _MOST:
                raise ValueError(f"{info.filename} 展开后过大")
        return {info.filename: package.read(info) for info in package.infolist()}


def _package(parts: dict[str, bytes]) -> Iterator[LayoutFault]:
    if any("vbaProject" in name for name in parts) or b"macroEnabled" in parts.get(
        "[Content_Types].xml", b""
    ):
        yield LayoutFault(part="文件", near="", message="含有宏，请另存为不带宏的 .docx")
    if _MAIN_TYPE not in parts.get("[Content_Types].xml", b""):
        message = "不是 Word 文档（.docx），可能是模板（.dotx）或别的格式，请另存为 .docx"
        yield LayoutFault(part="文件", near="", message=message)
    if _STRICT in parts.get("word/document.xml", b"")[:_HEAD]:
        message = "存成了“Strict Open XML 文档”，请另存为普通的“Word 文档（.docx）”"
        yield LayoutFault(part="文件", near="", message=message)
    for name in parts:
        if re.match(r"word/(?:embeddings|activeX)/", name):
            yield LayoutFault(part=name, near="", message="嵌入了别的文件或控件，请删除")
        if re.match(r"word/comments\w*\.xml\Z", name):
            yield LayoutFault(part=name, near="", message="留有批注，请在 Word 里全部删除")
        if name.startswith("word/fonts/"):
            yield LayoutFault(part=name, near="", message="嵌入了字体，请取消“将字体嵌入文件”")


def _part(name: str, root: etree._Element) -> Iterator[LayoutFault]:
    if name.endswith(".rels"):
        for relation in root:
            if relation.get("TargetMode") == "External":
                target = relation.get("Target", "")
                yield LayoutFault(part=name, near="", message=f"链接到文件以外的 {target[:60]}")
    elif name == "word/styles.xml":
        yield from _fonts(name, root)
        yield from _styles(name, root)
    elif _PRINTED.match(name):
        yield from _marks(name, root)
        for number, paragraph in enumerate(root.iter(W + "p"), start=1):
            for message in _paragraph(paragraph):
                near = _words(paragraph)[:60]
                yield LayoutFault(part=name, near=near, message=message, paragraph=number)


def _fonts(name: str, root: etree._Element) -> Iterator[LayoutFault]:
    """A style that names a font names its Chinese face too, and so do the defaults that every text falls back on.

    A run may name a font for Latin letters alone: its Chinese face is then its style's.
    """
    faces = [(_style_name(fonts), _named(fonts)) for fonts in root.iter(W + "rFonts")]
    for style, named in faces:
        if named & {"ascii", "hAnsi"} and "eastAsia" not in named:
            yield LayoutFault(part=name, near=style or "默认文字", message="样式没有写明中文字体（eastAsia）")
    if not any(named for style, named in faces if style in ("", "Normal", "Default Paragraph Font")):
        yield LayoutFault(part=name, near="默认文字", message="样式没有写明中文字体（eastAsia）")


def _named(fonts: etree._Element) -> set[str]:
    return {etree.QName(key).localname.removesuffix("Theme") for key in fonts.attrib}


def _styles(name: str, root: etree._Element) -> Iterator[LayoutFault]:
    for vanish in root.iter(W + "vanish", W + "specVanish"):
        if _value(vanish) not in ("0", "false"):
            yield LayoutFault(part=name, near=_style_name(vanish), message="样式把文字设成了隐藏")


def _marks(name: str, root: etree._Element) -> Iterator[LayoutFault]:
    for tag, called in {**_TRACKED, **_NOTES}.items():
        found = next(root.iter(tag), None)
        if found is not None:
            yield LayoutFault(part=name, near=_words(found)[:60], message=f"留有{called}，请处理完再保存")
    for vanish in root.iter(W + "vanish"):
        if _value(vanish) not in ("0", "false"):
            near = _words(vanish.getparent().getparent())[:60]
            yield LayoutFault(part=name, near=near, message="有隐藏文字")


def _paragraph(paragraph: etree._Element) -> Iterator[str]:
    text = _words(paragraph)
    if _WIDE.search(text):
        yield "花括号打成了全角，要用半角的 { 和 }"
    if "{%tc" in text or "{{tc" in text:
        yield "用了 {%tc %}：按列生成的表格会丢格，请按列数分别画表"
    if _HALF.search(_TAG.sub("", text)):
        yield "标记没有在这一段里写完：开头和结尾的花括号要在同一段"
    tags = _TAG.findall(text)
    alone = _ALONE.match(text)
    if any(tag.startswith("{%p ") for tag in tags) and not (alone and len(tags) == 1):
        yield "{%p %} 标记要单独占一段，同段的其他文字会被丢掉"
    if any(tag.startswith("{%tr ") for tag in tags) and _TAG.sub("", _row(paragraph)).strip():
        yield "{%tr %} 标记要单独占一行，同一行的其他文字会被丢掉"
    if any(tag.startswith("{%tr ") for tag in tags) and len(_TAG.findall(_row(paragraph))) > 1:
        yield "{%tr %} 标记要单独占一行，同一行的其他标记会被丢掉"


def _code(name: str, root: etree._Element, *, signed: bool) -> Iterator[LayoutFault]:
    """What is wrong with the tags themselves: a line of their code is a paragraph of the part."""
    lines = [_PREFIX.sub(r"\1 ", _TAG.sub(_straight, _words(one))) for one in root.iter(W + "p")]
    names = NAMES if signed else None
    yield from template_faults(environment(), name, "\n".join(["", *lines]), names)


def _straight(tag: re.Match[str]) -> str:
    """A tag with the quotes that Word curls while they are typed; docxtpl takes them for straight ones."""
    return tag[0].translate(_QUOTES)


def _row(paragraph: etree._Element) -> str:
    row = next(paragraph.iterancestors(W + "tr"), None)
    return _words(row) if row is not None else _words(paragraph)


def _words(element: etree._Element) -> str:
    """The text of an element; of a paragraph without what stands in text boxes inside it."""
    texts = element.iter(W + "t", W + "delText")
    if element.tag == W + "p":
        return "".join(one.text or "" for one in texts if next(one.iterancestors(W + "p"), None) is element)
    return "".join(one.text or "" for one in texts)


def _value(element: etree._Element | None) -> str:
    return "" if element is None else str(element.get(W + "val", ""))


def _style_name(element: etree._Element) -> str:
    style = next((one for one in element.iterancestors(W + "style")), None)
    return _value(style.find(W + "name")) if style is not None else ""
