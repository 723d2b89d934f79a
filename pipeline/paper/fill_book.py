"""Workbooks to be filled in: labels that nobody can overwrite, lists to choose from, explanations at the cell."""

from __future__ import annotations

import base64
import hashlib
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from pipeline.kernel.fill_in import FORM, TOO_LONG, Blank, FillIn, ListPage, too_long
from pipeline.kernel.grid import Cell, Shape

MARKS, WORDS = "coop", "选项"
"""The hidden sheets: what the record held, and what may be chosen."""
_MADE = datetime(2000, 1, 1)
_PIECE = 30_000
_FRESH_ROWS = 40
"""Rows left to be filled at the end of a list: a protected sheet takes no new ones."""
_MOST_TYPED = 200
"""Characters of choices that a rule of a cell may hold itself."""
_FORMATS = {Shape.MONEY: "#,##0.00", Shape.DAY: "yyyy-mm-dd", Shape.TEXT: "@"}
_BASE = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True, "border": 1}
_LOCKED = {**_BASE, "bg_color": "#F2F2F2", "locked": True}
_HEAD = {**_LOCKED, "font_name": "黑体", "align": "center"}
_TITLE = {"font_name": "黑体", "font_size": 14, "valign": "vcenter"}
_NOTE = {
    "font_name": "宋体",
    "font_size": 10,
    "font_color": "#404040",
    "valign": "vcenter",
    "text_wrap": False,
}
_LEAST, _MOST = 10, 44


def render(book: FillIn) -> bytes:
    """The workbook; the same answers make the same bytes."""
    stream = BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    workbook.set_properties({"title": book.title, "created": _MADE})
    writer = _Writer(workbook)
    if book.answers:
        writer.form(book)
    for page in book.lists:
        writer.listed(page)
    writer.hidden(book)
    workbook.close()
    return stream.getvalue()


class _Writer:
    """A workbook being written."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._formats: dict[str, Any] = {}
        self._choices: list[tuple[str, ...]] = []
        self._names: set[str] = {MARKS, WORDS}

    def form(self, book: FillIn) -> None:
        """The page of single answers: what is asked, the answer, how to answer."""
        sheet = self._sheet(FORM, book.title, "只填白色的格子；别的格子锁住了，不会填错地方。", 4)
        sheet.set_column(1, 1, 26)
        sheet.set_column(2, 2, 60)
        sheet.set_column(3, 3, 44)
        for column, head in enumerate(("栏目", "内容", "说明"), start=1):
            sheet.write_string(2, column, head, self._style(_HEAD))
        for row, (blank, value) in enumerate(book.answers, start=3):
            sheet.write_string(row, 0, blank.mark)
            sheet.write_string(row, 1, blank.label, self._style(_LOCKED))
            self._cell(sheet, row, 2, blank, value)
            sheet.write_string(row, 3, blank.hint, self._style(_LOCKED))
            self._ruled(sheet, blank, (row, 2, row, 2))
            said = value if isinstance(value, str) and not too_long(value) else ""
            sheet.set_row(row, 16 * max(_lines(said, 28), _lines(blank.label, 12), _lines(blank.hint, 20)))

    def listed(self, page: ListPage) -> None:
        """A list: a head, its rows, and empty rows for more."""
        note = "一行一项，接着往下填；要删一行，把这一行清空。"
        sheet = self._sheet(page.title, page.title, note, len(page.columns))
        sheet.write_string(1, 0, page.mark)
        widths = [_width(blank, [row[at] for _, row in page.rows]) for at, blank in enumerate(page.columns)]
        lines = [
            _lines(blank.label, width // 2 - 1) for blank, width in zip(page.columns, widths, strict=True)
        ]
        sheet.set_row(2, 16 * max(2, *lines))
        for number, (blank, width) in enumerate(zip(page.columns, widths, strict=True), start=1):
            sheet.set_column(number, number, width)
            sheet.write_string(2, number, blank.label, self._style(_HEAD))
            sheet.write_string(3, number, blank.mark)
            last = 3 + len(page.rows) + _FRESH_ROWS
            self._ruled(sheet, blank, (4, number, last, number))
        sheet.set_row(3, None, None, {"hidden": True})
        rows = [*page.rows, *[("", (None,) * len(page.columns))] * _FRESH_ROWS]
        for number, (mark, cells) in enumerate(rows, start=4):
            sheet.write_string(number, 0, mark)
            for column, (blank, value) in enumerate(zip(page.columns, cells, strict=True), start=1):
                self._cell(sheet, number, column, blank, value)

    def hidden(self, book: FillIn) -> None:
        """What only the program reads: which record, what it held, and long lists of choices."""
        sheet = self._workbook.add_worksheet(MARKS)
        sheet.write_string(0, 0, book.record)
        sheet.write_string(0, 1, hashlib.sha256(book.base).hexdigest())
        text = base64.b64encode(book.base).decode()
        for row, start in enumerate(range(0, len(text), _PIECE), start=1):
            sheet.write_string(row, 0, text[start : start + _PIECE])
        sheet.very_hidden()
        words = self._workbook.add_worksheet(WORDS)
        for column, some in enumerate(self._choices):
            for row, word in enumerate(some):
                words.write_string(row, column, word)
        words.hide()

    def _sheet(self, name: str, title: str, note: str, columns: int) -> Any:
        sheet = self._workbook.add_worksheet(self._named(name))
        sheet.set_column(0, 0, None, None, {"hidden": True})
        sheet.set_row(0, 26)
        sheet.write_string(0, 1, title, self._style(_TITLE))
        sheet.write_string(1, 1, note, self._style(_NOTE))
        sheet.freeze_panes(3, 2)
        sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def _named(self, name: str) -> str:
        """A sheet's name as Excel takes it, and none twice."""
        plain = "".join(sign for sign in name if sign not in "[]:*?/\\'")
        found, number = plain[-31:], 1
        while found in self._names:
            number += 1
            found = f"{plain[-28:]}{number}"
        self._names.add(found)
        return found

    def _style(self, wanted: dict[str, Any]) -> Any:
        key = repr(wanted)
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(wanted)
        return self._formats[key]

    def _cell(self, sheet: Any, row: int, column: int, blank: Blank, value: Cell) -> None:
        number = {"num_format": _FORMATS[blank.shape]} if blank.shape in _FORMATS else {}
        style = self._style({**_BASE, "locked": False, **number})
        if value is None or value == "":
            sheet.write_blank(row, column, None, style)
        elif too_long(value):
            sheet.write_string(row, column, TOO_LONG, self._style(_LOCKED))
        elif isinstance(value, date):
            sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), style)
        elif isinstance(value, int | Decimal) and len(str(value)) <= 15:
            sheet.write_number(row, column, float(value), style)
        else:
            sheet.write_string(row, column, str(value), style)

    def _ruled(self, sheet: Any, blank: Blank, where: tuple[int, int, int, int]) -> None:
        """The choices and the explanation of a cell or column; a rule warns, it does not forbid."""
        rule: dict[str, Any] = {"validate": "any"}
        if blank.choices:
            rule = {"validate": "list", "source": self._source(blank.choices), "error_type": "warning"}
            rule |= {"error_title": "请从列表里选", "error_message": "列表里没有的，导入时会再问。"}
        if blank.hint:
            rule |= {"input_title": blank.label[:32], "input_message": blank.hint[:255]}
        if blank.choices or blank.hint:
            sheet.data_validation(*where, rule)

    def _source(self, choices: tuple[str, ...]) -> Any:
        if sum(len(word) + 1 for word in choices) <= _MOST_TYPED and not any("," in one for one in choices):
            return list(choices)
        if choices not in self._choices:
            self._choices.append(choices)
        column = xlsxwriter.utility.xl_col_to_name(self._choices.index(choices))
        return f"={WORDS}!${column}$1:${column}${len(choices)}"


def _lines(text: str, most: int) -> int:
    """How many lines a text takes in a column of so many wide characters."""
    return sum(1 + max(0, len(line) - 1) // most for line in text.split("\n"))


def _width(blank: Blank, values: list[Cell]) -> int:
    least = {Shape.DAY: 12, Shape.MONEY: 15}.get(blank.shape, _LEAST)
    longest = max((len(str(value)) for value in (blank.label, *values) if value is not None), default=0)
    return min(_MOST, max(least, 2 * longest + 2 if blank.shape is Shape.TEXT else least))
