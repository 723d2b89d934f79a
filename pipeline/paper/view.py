"""What a Word layout's tags can say: the Document as the plain values that its template reads.

A layout names these values: `blocks`, each with its `kind` and the fields below, `frame`, `title` and
`number`. Cells and texts are tuples of runs, which the layout prints through its own macro `text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise
from types import SimpleNamespace
from typing import NamedTuple

from markupsafe import Markup, escape

from pipeline.kernel.document import (
    PAGE,
    PAGES,
    Block,
    Contents,
    Cover,
    Document,
    Figure,
    Form,
    Frame,
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
from pipeline.kernel.late_pattern import late
from pipeline.kernel.walk import LABEL_END, Fold, side_by_side
from pipeline.paper.chart import drawing
from pipeline.paper.piece import Piece
from pipeline.paper.title import balanced

FIELDS = frozenset(
    {
        "kind",
        "keep",
        "last",
        "number",
        "runs",
        "text",
        "look",
        "style",
        "level",
        "marker",
        "drawing",
        "name",
        "numeric",
        "head",
        "rows",
        "pairs",
        "lines",
        "label",
        "title",
        "entries",
        "role",
        "cover",
        "header",
        "footer",
        "status",
        "watermark",
    }
)
"""All that a layout's tags can ask of the blocks, their parts and the frame."""

# Line ends would leave the paragraph, the others have no place in XML at all.
_ODD = late("[\x00-\x08\x0a-\x1f\ufffe\uffff\ud800-\udfff]|{_[{%]|[}%]_}")


class UnprintableError(ValueError):
    """A text holds a character that Word cannot hold; the message quotes the text and the character."""


class LabelledLine(NamedTuple):
    """A label with its colon, and the text of its value."""

    label: str
    runs: tuple[Piece, ...]


def context(document: Document) -> dict[str, object]:
    """The data that the template of a layout is rendered with; raises `UnprintableError`."""
    return {
        "title": shown(document.body.title),
        "number": shown(document.body.number),
        "frame": frame_view(document.frame, cover=isinstance(next(iter(document.body.blocks), None), Cover)),
        "blocks": tuple(_blocks(document.body.blocks)),
        "balanced": balanced,
    }


def _blocks(blocks: tuple[Block, ...]) -> Iterator[SimpleNamespace]:
    """Every block's view; page breaks never follow each other, never begin or end the document."""
    kept, begun, due, charts = _kept(blocks), False, False, 0
    ends = _ends(blocks)
    for index, block in enumerate(blocks):
        if isinstance(block, PageBreak):
            due = begun
            continue
        if isinstance(block, Signature) and not block.parties:
            continue  # a table without rows would be a broken file
        if due:
            yield _VIEWS.block(PageBreak())
        view = _VIEWS.block(block)
        if isinstance(block, Figure):
            charts += 1
            view.drawing = drawing(charts, block)
        view.keep = index in kept
        view.last = index in ends
        yield view
        begun, due = True, isinstance(block, Cover | Contents)


def _kept(blocks: tuple[Block, ...]) -> set[int]:
    """The two texts before signatures or a closing: kept with them, so that they never stand alone on a page.

    So is what announces a table (如下：): at the foot of a page it would tell of nothing.
    """
    kept = {
        index
        for index, (text, after) in enumerate(pairwise(blocks))
        if isinstance(text, Paragraph | ListItem) and isinstance(after, Table) and _announces(text)
    }
    for index, block in enumerate(blocks):
        if not isinstance(block, Signature) and not _closes(blocks, index):
            continue
        for before in range(index - 1, max(index - 3, -1), -1):
            if not isinstance(blocks[before], Paragraph | ListItem | Heading):
                break
            kept.add(before)
    return kept


def _announces(text: Paragraph | ListItem) -> bool:
    return plain(text.runs).rstrip().endswith("：")


def _ends(blocks: tuple[Block, ...]) -> set[int]:
    """What stands last before a page break or the end: a gap after it could only open an empty page."""
    return {
        index
        for index in range(len(blocks))
        if index + 1 == len(blocks) or isinstance(blocks[index + 1], PageBreak)
    }


def _closes(blocks: tuple[Block, ...], index: int) -> bool:
    """Whether a block is the first line of a closing (落款)."""
    return _closing(blocks[index]) and not (index and _closing(blocks[index - 1]))


def _closing(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style == "closing"


class _Views(Fold[SimpleNamespace]):
    def cover(self, block: Cover) -> SimpleNamespace:
        return SimpleNamespace(kind="cover", runs=_runs(block.title), lines=_lines(block.lines))

    def contents(self, block: Contents) -> SimpleNamespace:
        entries = tuple(shown(entry) for entry in block.entries)
        return SimpleNamespace(kind="contents", title=shown(block.title), entries=entries)

    def title(self, block: Title) -> SimpleNamespace:
        return SimpleNamespace(kind="title", runs=_runs(block.runs))

    def party(self, block: Party) -> SimpleNamespace:
        return SimpleNamespace(kind="party", role=shown(block.role), lines=_lines(block.lines))

    def heading(self, block: Heading) -> SimpleNamespace:
        number, runs = shown(block.lead), _runs(block.runs)
        return SimpleNamespace(kind="heading", level=block.level, number=number, runs=runs)

    def paragraph(self, block: Paragraph) -> SimpleNamespace:
        number, runs = shown(block.number), _runs(block.runs)
        return SimpleNamespace(kind="paragraph", style=block.style, number=number, runs=runs)

    def item(self, block: ListItem) -> SimpleNamespace:
        marker, runs = shown(block.marker), _runs(block.runs)
        return SimpleNamespace(kind="item", level=block.level, marker=marker, runs=runs)

    def table(self, block: Table) -> SimpleNamespace:
        return SimpleNamespace(
            kind="table",
            name=block.name,
            numeric=block.numeric,
            head=tuple(_runs(cell.runs) for cell in block.head),
            rows=tuple(tuple(_runs(cell.runs) for cell in row) for row in block.rows),
        )

    def figure(self, block: Figure) -> SimpleNamespace:
        return SimpleNamespace(kind="figure", runs=_runs(block.runs))

    def form(self, block: Form) -> SimpleNamespace:
        raise UnprintableError("[[form]] 只能印在 templates/forms/ 里画好的表单上，这份版式放不下")

    def signature(self, block: Signature) -> SimpleNamespace:
        pairs = tuple(tuple(tuple(map(_runs, row)) for row in pair) for pair in side_by_side(block))
        return SimpleNamespace(kind="signature", pairs=pairs)

    def page_break(self, block: PageBreak) -> SimpleNamespace:
        return SimpleNamespace(kind="break")


_VIEWS = _Views()


def _lines(lines: tuple[tuple[str, Runs], ...]) -> tuple[LabelledLine, ...]:
    return tuple(LabelledLine(label=shown(label) + LABEL_END, runs=_runs(runs)) for label, runs in lines)


def frame_view(frame: Frame, *, cover: bool) -> SimpleNamespace:
    """The frame as layouts read it; `cover` tells that the first page is one."""
    parts = [part for part in re.split(f"({PAGE}|{PAGES})", frame.footer) if part]
    kinds = {PAGE: "page", PAGES: "pages"}
    return SimpleNamespace(
        cover=cover,
        header=shown(frame.header),
        footer=tuple(SimpleNamespace(kind=kinds.get(part, "text"), text=shown(part)) for part in parts),
        status=shown(frame.status),
        watermark=shown(frame.watermark),
    )


def _runs(runs: Runs) -> tuple[Piece, ...]:
    """The runs as pieces, neighbours of one look joined."""
    if len(runs) == 1:
        return (Piece(shown(runs[0].text), _look(runs[0])),)
    return tuple(Piece(shown(plain(tuple(same))), look) for look, same in groupby(runs, key=_look))


def _look(run: Run) -> str:
    if run.gap:
        return "gap"
    if run.strong:
        return "both" if run.emphasis else "strong"
    return "emphasis" if run.emphasis else ""


def shown(text: str) -> str:
    """The text as it may stand in a template, with docxtpl's own marks (`{_{` is printed as `{{`) kept from being read as such."""
    odd = _ODD.search(text)
    if odd is None:
        return text
    if len(odd[0]) == 1:
        raise UnprintableError(f"“{text!r}”含有 Word 文件放不下的字符 U+{ord(odd[0]):04X}，请在源文件中删去")
    return Markup(str(escape(text)).replace("_", "&#95;"))
