"""Columns as wide as what stands in them: tables of text fields are drawn once for each number of columns.

The layout draws them with equal columns; their widths are then shared out by the text, so that a date or an
amount does not break and a sentence has room. A head that does not fit in one line has margins that
make it break before its unit, or in halves: left alone, every program breaks it after as much as fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import ceil

from pipeline.kernel.document import Block, Table, plain
from pipeline.kernel.late_pattern import late
from pipeline.paper.title import size as wide

_TABLE = late(r"<w:tbl>.*?</w:tbl>", re.DOTALL)
_GRID = late(r'<w:gridCol w:w="(\d+)"/>')
_CELL = late(r'<w:tcW w:w="\d+" w:type="dxa"/>')
_CAPTION = late(r'<w:tblCaption w:val="columns-\d+"/>')
_FIRM = 0.75
"""The part of a table's width that short texts may take before they give way too."""
_LEAST, _MOST = 2.0, 24.0
"""Chinese characters that a column has room for at least, and is given room for at most before it wraps."""
_SHORT = 9.5
"""Texts of so many characters (a name, a date, an amount) do not break where others can give way."""
_NAME = 4.2
_ROOM = 4.5
"""Characters of a name or a word, and how many a column of words has room for before others get more."""
_STEADY = late(r"[0-9,.年月日时]*[个人天门次项元台套种家小学课机时%平方米]{0,3}|—")
"""Figures with their units, and days, which do not break where anything else can give way."""
_CHARACTER, _SMALL, _MARGINS = 240, 210, 240
"""Twips for a character in tables of up to four columns and in wider ones, and for both margins of a cell."""
_DRAWN = 200
"""The margins that layouts draw: a head that just fits must not be broken for what days and amounts are given more."""
_MOST_LARGE = 4
_TALL = 4
"""Of more lines than these no cell should be, where a document's number or a remark can take a second line instead."""
_BEGUN = 2
"""The characters that a unit begins with: a bracket, which ends no line, and the one after it."""
_HAIR = 0.1
"""Of a character: what a line of a head is given more than it takes."""
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
    character = _character(len(widths))
    heads = zip(table.head, widths, strict=True)
    cells = iter(
        [
            *(
                _cell_width(width) + _margins(_beside(plain(one.runs), width, character))
                for one, width in heads
            ),
            *map(_cell_width, widths * len(table.rows)),
        ]
    )
    return _CELL.sub(lambda _: next(cells, _cell_width(0)), xml)


def _cell_width(width: int) -> str:
    return f'<w:tcW w:w="{width}" w:type="dxa"/>'


def _margins(side: int) -> str:
    return (
        f'<w:tcMar><w:left w:w="{side}" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/></w:tcMar>'
        if side
        else ""
    )


def _beside(head: str, width: int, character: int) -> int:
    """The margins of the cell of a head that does not fit in one line, so that it breaks where it may; 0 for those of the table."""
    room = (width - _DRAWN) / character
    if _size(head) <= room + _HAIR:
        return 0
    line = max(_half(part, room) for part in re.split("(?=（)", head))
    return int((width - (line + _HAIR) * character) / 2) if line <= room else 0


def _half(text: str, room: float) -> float:
    """How long a line of a text is that takes as few lines as it can, of about one length: words are of two characters."""
    whole = _size(text)
    if whole <= room + _HAIR:
        return whole
    line = ceil(whole / max(2, ceil(whole / max(room, 1))))
    return line + line % 2 if whole >= 6 else line


def _character(columns: int) -> int:
    return _CHARACTER if columns <= _MOST_LARGE else _SMALL


def _widths(table: Table, whole: int) -> Iterator[int]:
    """The columns' widths in twips; they add up to that of the table."""
    columns = [[plain(cell.runs) for cell in column] for column in zip(table.head, *table.rows, strict=True)]
    character = _character(len(columns))
    sizes = [min(_MOST, max(_LEAST, _head(head), *map(_size, rest))) for head, *rest in columns]
    needs = [size * character + _MARGINS for size in sizes]
    least = [max(_ROOM, *map(_unbroken, column)) * character + _MARGINS for column in columns]
    shared = _shared(needs, [size <= _SHORT for size in sizes], whole, least)
    lengths = [max(map(_size, rest), default=0) * character for _, *rest in columns]
    if (shared is None and sum(needs) > whole) or _tallest(lengths, shared) > _TALL:
        # Words give way before figures, days and names do: they can go on in the next line.
        steady = [
            size <= _NAME or all(map(_STEADY.fullmatch, rest))
            for size, (_, *rest) in zip(sizes, columns, strict=True)
        ]
        other = _shared(needs, steady, whole, least)
        shared = (
            other if other and (not shared or _tallest(needs, other) < _tallest(needs, shared)) else shared
        )
    widths = list(map(round, shared or [need * whole / sum(needs) for need in needs]))
    yield from (*widths[:-1], whole - sum(widths[:-1]))


def _tallest(lengths: Sequence[float], widths: Sequence[float] | None) -> float:
    """Of how many lines the highest cell is."""
    return max(
        (length / (width - _MARGINS) for length, width in zip(lengths, widths or (), strict=bool(widths))),
        default=0,
    )


def _shared(
    needs: Sequence[float], steady: Sequence[bool], whole: int, least: Sequence[float]
) -> list[float] | None:
    """Each column's width where some do not give way; None where these take too much.

    The others keep room for a few characters, and share out the rest by their needs.
    """
    firm = sum(need for need, one in zip(needs, steady, strict=True) if one)
    kept = [need if one else min(need, some) for need, one, some in zip(needs, steady, least, strict=True)]
    more = [need - keep for need, keep in zip(needs, kept, strict=True)]
    if firm > whole * _FIRM or all(steady) or sum(kept) > whole:
        return None
    rest = whole - sum(kept)
    if not sum(more):
        more = [0 if one else 1 for one in steady]
    return [keep + rest * one / sum(more) for keep, one in zip(kept, more, strict=True)]


def _head(text: str) -> float:
    """What a head takes: its unit in brackets may stand in a second line, unless it would begin in the first."""
    name, *unit = map(_size, re.split("(?=（)", text, maxsplit=1))
    return name + sum(unit) if sum(unit) >= name + _BEGUN else max((name, *unit))


_NUMBERED = late(r"[^〔〕]+(?=(〔[0-9]{4}〕[^〔〕]{1,8})\Z)")
"""The number of an official document (文号): it may break before its year, and nowhere else."""


_YEAR = late(r"〔[0-9]{4}〕[0-9]*")
"""What of the number of an official document no program breaks but in need."""


def _unbroken(text: str) -> float:
    found = _YEAR.search(text)
    return _size(found[0]) if found else 0


def _size(text: str) -> float:
    number = _NUMBERED.match(text)
    if number:
        return min(_SHORT, max(_size(number[0]), _size(number[1])))
    return wide(text) + _DIGIT * sum(char.isascii() for char in text)
