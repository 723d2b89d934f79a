"""XML of unknown hands: parsed within bounds, and the namespaces of Strict OOXML read as those everybody knows."""

from __future__ import annotations

import codecs
import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from pipeline.kernel.late_pattern import late

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_ELEMENTS, _ATTRIBUTES, _LETTERS = 200_000, 600_000, 4_000_000
INFLATED = 160 * 1024 * 1024
"""What one file may hold in all, and its bytes after inflating: a book of five hundred pages has less."""
_DEEPEST = 150
"""Elements inside each other, at most: nobody nests so, and readers walk down by calling themselves."""
_STRICT = "http://purl.oclc.org/ooxml/"
_USUAL = "http://schemas.openxmlformats.org/"
_NAMED = late(r"\{http://purl\.oclc\.org/ooxml/([A-Za-z]+)/([A-Za-z]+)\}")
_DECLARED = late(r"\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_UNICODE = late(r"utf-?(?:8|16(?:[lb]e)?)|unicode", re.IGNORECASE)
_ASCII = late(
    rf"{_UNICODE.pattern}|(?:us-)?ascii|iso-8859-[0-9]+|windows-125[0-9]|gb(?:k|2312|18030)|big5",
    re.IGNORECASE,
)
"""Encodings under which the bytes are the letters that are read here; of plain ASCII more of them."""
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class UnreadableError(ValueError):
    """A file is not a Word file that can be read; the message says why (Chinese)."""


class Budget:
    """What is left of what one file may hold; raises `UnreadableError` where it is overdrawn."""

    def __init__(self) -> None:
        self._elements, self._attributes, self._letters = _ELEMENTS, _ATTRIBUTES, _LETTERS
        self._bytes = INFLATED

    def inflated(self, size: int) -> None:
        """Another part of so many bytes."""
        self._bytes -= size
        if self._bytes < 0:
            raise UnreadableError(f"文件展开后过大，超过 {INFLATED >> 20} MB")

    def marked(self, content: bytes, name: str) -> None:
        """Another part's markup, counted before anything is made of it."""
        self._elements -= content.count(b"<") - content.count(b"</")
        self._attributes -= content.count(b"=")
        if self._elements < 0 or self._attributes < 0:
            raise UnreadableError(f"{name} 内容太多（标记超过 {_ELEMENTS // 10_000} 万个），不是一份文书")

    def read(self, root: Element, name: str) -> None:
        """Another part's tree: how deep it goes and how much it says."""
        level, depth = [root], 0
        while level:
            depth += 1
            if depth > _DEEPEST:
                raise UnreadableError(f"{name} 一层套一层，超过 {_DEEPEST} 层")
            level = [inner for one in level for inner in one]
        self._letters -= sum(map(len, root.itertext()))
        if self._letters < 0:
            raise UnreadableError(f"{name} 文字太多，超过 {_LETTERS // 10_000} 万字，不是一份文书")


def parsed(content: bytes, name: str, budget: Budget | None = None) -> Element:
    """The root of a part; a document type declaration, which no Word file has, is refused."""
    budget = budget or Budget()
    # Before parsing: the tree takes many times the memory of the bytes it is made of.
    budget.marked(content, name)
    try:
        text = content.decode("utf-16" if content.startswith(_WIDE) else "utf-8-sig")
        declared = _DECLARED.match(text)
        if declared and not (_ASCII if content.isascii() else _UNICODE).fullmatch(declared[1]):
            raise UnreadableError(f"{name} 写明用 {declared[1][:20]} 编码，各个程序读出来会不一样")
        # Entities declared there can grow without bound or fetch files; Word writes none.
        if "<!DOCTYPE" in text:
            raise UnreadableError(f"{name} 含有 Word 文件不应有的文档类型声明")
        root = ElementTree.fromstring(text)
    except (UnicodeDecodeError, ElementTree.ParseError) as error:
        raise UnreadableError(f"{name} 不是完好的 XML：{error}") from error
    budget.read(root, name)
    if _STRICT in text:
        if f"{_STRICT}wordprocessingml/main" in text and any(
            str(one.tag).startswith(W) for one in root.iter()
        ):
            raise UnreadableError(f"{name} 混用了两套标记，各个程序读出来会不一样")
        _renamed(root)
    return root


def _renamed(root: Element) -> None:
    """Strict OOXML has namespaces of its own for the same elements."""
    for element in root.iter():
        element.tag = _usual(element.tag)
        if any(_STRICT in key for key in element.attrib):
            kept = {_usual(key): said for key, said in element.attrib.items()}
            element.attrib.clear()
            element.attrib.update(kept)


def _usual(name: str) -> str:
    """`…/ooxml/wordprocessingml/main` is `…/wordprocessingml/2006/main`."""
    return _NAMED.sub(rf"{{{_USUAL}\1/2006/\2}}", name) if _STRICT in name else name
