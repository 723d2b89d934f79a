"""The pages of every kind of document, printed by LibreOffice: nothing lost, nothing left of the templates."""

from __future__ import annotations

import re

import pytest

from pipeline.compose.composer import Composer
from pipeline.compose.sheets import SHEETS
from pipeline.kernel.document import Document, Heading, Paragraph, Signature, plain
from pipeline.paper.named_layout import layout
from pipeline.returned.pages import faults, pages
from tests.college import SCHEMAS, TEMPLATES
from tests.office import need, to_pdf, words
from tests.output.sample_papers import EVERY, TODAY, documents, papers, pdfs
from tests.sample import REPORT

pytestmark = pytest.mark.office


def paper(kind: str) -> tuple[Document, list[str], bytes]:
    need("soffice", "pdftotext")
    if kind not in papers():
        pytest.skip("the sample college has no such record")
    pdf = pdfs()[kind]
    return documents()[kind], ["".join(page.split()) for page in pages(pdf)], pdf


@pytest.mark.parametrize("kind", EVERY)
def test_every_character_reaches_the_paper(kind: str) -> None:
    document, _, pdf = paper(kind)
    assert faults(document, pdf) == ()


@pytest.mark.parametrize("kind", EVERY)
def test_no_page_is_blank_and_nothing_of_templates_or_markdown_is_left(kind: str) -> None:
    _, found, _ = paper(kind)
    assert all(len(page) > 8 for page in found)
    whole = "".join(found)
    assert not re.search(r"{{|{%|\*\*|None|Undefined|\[\[|~~|<br>|#{2,}", whole)


@pytest.mark.parametrize("kind", EVERY)
def test_no_heading_stands_at_the_foot_of_a_page(kind: str) -> None:
    document, found, _ = paper(kind)
    if document.layout.startswith("forms/"):
        pytest.skip("forms have no headings")
    texts = [page for page in found if "目录第一条" not in page]
    feet = [re.sub(r"(?:第\d+页共\d+页.*|—\d+—)\Z", "", page) for page in texts]
    for block in document.body.blocks:
        if isinstance(block, Heading):
            title = "".join((block.lead + plain(block.runs)).split())
            assert [page[-30:] for page in feet if len(title) > 4 and page.endswith(title)] == []


def test_a_notice_with_long_names_stays_on_its_page() -> None:
    """Two partners and an adviser from outside pushed the last row of a notice, where it is signed, over the page."""
    need("soffice", "pdftotext")
    sheet = next(one for one in SHEETS if one.layout == "forms/rectification-notice")
    records = REPORT.register.records
    composer = Composer(TEMPLATES, SCHEMAS, records, TODAY)
    made = composer.compose(sheet, "2026-im-001/2026-06")
    assert len(pages(to_pdf(layout(TEMPLATES, made.layout).render(made)))) == 1


@pytest.mark.parametrize("kind", EVERY)
def test_no_sign_is_doubled_and_no_bullet_stands_alone(kind: str) -> None:
    document, found, _ = paper(kind)
    whole = "".join(found)
    assert re.findall(r".{0,8}[。；，、：][。；，、].{0,8}", whole) == []
    assert not [block for block in document.body.blocks if getattr(block, "runs", None) == ()]


@pytest.mark.parametrize("kind", EVERY)
def test_every_number_of_a_page_is_its_own(kind: str) -> None:
    _, found, _ = paper(kind)
    for number, page in enumerate(found, start=1):
        told = re.findall(r"第(\d+)页共(\d+)页", page) or re.findall(r"—(\d+)—", page)
        cover = number == 1 and "签订地点" in page
        assert cover or str(number) in {one if isinstance(one, str) else one[0] for one in told}, page[-60:]


@pytest.mark.parametrize("kind", EVERY)
def test_signatures_follow_words_on_their_page(kind: str) -> None:
    document, _, pdf = paper(kind)
    if not any(isinstance(block, Signature) for block in document.body.blocks):
        pytest.skip("nobody signs it")
    found = words(pdf)
    first = min(
        (word.page, word.top) for word in found if "盖章）" in word.text or word.text.startswith("签字（")
    )
    above = [word for word in found if word.page == first[0] and 110 < word.top < first[1] - 5]
    assert len({round(word.top) for word in above}) >= 2


@pytest.mark.parametrize("kind", EVERY)
def test_nothing_leaves_the_type_area(kind: str) -> None:
    """Text keeps to 156 mm across (GB/T 9704) but for a mark that hangs at the end of a line; forms are wider."""
    document, _, pdf = paper(kind)
    left, right = (60, 535) if document.layout.startswith("forms/") else (77, 538)
    assert [word.text for word in words(pdf) if word.left < left or word.right > right] == []


@pytest.mark.parametrize("kind", EVERY)
def test_sender_and_date_never_stand_alone(kind: str) -> None:
    document, found, _ = paper(kind)
    closing = [
        plain(block.runs)
        for block in document.body.blocks
        if isinstance(block, Paragraph) and block.style == "closing"
    ]
    if not closing:
        pytest.skip("it ends without sender and date")
    whole = "".join("".join(closing).split())
    (page,) = [page for page in found if whole in page]
    assert len(page.partition(whole)[0]) >= 6
