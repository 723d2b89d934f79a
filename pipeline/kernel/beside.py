"""New files and folders beside those they are to replace: under a name of their own, with the rights the umask leaves."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from itertools import count
from pathlib import Path

_UNFINISHED = re.compile(r"\..*-\d+-\d+", re.DOTALL)


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
    # Also when the user interrupts: nothing half-written is left beside the file.
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


def is_unfinished(name: str) -> bool:
    """Whether a file of this name is one of ours that somebody is writing just now, or was interrupted over."""
    return _UNFINISHED.fullmatch(name) is not None


def _opened(path: Path) -> tuple[int, Path]:
    # Made, never opened: a link that somebody laid under the name would lead the writing elsewhere.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    for fresh in _names(path):
        try:
            # The umask decides, as for any file: `tempfile` would give 0600, and colleagues on a shared disk
            # could not read it.
            return os.open(fresh, flags, 0o666), fresh
        except FileExistsError:
            continue
    raise AssertionError("names do not end")


def _names(path: Path) -> Iterator[Path]:
    """Hidden names that no other process tries; the end of a long name is cut, whole characters at a time."""
    name = path.name
    # File systems take 255 bytes for a name, a Chinese character has three, and dot, process and number come
    # on top.
    while len(os.fsencode(name)) > 200:
        name = name[:-1]
    return (path.with_name(f".{name}-{os.getpid()}-{number}") for number in count())


def _rights(path: Path) -> int | None:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return None
