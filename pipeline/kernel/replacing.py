"""Several files of a folder changed together: written beside their places first, then put there at once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pipeline.kernel.beside import file_beside

try:
    import fcntl
except ImportError:  # Windows knows no such lock; the digests still tell who was quicker
    fcntl = None  # type: ignore[assignment]

ABSENT = ""
"""Stands for the digest of a file that is not there."""


class ChangedMeanwhile(Exception):  # noqa: N818 - a colleague was quicker; nothing has failed
    """Files are not what a change was made for: `names` of them, relative to the folder."""

    def __init__(self, names: tuple[str, ...]):
        super().__init__("、".join(names))
        self.names = names


def digest(content: bytes | None) -> str:
    """By what a file's content is known: its SHA-256, or `ABSENT`."""
    return ABSENT if content is None else hashlib.sha256(content).hexdigest()


def digest_of(path: Path) -> str:
    """The digest of what lies at a path; `ABSENT` where nothing does."""
    try:
        return digest(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return ABSENT


def replace_files(root: Path, files: Mapping[str, bytes | None], bases: Mapping[str, str]) -> None:
    """Put all `files` (None: take it away) in their places below `root`, if each is still what its base says.

    Nothing is touched before every new file lies written and synced beside its place; where putting one in
    place fails, those already put are put back. Two that change the same folder wait for each other.
    Raises `ChangedMeanwhile`, or OSError, with the old files as they were.
    """
    with alone(root):
        fresh: dict[str, Path] = {}
        try:
            for name, content in files.items():
                if content is not None:
                    fresh[name] = file_beside(root / name, content)
            # Asked only now, after the slow writing and syncing: what a colleague saved in the meantime still
            # counts.
            other = tuple(name for name, base in bases.items() if digest_of(root / name) != base)
            if other:
                raise ChangedMeanwhile(other)
            _put(root, files, fresh)
            _without_empty_folders(root, [name for name, content in files.items() if content is None])
        finally:
            for path in fresh.values():
                path.unlink(missing_ok=True)


def _put(root: Path, files: Mapping[str, bytes | None], fresh: Mapping[str, Path]) -> None:
    old: dict[str, bytes | None] = {}
    try:
        for name in files:
            path = root / name
            old[name] = path.read_bytes() if path.exists() else None
            if name in fresh:
                fresh[name].replace(path)
            else:
                path.unlink(missing_ok=True)
    except OSError:
        for name, content in old.items():
            _restore(root / name, content)
        raise


def _without_empty_folders(root: Path, taken: Iterable[str]) -> None:
    """Take away the folders that hold nothing now, up to the topmost: git knows none of them either."""
    for name in taken:
        for folder in (root / name).parents:
            if folder.parent == root or folder == root:
                break
            try:
                folder.rmdir()
            except OSError:  # something else still lies there
                break


def _restore(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    elif digest_of(path) != digest(content):
        file_beside(path, content).replace(path)


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """While this lasts, nobody else is in it for the same folder, on systems that know such locks."""
    if fcntl is None:
        yield
        return
    handle = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
