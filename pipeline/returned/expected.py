"""What must stand in a Word file, worked out from its Document alone; the renderer is not asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from pipeline.kernel.document import (
    Block,
    Cell,
    Contents,
    Cover,
    Document,
    Figure,
    Form,
    Heading,
    ListItem,
    PageBreak,
    Paragraph,
    Party,
    Runs,
    Signature,
    Table,
    Title,
    plain,
)

_FORMS = "forms/"
"""How the layout names of drawn forms begin."""

Rows = tuple[tuple[str, ...], ...]
"""A table's texts, row by row; the paragraphs of a cell are joined by line ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A paragraph (its text) or a table (its rows) that must stand there; `called` names it in messages."""

    called: str
    content: str | Rows


def body(document: Document) -> tuple[Expected, ...]:
    """The main part's paragraphs and tables in order, without empty paragraphs."""
    return _expected(document.body.blocks)


def is_form(document: Document) -> bool:
    """Whether a document is printed in a drawn form."""
    return document.layout.startswith(_FORMS)


def asked(document: Document) -> tuple[Expected, ...]:
    """What a page must show of a document: all of it, but for a form's title, which a college words itself."""
    blocks = document.body.blocks
    return _expected(block for block in blocks if not (is_form(document) and isinstance(block, Title)))


def _expected(blocks: Iterable[Block]) -> tuple[Expected, ...]:
    return tuple(item for block in blocks for item in _block(block) if item.content)


def _block(block: Block) -> Iterator[Expected]:
    match block:
        case Paragraph() | ListItem() | Heading() | Title():
            yield _line(block)
        case Table():
            rows = (_cells(block.head), *map(_cells, block.rows))
            yield Expected(called=f"表格 {block.name}", content=rows)
        case Cover():
            yield from _cover(block)
        case Contents():
            yield from (_text("目录", text) for text in (block.title, *block.entries))
        case Party():
            yield _text("当事人", block.role)
            yield from (_text("当事人信息", f"{label}：{plain(runs)}") for label, runs in block.lines)
        case Signature():
            yield Expected(called="签署栏", content=_signature(block))
        case Figure():
            yield _text("图题", plain(block.runs))
        case Form():
            yield from (_text(f"“{field.label}”", "\n".join(_lines(field.lines))) for field in block.fields)
        case PageBreak():
            return


def _line(block: Paragraph | ListItem | Heading | Title) -> Expected:
    text = plain(block.runs)
    match block:
        case Paragraph():
            return _text("段落", block.number + text)
        case ListItem():
            return _text("列表项", f"{block.marker}\t{text}")
        case Heading():
            return _text("标题", block.lead + text)
        case Title():
            return _text("正文标题", text)


def _text(called: str, text: str) -> Expected:
    return Expected(called=called, content=text)


def _cells(cells: tuple[Cell, ...]) -> tuple[str, ...]:
    return tuple(plain(cell.runs) for cell in cells)


def _cover(cover: Cover) -> Iterator[Expected]:
    yield _text("封面标题", plain(cover.title))
    yield Expected(called="封面", content=tuple((f"{label}：", plain(runs)) for label, runs in cover.lines))


def _signature(block: Signature) -> Rows:
    """Two parties side by side, line beside line."""
    places = [_lines(party.lines) or ("",) for party in block.parties]
    pairs = zip_longest(places[::2], places[1::2], fillvalue=("",))
    return tuple(row for left, right in pairs for row in zip_longest(left, right, fillvalue=""))


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


def _lines(lines: tuple[Runs, ...]) -> tuple[str, ...]:
    return tuple(plain(line) for line in lines)
