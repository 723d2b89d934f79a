"""Documents composed for the tests: of a small college, in the real wordings or in one written for the test."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.compose.composer import Composer
from pipeline.compose.fields import field_blocks
from pipeline.compose.values import Printed
from pipeline.kernel.document import (
    Block,
    Contents,
    Cover,
    Document,
    Heading,
    ListItem,
    Paragraph,
    Party,
    Run,
    Runs,
    Signature,
    Table,
    Title,
    plain,
)
from pipeline.record.register import load
from tests.college import AGREEMENT, SCHEMAS, TEMPLATES, SmallCollege

WORDING = "templates/agreement-full.md"


def composed(home: SmallCollege, wording: str | None = None, *, project: str = "example") -> Document:
    """A project's document; `wording` replaces the real full text."""
    templates = TEMPLATES
    if wording is not None:
        home.write(wording, WORDING)
        templates = home.path("templates")
    return Composer(templates, SCHEMAS, load(home.root, SCHEMAS).records).agreement(project)


def blocks(home: SmallCollege, wording: str, **fields: str) -> tuple[Block, ...]:
    """The blocks of a wording, some one-line fields of the agreement written anew."""
    for key, text in fields.items():
        put(home, key, text)
    return composed(home, wording).body.blocks


def put(home: SmallCollege, key: str, text: str) -> None:
    """Write a top-level field of the agreement that stands on one line."""
    old = re.findall(rf"(?m)^{key}: .*$", home.text())
    home.change(old[0], f"{key}: {json.dumps(text, ensure_ascii=False)}")


def drop(home: SmallCollege, *keys: str) -> None:
    """Take top-level fields with all that is under them out of the agreement."""
    for key in keys:
        text = home.text()
        (found,) = re.findall(rf"(?m)^{key}:.*\n(?:[ ].*\n)*", text)
        home.write(text.replace(found, ""))


def field(text: str) -> tuple[Block, ...]:
    """The blocks of a Markdown field."""
    return field_blocks(Printed(text=text, markdown=True))


def lines(made: tuple[Block, ...]) -> list[str]:
    """What one reads, line by line; the cells of a table's row are joined by bars."""
    return [line for block in made for line in _lines(block)]


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Title():
            yield plain(block.runs)
        case Heading():
            yield block.number + plain(block.runs)
        case Paragraph():
            yield block.number + plain(block.runs)
        case ListItem():
            yield f"{block.marker} {plain(block.runs)}".rstrip()
        case Table():
            yield from (" | ".join(plain(cell.runs) for cell in row) for row in (block.head, *block.rows))
        case Contents():
            yield from (block.title, *block.entries)
        case Cover() | Party() | Signature():
            yield from _grouped(block)


def _grouped(block: Cover | Party | Signature) -> Iterator[str]:
    if isinstance(block, Signature):
        yield from (plain(line) for party in block.parties for line in party.lines)
        return
    yield plain(block.title) if isinstance(block, Cover) else block.role
    yield from (f"{label}：{plain(value)}" for label, value in block.lines)


def runs_of(made: tuple[Block, ...]) -> Iterator[Run]:
    """Every run of some blocks."""
    for block in made:
        for runs in _runs(block):
            yield from runs


def _runs(block: Block) -> Iterator[Runs]:
    match block:
        case Title() | Heading() | Paragraph() | ListItem():
            yield block.runs
        case Table():
            yield from (cell.runs for row in (block.head, *block.rows) for cell in row)
        case Cover():
            yield block.title
            yield from (value for _, value in block.lines)
        case Party():
            yield from (value for _, value in block.lines)
        case Signature():
            yield from (line for party in block.parties for line in party.lines)


def record_path(run: Run) -> str:
    """The field a run of the agreement comes from; empty for wording and code."""
    return run.origin.path if run.origin.file == AGREEMENT else ""


def wording_line(folder: Path, run: Run) -> str:
    """The line of the wording a run says that it comes from."""
    return (folder / run.origin.file).read_text(encoding="utf-8").split("\n")[run.origin.line - 1]
