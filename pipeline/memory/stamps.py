"""Stamps: of everything a command reads, by its bytes; and of what it made, by what the file system says of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from pipeline.kernel.digests import digest
from pipeline.kernel.program import stamp_of_all
from pipeline.kernel.read_files import ReadFiles

READ = ("agreements", "templates", "schemas")
"""The folders of a college that commands read."""

_HISTORY = ("config", "packed-refs", "shallow", "info/grafts")
"""What beside HEAD tells which history a repository has."""

NO_HISTORY = b"none"
"""The stamp of the history of what lies in no repository."""


class CollegeRead:
    """All that a command reads in a college as it is at the time `now`, in nanoseconds."""

    def __init__(self, root: Path, program: bytes, now: int) -> None:
        self._root = root
        self._program = program
        history = history_stamp(root)
        self._folders = [ReadFiles(root / folder, now) for folder in READ] if history else []
        self.records = self._folders[0] if history else None
        """The files below the folder of records; None where nothing was read."""
        self.stamp = self._stamp(history)
        """Of its bytes, the program, and the commit that is checked out; None where that is not to be learned without git."""

    def still(self) -> bool:
        """Whether nobody has changed anything since."""
        return self._stamp(history_stamp(self._root)) == self.stamp and all(
            one.still() for one in self._folders
        )

    def _stamp(self, history: bytes | None) -> bytes | None:
        version = _bytes(self._root / "requirements.txt")  # it may name a newer program than this
        return history and digest(self._program, history, version, *(one.digest for one in self._folders))


def made_stamp(folder: Path) -> bytes:
    """The stamp of all that lies in a folder."""
    return made_files([(os.fspath(folder), ())]).stamp()


class MadeFiles:
    """Files that were made and the folders they lie in, by their paths; `tops` are those of which some is left out."""

    def __init__(
        self, tops: Iterable[tuple[str, tuple[str, ...]]], folders: Iterable[str], files: Iterable[str]
    ) -> None:
        self.tops = tuple(tops)
        self.folders = tuple(folders)
        self.files = tuple(files)

    def stamp(self, look: Callable[[str], os.stat_result] = os.lstat) -> bytes:
        """What the file system says of them now, by a `look` at each: only what is read for judging is read whole.

        A folder's entry changes whenever a name comes, goes or is given to another file, so that none of them is
        listed again; and nothing is looked at twice that lies in two places.
        """
        inside = [
            name
            for top, without in self.tops
            for name in ("", *sorted(one.name for one in _listed(top, without)))
        ]
        # One by one: to hold what is said of all of them would take as long again.
        found = (_said(look, path) for path in (*self.folders, *self.files))
        return digest("\0".join(inside), stamp_of_all(found))


def _said(look: Callable[[str], os.stat_result], path: str) -> os.stat_result | None:
    try:
        return look(path)
    except OSError:
        return None


NOTHING_LAID: Mapping[str, str] = {}
NOTHING_KNOWN: Mapping[str, Collection[str]] = {}


def made_files(
    tops: Iterable[tuple[str, tuple[str, ...]]],
    laid: Mapping[str, str] = NOTHING_LAID,
    known: Mapping[str, Collection[str]] = NOTHING_KNOWN,
) -> MadeFiles:
    """All that lies in some folders now, each `without` some of what lies right inside it.

    Every file in a folder that is `laid` lies in another one too, by whose name it stands there. A folder of which it is
    `known` what was made in it is not listed again: whatever else lies there was not made here.
    """
    tops = tuple(tops)
    folders: dict[str, None] = {}
    files: list[str] = []
    seen: dict[int, set[int]] = {}
    for top, without in tops:
        places = seen.setdefault(_disk(top), set())
        waiting = [top]
        while waiting:
            path = waiting.pop()
            for one in _listed(path, without if path is top else ()):
                if one.is_dir(follow_symlinks=False):
                    folders[one.path] = None
                    if (inner := known.get(one.path)) is not None:
                        files += (f"{one.path}{os.sep}{name}" for name in inner)
                        folders.update((f"{one.path}{os.sep}{below}", None) for below in _folders_of(inner))
                    elif laid.get(one.path) not in folders:
                        waiting.append(one.path)
                elif (place := one.inode()) not in places:
                    places.add(place)
                    files.append(one.path)
    return MadeFiles(tops, folders, files)


def _folders_of(names: Iterable[str]) -> Iterable[str]:
    """The folders that some names lie in, each written as it stands in them (`sheets` of `sheets/one.csv`)."""
    return dict.fromkeys(name.rpartition("/")[0] for name in names if "/" in name)


def _listed(folder: str, without: Collection[str]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as inner:
            return [one for one in inner if one.name not in without]
    except OSError:
        return []


def _disk(path: str) -> int:
    try:
        return os.stat(path).st_dev  # noqa: PTH116  # a path object for a text is no gain
    except OSError:
        return 0


def history_stamp(root: Path) -> bytes | None:
    """The digest of what names the history; None where git itself would have to be asked."""
    top = next((one for one in (root, *root.parents) if (one / ".git").exists()), None)
    if top is None:
        return NO_HISTORY
    own, shared = _repository(top / ".git")
    if own is None or (shared / "reftable").is_dir():
        return None
    head = _bytes(own / "HEAD")
    named = head.decode(errors="replace").strip().removeprefix("ref: ")
    # What HEAD names is the text of whoever made the repository, and must not lead out of it.
    inside = named.startswith("refs/") and ".." not in named
    loose = [_bytes(place / named) for place in dict.fromkeys((own, shared))] if inside else []
    if any(one.startswith(b"ref:") for one in loose):
        return None
    shown = [_bytes(own / "config.worktree"), *(_bytes(shared / name) for name in _HISTORY)]
    replaced = (shared / "refs" / "replace").is_dir()
    return digest(os.fspath(top), os.fspath(own), head, str(replaced), *shown, *loose)


def _repository(git: Path) -> tuple[Path | None, Path]:
    """Where a work tree's HEAD lies, and where what all work trees of its repository share; None where it is not to be told."""
    if git.is_dir():
        return git, git
    told = _bytes(git).decode(errors="replace").strip()
    if not told.startswith("gitdir: "):
        return None, git
    own = git.parent / told.removeprefix("gitdir: ")
    common = _bytes(own / "commondir").decode(errors="replace").strip()
    return (own, own / common) if own.is_dir() else (None, git)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
