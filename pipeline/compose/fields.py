"""A Markdown field becomes blocks: paragraphs, list items and tables, each run keeping the field's path."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from markdown_it.tree import SyntaxTreeNode

from pipeline.compose.inline import Scope, blank, pieces, runs, unsupported
from pipeline.compose.parser import parse
from pipeline.compose.values import Printed
from pipeline.document import Block, Cell, ListItem, Origin, Paragraph, Run, Runs, Table

BULLET = "·"
"""What stands before an item of an unnumbered list."""


def field_blocks(value: Printed) -> tuple[Block, ...]:
    """The blocks of a Markdown value; raises UnsupportedError for what cannot be typeset."""
    return _blocks(value.text, value.origin)


@lru_cache(maxsize=4096)
def _blocks(text: str, origin: Origin) -> tuple[Block, ...]:
    scope = Scope(origin=origin)
    return tuple(block for node in parse(text) for block in node_blocks(node, scope, level=1))


def node_blocks(node: SyntaxTreeNode, scope: Scope, *, level: int) -> Iterator[Block]:
    """The blocks of one node of a field (or of a nested list in a wording)."""
    if node.type == "paragraph":
        made = runs(pieces(node.children[0], scope))
        if not blank(made):
            yield Paragraph(runs=made)
    elif node.type in ("bullet_list", "ordered_list"):
        yield from _items(node, scope, level=level)
    elif node.type == "table":
        yield table(node, scope)
    else:
        raise unsupported(node)


def _items(node: SyntaxTreeNode, scope: Scope, *, level: int) -> Iterator[Block]:
    start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else 0
    for index, item in enumerate(node.children):
        marker = f"{start + index}." if node.type == "ordered_list" else BULLET
        yield from _item(item, scope, marker, level)


def _item(item: SyntaxTreeNode, scope: Scope, marker: str, level: int) -> Iterator[Block]:
    for index, child in enumerate(item.children):
        if child.type == "paragraph" and index == 0:
            yield ListItem(marker=marker, level=level, runs=runs(pieces(child.children[0], scope)))
        else:
            yield from node_blocks(child, scope, level=level + 1)


def table(node: SyntaxTreeNode, scope: Scope) -> Table:
    """A Markdown table; its columns count selects the drawn table of the layout."""
    rows = [_cells(row, scope) for part in node.children for row in part.children]
    aligned = [cell.attrs.get("style", "") for cell in node.children[0].children[0].children]
    return Table(
        name=f"columns-{len(rows[0])}",
        head=rows[0],
        rows=tuple(rows[1:]),
        numeric=tuple(index for index, style in enumerate(aligned) if "right" in str(style)),
    )


def _cells(row: SyntaxTreeNode, scope: Scope) -> tuple[Cell, ...]:
    return tuple(Cell(runs=_cell_runs(cell, scope)) for cell in row.children)


def _cell_runs(cell: SyntaxTreeNode, scope: Scope) -> Runs:
    """A cell is one line: a Markdown value in it must be one paragraph."""
    made: list[Run] = []
    for piece in pieces(cell.children[0], scope) if cell.children else ():
        if isinstance(piece, Run):
            made.append(piece)
            continue
        inner = field_blocks(piece)
        if len(inner) != 1 or not isinstance(inner[0], Paragraph):
            raise unsupported(cell)
        made += inner[0].runs
    return tuple(made)
