"""What a command has read it does not read again: the program by its stamp, a record by its digest."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from pipeline.check import gap_report
from pipeline.check.run import Report
from pipeline.cli import build_command, main
from pipeline.cli.roots import PACKAGE
from pipeline.kernel import program, read_files
from pipeline.output.build import BuildPlan, plan
from pipeline.record import tree
from pipeline.source.files import read_bytes
from tests.bench.colleges import lay_out
from tests.college import ROOT


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of the sample college, and a memory of its own."""
    folder = tmp_path / "college"
    shutil.copytree(ROOT / "agreements", folder / "agreements")
    for project in sorted((folder / "agreements" / "projects").iterdir())[1:]:
        shutil.rmtree(project)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COOP_CACHE", str(tmp_path / "memory"))
    return folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read whole for a digest."""
    found: list[str] = []
    content = read_files._content

    def reading(one: str) -> tuple[bytes, os.stat_result | None]:
        found.append(one)
        return content(one)

    monkeypatch.setattr(read_files, "_content", reading)
    return found


def test_the_program_is_not_read_again_where_the_file_system_says_the_same_of_it(
    root: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "_taken", {})
    main(["make"])
    assert [one for one in read if one.startswith(str(PACKAGE))]
    path = next((root / "agreements" / "projects").glob("*/agreement.yaml"))
    path.write_text(path.read_text(encoding="utf-8") + "# 改过\n", encoding="utf-8")
    monkeypatch.setattr(program, "_taken", {})  # as another process begins
    read.clear()
    main(["make"])
    assert str(path) in read and not [one for one in read if one.startswith(str(PACKAGE))]


@pytest.fixture
def college(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A college of which little is to be told, and a memory of its own."""
    folder = tmp_path / "college"
    lay_out(folder, 6)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COOP_CACHE", str(tmp_path / "memory"))
    return folder


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The records that are asked what they say, after all have been read for a digest."""
    found: list[str] = []

    def reading(root: Path, name: str) -> object:
        found.append(name)
        return read_bytes(root, name)

    monkeypatch.setattr(tree, "read_bytes", reading)
    return found


def _edited(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    told = next(key for key in ("purpose:", "profile:") if key in text)
    first, key, rest = text.partition(told)
    path.write_text(first + key + rest.replace("，", "，另", 1), encoding="utf-8")


def test_of_records_that_have_not_changed_hardly_any_is_read_twice(college: Path, asked: list[str]) -> None:
    main(["make"])
    path = college / "agreements" / "projects" / "b-00003" / "agreement.yaml"
    _edited(path)
    asked.clear()
    main(["make"])
    changed = path.relative_to(college).as_posix()
    assert changed in asked
    # Only of those of which there is something to tell.
    assert len(set(asked)) < len(list((college / "agreements").rglob("*.yaml"))) / 2


@pytest.mark.parametrize("when", [0, 1], ids=["while it begins", "while it makes"])
def test_who_saves_a_record_while_a_command_runs_has_it_begun_once_more(
    college: Path, when: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["make"])
    path = next((college / "agreements" / "enterprises").glob("*.yaml"))
    name = path.relative_to(college).as_posix()
    saved: list[str] = []

    def planning(report: Report, *given: Any, **more: Any) -> BuildPlan:
        planned = plan(report, *given, **more) if when else None
        if not saved:
            saved.append(name)
            _edited(path)
        assert report.register.entries[name].source.text  # somebody asks what it says only now
        return planned or plan(report, *given, **more)

    _edited(college / "agreements" / "projects" / "b-00003" / "agreement.yaml")
    monkeypatch.setattr(build_command, "plan", planning)
    capsys.readouterr()
    code = main(["make"])
    assert f"{name} 刚刚又存过，重新来一遍。" in capsys.readouterr().err
    made = {one: one.read_bytes() for one in (college / "build").rglob("*") if one.is_file()}
    assert main(["make", "--no-cache"]) == code
    assert made == {one: one.read_bytes() for one in (college / "build").rglob("*") if one.is_file()}


def test_what_is_held_is_told_though_the_file_has_changed(
    college: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A build of many folders takes long: to begin it once more would cost more than to hold what was read."""
    main(["make"])
    path = next((college / "agreements" / "enterprises").glob("*.yaml"))
    name, before = path.relative_to(college).as_posix(), path.read_text(encoding="utf-8")
    told: list[str] = []

    def asked_late(*given: Any, **more: Any) -> object:
        _edited(path)
        told.append(given[0].register.entries[name].source.text)
        return gaps(*given, **more)

    gaps = gap_report.Gaps
    monkeypatch.setattr(build_command, "Gaps", asked_late)
    monkeypatch.setattr(build_command, "_PER_WORKER", 1)
    for agreement in (college / "agreements" / "projects").glob("*[34]/agreement.yaml"):
        _edited(agreement)
    main(["make"])
    assert told == [before] and "刚刚又存过" not in capsys.readouterr().err
