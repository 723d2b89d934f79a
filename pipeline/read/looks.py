"""Looks that make a text say something else than it reads: struck out, white, tiny; and Word's own numbers."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from pipeline.read.package import Package, W, is_on, parsed, value

_SMALL = 10
"""Half-points up to which a text is too small to be read (5 points)."""

_PARTS = ("word/document.xml", "word/styles.xml")


def odd_looks(content: bytes) -> tuple[str, ...]:
    """What is odd about the looks of a Word file's text, one Chinese sentence each.

    Raises `package.UnreadableError` where the file is no Word file.
    """
    Package(content)
    with ZipFile(BytesIO(content)) as package:
        names = [
            name
            for name in package.namelist()
            if name in _PARTS or name.startswith(("word/header", "word/footer"))
        ]
        trees = [(name, parsed(package.read(name), name)) for name in sorted(names)]
    return tuple(dict.fromkeys(found for name, tree in trees for found in _odd(name, tree)))


def _odd(name: str, tree: Element) -> Iterator[str]:
    for look in tree.iter(W + "rPr"):
        what = _what(look)
        if what:
            yield f"{name} 有{what}"


def _what(look: Element) -> str:
    if is_on(look.find(W + "strike")) or is_on(look.find(W + "dstrike")):
        return "加了删除线的文字"
    if value(look.find(W + "color")).upper() == "FFFFFF":
        return "白色的文字"
    size = value(look.find(W + "sz"))
    if size.isdigit() and int(size) <= _SMALL:
        return "小得看不清的文字"
    return ""
