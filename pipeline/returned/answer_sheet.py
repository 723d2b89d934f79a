"""A filled sheet of questions: the first column holds the question, the second the answer."""

from __future__ import annotations

import io
from zipfile import BadZipFile


class SheetError(Exception):
    """The file is no workbook that can be read; the text is for the user."""


def answers_of(content: bytes) -> dict[str, str]:
    """Question → answer of the first sheet, as people filled it; what stands in other columns is a remark.

    Figures are given as they were typed (a credit code typed as a number would lose digits in Excel already).
    Raises SheetError.
    """
    from openpyxl import load_workbook  # heavy, and only needed where a sheet was filled

    try:
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = list(workbook.worksheets[0].iter_rows(min_row=1, max_row=200, max_col=2, values_only=True))
    except (BadZipFile, KeyError, ValueError, OSError, IndexError) as error:
        raise SheetError("这个文件不是能读的 Excel 工作簿（.xlsx）") from error
    return {str(row[0]).strip(): _text(row[1]) for row in rows if len(row) > 1 and row[0] is not None}


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
