"""A workbook that somebody filled, cell by cell: what stands there, and what makes a cell doubtful."""

from __future__ import annotations

import base64
import io
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zipfile import BadZipFile, ZipFile

MARKS = "coop"
"""The hidden sheet that says which record a workbook is about, and what it held."""
_LARGEST = 20_000_000
_MOST_ROWS, _MOST_COLUMNS = 20_000, 200
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class BookError(Exception):
    """The file is no workbook that can be read; the text is for the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledCell:
    """A cell: `where` for people (设备!C5), its value, whether it is shown in per cent, what is odd about it.

    `odd` is Chinese: a cell merged with others, a formula without a result, an error.
    """

    where: str
    value: Any
    percent: bool = False
    odd: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing stands there."""
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


Rows = tuple[tuple[FilledCell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledBook:
    """The sheets by name, without the hidden ones; the record's file and its base where it says them."""

    sheets: Mapping[str, Rows]
    record: str = ""
    base: bytes = b""


def read_book(content: bytes) -> FilledBook:
    """All cells of a workbook. Raises BookError, also for a file that is too large."""
    from openpyxl import load_workbook  # heavy, and only needed where a workbook came in

    if len(content) > _LARGEST:
        raise BookError("文件超过 20 MB，没有读")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise BookError("这是旧的 .xls 格式（或者加了密码），请在 Excel 里另存为 .xlsx 再导入")
    try:
        with warnings.catch_warnings():
            # What it warns of (rules it drops, days that are none) is told cell by cell where it matters.
            warnings.simplefilter("ignore")
            _weigh(content)
            values = load_workbook(io.BytesIO(content), data_only=True)
            formulas = load_workbook(io.BytesIO(content)) if _calculates(content) else values
        sheets = {
            sheet.title: _rows(sheet, formulas[sheet.title])
            for sheet in values.worksheets
            if sheet.sheet_state == "visible"
        }
        record, base = _marks(values)
    except BookError:
        raise
    except (
        BadZipFile,
        KeyError,
        ValueError,
        OSError,
        IndexError,
        TypeError,
        AttributeError,
        SyntaxError,
    ) as error:
        raise BookError("这个文件不是能读的 Excel 工作簿（.xlsx）") from error
    return FilledBook(sheets=sheets, record=record, base=base)


def _weigh(content: bytes) -> None:
    """Refuse what would fill the memory once unpacked, before any of it is."""
    with ZipFile(io.BytesIO(content)) as archive:
        if sum(member.file_size for member in archive.infolist()) > _LARGEST * 5:
            raise BookError("工作簿展开以后太大，没有读")


def _calculates(content: bytes) -> bool:
    """Whether any sheet holds a formula: most do not, and reading a workbook twice takes twice as long."""
    with ZipFile(io.BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(re.search(rb"<(?:x:)?f[ >/]", archive.read(name)) for name in sheets)


def _marks(workbook: Any) -> tuple[str, bytes]:
    if MARKS not in workbook.sheetnames:
        return "", b""
    cells = [str(row[0].value or "") for row in workbook[MARKS].iter_rows(max_col=1)]
    return (cells[0] if cells else ""), base64.b64decode("".join(cells[1:]), validate=True)


def _rows(sheet: Any, formulas: Any) -> Rows:
    _refuse_far_cells(sheet)
    merged = {}
    for area in sheet.merged_cells.ranges:
        first = sheet.cell(area.min_row, area.min_col)
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                merged[row, column] = first.value
    return tuple(
        tuple(_cell(sheet.title, cell, formulas.cell(cell.row, cell.column).value, merged) for cell in row)
        for row in sheet.iter_rows(
            max_row=min(sheet.max_row, _MOST_ROWS), max_col=min(sheet.max_column, _MOST_COLUMNS)
        )
    )


def _refuse_far_cells(sheet: Any) -> None:
    """What stands beyond the limits would be lost unsaid; empty rows that were only formatted are nothing."""
    if sheet.max_row <= _MOST_ROWS and sheet.max_column <= _MOST_COLUMNS:
        return
    for (row, column), cell in sheet._cells.items():
        if (row > _MOST_ROWS or column > _MOST_COLUMNS) and cell.value not in (None, ""):
            raise BookError(
                f"“{sheet.title}”的 {cell.coordinate} 在第 {_MOST_ROWS} 行或第 {_MOST_COLUMNS} 列以外，没有读；请拆成几个文件"
            )


def _cell(sheet: str, cell: Any, formula: Any, merged: Mapping[tuple[int, int], Any]) -> FilledCell:
    place = (cell.row, cell.column)
    value, odd = merged.get(place, cell.value), "合并的单元格" if place in merged else ""
    if isinstance(formula, str) and formula.startswith("=") and value is None:
        odd = f"公式 {formula} 没有算出结果"
    if isinstance(value, str):
        if value.startswith("#") and getattr(cell, "data_type", "") == "e":
            value, odd = None, f"算不出来（{value}）；把格式改成“常规”再录入"
        else:
            value = (
                _ESCAPE.sub(lambda found: chr(int(found[1], 16)), value)
                .replace("\r\n", "\n")
                .replace("\r", "\n")
            )
    if isinstance(value, datetime):
        odd = odd or ("" if (value.hour, value.minute) == (0, 0) else "带有钟点")
        value = value.date()
    percent = "%" in str(getattr(cell, "number_format", "")) and isinstance(value, int | float)
    return FilledCell(where=f"{sheet}!{cell.coordinate}", value=value, percent=percent, odd=odd)
