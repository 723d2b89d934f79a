"""A document as an HTML page: every text of it once, nothing of it taken for markup, nothing asked of anyone."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from pipeline.kernel.document import (
    Body,
    Cover,
    Document,
    Frame,
    Heading,
    ListItem,
    Paragraph,
    Run,
    Table,
    plain,
)
from pipeline.paper import html
from tests.paper.reading import Page
from tests.paper.samples import ODD_TEXTS, cells, runs


def document(*blocks: object) -> Document:
    frame = Frame(header="页眉", footer="", status="草稿 <不得签署>", watermark="草稿")
    body = Body(title="甲 & 乙", number="1号", blocks=blocks)  # type: ignore[arg-type]
    return Document(kind="agreement", layout="contract", body=body, frame=frame)


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_any_text_is_shown_as_it_stands(text: str) -> None:
    page = html.render(document(Paragraph(runs=runs(text), number="（一）")))
    assert f"（一）{text}" in "".join(Page(page).text)


def test_no_value_becomes_a_tag() -> None:
    evil = "<script>alert(1)</script><img src=x onerror=y>"
    page = html.render(
        document(
            Cover(title=runs(evil), lines=((evil, runs(evil)),)),
            Heading(level=1, number="第一条", runs=runs(evil)),
            ListItem(marker=evil, runs=runs(evil)),
            Table(name="columns-1", head=cells(evil), rows=(cells(evil),)),
        )
    )
    assert not {"script", "img"} & set(Page(page).tags)
    assert "甲 &amp; 乙" in page and "草稿 &lt;不得签署&gt;" in page


def test_neighbouring_items_make_one_list_and_columns_of_figures_stand_flush_right() -> None:
    table = Table(name="columns-2", head=cells("项目", "元"), rows=(cells("a", "1.00"),), numeric=(1,))
    page = html.render(document(*(ListItem(marker="·", runs=runs(text)) for text in "甲乙"), table))
    assert Page(page).tags.count("ul") == 1
    assert '<td class="number">1.00</td>' in page


def test_gaps_and_emphasis_are_seen() -> None:
    made = (Run(text="【待补充：期限】", gap=True), Run(text="重要", strong=True))
    assert html.inline(made) == "<mark>【待补充：期限】</mark><strong>重要</strong>"
    assert plain(made) == "【待补充：期限】重要"


def test_the_page_asks_nobody_for_anything() -> None:
    page = html.render(document(Paragraph(runs=runs("正文"))))
    assert not re.search(r"(?:src=|href=|url\()", page)
    style = page.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{digest}'" in page
