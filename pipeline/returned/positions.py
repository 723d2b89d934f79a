"""The places of a document's text: lines and tables in the order of the Word file, every word with its origin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from pipeline.kernel.document import (
    Block,
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
    Run,
    Runs,
    Signature,
    Table,
    Title,
    plain,
)

HEAD, SIGNATURES = "首部", "签署栏"
"""Where text stands that belongs to no article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedParagraph:
    """A paragraph: in which clause it stands, and its runs."""

    clause: str
    runs: Runs

    @property
    def text(self) -> str:
        """What it says."""
        return plain(self.runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A table: in which clause it stands, its name among people, the runs of its cells, whether row 1 is its head."""

    clause: str
    name: str
    rows: tuple[tuple[Runs, ...], ...]
    headed: bool = False

    @property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """What its cells say."""
        return tuple(tuple(map(plain, row)) for row in self.rows)

    @property
    def text(self) -> str:
        """Everything it says, for finding what is alike."""
        return "\n".join("\t".join(row) for row in self.texts)


Spot = PlacedParagraph | Rows


def places(document: Document) -> tuple[Spot, ...]:
    """All places that hold text, in order."""
    return tuple(spot for spot in _spots(document.body.blocks) if spot.text.strip())


def _spots(blocks: Sequence[Block]) -> Iterator[Spot]:
    clause = HEAD
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            clause = block.lead + plain(block.runs)
        elif isinstance(block, Paragraph) and block.style == "annex":
            clause = plain(block.runs)
        yield from _of(block, SIGNATURES if isinstance(block, Signature) else clause)


def _of(block: Block, clause: str) -> Iterator[Spot]:
    match block:
        case Heading():
            yield PlacedParagraph(clause=clause, runs=(Run(text=block.lead), *block.runs))
        case Paragraph():
            yield PlacedParagraph(clause=clause, runs=(Run(text=block.number), *block.runs))
        case ListItem():
            yield PlacedParagraph(clause=clause, runs=(Run(text=f"{block.marker}\t"), *block.runs))
        case Title() | Figure():
            yield PlacedParagraph(clause=clause, runs=block.runs)
        case Contents():
            yield from (
                PlacedParagraph(clause="目录", runs=(Run(text=text),))
                for text in (block.title, *block.entries)
            )
        case PageBreak():
            return
        case _:
            yield from _group(block, clause)


def _group(block: Block, clause: str) -> Iterator[Spot]:
    match block:
        case Table():
            rows = (block.head, *block.rows)
            cells = tuple(tuple(cell.runs for cell in row) for row in rows)
            yield Rows(clause=clause, name="表格", rows=cells, headed=True)
        case Cover():
            yield PlacedParagraph(clause="封面", runs=block.title)
            lines = tuple(((Run(text=f"{label}："),), runs) for label, runs in block.lines)
            yield Rows(clause="封面", name="封面表格", rows=lines)
        case Party():
            yield PlacedParagraph(clause=clause, runs=(Run(text=block.role),))
            for label, runs in block.lines:
                yield PlacedParagraph(clause=clause, runs=(Run(text=f"{label}："), *runs))
        case Form():
            yield from (
                PlacedParagraph(clause=field.label, runs=line)
                for field in block.fields
                for line in field.lines
            )
        case Signature():
            yield Rows(clause=clause, name="签署栏", rows=_signature(block))


def _signature(block: Signature) -> tuple[tuple[Runs, ...], ...]:
    """Two parties side by side, line beside line."""
    sides = [party.lines or ((),) for party in block.parties]
    pairs = zip_longest(sides[::2], sides[1::2], fillvalue=((),))
    return tuple(row for left, right in pairs for row in zip_longest(left, right, fillvalue=()))
