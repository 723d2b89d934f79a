"""Tracked changes settled: the file as it reads when every change is accepted, or when every one is rejected.

What is left is text; changes of looks alone are taken as accepted, for they say nothing.
"""

from __future__ import annotations

import re
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zipfile import ZIP_DEFLATED, ZipFile

from pipeline.returned.parts import UnreadableError, W, parsed

_PRINTED = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml\Z")
_ENDLESS = "endless"
"""Set on a paragraph whose end is gone, until it is joined with the next."""
_INSERTED, _DELETED = (W + "ins", W + "moveTo"), (W + "del", W + "moveFrom")


def accepted(content: bytes) -> bytes:
    """The file with every tracked change accepted; raises `UnreadableError`."""
    return _settled(content, gone=_DELETED, kept=_INSERTED)


def rejected(content: bytes) -> bytes:
    """The file with every tracked change rejected; raises `UnreadableError`."""
    return _settled(content, gone=_INSERTED, kept=_DELETED)


def _settled(content: bytes, *, gone: tuple[str, ...], kept: tuple[str, ...]) -> bytes:
    target = BytesIO()
    try:
        with ZipFile(BytesIO(content)) as package, ZipFile(target, "w", ZIP_DEFLATED) as made:
            for info in package.infolist():
                raw = package.read(info)
                if _PRINTED.match(info.filename):
                    root = parsed(raw, info.filename)
                    _settle(root, gone, kept)
                    raw = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
                made.writestr(info.filename, raw)
    except (OSError, ValueError, KeyError) as error:
        raise UnreadableError(f"不是完好的 Word 文件：{error}") from error
    return target.getvalue()


def _settle(parent: Element, gone: tuple[str, ...], kept: tuple[str, ...]) -> None:
    """Settle everything below an element; a table without rows and a paragraph that is gone go too."""
    for child in list(parent):
        if child.tag == W + "p" and any(child.find(f"{W}pPr/{W}rPr/{tag}") is not None for tag in gone):
            child.set(_ENDLESS, "1")
        if child.tag in gone or _row_is_gone(child, gone):
            parent.remove(child)
            continue
        _settle(child, gone, kept)
        if child.tag in kept:
            at = list(parent).index(child)
            parent[at : at + 1] = list(child)
        elif child.tag == W + "delText":
            child.tag = W + "t"
        elif child.tag == W + "tbl" and child.find(W + "tr") is None:
            parent.remove(child)
    _join(parent)


def _row_is_gone(element: Element, gone: tuple[str, ...]) -> bool:
    return element.tag == W + "tr" and any(element.find(f"{W}trPr/{tag}") is not None for tag in gone)


def _join(parent: Element) -> None:
    """Where the end of a paragraph is gone, what is left of it belongs to the next one."""
    children = [child for child in parent if child.tag in (W + "p", W + "tbl", W + "sdt")]
    for place, child in enumerate(children):
        if child.tag != W + "p" or not child.attrib.pop(_ENDLESS, ""):
            continue
        rest = [one for one in child if one.tag != W + "pPr"]
        following = next(iter(children[place + 1 : place + 2]), None)
        if following is not None and following.tag != W + "p":
            following = None  # a paragraph does not flow into a table
        if rest and following is not None:
            at = 1 if following.find(W + "pPr") is not None else 0
            following[at:at] = rest
        if not rest or following is not None:
            parent.remove(child)
