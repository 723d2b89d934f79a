"""The parts of a Word file as XML trees, in the order in which a person would come to them."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, ZipFile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_VAL = W + "val"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MAIN = "document.main"
KINDS = (MAIN, "header", "footer", "footnotes", "endnotes", "comments", "glossary")
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_CORE = "docProps/core.xml"
_OLD = b"\xd0\xcf\x11\xe0"
"""How files of the old format begin, and new ones with a password."""
_ON = ("1", "true", "on")
_LEAST_LINE, _LEAST_PART = 160, 120
"""The least height of a line: twentieths of a point, or 240ths of the letters' own."""
_MOST = 64 * 1024 * 1024
"""Bytes of a part after inflating, at most: a small file must not fill the memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A style: its name as Word shows it, whether its text is hidden, whether Word numbers its paragraphs.

    `squeezed` tells that its lines are too low for any letter to be seen.
    """

    name: str
    hidden: bool
    numbered: bool
    squeezed: bool = False


class UnreadableError(ValueError):
    """A file is not a Word file that can be read; the message says why (Chinese)."""


class Package:
    """A Word file opened for reading; raises `UnreadableError`."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(content))
        except BadZipFile as error:
            kind = "旧格式（.doc）或加了密码" if content.startswith(_OLD) else "别的文件，或者没有收全"
            message = f"不是完好的 Word 文件（.docx），是{kind}；请在 Word 里另存为不加密的 .docx"
            raise UnreadableError(message) from error
        self._size, self._end = len(content), content.rfind(b"PK\x05\x06")
        names = self._zip.namelist()
        self._names = frozenset(names)
        if len({name.casefold() for name in names}) != len(names):
            raise UnreadableError("压缩包里有两个同名的部分，各个程序打开的会不是同一个")
        self._types = self._read_types()

    @property
    def lies_alone(self) -> bool:
        """Whether there is nothing before, behind or beside the parts that another program might take for the file."""
        first = min((info.header_offset for info in self._zip.infolist()), default=0)
        ends = self._size - 22 == self._end
        return ends and not first and not self._zip.comment

    def texts(self) -> Iterator[tuple[str, str, Element]]:
        """Name, kind and root of every part that holds text a person may read, the main part first."""
        found = [
            (KINDS.index(kind), name)
            for name, content_type in self._types.items()
            for kind in KINDS
            if content_type == f"{_TYPE}{kind}+xml" and name in self._names
        ]
        if not any(KINDS[rank] == MAIN for rank, _ in found):
            raise UnreadableError("不是 Word 文件：缺少正文")
        for rank, name in sorted(found):
            yield name, KINDS[rank], self._tree(name)

    def names(self) -> tuple[str, ...]:
        """The names of all parts, in order."""
        return tuple(sorted(self._names))

    def content(self, name: str) -> bytes:
        """A part as it is."""
        return self._bytes(name)

    def tree(self, name: str) -> Element:
        """The root of a part that is XML."""
        return self._tree(name)

    def styles(self) -> dict[str, Style]:
        """Each style by its id."""
        part = next((name for name, kind in self._types.items() if kind == f"{_TYPE}styles+xml"), "")
        return _styles(self._bytes(part)) if part in self._names else {}

    def title(self) -> str:
        """The title among the document's properties."""
        if _CORE not in self._names:
            return ""
        return self._tree(_CORE).findtext("{http://purl.org/dc/elements/1.1/}title") or ""

    def charts(self) -> Iterator[Element]:
        """The root of each chart, in the order in which the main part calls for them."""
        relations = "word/_rels/document.xml.rels"
        if not any(name.startswith("word/charts/") for name in self._names) or relations not in self._names:
            return
        targets = {item.get("Id", ""): item.get("Target", "") for item in self._tree(relations)}
        for name, kind, root in self.texts():
            for place in root.iter(f"{_CHART}chart") if kind == MAIN else ():
                part = f"{name.rpartition('/')[0]}/{targets.get(place.get(_RELATION, ''), '')}"
                if part not in self._names:
                    raise UnreadableError(f"图表缺少数据：{part}")
                yield self._tree(part)

    def _read_types(self) -> dict[str, str]:
        if "[Content_Types].xml" not in self._names:
            raise UnreadableError("不是 Word 文件：缺少 [Content_Types].xml")
        overrides = self._tree("[Content_Types].xml").iter(
            "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
        )
        return {item.get("PartName", "").lstrip("/"): item.get("ContentType", "") for item in overrides}

    def _tree(self, name: str) -> Element:
        return parsed(self._bytes(name), name)

    def _bytes(self, name: str) -> bytes:
        try:
            if self._zip.getinfo(name).file_size > _MOST:
                raise UnreadableError(f"{name} 展开后过大")
            return self._zip.read(name)
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise UnreadableError(f"{name} 已损坏：{error}") from error


def parsed(content: bytes, name: str) -> Element:
    """The root of a part; a document type declaration, which no Word file has, is refused."""
    try:
        text = content.decode()
        if "<!DOCTYPE" in text:
            raise UnreadableError(f"{name} 含有 Word 文件不应有的文档类型声明")
        return ElementTree.fromstring(text)
    except (UnicodeDecodeError, ElementTree.ParseError) as error:
        raise UnreadableError(f"{name} 不是完好的 XML：{error}") from error


@lru_cache(maxsize=8)
def _styles(content: bytes) -> dict[str, Style]:
    """Kept for the next file: documents of one layout share their styles.

    Under "" stands what holds for a paragraph that names no style: it has that style's looks and no name.
    """
    listed = list(parsed(content, "styles.xml").iter(W + "style"))
    found = {style.get(W + "styleId", ""): style for style in listed}
    made = {key: _style(key, found) for key in found}
    unnamed = (one for one in listed if one.get(W + "type") == "paragraph" and one.get(W + "default") in _ON)
    default = next((made[one.get(W + "styleId", "")] for one in unnamed), None)
    return {**made, "": replace(default, name="")} if default else made


def _style(key: str, found: dict[str, Element]) -> Style:
    """The style with what it has from those that it is based on."""
    name = value(found[key].find(W + "name"))
    hidden = numbered = False
    squeezed: bool | None = None
    seen: set[str] = set()
    while key in found and key not in seen:
        seen.add(key)
        style = found[key]
        hidden = hidden or is_on(style.find(f"{W}rPr/{W}vanish"))
        numbered = numbered or style.find(f"{W}pPr/{W}numPr") is not None
        squeezed = too_low(style.find(f"{W}pPr/{W}spacing")) if squeezed is None else squeezed
        key = value(style.find(W + "basedOn"))
    return Style(name=name, hidden=hidden, numbered=numbered, squeezed=bool(squeezed))


def too_low(spacing: Element | None) -> bool | None:
    """Whether lines are set so low that no letter is seen; None where nothing is said of their height."""
    line = spacing.get(W + "line", "") if spacing is not None else ""
    if spacing is None or not line:
        return None
    exact = spacing.get(W + "lineRule", "auto")
    least = {"exact": _LEAST_LINE, "auto": _LEAST_PART}.get(exact)
    return least is not None and (not line.lstrip("-").isdigit() or int(line) < least)


def value(element: Element | None) -> str:
    """The element's `w:val`, empty where there is none."""
    return "" if element is None else str(element.get(_VAL, ""))


def is_on(element: Element | None) -> bool:
    """Whether a switch such as `w:vanish` stands and is not switched off."""
    return element is not None and element.get(_VAL, "1") in _ON
