"""Bytes that are held in great number and rarely looked at: the first of them in memory, the others in a file.

Of files whose bytes have been digested already, none are held at all: they are read once more where they are wanted.
"""

from __future__ import annotations

import hashlib
import math
import os
import sys
from collections.abc import Callable
from threading import Lock
from typing import IO

_IN_MEMORY = 1024 * 1024
"""Bytes that are simply kept: small colleges have no more, and need no file."""


class LaidAside:
    """Bytes in the file of their `Aside`; for another process they are bytes again."""

    __slots__ = ("_file", "_length", "_start")

    def __init__(self, file: IO[bytes], start: int, length: int) -> None:
        self._file = file
        self._start = start
        self._length = length

    def read(self) -> bytes:
        """The bytes as they were put there; raises OSError where the disk fails."""
        content = _read_at(self._file, self._length, self._start)
        if len(content) != self._length:
            raise OSError("临时文件读不全")
        return content

    def __reduce__(self) -> tuple[type[bytes], tuple[bytes]]:
        return bytes, (self.read(),)


class Aside:
    """A file without a name, of this process alone, gone with the last who holds something in it.

    Where there is no room for it, everything stays in memory. One thread puts, any may read.
    """

    def __init__(self) -> None:
        self._left: float = _IN_MEMORY
        self._file: IO[bytes] | None = None
        self._end = 0

    def put(self, content: bytes) -> bytes | LaidAside:
        """The same bytes, where they will be found again."""
        if self._left > 0 or not content:
            self._left -= len(content)
            return content
        try:
            if self._file is None:
                from tempfile import TemporaryFile  # few colleges are so large

                self._file = TemporaryFile(  # noqa: SIM115 - closed with the last who holds a part of it
                    buffering=0, dir=_on_disk()
                )
            self._write(self._file, content)
        except OSError:
            self._left = math.inf
            return content
        piece = LaidAside(self._file, self._end, len(content))
        self._end += len(content)
        return piece

    def _write(self, file: IO[bytes], content: bytes) -> None:
        with _one_at_a_time:
            file.seek(self._end)
            if file.write(content) != len(content):
                raise OSError("no room")


class ChangedMeanwhileError(Exception):
    """A file is no longer what it was when the command began, and what it was is wanted."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class LeftThere:
    """The bytes of a file that had a digest when it was read; for another process they are bytes again."""

    __slots__ = ("_held", "_name", "_read", "digest")

    def __init__(self, name: str, digest: bytes, read: Callable[[str], object]) -> None:
        """`read` gives the bytes of a name, or something else where there are none."""
        self._name = name
        self.digest = digest
        self._read = read
        self._held: bytes | LaidAside | None = None

    def read(self) -> bytes:
        """The bytes as they were; raises ChangedMeanwhileError where the file says something else by now."""
        if self._held is not None:
            return content_of(self._held)
        content = self._read(self._name)
        if not isinstance(content, bytes) or hashlib.sha256(content).digest() != self.digest:
            raise ChangedMeanwhileError(self._name)
        return content

    def hold(self, aside: Aside) -> None:
        """Hold the bytes from now on, whatever becomes of the file."""
        self._held = aside.put(self.read())

    def __reduce__(self) -> tuple[type[bytes], tuple[bytes]]:
        return bytes, (self.read(),)


Stored = bytes | LaidAside | LeftThere


def content_of(stored: Stored) -> bytes:
    """Bytes that may have been laid aside, or left where they lie."""
    return stored if isinstance(stored, bytes) else stored.read()


def _on_disk() -> str | None:
    """The folder for large files that need not last, where the system has one: the usual one is often memory."""
    place = "/var/tmp"
    return None if os.environ.get("TMPDIR") or not os.access(place, os.W_OK) else place


_one_at_a_time = Lock()


def _read_at(file: IO[bytes], length: int, start: int) -> bytes:
    if sys.platform == "win32":  # nothing there reads at a place without going there first
        with _one_at_a_time:
            file.seek(start)
            return file.read(length)
    return os.pread(file.fileno(), length, start)
