"""Columns of generic tables share the width by what stands in them."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

from pipeline.document import Table
from pipeline.render.docx import Layout
from tests.render.samples import LAYOUT, cells, document, table

LAID = Layout.open(LAYOUT)


def grids(*tables: Table) -> list[list[int]]:
    """The widths of each table's columns, in twips."""
    with ZipFile(BytesIO(LAID.render(document(*tables)))) as package:
        xml = package.read("word/document.xml").decode()
    return [
        [int(width) for width in re.findall(r'<w:gridCol w:w="(\d+)"/>', part)]
        for part in re.findall(r"<w:tbl>.*?</w:tbl>", xml, re.DOTALL)
    ]


def generic(*rows: tuple[str, ...]) -> Table:
    return Table(
        name=f"columns-{len(rows[0])}", head=cells(*rows[0]), rows=tuple(cells(*row) for row in rows[1:])
    )


def test_a_sentence_gets_more_room_than_a_number() -> None:
    (widths,) = grids(generic(("序号", "任务"), ("1", "走访合作企业并形成调研报告，提出专业调整建议")))
    assert widths[1] > 3 * widths[0] and sum(widths) == 8845


def test_tables_of_named_kinds_keep_the_widths_they_were_drawn_with() -> None:
    revenue = table("revenue", cells("1", "收入", "甲方50%", "到账"))
    first, second, third = grids(
        generic(("甲", "乙"), ("1", "很长" * 20)), revenue, generic(("甲", "乙"), ("1", "2"))
    )
    assert second == [640, 2200, 2605, 3400]
    assert first[0] < first[1] and abs(third[0] - third[1]) <= 1


def test_every_cell_of_a_row_is_as_wide_as_its_column() -> None:
    made = LAID.render(
        document(generic(("甲", "乙", "丙"), ("1", "长" * 15, "2026年12月31日"), ("2", "", "")))
    )
    with ZipFile(BytesIO(made)) as package:
        xml = package.read("word/document.xml").decode()
    columns = re.findall(r'<w:gridCol w:w="(\d+)"/>', xml)
    assert re.findall(r'<w:tcW w:w="(\d+)"', xml) == columns * 3
