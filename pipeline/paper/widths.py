"""Columns as wide as what stands in them: tables of text fields are drawn once for each number of columns.

The layout draws them with equal columns; their widths are then shared out by the text, so that a date or an
amount does not break and a sentence has room.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.kernel.document import Block, Table, plain
from pipeline.paper.title import size as wide

_TABLE = re.compile(r"<w:tbl>.*?</w:tbl>", re.DOTALL)
_GRID = re.compile(r'<w:gridCol w:w="(\d+)"/>')
_CELL = re.compile(r'<w:tcW w:w="\d+" w:type="dxa"/>')
_CAPTION = re.compile(r'<w:tblCaption w:val="columns-\d+"/>')
_FIRM = 0.75
"""The part of a table's width that short texts may take before they give way too."""
_LEAST, _MOST = 2.0, 24.0
"""Chinese characters that a column has room for at least, and is given room for at most before it wraps."""
_SHORT = 9.5
"""Texts of so many characters (a name, a date, an amount) do not break where others can give way."""
_CHARACTER, _SMALL, _MARGINS = 240, 210, 240
"""Twips for a character in tables of up to four columns and in wider ones, and for both margins of a cell."""
_MOST_LARGE = 4
_DIGIT = 0.08
"""Of a character: what a letter or digit may be wider than half of one, where Times is replaced."""


def fitted(xml: str, blocks: Sequence[Block]) -> str:
    """The main part with the widths of its generic tables set; tables that are not marked stay as they are."""
    if "<w:tblCaption" not in xml:
        return xml
    tables = iter(block for block in blocks if isinstance(block, Table) and block.name.startswith("columns-"))

    def fit(match: re.Match[str]) -> str:
        if not _CAPTION.search(match[0]):
            return match[0]
        table = next(tables, None)
        return _set(match[0], table) if table is not None else match[0]

    return _TABLE.sub(fit, xml)


def _set(xml: str, table: Table) -> str:
    whole = sum(int(width) for width in _GRID.findall(xml))
    widths = list(_widths(table, whole))
    grid = iter(widths)
    xml = _GRID.sub(lambda _: f'<w:gridCol w:w="{next(grid)}"/>', xml)
    cells = iter(widths * (len(table.rows) + 1))
    return _CELL.sub(lambda match: f'<w:tcW w:w="{next(cells, 0)}" w:type="dxa"/>', xml)


def _widths(table: Table, whole: int) -> Iterator[int]:
    """The columns' widths in twips; they add up to that of the table."""
    columns = list(zip(table.head, *table.rows, strict=True))
    character = _CHARACTER if len(columns) <= _MOST_LARGE else _SMALL
    sizes = [min(_MOST, max(_LEAST, *(_size(plain(cell.runs)) for cell in column))) for column in columns]
    needs = [size * character + _MARGINS for size in sizes]
    firm = sum(need for need, size in zip(needs, sizes, strict=True) if size <= _SHORT)
    loose = sum(needs) - firm
    if loose and firm <= whole * _FIRM:
        scales = [1.0 if size <= _SHORT else (whole - firm) / loose for size in sizes]
    else:
        scales = [whole / sum(needs)] * len(needs)
    widths = [round(need * scale) for need, scale in zip(needs, scales, strict=True)]
    yield from (*widths[:-1], whole - sum(widths[:-1]))


_NUMBERED = re.compile(r"[^〔〕]+(?=(〔[0-9]{4}〕[^〔〕]{1,8})\Z)")
"""The number of an official document (文号): it may break before its year, and nowhere else."""


def _size(text: str) -> float:
    number = _NUMBERED.match(text)
    if number:
        return min(_SHORT, max(_size(number[0]), _size(number[1])))
    return wide(text) + _DIGIT * sum(char.isascii() for char in text)
