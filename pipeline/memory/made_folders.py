"""What the folders of an output folder were made of, and what they held: kept so that unchanged ones are left alone."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from pipeline.kernel.looks import look_inside
from pipeline.kernel.program import stamp_of_all
from pipeline.kernel.read_files import left_alone
from pipeline.kernel.recall import Recall, digest, part_number
from pipeline.kernel.store import digests_of, file_digest
from pipeline.kernel.structs import Struct, replace

_SORT = "made folders"

TOP = "."
"""The output folder itself, for files that lie right in it."""


class MadeFolder(Struct, frozen=True, array_like=True):
    """A folder as it was made: the key of what it was made of, and its files, each with the SHA-256 of its bytes.

    `seen` is the stamp that the files had when they were last read, empty before they were.
    """

    key: str
    files: dict[str, bytes]
    seen: bytes = b""


class MadeFolders:
    """The folders of an output folder by their names (`projects/<id>`), as `recall` knows them.

    What a file held is believed for its stamp. That is enough for what was made here and can be made again, and for no
    record.
    """

    def __init__(self, out: Path, recall: Recall) -> None:
        self._out = os.fspath(out.resolve())
        self._recall = recall
        self._now = time.time_ns()
        self._parts: dict[int, dict[str, MadeFolder]] = {}
        self._changed: set[int] = set()

    def fresh(self, name: str, key: str) -> bool:
        """Whether the files of a folder are there, untouched, and were made of this."""
        kept = self._part(name).get(name)
        return kept is not None and kept.key == key and self._lies(name, kept)

    def lying(self, name: str) -> Mapping[str, bytes] | None:
        """The digests of the files of a folder; None where they are not there as they were made."""
        kept = self._part(name).get(name)
        return kept.files if kept is not None and self._lies(name, kept) else None

    def held(self, names: Iterable[str]) -> Mapping[str, Collection[str]]:
        """The names of the files of some folders, as they were made, by the paths of the folders."""
        kept = ((name, self._part(name).get(name)) for name in names)
        return {self._path(name): one.files for name, one in kept if one is not None}

    def untouched(self, names: Iterable[str]) -> bool:
        """Whether the files of some folders are there as they were made, each read for it."""
        return all((kept := self._part(name).get(name)) and self._read(name, kept.files) for name in names)

    def put(self, name: str, key: str, files: Mapping[str, bytes]) -> None:
        """Take note of what has just been written into a folder."""
        self._take(name, MadeFolder(key, digests_of(files)))

    def keep(self) -> None:
        """Remember what is new; of the folders beside it those that are still there."""
        for number in self._changed:
            part = self._parts[number]
            there = {
                name: one for name, one in part.items() if not one.files or Path(self._path(name)).exists()
            }
            self._recall.keep(_SORT, self._name(number), b"", there)
        self._changed.clear()

    def _take(self, name: str, made: MadeFolder) -> None:
        self._part(name)[name] = made
        self._changed.add(part_number(name))

    def _lies(self, name: str, kept: MadeFolder) -> bool:
        """Whether the files of a folder are there as they were made, read where anything else is said of them."""
        path = self._path(name)
        if not kept.files:
            # A project that holds only an old agreement makes no document: its folder is rightly not there.
            return not Path(path).exists()
        try:
            seen = look_inside(path, kept.files)
        except OSError:
            return False
        # What a link leads to may change without it.
        plain = all(stat.S_ISREG(one.st_mode) for one in seen)
        mark = digest(stamp_of_all(seen))
        if plain and mark == kept.seen:
            return True
        if not self._read(name, kept.files):
            return False
        if plain and all(left_alone(one, self._now) for one in seen):
            self._take(name, replace(kept, seen=mark))
        return True

    def _read(self, name: str, files: Mapping[str, bytes]) -> bool:
        path = self._path(name)
        return all(file_digest(f"{path}{os.sep}{file}") == made for file, made in files.items())

    def _path(self, name: str) -> str:
        return self._out if name == TOP else f"{self._out}{os.sep}{name}".replace("/", os.sep)

    def _part(self, name: str) -> dict[str, MadeFolder]:
        number = part_number(name)
        if number not in self._parts:
            kept = self._recall.latest(_SORT, self._name(number), b"", dict[str, MadeFolder])
            self._parts[number] = dict(kept or {})
        return self._parts[number]

    def _name(self, number: int) -> str:
        return f"{self._out}\0{number}"
