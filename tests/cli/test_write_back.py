"""`coop read --apply`: a partner's Word file written into the records, field by field, after LibreOffice saved it."""

from __future__ import annotations

import copy
import hashlib
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as Edited
from docx.table import Table
from docx.text.paragraph import Paragraph

from pipeline.approval.trail.current_words import CurrentWords
from pipeline.approval.trail.recognise import candidate
from pipeline.kernel.document import Document, Run, plain
from pipeline.record.register import load
from pipeline.record.tree import Folder
from pipeline.returned.document_text import Rows, places
from pipeline.source.loader import load as read_record
from tests.cli.running import CommandLine
from tests.college import ROOT, SCHEMAS, TEMPLATES, SmallCollege
from tests.office import need

PROJECT = "2026-im-001"
RECORD = f"agreements/projects/{PROJECT}/agreement.yaml"
LISTS = (
    "obligations.college.duties",
    "obligations.lizi-robot.rights",
    "termination.conditions",
    "breach.college",
)
"""Lists of texts of which one item is taken out and one is added."""


def paragraphs(word: Edited) -> list[Paragraph]:
    cells = [p for t in word.tables for row in t.rows for cell in row.cells for p in cell.paragraphs]
    return [*word.paragraphs, *cells]


def reworded(word: Edited, document: Document) -> dict[str, tuple[str, str]]:
    """Change one letter of every text and Markdown field that is printed once; path → words before and after."""
    done: dict[str, tuple[str, str]] = {}
    printed = paragraphs(word)
    for whole, run in runs(document):
        path = tuple(int(step) if step.isdigit() else step for step in run.origin.path.split("."))
        field = SCHEMAS["agreement"].at(path)
        text = run.text.strip()
        if field is None or field.type not in ("text", "markdown") or field.values or field.reference:
            continue
        here = [one for one in printed if one.text == whole]
        if run.origin.path in done or run.origin.path == "title" or len(text) < 2 or len(here) != 1:
            continue
        held = [one for one in here[0].runs if text in one.text]
        if len(held) == 1:
            changed = re.sub(r"\d(?!.*\d)", "7", text) if text.isascii() else f"{text[:-2]}改{text[-1]}"
            held[0].text = held[0].text.replace(text, changed, 1)
            done[run.origin.path] = (text, changed)
    return done


def runs(document: Document) -> Iterator[tuple[str, Run]]:
    """Every run that comes from the agreement's own record, with the text around it."""
    for spot in places(document):
        groups = [cell for row in spot.rows for cell in row] if isinstance(spot, Rows) else [spot.runs]
        for group in groups:
            yield from ((plain(group), run) for run in group if run.origin.file == RECORD)


def relisted(word: Edited, document: Document) -> None:
    """Of every list of texts one item goes and one comes; every table of the annexes loses its last row or gains one."""
    texts = {run.origin.path: whole for whole, run in runs(document)}
    for name in LISTS:
        first, second = (next(p for p in word.paragraphs if p.text == texts[f"{name}.{n}"]) for n in (0, 1))
        made = copy.deepcopy(second._p)
        second._p.addnext(made)
        added = Paragraph(made, second._parent)
        for run in added.runs[1:]:
            run.text = ""
        added.runs[0].text = f"3.新增的一条，写在{name}里。"
        first._p.getparent().remove(first._p)
    for number, table in enumerate(annexes(word)):
        if number % 2:
            table.rows[2]._tr.getparent().remove(table.rows[2]._tr)
        else:
            table.rows[1]._tr.addnext(copy.deepcopy(table.rows[1]._tr))


def annexes(word: Edited) -> list[Table]:
    return [table for table in word.tables if len(table.columns) >= 5 and len(table.rows) > 2]


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    shutil.copytree(ROOT / "agreements", tmp_path / "home/agreements")
    return CommandLine(home=SmallCollege(root=tmp_path / "home"), capsys=capsys)


@pytest.fixture
def sent(cli: CommandLine) -> Path:
    assert cli.coop("build", PROJECT, "--to", "docx").code == 0
    return cli.home.path(f"build/projects/{PROJECT}/agreement.docx")


def printed(cli: CommandLine) -> Document:
    """The agreement as it is composed now."""
    current = CurrentWords(
        register=load(Folder(cli.home.root), SCHEMAS), schemas=SCHEMAS, templates=TEMPLATES
    )
    found = candidate(current, RECORD)
    assert found is not None
    return found.document


def edited(sent: Path, change: Callable[[Edited], Any]) -> Any:
    """Change the file that was sent, as the partner did."""
    word = docx.Document(str(sent))
    made = change(word)
    word.save(str(sent))
    return made


def saved(sent: Path, folder: Path) -> Path:
    """The file as LibreOffice writes it."""
    need("soffice")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    asked = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(folder / "back")]
    subprocess.run([*asked, str(sent)], check=True, capture_output=True, timeout=300)
    return folder / "back" / sent.name


def data(cli: CommandLine) -> Any:
    return read_record(RECORD, cli.home.path(RECORD).read_bytes()).data


def at(data: Any, path: str) -> Any:
    for step in path.split("."):
        data = data[int(step)] if isinstance(data, list) else data[step]
    return data


@pytest.mark.office
def test_every_text_field_comes_back_from_libreoffice(cli: CommandLine, sent: Path, tmp_path: Path) -> None:
    document = printed(cli)
    done = edited(sent, lambda word: reworded(word, document))
    assert len(done) > 100
    said = cli.coop("read", str(saved(sent, tmp_path)), "--apply", "--yes")
    now = data(cli)
    lost = {
        path: words for path, words in done.items() if words[1] not in "".join(str(at(now, path)).split("\n"))
    }
    assert not lost, said.out
    again = cli.coop("read", str(tmp_path / "back" / sent.name))
    assert "正文共 0 处改动" in again.out or "对方没有改动" in again.out, again.out


@pytest.mark.office
def test_items_and_rows_that_came_or_went_are_written(cli: CommandLine, sent: Path, tmp_path: Path) -> None:
    document, before = printed(cli), data(cli)
    edited(sent, lambda word: relisted(word, document))
    tables = len(annexes(docx.Document(str(sent))))
    said = cli.coop("read", str(saved(sent, tmp_path)), "--apply", "--yes")
    now = data(cli)
    for name in LISTS:
        old = at(before, name)
        assert at(now, name) == [old[1], f"新增的一条，写在{name}里。", *old[2:]], said.out
    assert said.out.count("加一项 ") == len(LISTS) + (tables + 1) // 2, said.out
    assert said.out.count("删掉这一项") == len(LISTS) + tables // 2, said.out
    assert "写进去以后检查" in said.out


def replace(word: Edited, old: str, new: str) -> None:
    run = next(run for one in paragraphs(word) for run in one.runs if old in run.text)
    run.text = run.text.replace(old, new, 1)


def test_nothing_is_written_without_a_yes_and_the_check_speaks_first(cli: CommandLine, sent: Path) -> None:
    before = cli.home.path(RECORD).read_bytes()
    edited(sent, lambda word: replace(word, "96,000.00", "98,000.00"))
    said = cli.coop("read", str(sent), "--apply")
    assert "改为 98000.00" in said.out and "E06" in said.out and "应为 196,000.00 元" in said.out
    assert cli.home.path(RECORD).read_bytes() == before
    said = cli.coop("read", str(sent), "--apply", "--yes")
    assert b"unit_price: 98000.00" in cli.home.path(RECORD).read_bytes() and said.code == 1
    assert hashlib.sha256(sent.read_bytes()).hexdigest() in said.out


def test_what_changes_other_words_too_is_asked_and_written_when_named(cli: CommandLine, sent: Path) -> None:
    edited(sent, lambda word: replace(word, "2027年12月31日", "2028年6月30日"))
    said = cli.coop("read", str(sent), "--apply", "--yes")
    assert "请您定夺的" in said.out and "有别的字跟着变" in said.out
    assert b"end: 2027-12-31" in cli.home.path(RECORD).read_bytes()
    assert cli.coop("read", str(sent), "--apply", "--yes", "--with", "1").code == 0
    assert b"end: 2028-06-30" in cli.home.path(RECORD).read_bytes()


@pytest.mark.parametrize(("typed", "told"), [("²", "看不懂“²”"), ("9", "--with 写的 9 没有")])
def test_a_number_that_is_none_or_was_never_shown_is_refused(
    cli: CommandLine, sent: Path, typed: str, told: str
) -> None:
    before = cli.home.path(RECORD).read_bytes()
    edited(sent, lambda word: replace(word, "96,000.00", "98,000.00"))
    said = cli.coop("read", str(sent), "--apply", "--yes", "--with", typed)
    assert said.code == 2 and told in said.err
    assert cli.home.path(RECORD).read_bytes() == before


def test_words_across_the_edge_of_bold_and_the_wording_are_only_listed(cli: CommandLine, sent: Path) -> None:
    before = cli.home.path(RECORD).read_bytes()

    def change(word: Edited) -> None:
        held = next(one for one in word.paragraphs if "1.5 千克以下" in one.text)
        bold = next(run for run in held.runs if "1.5 千克以下" in run.text)
        bold.text = f"约{bold.text}"
        replace(word, "平等协商", "友好协商")

    edited(sent, change)
    said = cli.coop("read", str(sent), "--apply", "--yes")
    assert (
        "跨过了加重文字的边界" in said.out and "固定文字" in said.out and "没有可以写进记录的改动" in said.out
    )
    assert cli.home.path(RECORD).read_bytes() == before
