"""The lines of a PDF as they are seen: a page's own text has signs of another font behind the line they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
from pypdfium2.raw import FPDFText_GetUnicode

_SPACE, _WIDE = 0.15, 1.6
"""Heights of a letter that lie between two words of letters, and between two things that people set apart."""


@dataclass(frozen=True, slots=True)
class _Letter:
    sign: str
    left: float
    right: float
    height: float


def pdf_pages(content: bytes) -> int:
    """How many pages a PDF has; raises `pypdfium2.PdfiumError` for what is none."""
    document = pypdfium2.PdfDocument(content)
    try:
        return len(document)
    finally:
        document.close()


def pdf_lines(content: bytes, most: int) -> tuple[tuple[str, ...], ...]:
    """The lines of each of the first pages that are not empty; raises `pypdfium2.PdfiumError` for what is no PDF."""
    document = pypdfium2.PdfDocument(content)
    try:
        return tuple(tuple(_page(document, number)) for number in range(min(most, len(document))))
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, number: int) -> Iterator[str]:
    page = document[number]
    text = page.get_textpage()
    try:
        line: list[_Letter] = []
        for at in range(text.count_chars()):
            code = FPDFText_GetUnicode(text, at)
            sign = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
            if sign in "\r\n":
                yield from _said(line)
                line = []
            elif sign.strip():
                left, bottom, right, top = text.get_charbox(at, loose=True)
                line.append(_Letter(sign, left, right, top - bottom))
        yield from _said(line)
    finally:
        text.close()
        page.close()


def _said(line: list[_Letter]) -> Iterator[str]:
    """A line from left to right, with blanks where there are any to be seen."""
    if not line:
        return
    ordered = sorted(line, key=lambda letter: letter.left)
    high = max(letter.height for letter in ordered) or 1.0
    said = ordered[0].sign
    for before, one in pairwise(ordered):
        gap = one.left - before.right
        words = before.sign.isascii() and one.sign.isascii()
        said += "   " if gap > _WIDE * high else " " if words and gap > _SPACE * high else ""
        said += one.sign
    yield said
