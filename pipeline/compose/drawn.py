"""What a wording has drawn: `[[figure bar 万元]]` around a caption and a table, `[[form]]` around labels and texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from markdown_it.tree import SyntaxTreeNode

from pipeline.compose.brackets import BlockError, labelled
from pipeline.compose.fields import one_line, paragraphs, table
from pipeline.compose.inline import InlineScope, blank, pieces, trimmed, unsupported
from pipeline.kernel.document import (
    Cell,
    Figure,
    Form,
    FormField,
    ListItem,
    Paragraph,
    Run,
    Runs,
    Series,
    plain,
)

_SHAPES: dict[str, Literal["bar", "line"]] = {"bar": "bar", "line": "line"}
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_LABEL = re.compile(r"[^\W\d]\w*")


def figure(words: str, nodes: Sequence[SyntaxTreeNode], scope: InlineScope, line: int) -> Figure:
    """A chart: its shape and unit in the bracket, then a caption, then a table, categories down, series across.

    Raises BlockError where the bracket holds anything else or a cell is no number.
    """
    shape, _, unit = words.partition(" ")
    if shape not in _SHAPES or [node.type for node in nodes] != ["paragraph", "table"]:
        raise BlockError("[[figure bar 单位]] 或 [[figure line 单位]] 里依次写一行图题和一张表", line)
    caption = trimmed(one_line(pieces(nodes[0].children[0], scope), nodes[0]))
    drawn = table(nodes[1], scope)
    return Figure(
        shape=_SHAPES[shape],
        runs=caption,
        unit=unit.strip(),
        categories=tuple(plain(row[0].runs) for row in drawn.rows),
        series=tuple(
            Series(
                name=plain(head.runs),
                values=tuple(_figure(row[column], line) for row in drawn.rows),
            )
            for column, head in enumerate(drawn.head[1:], start=1)
        ),
    )


def _figure(cell: Cell, line: int) -> str:
    text = plain(cell.runs).strip().replace(",", "")
    if not text or any(run.gap for run in cell.runs):
        return ""
    if not _NUMBER.fullmatch(text):
        raise BlockError(f"图里的“{text}”不是数字", line)
    return text


def form(nodes: Sequence[SyntaxTreeNode], scope: InlineScope, line: int) -> Form:
    """What is filled into a form: a list of `标签：文字`, a text of several paragraphs included.

    Raises BlockError for anything else, and for a label that a drawn form cannot call by its name.
    """
    fields: list[FormField] = []
    for node in nodes:
        if node.type != "bullet_list":
            raise BlockError("[[form]] 里只写“- 标签：内容”的清单", line)
        for item in node.children:
            label, lines = _labelled(item, scope)
            if not _LABEL.fullmatch(label) or label in {field.label for field in fields}:
                raise BlockError(f"标签“{label}”含有标点、空格，或者重复了", line)
            fields.append(FormField(label=label, lines=lines))
    return Form(fields=tuple(fields))


def _labelled(item: SyntaxTreeNode, scope: InlineScope) -> tuple[str, tuple[Runs, ...]]:
    """The label, and the lines of the text."""
    first, *others = _texts(item, scope) or ((),)
    label, value = labelled(first)
    return label.strip(), tuple(filter(None, (trimmed(value), *others)))


def _texts(item: SyntaxTreeNode, scope: InlineScope) -> list[Runs]:
    return [runs for child in item.children for runs in _text(child, scope)]


def _text(node: SyntaxTreeNode, scope: InlineScope) -> Iterator[Runs]:
    if node.type != "paragraph":
        raise unsupported(node)
    made = pieces(node.children[0], scope)
    for block in () if blank(made) else paragraphs(made, ""):
        if isinstance(block, ListItem):
            yield (Run(text=f"{block.marker} "), *block.runs)
        elif isinstance(block, Paragraph):
            yield block.runs
        else:
            raise unsupported(node, "表单里放不下的表格")
