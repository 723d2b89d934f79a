"""A workbook that somebody filled, cell by cell: what stands there, and what makes a cell doubtful."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import struct
import warnings
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zipfile import BadZipFile, ZipFile

MARKS = "coop"
"""The hidden sheet that says which record a workbook is about, and what it held."""
_LARGEST = 20_000_000
_UNPACKED = 40_000_000
"""Bytes of XML that are read in some seconds."""
_MOST_ROWS, _MOST_COLUMNS = 20_000, 200
_MOST_CELLS, _MOST_MERGED = 600_000, 100_000
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\b[^>]*?ref=[\"']\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})"
)
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
    except _DAMAGES as error:
        raise BookError("这个文件不是能读的 Excel 工作簿（.xlsx），或者已经损坏") from error
    return FilledBook(sheets=sheets, record=record, base=base)


_DAMAGES = (
    BadZipFile,
    zlib.error,
    struct.error,
    LookupError,
    ValueError,
    ArithmeticError,
    AssertionError,
    OSError,
    EOFError,
    RuntimeError,
    TypeError,
    AttributeError,
    SyntaxError,
)
"""What the reader raises of files that are damaged or made by hand: it promises nothing about them."""


def _weigh(content: bytes) -> None:
    """Refuse what would fill the memory or the hour once unpacked, before any of it is."""
    with ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        if any(member.flag_bits & 1 for member in members):
            raise BookError("工作簿加了密码，请在 Excel 里去掉密码另存一份再导入")
        xml = sum(member.file_size for member in members if member.filename.endswith((".xml", ".rels")))
        if xml > _UNPACKED or sum(member.file_size for member in members) > _LARGEST * 5:
            raise BookError("工作簿展开以后太大，没有读")
        if sum(_merged_cells(content) for content in _sheet_parts(archive)) > _MOST_MERGED:
            raise BookError("工作簿里合并的单元格太大（比如整张表合并成了一格），没有读；取消合并再导入")


def _sheet_parts(archive: ZipFile) -> Iterator[bytes]:
    for name in archive.namelist():
        if name.startswith("xl/worksheets/"):
            yield archive.read(name)


def _merged_cells(content: bytes) -> int:
    """How many cells of a sheet are merged: the reader makes an object of each."""
    from openpyxl.utils import column_index_from_string as number

    return sum(
        (abs(number(right.decode()) - number(left.decode())) + 1) * (abs(int(bottom) - int(top)) + 1)
        for left, top, right, bottom in _MERGED.findall(content)
    )


def _calculates(content: bytes) -> bool:
    """Whether any sheet holds a formula: most do not, and reading a workbook twice takes twice as long."""
    with ZipFile(io.BytesIO(content)) as archive:
        return any(re.search(rb"<(?:x:)?f[ >/]", part) for part in _sheet_parts(archive))


def _marks(workbook: Any) -> tuple[str, bytes]:
    """The record and what it held when the workbook was made. Raises BookError where that was altered."""
    if MARKS not in workbook.sheetnames:
        return "", b""
    rows = [
        [str(cell or "") for cell in row] for row in workbook[MARKS].iter_rows(max_col=2, values_only=True)
    ]
    pieces = [row[0] for row in rows]
    if not pieces or not pieces[0]:
        return "", b""
    try:
        base = base64.b64decode("".join(pieces[1:]), validate=True)
    except ValueError:
        base = b""
    if hashlib.sha256(base).hexdigest() != rows[0][1]:
        raise BookError("工作簿里藏着的底稿坏了，分不清改了哪里；重新导出一份，把填的内容抄过去再导入")
    return pieces[0], base


def _rows(sheet: Any, formulas: Any) -> Rows:
    merged: dict[tuple[int, int], Any] = {}
    for area in sheet.merged_cells.ranges:
        value = sheet.cell(area.min_row, area.min_col).value
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                merged[row, column] = value
    cells = [*sheet._cells.items(), *(formulas._cells.items() if formulas is not sheet else ())]
    said = [place for place, cell in cells if cell.value not in (None, "")]
    said += [place for place, value in merged.items() if value not in (None, "")]
    height = max((row for row, _ in said), default=0)
    width = max((column for _, column in said), default=0)
    _refuse_far_cells(sheet.title, said, height, width)
    return tuple(
        tuple(
            _cell(sheet, (row, column), formulas._cells.get((row, column)), merged)
            for column in range(1, width + 1)
        )
        for row in range(1, height + 1)
    )


def _refuse_far_cells(title: str, said: list[tuple[int, int]], height: int, width: int) -> None:
    """What stands beyond the limits would be lost unsaid, or cost minutes of empty cells."""
    far = [place for place in said if place[0] > _MOST_ROWS or place[1] > _MOST_COLUMNS]
    if not far and height * width > _MOST_CELLS:
        far = [max(said, key=lambda place: (place[1], place[0]))]
    if far:
        row, column = far[0]
        raise BookError(
            f"“{title}”的 {_name(row, column)} 离得太远（在第 {_MOST_ROWS} 行或第 {_MOST_COLUMNS} 列以外，或者整张表太大），没有读；"
            "是多余的就删掉，不是的请拆成几个文件"
        )


def _name(row: int, column: int) -> str:
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(column)}{row}"


def _cell(
    sheet: Any, place: tuple[int, int], written: Any, merged: Mapping[tuple[int, int], Any]
) -> FilledCell:
    """A cell as it is; `written` is the same one with its formula."""
    cell = sheet._cells.get(place)
    where = f"{sheet.title}!{_name(*place)}"
    if cell is None and place not in merged:
        return FilledCell(where=where, value=None)
    formula = getattr(written, "value", None)
    value = merged.get(place, getattr(cell, "value", None))
    odd = "合并的单元格" if place in merged else ""
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
    return FilledCell(where=where, value=value, percent=percent, odd=odd)
