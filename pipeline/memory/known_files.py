"""Digests of made files, read again only where the file system tells anything else of a file than when it was read."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from pipeline.kernel.digests import digest
from pipeline.kernel.looks import look_inside, looker
from pipeline.kernel.program import stamp, stamp_of_all
from pipeline.kernel.recall import Recall
from pipeline.kernel.store import file_digest

_SORT, _FOLDERS = "files", "folders"


class KnownFiles:
    """The files below a folder by their names; each is asked for whenever it matters.

    What a file held is believed for its stamp. That is enough for what was made here and can be made again, and for no
    record.
    """

    def __init__(self, folder: Path, recall: Recall, use: str) -> None:
        self._base = os.fspath(folder.resolve()) + os.sep
        self._recall = recall
        self._name = f"{self._base}\0{use}"
        self._kept = recall.latest(_SORT, self._name, b"", dict[str, tuple[str, bytes]]) or {}
        self._asked: dict[str, tuple[str, bytes]] = {}

    def digest(self, name: str) -> bytes:
        """The SHA-256 of a file's bytes; empty where it cannot be read."""
        path = self._base + name.replace("/", os.sep)
        try:
            found = looker()(path)
        except OSError:
            return b""
        if not stat.S_ISREG(found.st_mode):
            return file_digest(path)  # what a link leads to may change without it
        now = stamp(found)
        known = self._kept.get(name)
        if known is None or known[0] != now:
            known = now, file_digest(path)
        self._asked[name] = known
        return known[1]

    def keep(self) -> None:
        """Remember the files that were asked for, and no others."""
        if self._asked != self._kept:
            self._recall.keep(_SORT, self._name, b"", self._asked)


class KnownFolders:
    """Which folders hold the files that were made into them: of each folder one mark is kept, for all its files.

    As with `KnownFiles`, what a file held is believed for its stamp.
    """

    def __init__(self, folder: Path, recall: Recall) -> None:
        self._base = os.fspath(folder.resolve()) + os.sep
        self._recall = recall
        self._kept = recall.latest(_FOLDERS, self._base, b"", dict[str, bytes]) or {}
        self._asked: dict[str, bytes] = {}

    def hold(self, folder: str, files: Mapping[str, str]) -> bool:
        """Whether the files of a folder have these digests, told in hexadecimal."""
        base = f"{self._base}{folder}".replace("/", os.sep)
        try:
            seen = look_inside(base, files)
        except OSError:
            return False
        plain = all(stat.S_ISREG(one.st_mode) for one in seen)
        mark = digest("\0".join(files), "\0".join(files.values()), stamp_of_all(seen))
        if not plain or self._kept.get(folder) != mark:
            if any(file_digest(f"{base}{os.sep}{name}").hex() != made for name, made in files.items()):
                return False
            if not plain:
                return True  # what a link leads to may change without it
        self._asked[folder] = mark
        return True

    def keep(self) -> None:
        """Remember the folders that were asked for, and no others."""
        if self._asked != self._kept:
            self._recall.keep(_FOLDERS, self._base, b"", self._asked)
