"""`coop diff` on amendments, and what the build puts beside them."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest

from pipeline.returned.plain import text
from pipeline.returned.tracked import accepted, rejected
from tests.cli.running import CommandLine

AMENDMENT = "agreements/projects/example/amendments/01.yaml"
TEXT = """\
kind: amendment
number: 样校合〔2026〕1号补1
title: 调整培养人数的补充协议
reason: 双方协商一致
changes:
  - {field: purpose, was: 不少于 180 名, now: 不少于 240 名}
  - {field: inputs, clause: 投入与资产一条, was: 按附件1执行, now: 另增测量机一台。}
"""


@pytest.fixture
def amending(cli: CommandLine) -> CommandLine:
    """The desk with an amendment on file."""
    cli.home.write(TEXT, AMENDMENT)
    return cli


def test_an_amendment_is_told_by_what_it_does_to_the_agreement(amending: CommandLine) -> None:
    said = amending.coop("diff", "projects/example/amendments/01")
    assert said.code == 0
    assert "<del>180</del><ins>240</ins>" in said.out and "另增测量机一台" in said.out
    assert "原协议" in said.out and "样校合〔2026〕1号补1" in said.out


def test_its_redline_is_the_agreement_with_and_without_it(amending: CommandLine) -> None:
    assert amending.coop("diff", "projects/example/amendments/01", "--to", "docx").code == 0
    (path,) = amending.home.path("build").rglob("*.docx")
    content = path.read_bytes()
    after, before = text(accepted(content)), text(rejected(content))
    assert "不少于 240 名" in after and "另增测量机" in after
    assert "不少于 180 名" in before and "另增测量机" not in before
    xml = ZipFile(BytesIO(content)).read("word/document.xml").decode()
    assert 'w:author="样校合〔2026〕1号补1"' in xml and "w:date=" not in xml


def test_the_build_sets_comparison_and_redline_beside_the_amendment(amending: CommandLine) -> None:
    assert amending.coop("build", "--to", "docx,md").code == 0
    folder = amending.home.path("build/projects/example")
    names = {path.name for path in folder.glob("amendment-01*")}
    assert {"amendment-01.docx", "amendment-01-comparison.docx", "amendment-01-redline.docx"} <= names
    rows = [
        [cell.text for cell in row.cells]
        for row in docx.Document(str(folder / "amendment-01-comparison.docx")).tables[0].rows
    ]
    assert rows[0] == ["条款", "修改前", "修改后"] and len(rows) == 3
    assert "180" in rows[1][1] and "240" in rows[1][2]
    assert rows[2][1] == "（补充协议所述）按附件1执行" and rows[2][2].endswith("另增测量机一台。")
    assert "不少于 240 名" in text(accepted((folder / "amendment-01-redline.docx").read_bytes()))


def test_the_frozen_words_of_an_amendment_are_its_own_text_alone(amending: CommandLine) -> None:
    assert amending.coop("build", "--to", "md").code == 0
    own = amending.home.text("build/projects/example/amendment-01.md")
    assert "修改前后对照" not in own


def test_an_agreement_needs_a_version_to_be_compared_with(amending: CommandLine) -> None:
    said = amending.coop("diff", "example")
    assert said.code == 2 and "写上和哪个版本比" in said.err
    said = amending.coop("diff", "projects/example/amendments/09")
    assert said.code == 2 and "amendments/09.yaml" in said.err
