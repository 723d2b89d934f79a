"""The files below a folder as they were read, and whether they are still what they were then."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection
from operator import attrgetter
from pathlib import Path

_LEFT_OUT = ("__pycache__",)
"""Python writes these itself while it runs, and they say nothing that the source beside them does not."""

_PIECE = 1 << 16
"""Bytes read at a time of what grows meanwhile."""

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)

_TICK = 2_000_000_000
"""Nanoseconds in which the clock of any disk goes on: what is changed later than that has another time."""


class ReadFiles:
    """Every file below a folder by name and bytes, in one digest; folders and links count by name.

    With the time `now` it can be asked later whether they are `still` the same. What had not been changed for a while
    when it was read has another time as soon as anybody changes it; all else is read once more.
    """

    files: dict[str, tuple[bytes, int]]
    """Of every file by its path below the folder the SHA-256 and the number of its bytes: those of a folder in order, then
    those of each folder in it."""

    folders: list[str]
    """Every folder below it, with a stroke behind."""

    odd: bool
    """Whether something lies there that is neither a file nor a folder, or cannot be read."""

    def __init__(self, folder: Path, now: int | None = None) -> None:
        """`now` in nanoseconds."""
        self.files = {}
        self.folders = []
        self.odd = False
        self._settled: list[tuple[str, os.stat_result]] = []
        self._unsettled: list[tuple[str, list[tuple[str, str, str]]]] = []
        self._files: list[tuple[str, bytes]] = []
        found = hashlib.sha256()
        left_out = _LEFT_OUT if now is None else ()
        waiting = [(os.fspath(folder), "")]
        while waiting:
            path, base = waiting.pop()
            seen = None if now is None else _looked(path)
            inner = inside(path, left_out)
            if now is not None and not self._has_settled(path, seen, now):
                self._unsettled.append((path, inner))
            below_here = []
            for name, file, below in inner:
                told = f"{base}{name}"
                found.update(b"%s\0" % os.fsencode(told))
                if below:
                    below_here.append((below, told))
                    continue
                if not file:
                    self.odd = True
                    continue
                content, seen = _content(file)
                mark = hashlib.sha256(content).digest()
                found.update(mark)
                self.odd = self.odd or seen is None
                self.files[told] = mark, len(content)
                if now is not None and not self._has_settled(file, seen, now):
                    self._files.append((file, mark))
            waiting += reversed(below_here)
            self.folders += (told for _, told in below_here)
        self.digest = found.digest()

    def _has_settled(self, path: str, seen: os.stat_result | None, now: int) -> bool:
        if seen is None or not left_alone(seen, now):
            return False
        self._settled.append((path, seen))
        return True

    def still(self) -> bool:
        """Whether it is certain that who read them now would read the same."""
        return (
            all(_same(_looked(path), seen) for path, seen in self._settled)
            and all(inside(path, ()) == inner for path, inner in self._unsettled)
            and all(_digest(_content(path)[0]) == known for path, known in self._files)
        )


def left_alone(seen: os.stat_result, now: int) -> bool:
    """Whether a file as it was `seen` had been left alone for a while at a time in nanoseconds.

    Who changes it from then on gives it another time; in the same moment nobody could tell.
    """
    return seen.st_ctime_ns < now - _TICK and seen.st_mtime_ns < now - _TICK


def inside(folder: str, left_out: Collection[str] = _LEFT_OUT) -> list[tuple[str, str, str]]:
    """What lies in a folder, always in the same order: by names as they count, with the path of a file or a folder."""
    try:
        with os.scandir(folder) as found:
            inner = sorted(found, key=_NAME)
    except FileNotFoundError:
        return []
    except OSError:
        return [("@", "", "")]  # not what an empty one holds
    listed = []
    for one in inner:
        if one.is_file(follow_symlinks=False):
            listed.append((one.name, one.path, ""))
        elif not one.is_dir(follow_symlinks=False):
            listed.append((f"{one.name}@", "", ""))
        elif one.name not in left_out:
            listed.append((f"{one.name}/", "", one.path))
    return listed


_NAME = attrgetter("name")


def _same(now: os.stat_result | None, then: os.stat_result) -> bool:
    """Whether nothing tells a file from what stood under its name."""
    return (
        now is not None
        and now.st_ctime_ns == then.st_ctime_ns
        and now.st_mtime_ns == then.st_mtime_ns
        and now.st_ino == then.st_ino
        and now.st_size == then.st_size
    )


def _looked(path: str) -> os.stat_result | None:
    """What the file system says; where the folder itself is a link, of what it leads to."""
    try:
        return os.stat(path)  # noqa: PTH116 - asked for every file: a path object for each took as long
    except OSError:
        return None


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def _content(path: str) -> tuple[bytes, os.stat_result | None]:
    """A file's bytes, and what the file system said of it before; of what cannot be read that is nothing."""
    try:
        handle = os.open(path, _FLAGS)
    except OSError:
        # Unlike the content of an empty file: what cannot be read now may say anything later.
        return b"\0", None
    try:
        seen = os.fstat(handle)
        # Read at once what was there a moment ago, and then whatever has come since.
        pieces = [os.read(handle, seen.st_size + 1)]
        if len(pieces[0]) == seen.st_size:
            return pieces[0], seen
        while pieces[-1]:
            pieces.append(os.read(handle, _PIECE))
        return b"".join(pieces), seen
    except OSError:
        return b"\0", None
    finally:
        os.close(handle)
