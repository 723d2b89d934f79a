"""One project's fault keeps its own documents from being written, and nobody else's."""

from __future__ import annotations

import re
import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from pipeline.compose.composer import Composer
from pipeline.compose.sheet import Sheet
from pipeline.kernel.document import Document, Run, Title
from pipeline.kernel.structs import replace
from pipeline.paper.docx import Layout
from tests.college import COLLEGE, ENTERPRISE, TEMPLATES, SmallCollege
from tests.output.commands import coop, made, many, projects, with_another_partner

LAYOUT = "templates/layout/contract.docx"
NUMBER = "样校合〔2026〕2号"


def test_a_project_with_errors_keeps_its_old_documents_and_the_others_are_built(home: SmallCollege) -> None:
    many(home, 2)
    assert coop(home, "build") == 0
    before = made(home)
    home.change("不少于 180 名", "不少于 200 名")
    other = "agreements/projects/p-002/agreement.yaml"
    home.change("liability: 学校在设备进场前完成", "liability: 待定", other)
    assert coop(home, "build") == 1
    after = made(home)
    assert projects({name for name in after if after[name] != before[name]}) == {"example"}
    assert set(after) == set(before)


SURVEY = "agreements/projects/example/survey.yaml"


@pytest.mark.parametrize(
    "content", ["date: 2026-13-01\n", "date: [\n", "recommendation: 也许\n"], ids=["wrong", "unread", "gaps"]
)
def test_an_error_in_a_survey_keeps_the_paper_of_the_survey_and_no_other(
    home: SmallCollege, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert coop(home, "build", "--to", "md") == 0
    before = made(home)
    home.write(content, SURVEY)
    home.change("不少于 180 名", "不少于 190 名")
    assert coop(home, "build", "--to", "md") == 1
    after = made(home)
    assert "1 份文书的记录有错误，没有重做：projects/example/survey" in capsys.readouterr().out
    assert set(after) == set(before)
    assert after["projects/example/survey.md"] == before["projects/example/survey.md"]
    assert after["projects/example/agreement.md"] != before["projects/example/agreement.md"]


def test_a_draft_is_printed_as_one_beside_the_papers_that_count(home: SmallCollege) -> None:
    assert coop(home, "build", "--to", "md") == 0
    before = made(home)
    assert coop(home, "new", "inspection", "example/2026-11") == 0
    assert coop(home, "build", "--to", "md") == 0
    after = made(home)
    new = {"projects/example/inspection-2026-11.md"}
    assert set(after) - set(before) == new and before.items() <= after.items()
    text = home.text("build/projects/example/inspection-2026-11.md")
    assert "草稿　记录还没有写完，不计入台账和数字" in text and "【待补充：督查日期】" in text


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00", b"title: [\n", b"", b"- a\n", "title: 甲\ntitle: 乙\n".encode(), b"stage: submitted\n"],
    ids=["bytes", "syntax", "empty", "list", "twice", "almost nothing"],
)
def test_a_broken_file_gives_no_document_and_no_traceback(home: SmallCollege, content: bytes) -> None:
    many(home, 2)
    home.write(content)
    assert coop(home, "build") == 1
    assert projects(made(home)) == {"p-002"}


def test_a_broken_partner_or_college_keeps_what_rests_on_it(home: SmallCollege) -> None:
    with_another_partner(home, "other")
    home.change("credit_code: 91149999MA99E00168", "credit_code: 91149999MA99E00169", ENTERPRISE)
    assert coop(home, "build") == 1
    assert projects(made(home)) == {"other"}
    home.change("name: 样本职业技术学院", "name: [", COLLEGE)
    shutil.rmtree(home.path("build"))
    assert coop(home, "build") == 1
    assert made(home) == {}


def without_a_cell(content: bytes, text: str) -> bytes:
    """A Word file in which one text is gone."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                assert part.count(f">{text}<".encode()) == 1
                part = part.replace(f">{text}<".encode(), b"><")
            new.writestr(name, part)
    return target.getvalue()


def test_a_cell_lost_on_the_way_to_word_is_caught_and_nothing_is_written(
    home: SmallCollege, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    many(home, 3)
    whole = Layout.render

    def lossy(layout: Layout, document: Document) -> bytes:
        content = whole(layout, document)
        return without_a_cell(content, "VMC-850") if document.body.number == NUMBER else content

    monkeypatch.setattr(Layout, "render", lossy)
    assert coop(home, "build") == 1
    said = capsys.readouterr().out
    assert "B01" in said and "表格 inputs第 2 行第 4 列应为“VMC-850”" in said
    assert projects(made(home)) == {"example", "p-003"}


def test_a_document_with_more_text_than_was_composed_is_caught_too(
    home: SmallCollege, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = Layout.render

    def adding(layout: Layout, document: Document) -> bytes:
        blocks = (*document.body.blocks, Title(runs=(Run(text="多出的一行"),)))
        return whole(layout, replace(document, body=replace(document.body, blocks=blocks)))

    monkeypatch.setattr(Layout, "render", adding)
    assert coop(home, "build") == 1
    assert "多出“多出的一行”" in capsys.readouterr().out
    assert made(home) == {}


def test_a_character_that_word_cannot_hold_is_a_finding(
    home: SmallCollege, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    composed = Composer.compose

    def rung(composer: Composer, sheet: Sheet, key: str) -> Document:
        document = composed(composer, sheet, key)
        blocks = (*document.body.blocks, Title(runs=(Run(text="响\a铃"),)))
        return replace(document, body=replace(document.body, blocks=blocks))

    monkeypatch.setattr(Composer, "compose", rung)
    assert coop(home, "build") == 1
    said = capsys.readouterr().out
    assert "B03" in said and "U+0007" in said and "\a" not in said
    assert made(home) == {}


def with_tag(content: bytes, tag: str) -> bytes:
    """A layout in whose text a tag stands beside the title's."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode() if name == "word/document.xml" else old.read(name)
            if isinstance(part, str):
                part = re.sub(r"(<w:sectPr)", rf"<w:p><w:r><w:t>{tag}</w:t></w:r></w:p>\1", part)
            new.writestr(name, part)
    return target.getvalue()


def damaged(path: Path, how: str) -> None:
    if how == "no zip":
        path.write_bytes(b"<html>")
    elif how == "truncated":
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2])
    else:
        path.write_bytes(with_tag(path.read_bytes(), how))


@pytest.mark.parametrize(
    "how", ["no zip", "truncated", "{{ nobody }}", "{{ title.__class__ }}", "{% if x %}"]
)
def test_a_layout_that_cannot_be_used_is_a_finding_and_nothing_is_written(
    home: SmallCollege, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(TEMPLATES, home.path("templates"))
    damaged(home.path(LAYOUT), how)
    assert coop(home, "build") == 1
    said = capsys.readouterr().out
    assert "B02" in said and "contract.docx" in said
    assert made(home) == {}


def test_a_broken_wording_stops_only_what_is_written_in_it(
    home: SmallCollege, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(TEMPLATES, home.path("templates"))
    name = home.add_project("uniform", NUMBER)
    home.change("forms: [training-base, order-class]", "forms: [order-class]", name)
    home.change("wording: full", "wording: uniform", name)
    wording = home.text("templates/agreement-full.md")
    home.write(wording.replace("{{ a.purpose }}", "{{ a.purpuse }}"), "templates/agreement-full.md")
    line = wording[: wording.index("{{ a.purpose }}")].count("\n") + 1
    assert coop(home, "build") == 1
    said = capsys.readouterr().out
    assert f"templates/agreement-full.md:{line}:" in said and "T01" in said and "purpuse" in said
    assert projects(made(home)) == {"uniform"}
