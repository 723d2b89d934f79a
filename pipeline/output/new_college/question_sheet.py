"""The questions of `coop init` as a sheet to be filled."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.kernel.grid import Column, Grid
from pipeline.paper.xlsx import render


def blank_sheet(questions: Iterable[tuple[str, str]]) -> bytes:
    """A workbook of questions with their remarks, the answers to be written between."""
    return render(
        Grid(
            title="学校信息",
            notes=("在“回答”一列填写；填好后运行 coop init 文件夹 --sheet 本文件",),
            columns=(
                Column(head="问题", width=26),
                Column(head="回答", width=50),
                Column(head="说明", width=50),
            ),
            rows=tuple((label, "", remark) for label, remark in questions),
        )
    )
