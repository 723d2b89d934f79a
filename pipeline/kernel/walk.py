"""The one walk over the blocks of a document, of which every output is a fold.

`Fold` is what an output makes of each kind of block: an output that says nothing of one kind cannot be built,
and mypy says so before a test does. `texts` is the walk that needs no look: every text of a block in the order
of the page, its label, number or marker with it; comparing, reading back and finding places build on that alone.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import Generic, TypeVar, assert_never

from pipeline.kernel.document import (
    Block,
    Contents,
    Cover,
    Figure,
    Form,
    Heading,
    ListItem,
    PageBreak,
    Paragraph,
    Party,
    Run,
    Runs,
    Signature,
    Table,
    Title,
    plain,
)
from pipeline.kernel.structs import Struct, replace

LABEL_END = "："
"""Stands between a label and its value on the cover and in the parties' particulars."""

T = TypeVar("T")


class Fold(ABC, Generic[T]):
    """What an output makes of a block, kind by kind."""

    def block(self, block: Block) -> T:  # noqa: C901 - a line for each kind, no branch
        """What the output makes of this block."""
        match block:
            case Cover():
                return self.cover(block)
            case Contents():
                return self.contents(block)
            case Title():
                return self.title(block)
            case Party():
                return self.party(block)
            case Heading():
                return self.heading(block)
            case Paragraph():
                return self.paragraph(block)
            case ListItem():
                return self.item(block)
            case Table():
                return self.table(block)
            case Figure():
                return self.figure(block)
            case Form():
                return self.form(block)
            case Signature():
                return self.signature(block)
            case PageBreak():
                return self.page_break(block)
            case _:
                assert_never(block)

    @abstractmethod
    def cover(self, block: Cover) -> T:
        """Title, and lines of label and value."""

    @abstractmethod
    def contents(self, block: Contents) -> T:
        """Title and entries."""

    @abstractmethod
    def title(self, block: Title) -> T:
        """The title inside the text."""

    @abstractmethod
    def party(self, block: Party) -> T:
        """Role, and lines of label and value."""

    @abstractmethod
    def heading(self, block: Heading) -> T:
        """Its lead (第一条) and its text."""

    @abstractmethod
    def paragraph(self, block: Paragraph) -> T:
        """Its number and its text."""

    @abstractmethod
    def item(self, block: ListItem) -> T:
        """Its marker and its text."""

    @abstractmethod
    def table(self, block: Table) -> T:
        """Its head and its rows."""

    @abstractmethod
    def figure(self, block: Figure) -> T:
        """Its caption and its figures."""

    @abstractmethod
    def form(self, block: Form) -> T:
        """Each field's label and lines."""

    @abstractmethod
    def signature(self, block: Signature) -> T:
        """Each party's lines."""

    @abstractmethod
    def page_break(self, block: PageBreak) -> T:
        """No text: what follows begins on a new page."""


class TextLine(Struct, frozen=True, kw_only=True):
    """One line: `lead` (number, marker or label, with what stands between) before `runs`; `called` names it in messages."""

    called: str
    lead: str = ""
    runs: Runs

    @property
    def whole(self) -> Runs:
        """The lead as a run of its own, then the text."""
        return (Run(text=self.lead), *self.runs)

    @property
    def text(self) -> str:
        """What the line says."""
        return self.lead + plain(self.runs)


class TextGrid(Struct, frozen=True, kw_only=True):
    """Rows of cells: a table with its head row where `headed`, labels beside values, or places to sign."""

    called: str
    rows: tuple[tuple[Runs, ...], ...]
    headed: bool = False

    @property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """What the cells say."""
        return tuple(tuple(map(plain, row)) for row in self.rows)


class TextField(Struct, frozen=True, kw_only=True):
    """A place in a form: its label, which the drawn form prints itself, and its paragraphs."""

    label: str
    lines: tuple[Runs, ...]


Text = TextLine | TextGrid | TextField


def texts(block: Block) -> Iterator[Text]:
    """Every text of a block, in the order of the page."""
    return _TEXTS.block(block)


def mapped(block: Block, change: Callable[[Runs], Runs]) -> Block:
    """The block with every text in it put through `change`; labels, numbers and figures stay as they are."""
    return _Mapped(change).block(block)


class _Mapped(Fold[Block]):
    def __init__(self, change: Callable[[Runs], Runs]) -> None:
        self._change = change

    def _lines(self, lines: tuple[tuple[str, Runs], ...]) -> tuple[tuple[str, Runs], ...]:
        return tuple((label, self._change(runs)) for label, runs in lines)

    def cover(self, block: Cover) -> Block:
        return replace(block, title=self._change(block.title), lines=self._lines(block.lines))

    def contents(self, block: Contents) -> Block:
        """Its entries are made of the headings when all text is final."""
        return block

    def title(self, block: Title) -> Block:
        return replace(block, runs=self._change(block.runs))

    def party(self, block: Party) -> Block:
        return replace(block, lines=self._lines(block.lines))

    def heading(self, block: Heading) -> Block:
        return replace(block, runs=self._change(block.runs))

    def paragraph(self, block: Paragraph) -> Block:
        return replace(block, runs=self._change(block.runs))

    def item(self, block: ListItem) -> Block:
        return replace(block, runs=self._change(block.runs))

    def table(self, block: Table) -> Block:
        rows = tuple(tuple(replace(cell, runs=self._change(cell.runs)) for cell in row) for row in block.rows)
        return replace(block, rows=rows)

    def figure(self, block: Figure) -> Block:
        return replace(block, runs=self._change(block.runs))

    def form(self, block: Form) -> Block:
        fields = (replace(field, lines=tuple(map(self._change, field.lines))) for field in block.fields)
        return replace(block, fields=tuple(fields))

    def signature(self, block: Signature) -> Block:
        """The places to sign stay: who signs is no text that an amendment rewords."""
        return block

    def page_break(self, block: PageBreak) -> Block:
        return block


class _Texts(Fold[Iterator[Text]]):
    def cover(self, block: Cover) -> Iterator[Text]:
        yield TextLine(called="封面标题", runs=block.title)
        lines = tuple(((Run(text=label + LABEL_END),), runs) for label, runs in block.lines)
        yield TextGrid(called="封面", rows=lines)

    def contents(self, block: Contents) -> Iterator[Text]:
        for text in (block.title, *block.entries):
            yield TextLine(called="目录", runs=(Run(text=text),))

    def title(self, block: Title) -> Iterator[Text]:
        yield TextLine(called="正文标题", runs=block.runs)

    def party(self, block: Party) -> Iterator[Text]:
        yield TextLine(called="当事人", runs=(Run(text=block.role),))
        for label, runs in block.lines:
            yield TextLine(called="当事人信息", lead=label + LABEL_END, runs=runs)

    def heading(self, block: Heading) -> Iterator[Text]:
        yield TextLine(called="标题", lead=block.lead, runs=block.runs)

    def paragraph(self, block: Paragraph) -> Iterator[Text]:
        yield TextLine(called="段落", lead=block.number, runs=block.runs)

    def item(self, block: ListItem) -> Iterator[Text]:
        yield TextLine(called="列表项", lead=f"{block.marker}\t", runs=block.runs)

    def table(self, block: Table) -> Iterator[Text]:
        rows = tuple(tuple(cell.runs for cell in row) for row in (block.head, *block.rows))
        yield TextGrid(called=f"表格 {block.name}", rows=rows, headed=True)

    def figure(self, block: Figure) -> Iterator[Text]:
        """The caption alone: the figures stand in a part of their own (`Figure.table`)."""
        yield TextLine(called="图题", runs=block.runs)

    def form(self, block: Form) -> Iterator[Text]:
        yield from (TextField(label=field.label, lines=field.lines) for field in block.fields)

    def signature(self, block: Signature) -> Iterator[Text]:
        yield TextGrid(called="签署栏", rows=tuple(row for pair in side_by_side(block) for row in pair))

    def page_break(self, block: PageBreak) -> Iterator[Text]:
        return iter(())


_TEXTS = _Texts()


def side_by_side(block: Signature) -> tuple[tuple[tuple[Runs, ...], ...], ...]:
    """The places to sign: for every two parties their rows, line beside line, so that a long name pushes nothing apart."""
    # A party without a line still takes its place, or the one after it would sign in its column.
    places = [party.lines or ((),) for party in block.parties]
    pairs = zip_longest(places[::2], places[1::2], fillvalue=((),))
    return tuple(tuple(zip_longest(left, right, fillvalue=())) for left, right in pairs)
