"""The database of facts: SQLite, many facts in one value with a checksum; whatever is wrong with it, it is empty."""

from __future__ import annotations

import hashlib
import marshal
import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from zlib import crc32

from pipeline.kernel.laid_aside import Aside, LaidAside, content_of

FORMAT = 2
"""The layout of the database; a program of another layout keeps a file of its own."""

_PATIENCE = 0.2
"""Seconds to wait for another process that writes; then this run goes without."""

_SPARE = 200
"""Facts of a sort that may lie about without having been asked for."""

_PAGE = 16384
"""Bytes of a page of the file: a value goes over many of them, and each is looked for."""

_CHECK = 16

_BLOCKS = 64
"""Values that the facts of a sort are spread over: one by one each would cost a row, a checksum and a decoding, all in
one would be written as a whole for each that changes."""

_LARGE = 4096
"""Bytes from which on a value lies in a row of its own: few are asked for, and one is written where one changes."""

Block = dict[bytes, tuple[bytes, bytes | None]]
"""Some facts of a sort: by name the mark and the value, None for one that lies in a row of its own."""


class Facts:
    """One value for each sort and name, under a mark. Reading and writing never raise: what cannot be read is not there.

    What is put is written in one go by `save`, so that a run that is killed leaves the earlier facts as they were.
    """

    def __init__(self, folder: Path) -> None:
        self.file = folder / f"facts-{FORMAT}.sqlite"
        self._blocks: dict[tuple[str, int], Block] = {}
        self._asked: dict[str, set[bytes]] = {}
        self._fresh: dict[tuple[str, bytes], tuple[bytes, bytes | LaidAside]] = {}
        self._aside = Aside()
        self._base: sqlite3.Connection | None = None
        self._usable = True

    def get(self, sort: str, name: str, mark: bytes) -> bytes | None:
        """The value put for a name under a mark; None where there is none, or none that is whole."""
        key = os.fsencode(name)
        self._asked.setdefault(sort, set()).add(key)
        if (sort, key) in self._fresh:
            kept, value = self._fresh[sort, key]
            return content_of(value) if kept == mark else None
        place = sort, _number(key)
        if place not in self._blocks:
            self._blocks[place] = self._read(*place)
        found = self._blocks[place].get(key)
        if found is not None and found[0] == mark and found[1] is None:
            # Another process may have put something else there since the block was read.
            found = self._read(sort, _apart(key)).get(key)
        return None if found is None or found[0] != mark else found[1]

    def put(self, sort: str, name: str, mark: bytes, value: bytes) -> None:
        """Keep a value in the place of the one before; it is on disk after `save`."""
        key = os.fsencode(name)
        self._asked.setdefault(sort, set()).add(key)
        self._fresh[sort, key] = mark, self._aside.put(value)

    def save(self) -> None:
        """Write down what was put and take out what is long gone; where that cannot be done, it is put for nothing."""
        if not self._fresh:
            return
        changed: dict[tuple[str, int], list[bytes]] = {}
        for sort, key in (*self._fresh, *self._gone()):
            changed.setdefault((sort, _number(key)), []).append(key)
        for _ in range(2):  # where it turns out to be damaged, once more into a new file
            if self._fresh:
                self._write_down(changed)

    def _write_down(self, changed: Mapping[tuple[str, int], Iterable[bytes]]) -> None:
        """Write blocks with what is new in them, by their places; all of it or nothing."""
        with self._trouble():
            base = self._opened(make=True)
            if base is not None:
                with base:
                    # From the reading to the writing of a block nobody else may write it.
                    base.execute("BEGIN IMMEDIATE")
                    for place, keys in changed.items():
                        self._write(base, *place, keys)
                self._fresh.clear()
                for place in changed:
                    self._blocks.pop(place, None)

    def close(self) -> None:
        """Let go of the file."""
        if self._base is not None:
            with suppress(sqlite3.Error):
                self._base.close()
            self._base = None

    def _gone(self) -> list[tuple[str, bytes]]:
        """What nobody has asked for or put in this run, where a sort was looked through and it is most of that.

        Of many sorts only what is needed is asked for: a few that are drive nothing out.
        """
        looked = Counter(sort for sort, _ in self._blocks)
        idle: dict[str, list[tuple[str, bytes]]] = {}
        for (sort, _), block in self._blocks.items():
            idle.setdefault(sort, []).extend((sort, key) for key in block if key not in self._asked[sort])
        return [
            one
            for sort, some in idle.items()
            if looked[sort] == _BLOCKS and len(some) > len(self._asked[sort]) + _SPARE
            for one in some
        ]

    def _write(self, base: sqlite3.Connection, sort: str, number: int, keys: Iterable[bytes]) -> None:
        """Write a block with what is new under some keys, and without those of which nothing is."""
        block = _found(base, sort, number)
        for key in keys:
            before = block.pop(key, None)
            if before is not None and before[1] is None:
                base.execute("DELETE FROM facts WHERE sort = ? AND block = ?", (sort, _apart(key)))
            if (sort, key) in self._fresh:
                mark, kept = self._fresh[sort, key]
                value = content_of(kept)
                if len(value) > _LARGE:
                    _put(base, sort, _apart(key), {key: (mark, value)})
                block[key] = mark, None if len(value) > _LARGE else value
        _put(base, sort, number, block)

    def _read(self, sort: str, number: int) -> Block:
        with self._trouble():
            base = self._opened()
            if base is not None:
                return _found(base, sort, number)
        return {}

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
            self._base.execute(f"PRAGMA page_size = {_PAGE}")
            self._base.execute(
                "CREATE TABLE IF NOT EXISTS facts "
                "(sort TEXT, block INTEGER, value BLOB, PRIMARY KEY (sort, block))"
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
                    self._usable = True


def _number(key: bytes) -> int:
    """The block that a name belongs to."""
    return crc32(key) % _BLOCKS


def _apart(key: bytes) -> int:
    """Where a large value lies; behind all blocks, and mostly alone."""
    return _BLOCKS + int.from_bytes(hashlib.sha256(key).digest()[:7], "big")


def _put(base: sqlite3.Connection, sort: str, number: int, block: Block) -> None:
    packed = marshal.dumps(block, 4)
    value = _check(sort, number, packed) + packed
    base.execute("INSERT OR REPLACE INTO facts VALUES (?, ?, ?)", (sort, number, value))


def _check(sort: str, number: int, packed: bytes | memoryview) -> bytes:
    found = hashlib.sha256(f"{sort}\0{number}\0".encode())
    found.update(packed)
    return found.digest()[:_CHECK]


def _found(base: sqlite3.Connection, sort: str, number: int) -> Block:
    """A block as it is stored; empty where it is not what was written for this very place."""
    rows = base.execute("SELECT value FROM facts WHERE sort = ? AND block = ?", (sort, number))
    stored = next((value for (value,) in rows), None)
    if not isinstance(stored, bytes):
        return {}
    packed = memoryview(stored)[_CHECK:]
    if _check(sort, number, packed) != stored[:_CHECK]:
        return {}
    block: Block = marshal.loads(packed)  # nobody else can write there, and it is whole
    return block
