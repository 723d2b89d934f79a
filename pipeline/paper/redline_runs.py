"""Tracked changes inside a paragraph: runs wrapped as inserted or deleted, and two paragraphs compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from difflib import SequenceMatcher
from itertools import count, groupby
from typing import NamedTuple

from lxml import etree

from pipeline.paper.redline_parts import DIGEST

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SIGNS = {W + "tab": "\t", W + "br": "\n"}
_OBJECT = "\ufffc"
_WORDS = re.compile(r"[0-9][0-9,.]*|[A-Za-z]+|.", re.DOTALL)
_SHORT = 2
"""Text that stays between two changes and is shorter than this is taken as changed with them."""


class Token(NamedTuple):
    """A word or sign, how it looks (the XML of its run's properties), and the element of a drawing."""

    text: str
    style: bytes
    drawn: etree._Element | None = None


class Marker:
    """Makes the marks of tracked changes, each with a number of its own."""

    def __init__(self, author: str, date: str) -> None:
        self._author = author
        self._date = date
        self._numbers = count(1)

    def element(self, kind: str) -> etree._Element:
        """An empty `w:ins` or `w:del`."""
        names = {"id": str(next(self._numbers)), "author": self._author, "date": self._date}
        return etree.Element(W + kind, {W + name: value for name, value in names.items() if value})


def text_of(element: etree._Element) -> str:
    """The text of a paragraph or table as it is compared."""
    return "".join(
        _SIGNS.get(one.tag, one.text or "") if one.tag != W + "drawing" else _drawn(one)
        for one in element.iter(W + "t", W + "tab", W + "br", W + "drawing")
        if one.getparent().tag == W + "r"
    )


def marked(paragraph: etree._Element, marker: Marker, kind: str, *, mark: bool) -> None:
    """Make everything in a paragraph inserted or deleted, with `mark` also its end."""
    tokens = list(_tokens(paragraph))
    for run in [child for child in paragraph if child.tag != W + "pPr"]:
        paragraph.remove(run)
    if tokens:
        paragraph.append(_wrapped(tokens, marker, kind))
    if mark:
        properties = paragraph.find(W + "pPr")
        if properties is None:
            properties = etree.Element(W + "pPr")
            paragraph.insert(0, properties)
        style = properties.find(W + "rPr")
        if style is None:
            style = etree.SubElement(properties, W + "rPr")
        style.insert(0, marker.element(kind))


def compared(before: etree._Element, after: etree._Element, marker: Marker) -> etree._Element:
    """The second paragraph with what differs from the first as tracked changes."""
    old, new = list(_tokens(before)), list(_tokens(after))
    made = etree.Element(after.tag, after.attrib, nsmap=after.nsmap)
    properties = after.find(W + "pPr")
    if properties is not None:
        made.append(deepcopy(properties))
    for change, i, j, k, m in _changes(old, new):
        if change == "equal":
            made.extend(_runs(new[k:m], deleted=False))
            continue
        if j > i:
            made.append(_wrapped(old[i:j], marker, "del"))
        if m > k:
            made.append(_wrapped(new[k:m], marker, "ins"))
    return made


Change = tuple[str, int, int, int, int]


def _changes(old: Sequence[Token], new: Sequence[Token]) -> Iterator[Change]:
    """What differs, word by word; neighbouring changes with next to nothing between them are one."""
    words = [token.text for token in old], [token.text for token in new]
    codes = list(SequenceMatcher(None, *words, autojunk=False).get_opcodes())
    inner = range(1, len(codes) - 1)
    kinds = [
        "replace" if change == "equal" and index in inner and len("".join(words[0][i:j])) < _SHORT else change
        for index, (change, i, j, _, _) in enumerate(codes)
    ]
    at = 0
    for equal, group in groupby(kinds, key=lambda kind: kind == "equal"):
        last = at + len(list(group)) - 1
        yield ("equal" if equal else "replace", codes[at][1], codes[last][2], codes[at][3], codes[last][4])
        at = last + 1


def _tokens(paragraph: etree._Element) -> Iterator[Token]:
    for run in paragraph.iter(W + "r"):
        properties = run.find(W + "rPr")
        style = etree.tostring(properties) if properties is not None else b""
        for one in run:
            if one.tag == W + "t":
                yield from (Token(word, style) for word in _WORDS.findall(one.text or ""))
            elif one.tag in _SIGNS:
                yield Token(_SIGNS[one.tag], style)
            elif one.tag == W + "drawing":
                yield Token(_drawn(one), style, one)


def _drawn(drawing: etree._Element) -> str:
    """What a drawing is compared by: what it shows."""
    return f"{_OBJECT}{drawing.get(DIGEST, '')}"


def _wrapped(tokens: Sequence[Token], marker: Marker, kind: str) -> etree._Element:
    wrapper = marker.element(kind)
    wrapper.extend(_runs(tokens, deleted=kind == "del"))
    return wrapper


def _runs(tokens: Sequence[Token], *, deleted: bool) -> Iterator[etree._Element]:
    for style, group in groupby(tokens, key=lambda token: token.style):
        run = etree.Element(W + "r")
        if style:
            run.append(etree.fromstring(style))
        for kind, some in groupby(group, key=_sign_of):
            pieces = list(some)
            if not kind:
                text = etree.SubElement(run, W + ("delText" if deleted else "t"))
                text.text = "".join(token.text for token in pieces)
                text.set(_SPACE, "preserve")
            else:
                run.extend(_sign(token) for token in pieces)
        yield run


def _sign_of(token: Token) -> str:
    """The sign that a token is, "" for a word."""
    return token.text if token.drawn is not None or token.text in "\t\n" else ""


def _sign(token: Token) -> etree._Element:
    if token.drawn is not None:
        return deepcopy(token.drawn)
    return etree.Element(W + ("tab" if token.text == "\t" else "br"))
