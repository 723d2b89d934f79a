"""Charts: Word's own, with their figures inside, read back and told as a table elsewhere."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from pipeline.kernel.document import Block, Document, Figure, Paragraph, Series
from pipeline.kernel.structs import replace
from pipeline.paper import html, markdown
from pipeline.paper.named_layout import layout
from pipeline.returned.back import differences
from tests.office import pages, to_pdf
from tests.paper.samples import LAYOUT, document, runs

TEMPLATES = LAYOUT.parents[1]


def chart(shape: str = "bar") -> Figure:
    return Figure(
        shape="bar" if shape == "bar" else "line",
        runs=runs("图1　合作投入 A&B <万元>"),
        unit="万元",
        categories=("2025年", "2026年"),
        series=(
            Series(name="学校<投入>", values=("120.5", "180")),
            Series(name="企业投入", values=("300", "")),
        ),
    )


def made(*figures: Figure) -> Document:
    texts: list[Block] = [Paragraph(runs=runs("前文")), *figures, Paragraph(runs=runs("后文"))]
    return replace(document(*texts), layout="official")


def rendered(*figures: Figure) -> bytes:
    return layout(TEMPLATES, "official").render(made(*figures))


@pytest.mark.parametrize("shape", ["bar", "line"])
def test_a_chart_is_read_back_with_its_caption_and_figures(shape: str) -> None:
    assert differences(made(chart(shape)), rendered(chart(shape))) == ()


def test_a_changed_figure_is_found() -> None:
    other = replace(chart(), series=(Series(name="学校<投入>", values=("120.5", "181")), chart().series[1]))
    (found,) = differences(made(other), rendered(chart()))
    assert "181" in found and "180" in found


def test_a_lost_chart_is_found() -> None:
    content = rendered(chart())
    assert any("丢失图" in found for found in differences(made(chart(), chart()), content))


def test_each_chart_has_the_figures_that_word_opens_for_editing() -> None:
    with ZipFile(BytesIO(rendered(chart(), chart("line")))) as package:
        names = package.namelist()
        assert len(names) == len(set(names))
        for number in (1, 2):
            with ZipFile(BytesIO(package.read(f"word/embeddings/chart{number}.xlsx"))) as book:
                sheet = book.read("xl/sheet.xml").decode()
                assert "<v>120.5</v>" in sheet and "学校&lt;投入&gt;" in sheet


def test_a_document_without_charts_carries_no_trace_of_them() -> None:
    with ZipFile(BytesIO(rendered())) as package:
        assert not [name for name in package.namelist() if "chart" in name]


def test_markdown_and_html_tell_the_figures_as_a_table() -> None:
    assert "| 2026年 | 180 |  |" in markdown.render(made(chart()))
    assert '<td class="number">120.5</td>' in html.render(made(chart()))


@pytest.mark.office
def test_libreoffice_draws_both_charts_with_their_words() -> None:
    paper = "".join(pages(to_pdf(rendered(chart(), chart("line")))))
    assert paper.count("企业投入") == 2 and paper.count("120.5") == 2
