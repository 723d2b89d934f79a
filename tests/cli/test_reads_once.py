"""What a command has read it does not read again: the program by its stamp."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.cli.roots import PACKAGE
from pipeline.kernel import program, read_files
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
