"""The database of facts: SQLite, every value with a checksum of its own; whatever is wrong with it, it is empty."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.kernel.laid_aside import Aside, LaidAside, content_of

FORMAT = 1
"""The layout of the database; a program of another layout keeps a file of its own."""

_PATIENCE = 0.2
"""Seconds to wait for another process that writes; then this run goes without."""

_SPARE = 200
"""Facts of a sort that may lie about without having been asked for."""

_CHECK = 16


class Facts:
    """One value for each sort and name, under a mark. Reading and writing never raise: what cannot be read is not there.

    What is put is written in one go by `save`, so that a run that is killed leaves the earlier facts as they were.
    """

    def __init__(self, folder: Path) -> None:
        self.file = folder / f"facts-{FORMAT}.sqlite"
        self._sorts: dict[str, dict[bytes, bytes]] = {}
        self._asked: dict[str, set[bytes]] = {}
        self._fresh: dict[tuple[str, bytes], bytes | LaidAside] = {}
        self._aside = Aside()
        self._base: sqlite3.Connection | None = None
        self._usable = True

    def get(self, sort: str, name: str, mark: bytes) -> bytes | None:
        """The value put for a name under a mark; None where there is none, or none that is whole."""
        key = os.fsencode(name)
        if sort not in self._sorts:
            self._sorts[sort] = self._read(sort)
        asked = self._asked.setdefault(sort, set())
        if (sort, key) in self._fresh:
            stored: object = content_of(self._fresh[sort, key])
        elif key in asked:
            stored = self._read_one(sort, key)
        else:
            stored = self._sorts[sort].pop(key, None)  # whoever has it now need not find it here as well
        asked.add(key)
        return None if stored is None else _whole(sort, key, mark, stored)

    def put(self, sort: str, name: str, mark: bytes, value: bytes) -> None:
        """Keep a value in the place of the one before; it is on disk after `save`."""
        key = os.fsencode(name)
        self._asked.setdefault(sort, set()).add(key)
        self._fresh[sort, key] = self._aside.put(_check(sort, key, mark, value) + value)

    def save(self) -> None:
        """Write down what was put and take out what is long gone; where that cannot be done, it is put for nothing."""
        if not self._fresh:
            return
        rows = ((sort, key, content_of(stored)) for (sort, key), stored in self._fresh.items())
        with self._trouble():
            base = self._opened(make=True)
            if base is not None:
                with base:
                    base.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?, ?)", rows)
                    base.executemany("DELETE FROM facts WHERE sort = ? AND key = ?", self._gone())
                self._fresh.clear()

    def close(self) -> None:
        """Let go of the file."""
        if self._base is not None:
            with suppress(sqlite3.Error):
                self._base.close()
            self._base = None

    def _gone(self) -> list[tuple[str, bytes]]:
        """What nobody has asked for or put in this run, where it is most of a sort."""
        gone = []
        for sort, asked in self._asked.items():
            idle = self._sorts.get(sort, {}).keys() - asked
            if len(idle) > len(asked) + _SPARE:
                gone += [(sort, key) for key in idle]
        return gone

    def _read(self, sort: str) -> dict[bytes, bytes]:
        with self._trouble():
            base = self._opened()
            if base is not None:
                return dict(base.execute("SELECT key, value FROM facts WHERE sort = ?", (sort,)))
        return {}

    def _read_one(self, sort: str, key: bytes) -> object:
        with self._trouble():
            base = self._opened()
            if base is not None:
                found = base.execute("SELECT value FROM facts WHERE sort = ? AND key = ?", (sort, key))
                return next((value for (value,) in found), None)
        return None

    def _opened(self, *, make: bool = False) -> sqlite3.Connection | None:
        if not self._usable:
            return None
        if self._base is None:
            if not make and not self.file.is_file():
                return None
            # Only its owner may write there: who could, could say what was found.
            self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._base = sqlite3.connect(self.file, timeout=_PATIENCE)
            # A power cut may cost the memory, which is then made anew; to wait for the disk would cost what
            # it saves.
            self._base.execute("PRAGMA synchronous = OFF")
            self._base.execute(
                "CREATE TABLE IF NOT EXISTS facts "
                "(sort TEXT, key BLOB, value BLOB, PRIMARY KEY (sort, key)) WITHOUT ROWID"
            )
        return self._base

    @contextmanager
    def _trouble(self) -> Iterator[None]:
        """Where the file is busy or the disk is full, it is left alone; where it is damaged, begun anew."""
        try:
            yield
        except (sqlite3.Error, OSError, TypeError, ValueError) as error:
            self._usable = False
            self.close()
            # Busy, read-only or without room is not damaged: another process may be using the file at this
            # moment.
            if not isinstance(error, sqlite3.OperationalError | OSError):
                with suppress(OSError):
                    self.file.unlink()


def _check(sort: str, key: bytes, mark: bytes, value: bytes) -> bytes:
    found = hashlib.blake2b(digest_size=_CHECK)
    for part in (sort.encode(), key, mark):
        found.update(b"%d:" % len(part))
        found.update(part)
    found.update(value)
    return found.digest()


def _whole(sort: str, key: bytes, mark: bytes, stored: object) -> bytes | None:
    """The value, where it is still what was put for this very name under this very mark."""
    if not isinstance(stored, bytes) or _check(sort, key, mark, stored[_CHECK:]) != stored[:_CHECK]:
        return None
    return stored[_CHECK:]
