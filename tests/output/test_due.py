"""What is built again, and what is left alone: as little as is right, as much as is needed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.kernel import program as program_files
from tests.college import COLLEGE, ENTERPRISE, TEMPLATES, SmallCollege
from tests.output.commands import coop, made, many, projects, touched, with_another_partner

OTHER = "agreements/enterprises/yunfan-software.yaml"


@pytest.fixture(autouse=True)
def memory(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was made is remembered; without that everything is made each time."""
    monkeypatch.setenv("COOP_CACHE", str(tmp_path_factory.mktemp("memory")))


def rebuilt(home: SmallCollege) -> set[str]:
    """The projects that another build writes anew."""
    before = touched(home)
    assert coop(home, "build") == 0
    return projects({name for name, there in touched(home).items() if before.get(name) != there})


def with_two_projects(home: SmallCollege) -> None:
    """Add a project with another partner."""
    with_another_partner(home, "other")
    assert coop(home, "build") == 0


def test_a_build_makes_word_and_markdown_of_every_project(home: SmallCollege) -> None:
    many(home, 3)
    assert coop(home, "build") == 0
    for project in ("example", "p-002", "p-003"):
        assert {f"projects/{project}/agreement.{kind}" for kind in ("docx", "md")} <= set(made(home))


def test_a_second_build_does_nothing_and_says_so(
    home: SmallCollege, capsys: pytest.CaptureFixture[str]
) -> None:
    assert coop(home, "build") == 0
    capsys.readouterr()
    assert rebuilt(home) == set()
    assert "没有变化" in capsys.readouterr().out


def test_without_the_memory_everything_is_made_whatever_lies_there(home: SmallCollege) -> None:
    assert coop(home, "build", "--to", "md") == 0
    before = touched(home)
    assert coop(home, "build", "--to", "md", "--no-cache") == 0
    after = touched(home)
    assert before.keys() == after.keys()
    assert all(there != before[name] for name, there in after.items())


def test_a_comment_moved_or_a_file_merely_touched_is_judged_by_its_text(home: SmallCollege) -> None:
    assert coop(home, "build") == 0
    home.write(home.text())
    assert rebuilt(home) == set()


def test_a_changed_agreement_is_built_again_alone(home: SmallCollege) -> None:
    with_two_projects(home)
    home.change("不少于 180 名", "不少于 200 名")
    assert rebuilt(home) == {"example"}


def test_a_changed_enterprise_brings_its_own_agreements_up_to_date(home: SmallCollege) -> None:
    with_two_projects(home)
    home.change("例子路99号", "例子路100号", OTHER)
    assert rebuilt(home) == {"other"}
    home.change("例子路88号", "例子路89号", ENTERPRISE)
    assert rebuilt(home) == {"example"}


def test_a_changed_college_concerns_every_agreement(home: SmallCollege) -> None:
    with_two_projects(home)
    home.change("address: 样本市例子路1号", "address: 样本市例子路2号", COLLEGE)
    assert rebuilt(home) == {"example", "other"}


@pytest.mark.parametrize("kind", ["docx", "md"])
@pytest.mark.parametrize("how", ["edited", "deleted"])
def test_an_output_that_somebody_edited_or_deleted_is_made_again(
    home: SmallCollege, kind: str, how: str
) -> None:
    assert coop(home, "build") == 0
    before = made(home)
    path = home.path(f"build/projects/example/agreement.{kind}")
    path.unlink() if how == "deleted" else path.write_bytes(b"by hand")
    assert coop(home, "build") == 0
    assert made(home) == before


@pytest.mark.parametrize("name", ["agreement-full.md", "layout/contract.docx"])
def test_a_changed_wording_or_layout_makes_everything_due(home: SmallCollege, name: str) -> None:
    shutil.copytree(TEMPLATES, home.path("templates"))
    assert coop(home, "build") == 0
    path = home.path("templates") / name
    if name.endswith(".md"):
        path.write_text(path.read_text(encoding="utf-8").replace("育人为先", "育人第一"), encoding="utf-8")
    else:
        path.write_bytes(path.read_bytes() + b"\0")
    assert rebuilt(home) == {"example"}


def test_a_changed_program_makes_everything_due_wherever_it_is_installed(
    home: SmallCollege, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    program = tmp_path_factory.mktemp("site-packages")
    (program / "check").mkdir()
    (program / "check/run.py").write_text("# one\n")
    for place in ("output.build.PROGRAM", "cli.remember.PACKAGE"):
        monkeypatch.setattr(f"pipeline.{place}", program)
    assert coop(home, "build") == 0
    assert rebuilt(home) == set()
    (program / "check/run.py").write_text("# two\n")
    program_files._taken.clear()  # what runs is another process, which looks at its own program
    assert rebuilt(home) == {"example"}


def test_what_a_college_adds_to_a_schema_makes_everything_due(home: SmallCollege) -> None:
    assert coop(home, "build") == 0
    home.write("forms: {schema: {meta: {values: {micro-major: 微专业}}}}\n", "schemas/agreement.yaml")
    assert rebuilt(home) == {"example"}
    assert rebuilt(home) == set()


def test_other_formats_make_another_whole_set(home: SmallCollege) -> None:
    assert coop(home, "build", "--to", "md") == 0
    alone = set(made(home))
    assert {Path(name).suffix for name in alone} == {".md"}
    assert coop(home, "build", "--to", "docx,md") == 0
    assert set(made(home)) == alone | {name.removesuffix("md") + "docx" for name in alone}


def test_another_folder_gets_the_same_documents(home: SmallCollege) -> None:
    assert coop(home, "build") == 0
    assert coop(home, "build", "-o", "elsewhere/deep") == 0
    assert made(home, "elsewhere/deep") == made(home)


def test_only_the_projects_named_are_built(home: SmallCollege) -> None:
    many(home, 3)
    assert coop(home, "build", "p-002") == 0
    assert projects(made(home)) == {"p-002"}


@pytest.mark.parametrize("arguments", [("nobody",), ("--to", "doc"), ("--to", ""), ("--jobs", "0")])
def test_what_is_not_there_is_wrong_usage_and_writes_nothing(
    home: SmallCollege, arguments: tuple[str, ...]
) -> None:
    assert coop(home, "build", *arguments) == 2
    assert not home.path("build").exists()
