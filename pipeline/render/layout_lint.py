"""What a Word layout must not hold, seen in its parts before anything is printed with it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from pipeline.render.layout_allowed import allowed_faults
from pipeline.render.layout_error import NAMES, LayoutFault, template_faults
from pipeline.render.sandbox import environment

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PRINTED = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml\Z")
_TAG = re.compile(r"{[{%#].*?[}%#]}", re.DOTALL)
_PREFIX = re.compile(r"({[{%])(?:p|tr|r|tc) ")
_ALONE = re.compile(r"\s*{%(p|tr) .*?%}\s*\Z", re.DOTALL)
_WIDE = re.compile(r"[｛｝]|[{｛]％|％[}｝]")
_TRACKED = {
    W + tag: "尚未接受的修订" for tag in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange")
}
_NOTES = {W + tag: "批注" for tag in ("commentReference", "commentRangeStart")}
_MOST = 32 * 1024 * 1024
"""Bytes of a part after inflating, at most."""


def lint(content: bytes, *, signed: bool) -> Iterator[tuple[LayoutFault, bool]]:
    """Every fault of a layout, and whether it is one only for what is `signed`: that holds styles and tags only."""
    for fault in _all(content, signed=signed):
        yield (fault, False) if isinstance(fault, LayoutFault) else (fault[0], True)


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
        try:
            root = etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
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
    for name in parts:
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
        yield from _styles(name, root)
    elif _PRINTED.match(name):
        yield from _marks(name, root)
        for number, paragraph in enumerate(root.iter(W + "p"), start=1):
            for message in _paragraph(paragraph):
                yield LayoutFault(part=f"{name} 第 {number} 段", near=_words(paragraph)[:60], message=message)


def _styles(name: str, root: etree._Element) -> Iterator[LayoutFault]:
    """Every font must name its Chinese face: without one, Word takes whatever the machine has."""
    for fonts in root.iter(W + "rFonts"):
        if not fonts.get(W + "eastAsia") and not fonts.get(W + "eastAsiaTheme"):
            style = next((one for one in fonts.iterancestors(W + "style")), None)
            called = _value(style.find(W + "name")) if style is not None else "默认文字"
            yield LayoutFault(part=name, near=called, message="样式没有写明中文字体（eastAsia）")
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
    lines = [_PREFIX.sub(r"\1 ", "".join(_TAG.findall(_words(one)))) for one in root.iter(W + "p")]
    names = NAMES if signed else None
    yield from template_faults(environment(), name, "\n".join(lines), names)


def _row(paragraph: etree._Element) -> str:
    row = next(paragraph.iterancestors(W + "tr"), None)
    return _words(row) if row is not None else _words(paragraph)


def _words(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(W + "t", W + "delText"))


def _value(element: etree._Element | None) -> str:
    return "" if element is None else str(element.get(W + "val", ""))


def _style_name(element: etree._Element) -> str:
    style = next((one for one in element.iterancestors(W + "style")), None)
    return _value(style.find(W + "name")) if style is not None else ""
