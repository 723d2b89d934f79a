"""Tracked changes settled: the file as it reads when every change is accepted, or when every one is rejected.

What is left is text; changes of looks alone are taken as accepted, for they say nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zipfile import ZIP_DEFLATED, ZipFile

from pipeline.returned.package import Package
from pipeline.returned.xml import W, parsed

_UNSETTLED = ("comments", "glossary")
_ENDLESS = "endless"
"""Set on a paragraph whose end is gone, until it is joined with the next."""
_INSERTED, _DELETED = (W + "ins", W + "moveTo"), (W + "del", W + "moveFrom")


def accepted(content: bytes) -> bytes:
    """The file with every tracked change accepted; raises `xml.UnreadableError`."""
    return _settled(content, gone=_DELETED, kept=_INSERTED)


def rejected(content: bytes) -> bytes:
    """The file with every tracked change rejected; raises `xml.UnreadableError`."""
    return _settled(content, gone=_INSERTED, kept=_DELETED)


def _settled(content: bytes, *, gone: tuple[str, ...], kept: tuple[str, ...]) -> bytes:
    target, package = BytesIO(), Package(content)
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=1) as made:
        for name in package.names():
            raw = package.content(name)
            if package.kinds.get(name, _UNSETTLED[0]) not in _UNSETTLED:
                root = parsed(raw, name)
                _settle(root, gone, kept)
                raw = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
            made.writestr(name, raw)
    return target.getvalue()


def _settle(parent: Element, gone: tuple[str, ...], kept: tuple[str, ...]) -> None:
    """Settle everything below an element; a table without rows and a paragraph that is gone go too."""
    stays: list[Element] = []
    for child in parent:
        if child.tag == W + "p" and any(child.find(f"{W}pPr/{W}rPr/{tag}") is not None for tag in gone):
            child.set(_ENDLESS, "1")
        if child.tag in gone or _row_is_gone(child, gone):
            continue
        _settle(child, gone, kept)
        if child.tag == W + "delText":
            child.tag = W + "t"
        if child.tag in kept:
            stays += child
        elif child.tag != W + "tbl" or child.find(W + "tr") is not None:
            stays.append(child)
    parent[:] = _joined(stays)


def _row_is_gone(element: Element, gone: tuple[str, ...]) -> bool:
    return element.tag == W + "tr" and any(element.find(f"{W}trPr/{tag}") is not None for tag in gone)


def _joined(children: Sequence[Element]) -> list[Element]:
    """Where the end of a paragraph is gone, what is left of it belongs to the next one.

    A paragraph does not flow into a table, and nothing is left of one that says nothing.
    """
    found: list[Element] = []
    carried: list[Element] = []
    for child, then in zip(children, _following(children), strict=True):
        if child.tag != W + "p":
            found.append(child)
            continue
        endless = bool(child.attrib.pop(_ENDLESS, ""))
        if endless and then is not None and then.tag == W + "p":
            carried += (one for one in child if one.tag != W + "pPr")
            continue
        at = 1 if child.find(W + "pPr") is not None else 0
        child[at:at] = carried
        carried = []
        if len(child) > at or not endless:
            found.append(child)
    return found


def _following(children: Sequence[Element]) -> list[Element | None]:
    """For each child, the paragraph, table or control that comes next."""
    after: Element | None = None
    found: list[Element | None] = []
    for child in reversed(children):
        found.append(after)
        after = child if child.tag in (W + "p", W + "tbl", W + "sdt") else after
    return found[::-1]
