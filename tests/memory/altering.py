"""What may be done to a made file whose bytes were `one`, so that it says `two` and the file system as little as possible."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from pipeline.kernel.store import file_digest


def same_size(path: Path) -> None:
    """Written over with as many bytes."""
    path.write_bytes(b"two")


def same_size_and_time(path: Path) -> None:
    """And the time of change set back."""
    before = path.stat()
    path.write_bytes(b"two")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def another_in_its_place(path: Path) -> None:
    """Another file of the same size and time under its name."""
    before = path.stat()
    other = path.with_name("other")
    other.write_bytes(b"two")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(path)


def link(path: Path) -> None:
    """A link under its name to another file."""
    other = path.with_name("other")
    other.write_bytes(b"two")
    path.unlink()
    path.symlink_to(other)


ALTERED = (same_size, same_size_and_time, another_in_its_place, link)


def an_hour_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clock say that what has just been written was written long ago."""
    monkeypatch.setattr(time, "time_ns", lambda now=time.time_ns: now() + 3600 * 10**9)


def read_in(monkeypatch: pytest.MonkeyPatch, module: str) -> list[str]:
    """The names of the files that a module reads from now on."""
    names: list[str] = []

    def digest(path: str) -> bytes:
        names.append(Path(path).name)
        return file_digest(path)

    monkeypatch.setattr(f"{module}.file_digest", digest)
    return names
