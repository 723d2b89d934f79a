"""`coop templates check`, and what check and build make of templates that are wrong or never come to an end."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipeline.paper import time_limit
from tests.college import TEMPLATES, SmallCollege, college
from tests.output.commands import coop
from tests.paper.test_layout_lint import spoilt

MAIN = "word/document.xml"


@pytest.fixture
def home(tmp_path: Path) -> SmallCollege:
    """A small college with templates of its own."""
    made = college(tmp_path / "college")
    shutil.copytree(TEMPLATES, made.root / "templates")
    return made


LOOPS = "{% for x in NAME %}" * 12 + "x" + "{% endfor %}" * 12


def test_nothing_wrong_is_said_in_one_line(home: SmallCollege, capsys: pytest.CaptureFixture[str]) -> None:
    assert coop(home, "templates", "check") == 0
    assert capsys.readouterr().out == "模板没有问题。\n"


def test_faults_come_with_file_and_line_or_part_and_paragraph(
    home: SmallCollege, capsys: pytest.CaptureFixture[str]
) -> None:
    home.write("# 题\n\n{{ a.purposee }}\n", "templates/extra.md")
    layout = home.path("templates/layout/contract.docx")
    layout.write_bytes(spoilt(MAIN, "{{ b.marker }}", "{{ b.marker + }}", layout))
    assert coop(home, "templates", "check") == 1
    said = capsys.readouterr().out
    assert "templates/extra.md:3" in said and "是不是 purpose" in said
    assert "templates/layout/contract.docx" in said and "word/document.xml 第 40 段" in said


def test_programs_are_told_the_same_as_people(home: SmallCollege, capsys: pytest.CaptureFixture[str]) -> None:
    home.write("{{ a.purposee }}\n{{ a.title | upper }}\n", "templates/extra.md")
    said = []
    for words in (("templates", "check"), ("check",)):
        assert coop(home, *words, "--format", "json") == 1
        found = json.loads(capsys.readouterr().out)["findings"]
        said.append([one for one in found if one["code"].startswith("T")])
    assert said[0] == said[1] and [one["code"] for one in said[0]] == ["T02", "T01"]
    assert [one["line"] for one in said[0]] == [1, 2]


def test_clean_templates_are_told_to_programs_too(
    home: SmallCollege, capsys: pytest.CaptureFixture[str]
) -> None:
    assert coop(home, "templates", "check", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["summary"]["errors"] == 0


def test_a_file_that_word_has_open_is_no_template(home: SmallCollege) -> None:
    home.write(b"\x05mark", "templates/layout/~$ntract.docx")
    assert coop(home, "templates", "check") == 0


@pytest.mark.parametrize(
    ("code", "words"), [('{{ "x" * 9 }}', "乘法"), (LOOPS, "循环停不下来")], ids=["product", "loops"]
)
@pytest.mark.parametrize("where", ["agreement-full.md", "layout/contract.docx", "forms/approval-form.docx"])
def test_a_bomb_leaves_no_file_behind(
    home: SmallCollege,
    where: str,
    code: str,
    words: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(time_limit, "SECONDS", 0.5)
    path = home.path(f"templates/{where}")
    if path.suffix == ".md":
        home.write("# 题\n\n" + code.replace("NAME", "a.contents") * 60, f"templates/{where}")
    else:
        inside = code.replace("NAME", "title" if "forms" in where else "blocks")
        path.write_bytes(spoilt(MAIN, "<w:body>", f"<w:body><w:p><w:r><w:t>{inside}</w:t></w:r></w:p>", path))
    assert coop(home, "build") == 1
    said = capsys.readouterr()
    assert words in said.out and path.name in said.out
    assert not list(home.path("build").rglob("*.docx"))
