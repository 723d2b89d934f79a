"""The places of a document's text: lines and tables in the order of the Word file, every word with its origin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from pipeline.kernel.document import (
    Block,
    Contents,
    Cover,
    Document,
    Heading,
    Paragraph,
    Runs,
    Signature,
    plain,
)
from pipeline.kernel.walk import TextField, TextGrid, TextLine, texts

HEAD, SIGNATURES = "首部", "签署栏"
"""Where text stands that belongs to no article."""

_CLAUSES: Mapping[type[Block], str] = {Cover: "封面", Contents: "目录", Signature: SIGNATURES}
"""Blocks that stand in a place of their own, whatever article is above them."""
_NAMES: Mapping[type[Block], str] = {Cover: "封面表格", Signature: SIGNATURES}
"""What people call the rows of blocks that are no tables to them."""


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
        yield from _of(block, _CLAUSES.get(type(block), clause))


def _of(block: Block, clause: str) -> Iterator[Spot]:
    for text in texts(block):
        match text:
            case TextLine():
                yield PlacedParagraph(clause=clause, runs=text.whole)
            case TextGrid():
                name = _NAMES.get(type(block), "表格")
                yield Rows(clause=clause, name=name, rows=text.rows, headed=text.headed)
            case TextField():
                yield from (PlacedParagraph(clause=text.label, runs=line) for line in text.lines)
            case _:
                assert_never(text)
