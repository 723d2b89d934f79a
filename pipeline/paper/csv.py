"""CSV for other systems: one head row, UTF-8 with a byte order mark, nothing that a spreadsheet would execute.

The mark is there because the people who upload such a file look at it in Excel first, which reads a file
without it in the machine's own code page and shows Chinese as garbage; readers of UTF-8 skip it.
"""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

from pipeline.kernel.chinese import plain_number
from pipeline.kernel.grid import Cell, Grid, Shape

_MARK = "\ufeff"
_DANGEROUS = ("=", "+", "-", "@")
"""What a spreadsheet takes for the beginning of a formula."""


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
