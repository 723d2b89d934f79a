"""Digests of made files, read again only where the file system tells anything else of a file than when it was read."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

from pipeline.kernel.looks import looker
from pipeline.kernel.program import stamp
from pipeline.kernel.read_files import left_alone
from pipeline.kernel.recall import Recall
from pipeline.kernel.store import file_digest

_SORT = "files"


class KnownFiles:
    """The files below a folder by their names; each is asked for whenever it matters.

    What a file held is believed for its stamp. That is enough for what was made here and can be made again, and for no
    record.
    """

    def __init__(self, folder: Path, recall: Recall, use: str) -> None:
        self._base = os.fspath(folder.resolve()) + os.sep
        self._recall = recall
        self._now = time.time_ns()
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
            if not left_alone(found, self._now):
                return known[1]
        self._asked[name] = known
        return known[1]

    def keep(self) -> None:
        """Remember the files that were asked for, and no others."""
        if self._asked != self._kept:
            self._recall.keep(_SORT, self._name, b"", self._asked)
