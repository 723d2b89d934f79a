"""The pages of every kind of document, printed by LibreOffice: nothing lost, nothing left of the templates."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import pytest

from pipeline import register
from pipeline.build.formats import layout
from pipeline.compose.composer import Composer
from pipeline.compose.sheets import SHEETS
from pipeline.document import Document, Heading, plain
from pipeline.read.pages import faults, pages
from pipeline.render.pdf import convert, ragged
from tests.college import ROOT, SCHEMAS, TEMPLATES
from tests.office import need

pytestmark = pytest.mark.office

KINDS = tuple(f"{index}-{sheet.kind.name}" for index, sheet in enumerate(SHEETS))


@cache
def printed() -> dict[str, tuple[Document, bytes]]:
    """The longest document of each kind that the sample college has, all printed in two calls at most."""
    need("soffice")
    records = register.load(ROOT, SCHEMAS).records
    composer = Composer(TEMPLATES, SCHEMAS, records, date(2026, 11, 23))
    longest: dict[str, Document] = {}
    for name, sheet in zip(KINDS, SHEETS, strict=True):
        keys = [key for key, record in sheet.records(records).items() if sheet.prints(record)]
        some = [composer.compose(sheet, key) for key in keys]
        if some:
            longest[name] = max(some, key=lambda document: len(str(document.body)))
    words = {name: layout(TEMPLATES, one.layout).render(one) for name, one in longest.items()}
    fonts = TEMPLATES / "fonts.conf"
    found = convert(words, fonts)
    torn = {name: ragged(words[name]) for name, one in longest.items() if faults(one, found[name])}
    found |= convert(torn, fonts) if torn else {}
    return {name: (longest[name], found[name]) for name in longest}


def paper(kind: str) -> tuple[Document, list[str], bytes]:
    if kind not in printed():
        pytest.skip("the sample college has no such record")
    document, pdf = printed()[kind]
    return document, ["".join(page.split()) for page in pages(pdf)], pdf


@pytest.mark.parametrize("kind", KINDS)
def test_every_character_reaches_the_paper(kind: str) -> None:
    document, _, pdf = paper(kind)
    assert faults(document, pdf) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_is_blank_and_nothing_of_templates_or_markdown_is_left(kind: str) -> None:
    _, found, _ = paper(kind)
    assert all(len(page) > 8 for page in found)
    whole = "".join(found)
    assert not re.search(r"{{|{%|\*\*|None|Undefined|\[\[|~~|<br>|#{2,}", whole)


@pytest.mark.parametrize("kind", KINDS)
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
