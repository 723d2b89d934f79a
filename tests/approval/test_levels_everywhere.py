"""Nothing that is put out says 已批准 without what is proven of it: documents, ledgers, screens and pages alike."""

from __future__ import annotations

import contextlib
import html
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from pipeline.cli import main
from tests.college import ROOT

DAY = "2026-11-28"
CLAIM = re.compile(r"(?:已|获|予以)批准|(?:于|日)\s*批准|批准(?:日期|时间)[：:]|登记为学校批准")
PROVEN = re.compile(r"(?:并登记签署)?〔(?:L[0-3] (?:有记录|有签名|可核续|有时间见证)|只有登记)〕")
TAGS = re.compile(r"<[^>]+>")


def coop(*arguments: str) -> str:
    """A command run in the sample college."""
    before, said = Path.cwd(), io.StringIO()
    os.chdir(ROOT)
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            main([*arguments])
    finally:
        os.chdir(before)
    return said.getvalue()


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything a build puts out, and both editions of the site."""
    folder = tmp_path_factory.mktemp("out")
    coop("build", "--to", "md,html", "--today", DAY, "-o", str(folder))
    for edition in ("internal", "public"):
        coop("site", "--edition", edition, "--today", DAY, "-o", str(folder / edition))
    return folder


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Each text that people read, by where it stands."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".md":
            yield path.name, path.read_text(encoding="utf-8")
        elif path.suffix in (".html", ".js"):
            yield path.name, TAGS.sub("", html.unescape(path.read_text(encoding="utf-8")))
        elif path.suffix == ".xlsx":
            sheets = openpyxl.load_workbook(path).worksheets
            cells = [cell for sheet in sheets for row in sheet.values for cell in row]
            yield path.name, "\n".join(str(cell) for cell in cells if cell)


def bare(text: str) -> list[str]:
    """The claims in a text behind which no level stands."""
    found = ((match, text[match.end() : match.end() + 30]) for match in CLAIM.finditer(text))
    return [f"{match[0]}{after}" for match, after in found if not PROVEN.match(after.lstrip())]


def test_no_document_ledger_or_page_says_approved_without_a_level(out: Path) -> None:
    read = dict(texts(out))
    assert len([text for text in read.values() if CLAIM.search(text)]) > 5
    assert {name: bare(text) for name, text in read.items() if bare(text)} == {}


def test_no_screen_says_approved_without_a_level() -> None:
    said = coop("trail") + coop("trail", "2025-im-001") + coop("show", "2025-im-001", "--today", DAY)
    assert said.count("已批准〔L0 有记录〕") > 5 and bare(said) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第 1 轮已批准〔L0 有记录〕", 0),
        ("第 1 轮已批准并登记签署〔L1 有签名〕", 0),
        ("第 1 轮已批准", 1),
        ("2026年3月6日批准，", 1),
        ("已批准〔L4 神圣〕", 1),
        ("经学校批准后实施", 0),
    ],
)
def test_the_measure_itself_tells_claims_from_rules(text: str, expected: int) -> None:
    assert len(bare(text)) == expected
