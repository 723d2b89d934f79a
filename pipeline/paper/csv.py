"""CSV for other systems: one head row, UTF-8 with a byte order mark, nothing that a spreadsheet would execute.

The mark is there because the people who upload such a file look at it in Excel first, which reads a file
without it in the machine's own code page and shows Chinese as garbage; readers of UTF-8 skip it.
"""

from __future__ import annotations

import csv
import re
from datetime import date
from decimal import Decimal
from io import StringIO

from pipeline.kernel.chinese import plain_number
from pipeline.kernel.data_table import DataColumn, DataTable, Sort
from pipeline.kernel.grid import Cell, Grid, Shape

_MARK = "\ufeff"
_DANGEROUS = ("=", "+", "-", "@")
"""What a spreadsheet takes for the beginning of a formula."""
_TAKEN_FOR_NUMBER = re.compile(
    r"0[0-9]+|[0-9]{12,}|[0-9]+[eE][0-9]+|[0-9]{1,4}[-/][0-9]{1,4}(?:[-/][0-9]{1,4})?"
)
"""Text that a spreadsheet would turn into a number or a day, and lose digits of."""


def render(grid: Grid) -> bytes:
    """The table's head and rows: days as 20260901, amounts without thousands signs, lines ended as RFC 4180 wants."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([column.head for column in grid.columns])
    for row in grid.rows:
        writer.writerow([_text(value, column.shape) for column, value in zip(grid.columns, row, strict=True)])
    return (_MARK + stream.getvalue()).encode()


def _text(value: Cell, shape: Shape) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime("%Y%m%d")
    if isinstance(value, int | Decimal):
        return f"{value:.2f}" if shape is Shape.MONEY else plain_number(value)
    text = " ".join(value.split())
    # An apostrophe makes a spreadsheet read it as text; the uploading platform shows it, which does less
    # harm.
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def data(table: DataTable) -> bytes:
    """A table for further work: Chinese heads, days as 2026-09-01, texts with their lines.

    A number that is a name (an account, a telephone, a code with zeros in front) gets a tab before it, so that a
    spreadsheet leaves it as it is.
    """
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([column.label for column in table.columns])
    for row in table.rows:
        writer.writerow([_datum(value, column) for value, column in zip(row, table.columns, strict=True)])
    return (_MARK + stream.getvalue()).encode()


def _datum(value: Cell, column: DataColumn) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | Decimal):
        return f"{value:.2f}" if column.sort is Sort.MONEY else plain_number(value)
    if isinstance(value, date):
        return value.isoformat()
    if _TAKEN_FOR_NUMBER.fullmatch(value):
        return f"\t{value}"
    return f"'{value}" if value.startswith(_DANGEROUS) else value
