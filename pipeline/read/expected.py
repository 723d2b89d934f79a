"""What must stand in a Word file, worked out from its Document alone; the renderer is not asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from pipeline.document import (
    Block,
    Cell,
    Contents,
    Cover,
    Document,
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

Rows = tuple[tuple[str, ...], ...]
"""A table's texts, row by row; the paragraphs of a cell are joined by line ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A paragraph (its text) or a table (its rows) that must stand there; `called` names it in messages."""

    called: str
    content: str | Rows


def body(document: Document) -> tuple[Expected, ...]:
    """The main part's paragraphs and tables in order, without empty paragraphs."""
    return tuple(item for block in document.body.blocks for item in _block(block) if item.content)


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
            return _text("标题", _heading(block) + text)
        case Title():
            return _text("正文标题", text)


def _text(called: str, text: str) -> Expected:
    return Expected(called=called, content=text)


def _heading(heading: Heading) -> str:
    """The number of an article stands apart from its title, the numbers below do not."""
    apart = heading.number and heading.level == 1
    return heading.number + ("　" if apart else "")


def _cells(cells: tuple[Cell, ...]) -> tuple[str, ...]:
    return tuple(plain(cell.runs) for cell in cells)


def _cover(cover: Cover) -> Iterator[Expected]:
    yield _text("封面标题", plain(cover.title))
    yield Expected(called="封面", content=tuple((f"{label}：", plain(runs)) for label, runs in cover.lines))


def _signature(block: Signature) -> Rows:
    """Two parties side by side."""
    places = ["\n".join(_lines(party.lines)) for party in block.parties]
    return tuple(zip_longest(places[::2], places[1::2], fillvalue=""))


def _lines(lines: tuple[Runs, ...]) -> tuple[str, ...]:
    return tuple(plain(line) for line in lines)
