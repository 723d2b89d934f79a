"""Files that were made: read again where anything about them has changed, and only there."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.kernel.recall import NOTHING_KEPT, Resident
from pipeline.kernel.store import file_digest
from pipeline.memory.known_files import KnownFiles, KnownFolders

Change = Callable[[Path], None]


def _same_size(path: Path) -> None:
    path.write_bytes(b"two")


def _same_size_and_time(path: Path) -> None:
    before = path.stat()
    path.write_bytes(b"two")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _another_in_its_place(path: Path) -> None:
    before = path.stat()
    other = path.with_name("other")
    other.write_bytes(b"two")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(path)


def _link(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(b"two")
    path.unlink()
    path.symlink_to(other)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read from now on."""
    names: list[str] = []

    def digest(path: str) -> bytes:
        names.append(Path(path).name)
        return file_digest(path)

    monkeypatch.setattr("pipeline.memory.known_files.file_digest", digest)
    return names


def _digest(folder: Path, memory: Resident, name: str = "a") -> bytes:
    known = KnownFiles(folder, memory, "test")
    found = known.digest(name)
    known.keep()
    return found


def test_a_file_is_read_once_as_long_as_it_stays(tmp_path: Path, read: list[str]) -> None:
    memory = Resident()
    (tmp_path / "a").write_bytes(b"one")
    assert {_digest(tmp_path, memory) for _ in range(3)} == {hashlib.sha256(b"one").digest()}
    assert read == ["a"]
    assert KnownFiles(tmp_path, NOTHING_KEPT, "test").digest("a") == hashlib.sha256(b"one").digest()
    assert read == ["a", "a"]


@pytest.mark.parametrize("change", [_same_size, _same_size_and_time, _another_in_its_place, _link])
def test_whatever_changes_a_file_is_seen(tmp_path: Path, change: Change) -> None:
    memory = Resident()
    (tmp_path / "a").write_bytes(b"one")
    _digest(tmp_path, memory)
    time.sleep(0.01)  # the clock of a disk ticks every few milliseconds
    change(tmp_path / "a")
    assert _digest(tmp_path, memory) == hashlib.sha256(b"two").digest()


def test_what_a_link_leads_to_is_read_every_time(tmp_path: Path) -> None:
    memory = Resident()
    (tmp_path / "other").write_bytes(b"one")
    (tmp_path / "a").symlink_to("other")
    _digest(tmp_path, memory)
    (tmp_path / "other").write_bytes(b"two")
    assert _digest(tmp_path, memory) == hashlib.sha256(b"two").digest()


def test_what_is_not_there_has_none_and_comes_back(tmp_path: Path) -> None:
    memory = Resident()
    assert _digest(tmp_path, memory) == b""
    (tmp_path / "a").write_bytes(b"one")
    assert _digest(tmp_path, memory) == hashlib.sha256(b"one").digest()
    (tmp_path / "a").unlink()
    assert _digest(tmp_path, memory) == b""


ONE, TWO = (hashlib.sha256(content).hexdigest() for content in (b"one", b"two"))


def _hold(root: Path, memory: Resident, **files: str) -> bool:
    known = KnownFolders(root, memory)
    found = known.hold("made", files)
    known.keep()
    return found


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A folder that was made, with two files."""
    (tmp_path / "made").mkdir()
    for name in ("a", "b"):
        (tmp_path / "made" / name).write_bytes(b"one")
    return tmp_path


def test_the_files_of_a_folder_are_read_once_as_long_as_they_stay(made: Path, read: list[str]) -> None:
    memory = Resident()
    assert all(_hold(made, memory, a=ONE, b=ONE) for _ in range(3))
    assert read == ["a", "b"]
    assert not _hold(made, memory, a=ONE, b=TWO)
    assert not _hold(made, memory, a=ONE, b=ONE, c=ONE)
    assert KnownFolders(made, NOTHING_KEPT).hold("made", {"a": ONE})


@pytest.mark.parametrize("change", [_same_size, _same_size_and_time, _another_in_its_place, _link])
def test_whatever_changes_a_file_of_a_folder_is_seen(made: Path, change: Change) -> None:
    memory = Resident()
    assert _hold(made, memory, a=ONE, b=ONE)
    time.sleep(0.01)
    change(made / "made" / "a")
    assert not _hold(made, memory, a=ONE, b=ONE)
    assert _hold(made, memory, a=TWO, b=ONE)


def test_what_a_link_in_a_folder_leads_to_is_read_every_time(made: Path) -> None:
    memory = Resident()
    (made / "other").write_bytes(b"one")
    (made / "made" / "c").symlink_to("../other")
    assert _hold(made, memory, a=ONE, c=ONE)
    (made / "other").write_bytes(b"two")
    assert not _hold(made, memory, a=ONE, c=ONE)
