"""Files that were made: read again where anything about them has changed, and only there."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.kernel.recall import NOTHING_KEPT, Resident
from pipeline.memory.known_files import KnownFiles
from tests.memory.altering import ALTERED, an_hour_later, read_in


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read from now on."""
    return read_in(monkeypatch, "known_files")


def _digest(folder: Path, memory: Resident, name: str = "a") -> bytes:
    known = KnownFiles(folder, memory, "test")
    found = known.digest(name)
    known.keep()
    return found


def test_a_file_is_read_once_as_long_as_it_stays(
    tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = Resident()
    (tmp_path / "a").write_bytes(b"one")
    an_hour_later(monkeypatch)
    assert {_digest(tmp_path, memory) for _ in range(3)} == {hashlib.sha256(b"one").digest()}
    assert read == ["a"]
    assert KnownFiles(tmp_path, NOTHING_KEPT, "test").digest("a") == hashlib.sha256(b"one").digest()
    assert read == ["a", "a"]


def test_a_file_written_just_now_is_read_until_its_time_tells_it_from_a_later_one(
    tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = Resident()
    (tmp_path / "a").write_bytes(b"one")
    assert {_digest(tmp_path, memory) for _ in range(2)} == {hashlib.sha256(b"one").digest()}
    assert read == ["a", "a"]
    an_hour_later(monkeypatch)
    assert {_digest(tmp_path, memory) for _ in range(2)} == {hashlib.sha256(b"one").digest()}
    assert read == ["a", "a", "a"]


@pytest.mark.parametrize("change", ALTERED)
def test_whatever_changes_a_file_is_seen(
    tmp_path: Path, change: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = Resident()
    (tmp_path / "a").write_bytes(b"one")
    an_hour_later(monkeypatch)
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
