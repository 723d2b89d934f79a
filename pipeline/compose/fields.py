"""A Markdown field becomes blocks: paragraphs, list items and tables, each run keeping the field's path."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from markdown_it.tree import SyntaxTreeNode

from pipeline.compose.inline import (
    UNSUPPORTED_NODES,
    InlineScope,
    Piece,
    UnsupportedError,
    blank,
    pieces,
    runs,
    trimmed,
    unsupported,
)
from pipeline.compose.values import Printed
from pipeline.kernel.document import Block, Cell, ListItem, Origin, Paragraph, Run, Runs, Table
from pipeline.kernel.late_pattern import late
from pipeline.prose.markdown_parser import OVERFULL, parse

_NUMBER = late(r"[0-9][0-9.,]* *(?:[℃°%％‰度]|[A-Za-zΩμ])")
_LOOSE = late(r"(?<![0-9A-Za-z])\*\*|\*\*(?![0-9A-Za-z])")
BULLET = "·"
"""What stands before an item of an unnumbered list."""

MOST_COLUMNS = 8
"""The widest Markdown table that layouts draw."""


def field_blocks(value: Printed) -> tuple[Block, ...]:
    """The blocks of a Markdown value; raises UnsupportedError for what cannot be typeset."""
    return _blocks(value.text, value.origin)


@lru_cache(maxsize=4096)
def _blocks(text: str, origin: Origin) -> tuple[Block, ...]:
    scope = InlineScope(origin=origin)
    return tuple(block for node in parse(text) for block in node_blocks(node, scope, level=1))


def node_blocks(node: SyntaxTreeNode, scope: InlineScope, *, level: int) -> Iterator[Block]:
    """The blocks of one node of a field (or of a nested list in a wording)."""
    if node.type == "paragraph":
        made = runs(pieces(node.children[0], scope))
        if not blank(made):
            yield Paragraph(runs=made)
    elif node.type in ("bullet_list", "ordered_list"):
        what = _fault(node)
        if what is not None:
            raise unsupported(node, what)
        yield from _items(node, scope, level=level)
    elif node.type == "table":
        yield table(node, scope)
    else:
        raise unsupported(node)


def faults(text: str) -> Iterator[UnsupportedError]:
    """Everything in a field that cannot be typeset, or would print its stars, with its line."""
    escapes = "\\*" in text
    for top in parse(text):
        for node in top.walk():
            what = _fault(node)
            if what is not None:
                yield unsupported(node, what)
            elif node.type == "text" and not escapes and _LOOSE.search(node.content):
                yield unsupported(node, "没有配成对的“**”，会原样印出星号")


def _fault(node: SyntaxTreeNode) -> str | None:
    """What is wrong with a node: empty where its kind alone says it, None where nothing is."""
    if node.type in UNSUPPORTED_NODES:
        return ""
    if node.type == "bullet_list" and node.markup != "-":
        sign = node.markup
        return f"行首的“{sign} ”（清单用“- ”开头；要印出这个符号，写成“\\{sign} ”）"
    if node.type == "bullet_list" and _is_negative(node):
        return "行首的“- ”后面是带单位的数，会印成清单的一项（负数的减号紧挨数字，写成“-5 ℃”）"
    if node.type == "list_item" and not node.children:
        return "没有内容的列表项"
    if node.type == "tr" and node.meta.get(OVERFULL):
        return f"表格这一行比表头多 {node.meta[OVERFULL]} 格"
    if node.type == "table" and len(node.children[0].children[0].children) > MOST_COLUMNS:
        return f"超过 {MOST_COLUMNS} 列的表格"
    return None


def _is_negative(node: SyntaxTreeNode) -> bool:
    """Whether a list is one line that may be a number below zero."""
    first = node.children[0].children[:1] if len(node.children) == 1 else []
    return bool(first and first[0].type == "paragraph" and _NUMBER.match(first[0].children[0].content))


def _items(node: SyntaxTreeNode, scope: InlineScope, *, level: int) -> Iterator[Block]:
    markers = _markers(node) if node.type == "ordered_list" else [BULLET] * len(node.children)
    for item, marker in zip(node.children, markers, strict=True):
        yield from _item(item, scope, marker, level)


def _markers(node: SyntaxTreeNode) -> list[str]:
    """The numbers as typed; counted where the same one was typed before every item, as Markdown allows."""
    typed = [item.info for item in node.children]
    if len(typed) > 1 and len(set(typed)) == 1:
        typed = [str(number) for number in range(int(typed[0]), int(typed[0]) + len(typed))]
    return [f"{number}{item.markup}" for number, item in zip(typed, node.children, strict=True)]


def _item(item: SyntaxTreeNode, scope: InlineScope, marker: str, level: int) -> Iterator[Block]:
    """An item's first paragraph stands behind its marker, all else under it."""
    empty = _fault(item)
    if empty is not None:
        raise unsupported(item, empty)
    has_text = bool(item.children) and item.children[0].type == "paragraph"
    made = runs(pieces(item.children[0].children[0], scope)) if has_text else ()
    yield ListItem(marker=marker, level=level, runs=made)
    for child in item.children[has_text:]:
        yield from node_blocks(child, scope, level=level + 1)


def table(node: SyntaxTreeNode, scope: InlineScope) -> Table:
    """A Markdown table; its columns count selects the drawn table of the layout."""
    for one in node.walk():
        what = _fault(one) if one.type in ("table", "tr") else None
        if what is not None:
            raise unsupported(one, what)
    rows = [_cells(row, scope) for part in node.children for row in part.children]
    aligned = [cell.attrs.get("style", "") for cell in node.children[0].children[0].children]
    return Table(
        name=f"columns-{len(rows[0])}",
        head=rows[0],
        rows=tuple(rows[1:]),
        numeric=tuple(index for index, style in enumerate(aligned) if "right" in str(style)),
    )


def _cells(row: SyntaxTreeNode, scope: InlineScope) -> tuple[Cell, ...]:
    return tuple(
        Cell(runs=one_line(pieces(cell.children[0], scope), cell) if cell.children else ())
        for cell in row.children
    )


def one_line(made: Sequence[Piece], node: SyntaxTreeNode) -> Runs:
    """The runs of a cell, a heading or another single line: a Markdown value in it must be one paragraph."""
    line: list[Run] = []
    for piece in made:
        if isinstance(piece, Run):
            line.append(piece)
            continue
        inner = field_blocks(piece)
        if len(inner) != 1 or not isinstance(inner[0], Paragraph):
            raise unsupported(node, f"只能写一行的地方放了有几段或有清单、表格的内容：{piece.text[:20]}")
        line += inner[0].runs
    return tuple(line)


def paragraphs(made: Sequence[Piece], number: str) -> Iterator[Block]:
    """A paragraph; a Markdown value in it brings its further blocks along behind it."""
    line: list[Run] = []
    later: list[Block] = []
    for piece in made:
        if isinstance(piece, Printed):
            first, *more = field_blocks(piece) or (Paragraph(runs=(piece.run,)),)
            if isinstance(first, ListItem):
                line += [Run(text=first.marker, origin=piece.origin), *first.runs] if number or line else []
                later += [] if number or line else [first]
            elif isinstance(first, Paragraph):
                line += first.runs
            else:
                later.append(first)
            later += more
        else:
            line.append(piece)
    if line or number:
        yield Paragraph(number=number, runs=trimmed(tuple(line)))
    yield from later
