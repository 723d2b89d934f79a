"""`coop read` at the desk: which document a file is, where each change belongs, and what to type there."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from tests.cli.running import CommandLine
from tests.college import AGREEMENT
from tests.git.repositories import Repo


@pytest.fixture
def sent(cli: CommandLine) -> Path:
    """The agreement as it was sent to the partner."""
    assert cli.coop("build", "--to", "docx").code == 0
    return cli.home.path("build/projects/example/agreement.docx")


def edit(path: Path, old: str, new: str) -> None:
    """Change the first text of a Word file that holds the old words, as the partner would."""
    document = docx.Document(str(path))
    cells = [p for t in document.tables for row in t.rows for cell in row.cells for p in cell.paragraphs]
    paragraph = next(one for one in [*document.paragraphs, *cells] if old in one.text)
    text = paragraph.text.replace(old, new, 1)
    for run in paragraph.runs[1:]:
        run.text = ""
    paragraph.runs[0].text = text
    document.save(str(path))


def test_a_file_is_known_by_the_number_in_its_properties(cli: CommandLine, sent: Path) -> None:
    said = cli.coop("read", str(sent))
    assert said.code == 0
    assert "projects/example/agreement" in said.out and "凭文档属性里的编号认出" in said.out
    assert "对方没有改动" in said.out


def test_a_file_without_properties_is_known_by_its_text(cli: CommandLine, sent: Path) -> None:
    document = docx.Document(str(sent))
    document.core_properties.subject, document.core_properties.title = "", ""
    document.save(str(sent))
    assert "凭文件里的编号认出" in cli.coop("read", str(sent)).out


def test_a_letter_is_no_document_of_ours(cli: CommandLine, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("贵校来函收悉，近日派员面谈。")
    document.save(str(tmp_path / "letter.docx"))
    said = cli.coop("read", str(tmp_path / "letter.docx"))
    assert said.code == 2 and "认不出" in said.err and "--of" in said.err


def test_twins_are_not_guessed_between(cli: CommandLine, sent: Path) -> None:
    cli.home.add_project("twin", "样校合〔2026〕1号")
    said = cli.coop("read", str(sent))
    assert said.code == 2 and "分不清" in said.err
    assert "--of projects/example/agreement" in said.err and "--of projects/twin/agreement" in said.err
    assert cli.coop("read", str(sent), "--of", "twin").code == 0


@pytest.mark.parametrize("written", ["2028年8月31日", "２０２８年８月３１日"])
def test_a_date_is_proposed_as_the_record_writes_it(cli: CommandLine, sent: Path, written: str) -> None:
    edit(sent, "2029年8月31日", written)
    said = cli.coop("read", str(sent))
    place = cli.home.spot("2029-08-31")
    assert said.code == 1
    assert f"{place} 的 term.end" in said.out and "建议：end: 2028-08-31" in said.out


@pytest.mark.parametrize("written", ["1,234.50", "￥１，２３４．５０"])
def test_an_amount_is_proposed_without_its_commas(cli: CommandLine, sent: Path, written: str) -> None:
    document = docx.Document(str(sent))
    cell = next(c for t in document.tables for row in t.rows for c in row.cells if "0,000.00" in c.text)
    words = cell.text
    edit(sent, words, written)
    assert ": 1234.50" in cli.coop("read", str(sent)).out


def test_a_row_taken_out_is_one_item_of_the_record(cli: CommandLine, sent: Path) -> None:
    document = docx.Document(str(sent))
    table = next(t for t in document.tables if len(t.columns) == 10)
    row = table.rows[1]._tr
    row.getparent().remove(row)
    document.save(str(sent))
    said = cli.coop("read", str(sent))
    assert said.out.count("位置：") == 1 and "删掉这一项" in said.out and "inputs." in said.out


def test_wording_that_stands_in_no_one_line_is_told_by_its_file(cli: CommandLine, sent: Path) -> None:
    document = docx.Document(str(sent))
    for table in document.tables:
        table._tbl.getparent().remove(table._tbl)
    document.save(str(sent))
    said = cli.coop("read", str(sent)).out
    assert "templates/agreement-full.md（文字模板" in said and ".md:0" not in said


def test_later_changes_of_our_own_are_not_laid_to_the_partner(cli: CommandLine, sent: Path) -> None:
    repo = Repo(cli.home.root)
    repo.write({".gitignore": "build/\n"})
    repo.commit(message="第一版")
    edit(sent, "2029年8月31日", "2028年8月31日")
    cli.home.change("共同制定数控技术专业人才培养方案", "共同修订数控技术专业人才培养方案", AGREEMENT)
    repo.commit(message="第二版")
    said = cli.coop("read", str(sent))
    assert "正文共 1 处改动" in said.out and "库里的文字后来改过" in said.out
    assert "共同修订" not in said.out


def test_a_form_that_came_back_tells_what_was_written_in(cli: CommandLine) -> None:
    assert cli.coop("build", "--to", "docx").code == 0
    form = cli.home.path("build/projects/example/approval-form.docx")
    document = docx.Document(str(form))
    document.tables[0].cell(1, 1).paragraphs[0].add_run("（甲方补填）")
    document.save(str(form))
    said = cli.coop("read", str(form))
    assert said.code == 1 and "（甲方补填）" in said.out and "approval-form" in said.out
