"""Folders that were made: left alone as long as they were made of the same and hold what was put there."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.kernel.recall import NOTHING_KEPT, Recall, Resident
from pipeline.kernel.store import replace_folder
from pipeline.memory.database import Facts
from pipeline.memory.made_folders import TOP, MadeFolders
from pipeline.memory.remembering import Remembering
from tests.memory.altering import ALTERED, an_hour_later, read_in

ONE = {"a.md": b"one", "b.md": b"one"}


def _put(out: Path, memory: Recall, name: str, files: dict[str, bytes]) -> None:
    replace_folder(out / name, files)
    made = MadeFolders(out, memory)
    made.put(name, "key", files)
    made.keep()


def _fresh(out: Path, memory: Recall, name: str = "projects/one", key: str = "key") -> bool:
    made = MadeFolders(out, memory)
    found = made.fresh(name, key)
    made.keep()
    return found


@pytest.fixture
def memory(tmp_path: Path) -> Resident:
    """A memory of one project's folder."""
    found = Resident()
    _put(tmp_path, found, "projects/one", ONE)
    return found


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read from now on."""
    return read_in(monkeypatch, "pipeline.memory.made_folders")


def test_what_was_made_of_the_same_and_is_untouched_is_fresh(tmp_path: Path, memory: Resident) -> None:
    assert _fresh(tmp_path, memory)
    assert not _fresh(tmp_path, memory, key="another key")
    assert not _fresh(tmp_path, memory, name="projects/two")
    assert not _fresh(tmp_path, NOTHING_KEPT)
    assert not _fresh(tmp_path / "projects", memory, name="one")


@pytest.mark.parametrize("meddle", [Path.unlink, *ALTERED])
def test_whatever_is_done_to_a_file_is_seen(
    tmp_path: Path, memory: Resident, meddle: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    an_hour_later(monkeypatch)
    assert _fresh(tmp_path, memory)
    time.sleep(0.01)  # the clock of a disk ticks every few milliseconds
    meddle(tmp_path / "projects" / "one" / "b.md")
    assert not _fresh(tmp_path, memory)


def test_files_are_read_once_as_long_as_they_stay(
    tmp_path: Path, memory: Resident, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _fresh(tmp_path, memory) and _fresh(tmp_path, memory)
    assert (
        read == ["a.md", "b.md"] * 2
    )  # written a moment ago: the clock does not tell them from later ones yet
    an_hour_later(monkeypatch)
    assert all(_fresh(tmp_path, memory) for _ in range(3))
    assert read == ["a.md", "b.md"] * 3
    assert MadeFolders(tmp_path, memory).untouched(["projects/one"])
    assert read == ["a.md", "b.md"] * 4


def test_what_a_link_leads_to_is_read_every_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory, other = Resident(), tmp_path / "other"
    other.write_bytes(b"one")
    _put(tmp_path, memory, "one", {"a.md": b"one"})
    (tmp_path / "one" / "a.md").unlink()
    (tmp_path / "one" / "a.md").symlink_to(other)
    an_hour_later(monkeypatch)
    assert _fresh(tmp_path, memory, "one")
    other.write_bytes(b"two")
    assert not _fresh(tmp_path, memory, "one")


def test_a_project_without_papers_is_fresh_as_long_as_it_has_no_folder(tmp_path: Path) -> None:
    memory = Resident()
    _put(tmp_path, memory, "projects/old", {})
    assert _fresh(tmp_path, memory, "projects/old")
    (tmp_path / "projects" / "old").mkdir(parents=True)
    assert not _fresh(tmp_path, memory, "projects/old")


def test_files_beside_the_folders_are_known_too(tmp_path: Path) -> None:
    memory = Resident()
    made = MadeFolders(tmp_path, memory)
    (tmp_path / "calendar.ics").write_bytes(b"one")
    made.put(TOP, "key", {"calendar.ics": b"one"})
    made.keep()
    assert _fresh(tmp_path, memory, TOP)
    (tmp_path / "calendar.ics").write_bytes(b"by hand")
    assert not _fresh(tmp_path, memory, TOP)


def test_a_folder_that_is_gone_is_forgotten_when_others_are_made(tmp_path: Path) -> None:
    facts = Facts(tmp_path / "memory")
    memory, names = Remembering(facts, b""), [f"projects/{number}" for number in range(200)]
    for name in names:
        _put(tmp_path, memory, name, ONE)
    for name in names[:100]:
        replace_folder(tmp_path / name, {})
    for name in names[100:]:
        _put(tmp_path, memory, name, ONE)
    made = MadeFolders(tmp_path, memory)
    for name in names[:100]:
        replace_folder(tmp_path / name, ONE)
    assert [name for name in names if made.fresh(name, "key")] == names[100:]
