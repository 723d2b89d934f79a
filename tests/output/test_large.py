"""An agreement that strains the page: sixty rows, a name of forty characters, nine digits, rare characters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.compose.composer import Composer
from pipeline.returned.pages import faults
from tests.college import AGREEMENT, ENTERPRISE, SCHEMAS, TEMPLATES, SmallCollege, college
from tests.office import Word, need, pages, words
from tests.output.commands import coop

pytestmark = pytest.mark.office

NAME = "喆堃镕昇玥虚构智能装备制造与工业软件研究股份有限公司云栖高新技术产业开发区样例分公司"
ROWS = 60
TOTAL = "123456789.05"
DEAR = "123397789.05"
MACHINE = "    - {{name: 加工中心{number}号喆堃镕昇玥, model: VMC-{number}, quantity: 1, unit: 台, unit_price: {price}, ownership: chenguang-cnc, delivered_by: 2026-12-31}}\n"
OLD = "    - {name: 五轴加工中心, model: VMC-850, quantity: 2, unit: 台, unit_price: 480000.00, ownership: chenguang-cnc, delivered_by: 2026-09-01}\n"
COURSE = "unit_price: 60000.00, value: 60000.00"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> SmallCollege:
    """A college with that agreement, built to Word and PDF."""
    need("soffice", "pdftotext")
    made = college(tmp_path_factory.mktemp("large"))
    prices = [DEAR, *["1000.00"] * (ROWS - 2)]
    rows = (MACHINE.format(number=number, price=price) for number, price in enumerate(prices, 101))
    made.change(OLD, "".join(rows))
    made.change(COURSE, "unit_price: 1000.00, value: 1000.00")
    made.change("total: 1020000.00", f"total: {TOTAL}")
    made.write(re.sub(r"(?m)^name: .*$", f"name: {NAME}", made.text(ENTERPRISE), count=1), ENTERPRISE)
    assert len(NAME) >= 40
    assert coop(made, "build", "--to", "docx,pdf", "example") == 0
    return made


@pytest.fixture(scope="module")
def paper(home: SmallCollege) -> bytes:
    return (home.root / "build" / Path(AGREEMENT).relative_to("agreements").with_suffix(".pdf")).read_bytes()


def lines_of(page: str) -> str:
    return "".join(page.split())


def test_every_character_is_on_paper_and_no_page_is_empty(home: SmallCollege, paper: bytes) -> None:
    document = Composer(TEMPLATES, SCHEMAS, home.check().register.records).agreement("example")
    assert faults(document, paper) == ()
    assert all(len(lines_of(page)) > 60 for page in pages(paper))


def test_the_list_repeats_its_head_and_keeps_its_rows_whole(paper: bytes) -> None:
    found = words(paper)
    models = [word for word in found if re.fullmatch(r"VMC-1\d\d", word.text)]
    assert len(models) == ROWS - 1
    listed = {word.page for word in models}
    assert len(listed) >= 3
    heads = {word.page for word in found if word.text == "规格型号"}
    assert listed <= heads


def test_nine_digits_stand_in_one_line_and_in_words(paper: bytes) -> None:
    found = [word.text for word in words(paper)]
    assert found.count("123,397,789.05") == 2 and found.count("123,456,789.05") == 1
    text = lines_of("".join(pages(paper)))
    assert "¥123,456,789.05（大写：人民币壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元零伍分）" in text


def test_the_long_name_leaves_the_cover_one_page_and_the_parties_lines_level(paper: bytes) -> None:
    text = [lines_of(page) for page in pages(paper)]
    assert "签订地点" in text[0] and "第一条" in text[1]
    signed = [word for word in words(paper) if word.text.startswith("签署日期")]
    assert len({round(word.top) for word in signed}) == 1


def inside(word: Word) -> bool:
    """Whether a word lies within A4, header and footer included."""
    return word.left >= 0 and word.right <= 595.4 and word.top >= 0 and word.bottom <= 842


def test_nothing_leaves_the_paper(paper: bytes) -> None:
    assert [word.text for word in words(paper) if not inside(word)] == []
