"""New files and folders beside those they are to replace: under a name of their own, with the rights the umask leaves."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from itertools import count
from pathlib import Path


def file_beside(path: Path, content: bytes, *, sync: bool = True) -> Path:
    """A file with this content in the folder of `path`, with the rights of what stands there, else the umask's.

    Without `sync` a power cut may cost it. Raises OSError with nothing left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, fresh = _opened(path)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            if sync:
                os.fsync(handle)
        rights = _rights(path)
        if rights is not None:
            fresh.chmod(rights)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    return fresh


def folder_beside(path: Path) -> Path:
    """An empty folder in the folder of `path`, with the rights the umask leaves."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for fresh in _names(path):
        try:
            fresh.mkdir()
        except FileExistsError:
            continue
        return fresh
    raise AssertionError("names do not end")


def _opened(path: Path) -> tuple[int, Path]:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    for fresh in _names(path):
        try:
            return os.open(fresh, flags, 0o666), fresh
        except FileExistsError:
            continue
    raise AssertionError("names do not end")


def _names(path: Path) -> Iterator[Path]:
    """Hidden names that no other process tries; the end of a long name is cut, whole characters at a time."""
    name = path.name
    while len(os.fsencode(name)) > 200:
        name = name[:-1]
    return (path.with_name(f".{name}-{os.getpid()}-{number}") for number in count())


def _rights(path: Path) -> int | None:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return None
