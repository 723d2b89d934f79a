"""Putting outputs in place: a project's files all at once or not at all."""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from io import FileIO
from pathlib import Path

from pipeline.kernel.beside import file_beside, folder_beside
from pipeline.kernel.looks import forget

_AT_FDCWD = -100
_EXCHANGE = 2


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make `folder` hold exactly `files`; whoever looks meanwhile sees the old ones or the new ones.

    The new files are written and synced beside the folder first, in folders of one level where their names have one;
    one that says what it said stays the same file. Without files there is no folder.
    Raises OSError with the old files untouched.
    """
    if not files:
        shutil.rmtree(folder, ignore_errors=True)
        forget(folder)
        return
    fresh = folder_beside(folder)
    try:
        for name, content in files.items():
            if not _taken_over(folder / name, content, fresh / name):
                _write(fresh / name, content)
        _swap(fresh, folder)
        forget(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def replace_file(path: Path, content: bytes, *, sync: bool = True) -> None:
    """Write a file whole or not at all; without `sync` a power cut may cost it, as suits what is soon made again."""
    fresh = file_beside(path, content, sync=sync)
    try:
        fresh.replace(path)
        forget(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def put_file(path: Path, content: bytes) -> bool:
    """Write a file that is soon made again where it is not there yet with this content; whether it had to be."""
    with suppress(OSError):
        if path.stat().st_size == len(content) and path.read_bytes() == content:
            return False
    replace_file(path, content, sync=False)
    return True


def create_file(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, whole or not at all; raises FileExistsError where another was quicker."""
    fresh = file_beside(path, content)
    try:
        # A link fails where the name is taken, a rename would not: of two who write the same name one is
        # told.
        os.link(fresh, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without links: whoever opens the name first has it
        with path.open("xb") as file:
            file.write(content)
    finally:
        fresh.unlink(missing_ok=True)


def _taken_over(path: Path, content: bytes, fresh: Path) -> bool:
    """Give a file a second name if it is one that has this content; where a disk knows no links, or it is another's, never."""
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_size != len(content) or path.read_bytes() != content:
            return False
        fresh.parent.mkdir(exist_ok=True)
        os.link(path, fresh)
    except OSError:
        return False
    return True


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _swap(fresh: Path, folder: Path) -> None:
    """Put a folder in another's place, in one step where the system can, else in two."""
    if _exchange(fresh, folder):
        return
    try:
        fresh.rename(folder)
    except OSError:
        # There is one: another build was quicker just now, or the system cannot exchange.
        if not folder.is_dir():
            raise
        if not _exchange(fresh, folder):
            _swap_in_steps(fresh, folder)


def _swap_in_steps(fresh: Path, folder: Path) -> None:
    old = folder_beside(folder)
    folder.replace(old / "old")
    try:
        fresh.rename(folder)
    except OSError:
        (old / "old").rename(folder)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step, as Linux and macOS can; False where that is not to be had."""
    names = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform.startswith("linux"):
            done: int = ctypes.CDLL(None).renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _EXCHANGE)
        elif sys.platform == "darwin":
            done = ctypes.CDLL(None).renamex_np(*names, _EXCHANGE)
        else:
            return False
    except (OSError, AttributeError):
        return False
    return done == 0


def digests_of(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The SHA-256 of files by their names."""
    return {name: hashlib.sha256(content).digest() for name, content in files.items()}


def file_digest(path: str) -> bytes:
    """The SHA-256 of a file's bytes; empty where it cannot be read."""
    # Asked for every file of every project at each run: a path object for each took as long as the reading.
    try:
        with FileIO(path) as file:
            return hashlib.sha256(file.readall()).digest()
    except OSError:
        return b""
