"""What must stand in a Word file, worked out from its Document alone; the renderer is not asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from pipeline.kernel.document import Block, Document, Figure, Title, is_form, plain
from pipeline.kernel.structs import Struct
from pipeline.kernel.walk import TextField, TextGrid, TextLine, texts

Rows = tuple[tuple[str, ...], ...]
"""A table's texts, row by row; the paragraphs of a cell are joined by line ends."""


class Expected(Struct, frozen=True, kw_only=True):
    """A paragraph (its text) or a table (its rows) that must stand there; `called` names it in messages."""

    called: str
    content: str | Rows


def body(document: Document) -> tuple[Expected, ...]:
    """The main part's paragraphs and tables in order, without empty paragraphs."""
    return _expected(document.body.blocks)


def asked(document: Document) -> tuple[Expected, ...]:
    """What a page must show of a document: all of it, but for a form's title, which a college words itself."""
    blocks = document.body.blocks
    return _expected(block for block in blocks if not (is_form(document.layout) and isinstance(block, Title)))


def _expected(blocks: Iterable[Block]) -> tuple[Expected, ...]:
    return tuple(item for block in blocks for item in _block(block) if item.content)


def _block(block: Block) -> Iterator[Expected]:
    for text in texts(block):
        match text:
            case TextLine():
                yield Expected(called=text.called, content=text.text)
            case TextGrid():
                yield Expected(called=text.called, content=text.texts)
            case TextField():
                yield Expected(called=f"“{text.label}”", content="\n".join(map(plain, text.lines)))
            case _:
                assert_never(text)


def figures(document: Document) -> tuple[Expected, ...]:
    """The figures behind each chart, in order: a head of the series' names, a row for each category."""
    return tuple(
        Expected(called=f"图“{plain(block.runs)}”", content=_figures(block))
        for block in document.body.blocks
        if isinstance(block, Figure)
    )


def _figures(block: Figure) -> Rows:
    columns = tuple(series.values for series in block.series)
    return (("", *block.names), *zip(block.categories, *columns, strict=True))
