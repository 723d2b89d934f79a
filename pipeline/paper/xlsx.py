"""Spreadsheets: a table as an Excel file whose text is never taken for a formula; same table, same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from pipeline.kernel.grid import Cell, Column, Grid, Shape

_MADE = datetime(2000, 1, 1)
"""When every file says it was made: the real time would make each build differ."""
_LONGEST = 32_767
"""The most characters Excel takes in a cell."""
_FORMATS = {
    Shape.NUMBER: "#,##0.##",
    Shape.MONEY: "#,##0.00",
    Shape.PERCENT: '0.0"%"',
    Shape.DAY: 'yyyy"年"m"月"d"日"',
}
_WHOLE = "#,##0"
_FIGURES = {"align": "right", "indent": 1}
_ALIGNED: Mapping[Shape, Mapping[str, Any]] = {
    Shape.TEXT: {},
    Shape.DAY: {"align": "center"},
    Shape.NUMBER: _FIGURES,
    Shape.MONEY: _FIGURES,
    Shape.PERCENT: _FIGURES,
}
"""Figures end before the edge: right at it they would run into the text beside them."""
_NUMBERED = {"align": "center"}
"""How running numbers stand: at the right edge they would run into the name beside them."""
_BASE = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "text_wrap": True, "border": 1}
_TITLE = {"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"}
_NOTE = {"font_name": "宋体", "font_size": 10, "font_color": "#404040", "valign": "vcenter"}
_HEAD = {**_BASE, "font_name": "黑体", "align": "center", "bg_color": "#E7E6E6"}
_SUM = {**_BASE, "bold": True, "bg_color": "#F5F5F5"}
_PAPER_A4 = 9
_LINE = 14
"""The height of a line in points."""
_NARROW = 0x2E80
"""The characters from here on are as wide as two."""
_PAGE = 135
"""So many characters at their size stand side by side on a page of A4 across."""
_LEAST = {Shape.DAY: 15, Shape.MONEY: 14, Shape.NUMBER: 8, Shape.PERCENT: 8}
"""How narrow a column may become: digits do not wrap."""
_FIRST_HEADS = 2
"""So many columns, the number and the name, stand before the others on each page of a second sheet."""
_SIDE, _TOP = 0.4, 0.6
"""Margins in inches: the edge of a ledger is where it is filed, no text stands beside it."""


def render(grid: Grid) -> bytes:
    """The table as an .xlsx file: title and notes, frozen head with filters, sums that follow the filter.

    What a page of A4 cannot hold stands on a second sheet, behind the number and name of each row.
    """
    stream = BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    workbook.set_properties({"title": grid.title, "created": _MADE})
    for number, part in enumerate(grid.halves()):
        _Sheet(workbook, part, second=number > 0).write()
    workbook.close()
    return stream.getvalue()


class _Sheet:
    """A sheet of a file being written."""

    def __init__(self, workbook: Any, grid: Grid, *, second: bool) -> None:
        self._workbook = workbook
        self._grid = grid
        self._second = second
        # Excel takes 31 characters for the name of a sheet, and XlsxWriter raises at more.
        self._sheet = workbook.add_worksheet(grid.title[:31])
        self._notes = grid.notes[:1] if second else grid.notes
        self._head = 1 + len(self._notes)
        self._needed = [_needed(column, grid.column(column.head)) for column in grid.columns]
        self._widths = [self._width(*pair) for pair in zip(grid.columns, self._needed, strict=True)]
        self._formats: dict[tuple[str, bool], Any] = {}

    def write(self) -> None:
        self._above()
        self._sheet.set_row(self._head, _LINE * self._lines(tuple(one.head for one in self._grid.columns)))
        for index, column in enumerate(self._grid.columns):
            self._sheet.set_column(index, index, self._widths[index])
            self._sheet.write_string(self._head, index, column.head, self._workbook.add_format(_HEAD))
        for row, cells in enumerate(self._grid.rows, start=self._head + 1):
            self._sheet.set_row(row, _LINE * self._lines(cells))
            for index, (column, value) in enumerate(zip(self._grid.columns, cells, strict=True)):
                self._cell(row, index, column, value)
        self._sums()
        self._page()

    def _width(self, column: Column, needed: int) -> float:
        """A column's width: the first sheet is drawn in to a page's width, as far as days and amounts allow."""
        whole = sum(self._needed)
        least = _LEAST.get(column.shape, 6)
        return needed if self._second else max(needed * min(1, _PAGE / whole), min(least, needed))

    def _lines(self, cells: tuple[Cell, ...]) -> int:
        """How many lines the longest text of a row takes: not every program works that out when it opens a file."""
        return max(
            sum(_lines_of(line, width - 1) for line in value.split("\n")) if isinstance(value, str) else 1
            for width, value in zip(self._widths, cells, strict=True)
        )

    def _above(self) -> None:
        """The title and the notes; on a second sheet only what its every page repeats: over the number and the name."""
        last = _FIRST_HEADS - 1 if self._second else len(self._grid.columns) - 1
        self._sheet.set_row(0, 30)
        title = {**_TITLE, "align": "left"} if self._second else _TITLE
        if last and not self._second:
            self._sheet.merge_range(0, 0, 0, last, "", self._workbook.add_format(title))
        self._sheet.write_string(0, 0, self._grid.title, self._workbook.add_format(title))
        note = self._workbook.add_format({**_NOTE, "text_wrap": self._second})
        for row, text in enumerate(self._notes, start=1):
            if self._second:
                self._sheet.merge_range(row, 0, row, last, "", note)
                wide = sum(self._widths[:_FIRST_HEADS]) - 2
                self._sheet.set_row(row, _LINE * _lines_of(text, wide))
            self._sheet.write_string(row, 0, text, note)

    def _cell(self, row: int, index: int, column: Column, value: Cell) -> None:
        # A year is a number that nobody adds up: it stands in the middle like the running number.
        numbered = index == 0 or (column.shape is Shape.TEXT and isinstance(value, int))
        style = self._style(column.shape, value, numbered=numbered)
        if value is None or value == "":
            self._sheet.write_blank(row, index, None, style)
        elif isinstance(value, date):
            self._sheet.write_datetime(row, index, datetime(value.year, value.month, value.day), style)
        elif isinstance(value, int | Decimal):
            self._sheet.write_number(row, index, float(value), style)
        else:
            # As a string whatever it looks like: `=HYPERLINK(…)` in a company's name must stay a name.
            self._sheet.write_string(row, index, _short(value), style)

    def _style(self, shape: Shape, value: Cell, *, numbered: bool) -> Any:
        whole = shape is Shape.NUMBER and isinstance(value, int | Decimal) and value == int(value)
        key = ("numbered" if numbered else shape.value, whole)
        if key not in self._formats:
            number = {"num_format": _WHOLE if whole else _FORMATS[shape]} if shape in _FORMATS else {}
            self._formats[key] = self._workbook.add_format(
                {**_BASE, **number, **(_NUMBERED if numbered else _ALIGNED[shape])}
            )
        return self._formats[key]

    def _sums(self) -> None:
        """A last row outside the filter; its formula adds up what the filter leaves."""
        grid, first, last = self._grid, self._head + 2, self._head + 1 + len(self._grid.rows)
        if not grid.rows or not any(column.summed for column in grid.columns):
            return
        for index, column in enumerate(grid.columns):
            summed = {"num_format": _FORMATS[column.shape], **_FIGURES} if column.summed else {}
            style = {**_SUM, **summed}
            if column.summed and grid.total(column.head) == int(grid.total(column.head)):
                style["num_format"] = _WHOLE if column.shape is Shape.NUMBER else style["num_format"]
            style = self._workbook.add_format(style)
            if column.summed:
                name = xl_col_to_name(index)
                # 109 adds up what the filter shows; the value beside it is for programs that do not calculate
                # on opening.
                formula = f"=SUBTOTAL(109,{name}{first}:{name}{last})"
                self._sheet.write_formula(last, index, formula, style, float(grid.total(column.head)))
            else:
                self._sheet.write_string(last, index, "合计" if index == 0 else "", style)

    def _page(self) -> None:
        rows, last = len(self._grid.rows), len(self._grid.columns) - 1
        self._sheet.autofilter(self._head, 0, self._head + max(rows, 1), last)
        self._sheet.freeze_panes(self._head + 1, 2)
        self._sheet.set_landscape()
        self._sheet.set_paper(_PAPER_A4)
        self._sheet.set_margins(left=_SIDE, right=_SIDE, top=_TOP, bottom=_TOP)
        if self._second:
            # Readable rather than on one page: what is too wide goes on over the page, with number and name before it.
            self._sheet.repeat_columns(0, _FIRST_HEADS - 1)
        self._sheet.fit_to_pages(self._pages(), 0)
        self._sheet.repeat_rows(self._head)
        self._sheet.set_footer("&C第 &P 页，共 &N 页")

    def _pages(self) -> int:
        """On how many pages side by side a sheet stands so that it can be read."""
        if not self._second:
            return 1
        repeated = sum(self._widths[:_FIRST_HEADS])
        return max(1, ceil((sum(self._widths) - repeated) / (_PAGE - repeated)))


def _needed(column: Column, values: tuple[Cell, ...]) -> int:
    """How wide a column has to be for what stands in it: an empty one holds its head.

    It becomes as wide as is said, and a quarter more where the longest text then stays on one line.
    """
    least = max(_LEAST.get(column.shape, 6), _wide(column.head) + 2)
    if column.shape in (Shape.DAY, Shape.MONEY):
        return max(column.width, least)
    longest = max((_wide(line) for value in values for line in str(value or "").split("\n")), default=0)
    whole = max(longest + 3, least)
    return whole if whole <= column.width * 5 / 4 else max(column.width, least)


def _wide(text: str) -> int:
    return sum(2 if ord(char) > _NARROW else 1 for char in text)


def _lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column so wide."""
    return 1 if 2 * len(text) <= width else max(1, ceil(_wide(text) / width))


def _short(text: str) -> str:
    """Text as Excel can hold it: lines as they are, cut with an ellipsis where it is too long for any cell."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
