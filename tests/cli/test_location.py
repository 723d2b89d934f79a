"""Which repository a command works on: the one it is run in, and none above that."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.cli.location import here, together
from pipeline.cli.roots import college as college_around
from tests.college import SmallCollege, college
from tests.git.repositories import Repo


@pytest.fixture
def stranger(tmp_path: Path) -> SmallCollege:
    """A college in whose folder others keep theirs."""
    return college(tmp_path / "stranger")


def _refused(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(folder)
    assert main(["check"]) == 4
    out, err = capsys.readouterr()
    assert out == ""
    return str(err)


def test_a_folder_below_a_college_is_not_the_colleges(
    stranger: SmallCollege, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "没有 agreements/" in _refused(stranger.path("mine/deep"), monkeypatch, capsys)


def test_a_repository_without_records_does_not_take_those_of_the_one_around_it(
    stranger: SmallCollege, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Repo(stranger.root)
    inner = Repo(stranger.path("inner"))
    assert "这个 git 仓库里没有 agreements/" in _refused(inner.folder, monkeypatch, capsys)
    assert "这个 git 仓库里没有 agreements/" in _refused(inner.folder / "sub", monkeypatch, capsys)


def test_a_college_inside_another_repository_is_found_from_its_own_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Repo(tmp_path)
    inner = college(tmp_path / "colleges" / "one")
    for folder in ("", "agreements/projects", "templates"):
        inner.path(folder).mkdir(exist_ok=True)
        monkeypatch.chdir(inner.path(folder))
        assert main(["check"]) == 0


def test_a_college_that_is_no_repository_is_found_from_its_own_folders_only(
    stranger: SmallCollege, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("agreements/projects/example", "build/projects", "templates"):
        stranger.path(folder).mkdir(parents=True, exist_ok=True)
        monkeypatch.chdir(stranger.path(folder))
        assert main(["check"]) == 0


def test_a_project_called_like_the_folder_of_records_is_not_taken_for_it(
    stranger: SmallCollege, monkeypatch: pytest.MonkeyPatch
) -> None:
    Repo(stranger.root)
    stranger.add_project("agreements", "样校合〔2026〕9号")
    for folder in "agreements/projects", "agreements/projects/agreements":
        monkeypatch.chdir(stranger.path(folder))
        assert college_around() == stranger.root


def test_commands_that_run_together_and_count_from_one_day_have_one_report(
    stranger: SmallCollege, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(stranger.root)
    day = date(2026, 11, 29)
    with together():
        first = here(day).report
        assert here(day).report is first
        assert here(day + timedelta(days=400)).report.findings != here().report.findings
    assert here(day).report is not first
