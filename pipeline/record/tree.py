"""Where records are read from: the work tree, or the files of one commit."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from operator import attrgetter
from pathlib import Path
from typing import Protocol

from pipeline.git.objects import Snapshot
from pipeline.kernel.codes import loading
from pipeline.kernel.finding import Finding, Place
from pipeline.kernel.laid_aside import LeftThere
from pipeline.kernel.left_behind import left_behind
from pipeline.kernel.read_files import ReadFiles
from pipeline.kernel.structs import Struct
from pipeline.source.encoding import LIMIT
from pipeline.source.files import read_bytes

_KINDS = {"120000": "符号链接", "160000": "另一个 git 仓库"}


class Tree(Protocol):
    """Files by repository-relative POSIX name."""

    def names(self, under: str) -> Iterator[str]:
        """Every file under a folder, in order, but for what computers left there; links are not followed."""
        ...

    def folders(self, under: str) -> Iterator[str]:
        """The names of the folders right inside a folder, in order."""
        ...

    def read(self, name: str) -> bytes | LeftThere | Finding:
        """The bytes of one file, or what keeps it from being read."""
        ...

    def plain(self, name: str) -> bool:
        """Whether a file is a regular one."""
        ...

    def content(self, name: str) -> bytes:
        """A file's bytes as they are; for regular files."""
        ...


class Folder(Struct, frozen=True):
    """The work tree below `root`."""

    root: Path

    def names(self, under: str) -> Iterator[str]:
        """Every file, and every folder that is a link or named like a record: nothing is passed over.

        Raises OSError for a folder that cannot be read.
        """
        waiting = [(os.fspath(self.root / under), under)]
        while waiting:
            top, base = waiting.pop()
            inner = _inside(top)
            folders: list[os.DirEntry[str]] = []
            for one in inner:
                if _is_folder(one):
                    folders.append(one)
                elif not left_behind(one.name):
                    yield f"{base}/{one.name}"
            # Links are not entered, so that a folder that is one would be passed over in silence.
            odd = (one.name for one in folders if one.name.endswith(".yaml") or one.is_symlink())
            yield from (f"{base}/{name}" for name in odd)
            waiting += [(one.path, f"{base}/{one.name}") for one in reversed(folders) if not one.is_symlink()]

    def folders(self, under: str) -> Iterator[str]:
        """The folders right inside a folder, empty ones too."""
        folder = self.root / under
        inner = _inside(os.fspath(folder)) if folder.is_dir() else ()
        yield from (one.name for one in inner if one.is_dir(follow_symlinks=False))

    def read(self, name: str) -> bytes | Finding:
        """The file as it lies there."""
        return read_bytes(self.root, name)

    def plain(self, name: str) -> bool:
        """Neither a link nor anything else that is not a file."""
        path = self.root / name
        return path.is_file() and not path.is_symlink()

    def content(self, name: str) -> bytes:
        """The bytes as they lie there."""
        return (self.root / name).read_bytes()


class AsRead(Struct, frozen=True):
    """The work tree as it was when all files below a folder of it were `read`: of these none is read twice."""

    folder: Folder
    under: str
    read_files: ReadFiles

    def names(self, under: str) -> Iterator[str]:
        """Every file that was there."""
        known = self.read_files
        if under != self.under or known.odd or any(name.endswith(".yaml/") for name in known.folders):
            yield from self.folder.names(under)
            return
        for name in known.files:
            if not left_behind(name.rpartition("/")[2]):
                yield f"{under}/{name}"

    def folders(self, under: str) -> Iterator[str]:
        """The folders right inside a folder, empty ones too."""
        yield from self.folder.folders(under)

    def read(self, name: str) -> bytes | LeftThere | Finding:
        """The file as it lay there; what keeps another from being read the folder tells."""
        known = self.read_files.files.get(name.removeprefix(f"{self.under}/"))
        if known is None or known[1] > LIMIT or self.read_files.odd:
            return self.folder.read(name)
        return LeftThere(name, known[0], self.folder.read)

    def plain(self, name: str) -> bool:
        """Neither a link nor anything else that is not a file."""
        return self.folder.plain(name)

    def content(self, name: str) -> bytes:
        """The bytes as they lie there."""
        return self.folder.content(name)


def _inside(folder: str) -> list[os.DirEntry[str]]:
    """What lies in a folder, by name. One that is not there holds nothing; one that cannot be read might."""
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=_NAME)
    except FileNotFoundError:
        return []


_NAME = attrgetter("name")


def _is_folder(one: os.DirEntry[str]) -> bool:
    """Whether a name stands for a folder, through a link too."""
    try:
        return one.is_dir()
    except OSError:
        return False


class Committed(Struct, frozen=True):
    """The files of a commit: what is said of them is said of the commit, whatever lies in the work tree."""

    snapshot: Snapshot

    def names(self, under: str) -> Iterator[str]:
        """Every file of the commit below the folder."""
        for name in sorted(self.snapshot.files):
            if name.startswith(f"{under}/") and not left_behind(name.rpartition("/")[2]):
                yield name

    def folders(self, under: str) -> Iterator[str]:
        """The folders right inside a folder; git keeps no empty ones."""
        inner = (name[len(under) + 1 :] for name in self.snapshot.files if name.startswith(f"{under}/"))
        yield from sorted({name.partition("/")[0] for name in inner if "/" in name})

    def read(self, name: str) -> bytes | Finding:
        """The file as committed; only regular files are read."""
        mode = self.snapshot.files[name].mode
        if mode in _KINDS:
            message = f"{name} 是{_KINDS[mode]}，不是普通文件"
            return loading.NOT_A_FILE.at(Place(file=name), message)
        return self.snapshot.read(name)

    def plain(self, name: str) -> bool:
        """Neither a link nor another repository."""
        return self.snapshot.files[name].regular

    def content(self, name: str) -> bytes:
        """The bytes as committed."""
        return self.snapshot.read(name)


class Overlaid(Struct, frozen=True):
    """The work tree below `root` as it would be with other bytes in some files (None: taken away)."""

    root: Path
    files: Mapping[str, bytes | None]

    def names(self, under: str) -> Iterator[str]:
        """The files that would be there."""
        there = set(Folder(self.root).names(under)) - self.files.keys()
        new = {name for name, content in self.files.items() if content is not None}
        yield from sorted(there | {name for name in new if name.startswith(f"{under}/")})

    def folders(self, under: str) -> Iterator[str]:
        """The folders that are there; a change of records makes none that matters."""
        yield from Folder(self.root).folders(under)

    def read(self, name: str) -> bytes | Finding:
        """The file as it would be."""
        content = self.files.get(name)
        return Folder(self.root).read(name) if content is None else content

    def plain(self, name: str) -> bool:
        """A file that would be there is one; of the rest the folder tells."""
        return self.files.get(name) is not None or Folder(self.root).plain(name)

    def content(self, name: str) -> bytes:
        """The bytes as they would be."""
        content = self.files.get(name)
        return Folder(self.root).content(name) if content is None else content
