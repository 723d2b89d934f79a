"""Stamps: of everything a command reads, by its bytes; and of what it made, by what the file system says of it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from pipeline.kernel.program import files_digest
from pipeline.kernel.recall import digest

_READ = ("agreements", "templates", "schemas")
"""The folders of a college that commands read."""

_HISTORY = ("config", "packed-refs", "shallow", "info/grafts")
"""What beside HEAD tells which history a repository has."""


NO_HISTORY = b"none"
"""The stamp of the history of what lies in no repository."""


def college_stamp(root: Path, program: bytes) -> bytes | None:
    """The stamp of all a command reads in a college: its bytes, the program, and the commit that is checked out.

    None where the commit is not to be learned without asking git.
    """
    history = history_stamp(root)
    version = _bytes(root / "requirements.txt")  # it may name a newer program than this
    return history and digest(program, history, version, *(files_digest(root / folder) for folder in _READ))


def made_stamp(folder: Path, without: Collection[str] = ()) -> bytes:
    """The stamp of what was made: names, sizes and times of all files; only what is read for judging is read whole."""
    return digest(*_made(os.fspath(folder), "", without))


def _made(folder: str, base: str, without: Collection[str]) -> Iterator[str]:
    try:
        with os.scandir(folder) as found:
            inner = sorted(found, key=lambda one: one.name)
    except OSError:
        return
    for one in inner:
        if one.name in without:
            continue
        name = f"{base}{one.name}"
        if one.is_dir(follow_symlinks=False):
            yield f"{name}/"
            yield from _made(one.path, f"{name}/", ())
        else:
            status = one.stat(follow_symlinks=False)
            # A time of change can be set back (`cp -p`, `touch -d`), the time the entry itself changed
            # cannot.
            yield f"{name} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


def history_stamp(root: Path) -> bytes | None:
    """The digest of what names the history; None where git itself would have to be asked."""
    top = next((one for one in (root, *root.parents) if (one / ".git").exists()), None)
    if top is None:
        return NO_HISTORY
    git = top / ".git"
    if not git.is_dir():
        return None
    head = _bytes(git / "HEAD")
    named = head.decode(errors="replace").strip().removeprefix("ref: ")
    # What HEAD names is the text of whoever made the repository, and must not lead out of it.
    loose = _bytes(git / named) if named.startswith("refs/") and ".." not in named else b""
    replaced = (git / "refs" / "replace").is_dir()
    return digest(os.fspath(top), head, loose, str(replaced), *(_bytes(git / name) for name in _HISTORY))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
