"""Columns that say nothing are not printed: a table of figures has one where any row has something to tell."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.compose.context import NOTHING
from pipeline.kernel.document import Block, Table, plain
from pipeline.kernel.structs import replace

_GENERIC = "columns-"
"""Begins the name of a table that is drawn by the number of its columns alone."""


def without_empty_columns(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks, their tables without columns in which every row is empty or —; at least two columns stay."""
    return tuple(_full(block) if isinstance(block, Table) else block for block in blocks)


def _full(table: Table) -> Table:
    if not table.rows or not table.name.startswith(_GENERIC):
        return table
    kept = [
        index
        for index in range(len(table.head))
        if any(plain(row[index].runs).strip() not in ("", NOTHING) for row in table.rows)
    ]
    if len(kept) == len(table.head) or len(kept) < 2:
        return table
    return replace(
        table,
        name=f"{_GENERIC}{len(kept)}",
        head=tuple(table.head[index] for index in kept),
        rows=tuple(tuple(row[index] for index in kept) for row in table.rows),
        numeric=tuple(kept.index(index) for index in table.numeric if index in kept),
    )
