"""Files that were read: whether they are still what they were is told without reading them, and nothing is missed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.kernel.program import files_digest
from pipeline.kernel.read_files import ReadFiles

Change = Callable[[Path], object]

HOUR = 3600 * 10**9


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with files, and with a link."""
    top = tmp_path / "agreements"
    (top / "projects" / "p1").mkdir(parents=True)
    (top / "college.yaml").write_bytes(b"one")
    (top / "projects" / "p1" / "agreement.yaml").write_bytes(b"one")
    (top / "projects" / "p2").symlink_to("p1")
    return top


def _set_back(path: Path) -> None:
    before = path.stat()
    path.write_bytes(b"two")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _another_in_its_place(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(b"two")
    other.replace(path)


def _a_link_in_its_place(path: Path) -> None:
    path.rename(path.parents[3] / "elsewhere")
    path.symlink_to(path.parents[3] / "elsewhere")


def _a_file_for_a_link(path: Path) -> None:
    link = path.parents[1] / "p2"
    link.unlink()
    link.write_bytes(b"")


CHANGES = [
    lambda path: path.write_bytes(b"two"),
    _set_back,
    _another_in_its_place,
    _a_link_in_its_place,
    _a_file_for_a_link,
    lambda path: path.unlink(),
    lambda path: path.rename(path.with_name("exit.yaml")),
    lambda path: path.with_name("exit.yaml").write_bytes(b""),
    lambda path: (path.parents[1] / "p3").mkdir(),
    lambda path: path.parent.rename(path.parents[1] / "p3"),
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("since", [-HOUR, HOUR], ids=["just changed", "long unchanged"])
def test_whatever_happens_to_files_that_were_read_is_seen(folder: Path, since: int, change: Change) -> None:
    read = ReadFiles(folder, time.time_ns() + since)
    assert read.digest == files_digest(folder) and read.still()
    time.sleep(0.01)  # the clock of a disk ticks every few milliseconds
    change(folder / "projects" / "p1" / "agreement.yaml")
    assert files_digest(folder) != read.digest
    assert not read.still()


@pytest.mark.parametrize("change", [_set_back, lambda path: path.write_bytes(b"two")])
def test_a_file_that_is_saved_twice_in_one_moment_is_seen(folder: Path, change: Change) -> None:
    path = folder / "college.yaml"
    for _ in range(20):  # some of these are read in the very tick of the clock in which they are saved again
        path.write_bytes(b"one")
        read = ReadFiles(folder, time.time_ns())
        change(path)
        assert not read.still()


def test_what_is_only_touched_just_after_it_was_saved_is_the_same(folder: Path) -> None:
    read = ReadFiles(folder, time.time_ns())
    (folder / "college.yaml").touch()
    assert read.still()


def test_a_folder_that_is_not_there_is_there_when_it_comes(tmp_path: Path) -> None:
    read = ReadFiles(tmp_path / "templates", time.time_ns() + HOUR)
    assert read.digest == files_digest(tmp_path / "nothing") and read.still()
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "agreement.toml").write_bytes(b"")
    assert not read.still()


@pytest.mark.parametrize("since", [-HOUR, HOUR], ids=["just changed", "long unchanged"])
def test_a_folder_that_is_itself_a_link_is_what_it_leads_to(folder: Path, since: int) -> None:
    link = folder.with_name("link")
    link.symlink_to(folder)
    read = ReadFiles(link, time.time_ns() + since)
    assert read.digest == files_digest(folder) and read.still()
    time.sleep(0.01)
    (folder / "policy.yaml").write_bytes(b"")
    assert not read.still()


def test_nothing_is_read_again_that_has_not_been_changed_for_a_while(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = ReadFiles(folder, time.time_ns() + HOUR)
    monkeypatch.setattr(os, "open", None)
    monkeypatch.setattr(os, "scandir", None)
    assert read.still()
