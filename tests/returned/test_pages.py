"""What a PDF is found to hold: every letter, wherever its lines break."""

from __future__ import annotations

import pytest

from pipeline.kernel.document import Block, Paragraph
from pipeline.paper.docx import Layout
from pipeline.returned.pages import faults
from tests.office import to_pdf
from tests.paper.samples import LAYOUT, cells, document, runs, table

pytestmark = pytest.mark.office


def printed(*blocks: Block) -> bytes:
    return to_pdf(Layout.open(LAYOUT).render(document(*blocks)))


def test_a_hyphen_at_the_end_of_a_line_is_no_lost_letter() -> None:
    models = [f"SB-20{number}-0210-0219-XT-9" for number in range(10, 40)]
    rows = [
        cells("1", "设备", "车床", model, "1", "台", "1.00", "1.00", "甲方", "2026年9月1日")
        for model in models
    ]
    made = document(table("inputs", *rows))
    assert faults(made, to_pdf(Layout.open(LAYOUT).render(made))) == ()


def test_letters_that_are_missing_are_counted() -> None:
    made = document(Paragraph(runs=runs("甲方承担全部保险费")))
    (said,) = faults(made, printed(Paragraph(runs=runs("甲方承担保险费"))))
    assert "“全”少 1 个" in said and "“部”少 1 个" in said
