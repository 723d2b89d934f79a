"""Bytes that are held in great number and rarely looked at: the first of them in memory, the others in a file."""

from __future__ import annotations

import math
import os
import sys
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


def content_of(stored: bytes | LaidAside) -> bytes:
    """Bytes that may have been laid aside."""
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
