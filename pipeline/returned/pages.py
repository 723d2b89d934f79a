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
