"""PDF files back into text: whether every character of a document reached the pages."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator

import pypdfium2

from pipeline.kernel.document import Document
from pipeline.returned.expected import asked

_HYPHENS = {0x02: "-", 0xAD: "-", 0x2010: "-", 0x2011: "-", 0xFFFE: "-"}
"""What the reader makes of a hyphen at the end of a line, which it takes for a divided word."""

_LONGEST = 60
_CLEAR = 48
"""Shades of grey (of 256) by which two points must differ: fonts are smoothed a little otherwise each time."""


def pages(content: bytes) -> tuple[str, ...]:
    """The text of every page of a PDF, in the order of the page's own text."""
    document = pypdfium2.PdfDocument(content)
    try:
        return tuple(_text(document, number) for number in range(len(document)))
    finally:
        document.close()


def _text(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    text = page.get_textpage()
    try:
        return str(text.get_text_range())
    finally:
        text.close()
        page.close()


def faults(document: Document, content: bytes) -> tuple[str, ...]:
    """The characters that the pages lack, in Chinese; empty where nothing is missing.

    Characters are counted, not compared in order: lines of neighbouring cells reach the page in an order of
    their own. Repeated heads and running lines only add to the pages.
    """
    wanted = Counter(_letters("".join(_texts(document))))
    found = Counter(_letters("".join(pages(content))))
    missing = wanted - found
    if not missing:
        return ()
    shown = "、".join(f"“{letter}”少 {count} 个" for letter, count in missing.most_common(5))
    return (f"PDF 里少了字：{shown}",)


def page_differences(genuine: bytes, other: bytes) -> tuple[str, ...]:
    """Page by page, what a reader sees in one PDF and not in the other, one Chinese sentence each.

    Texts are compared line by line, and the pictures of the pages point by point: words that are pale, covered or
    pushed about are in the text of a page and yet look otherwise.
    """
    return tuple(_differences(genuine, other))


def _differences(genuine: bytes, other: bytes) -> Iterator[str]:
    first, second = pages(genuine), pages(other)
    if len(first) != len(second):
        yield f"原样的定稿有 {len(first)} 页，这个文件有 {len(second)} 页"
    shown = _pictures(genuine), _pictures(other)
    for number, (mine, theirs) in enumerate(zip(first, second, strict=False), start=1):
        gone, came = _lines(mine) - _lines(theirs), _lines(theirs) - _lines(mine)
        yield from (f"第 {number} 页少了“{line[:_LONGEST]}”" for line in gone)
        yield from (f"第 {number} 页多了“{line[:_LONGEST]}”" for line in came)
        apart = _apart(next(shown[0]), next(shown[1]))
        if apart and not gone and not came:
            yield f"第 {number} 页的字一样，看上去不一样（约 {apart:.1%} 的版面），请对照着看"


def _lines(text: str) -> Counter[str]:
    return Counter(line for line in map(_letters, text.splitlines()) if line)


def _pictures(content: bytes) -> Iterator[bytes]:
    """Each page in grey, small: enough to see whether a word stands elsewhere or is gone."""
    document = pypdfium2.PdfDocument(content)
    try:
        for number in range(len(document)):
            drawn = document[number].render(scale=1, grayscale=True)
            yield bytes(drawn.buffer)
    finally:
        document.close()


def _apart(one: bytes, other: bytes) -> float:
    """The share of points of two pages that differ clearly; all of it where the pages are not of one size."""
    if len(one) != len(other):
        return 1.0
    if one == other:
        return 0.0
    seen = sum(abs(a - b) > _CLEAR for a, b in zip(one, other, strict=True))
    return seen / len(one)


def _texts(document: Document) -> Iterator[str]:
    """Every text that must be seen, tables cell by cell."""
    for item in asked(document):
        if isinstance(item.content, str):
            yield item.content
        else:
            yield from (cell for row in item.content for cell in row)


def _letters(text: str) -> str:
    """A text without white space, and with characters that look alike made one.

    Fonts map some glyphs back to a radical or a compatibility form of the character that was printed.
    """
    return "".join(unicodedata.normalize("NFKC", text).translate(_HYPHENS).split())
