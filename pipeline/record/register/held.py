"""Records as they are held: packed until somebody looks at one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import msgspec

from pipeline.kernel.laid_aside import LaidAside, content_of

_NOT_YET = object()


class Fetched:
    """Bytes that are fetched when somebody asks for them."""

    __slots__ = ("read",)

    def __init__(self, fetch: Callable[[], bytes]) -> None:
        self.read = fetch


class Held:
    """One record of a class, packed; None where the file has no record. It is unpacked once, when it is asked for.

    Then the packed one is let go: a record is held in one form. What was packed from another record than this one is
    not kept in its place either, for packing leaves a second copy of every Chinese text in it.
    """

    __slots__ = ("_kind", "_packed", "_record", "mark")

    def __init__(
        self, kind: Any, packed: bytes | LaidAside | Fetched | None, record: Any = _NOT_YET, mark: bytes = b""
    ) -> None:
        """`mark` is the digest of all that the record was made of, where that is known."""
        self.mark = mark
        self._kind = kind
        self._packed = packed if record is _NOT_YET else None
        self._record: Any = None if packed is None else record

    @property
    def empty(self) -> bool:
        """Whether there is no record."""
        return self._packed is None and self._record is None

    @property
    def record(self) -> Any:
        """The record."""
        packed = self._packed
        if self._record is _NOT_YET and packed is not None:  # else another thread was quicker just now
            self._record = _decoder(self._kind).decode(_bytes_of(packed))
            if isinstance(packed, bytes):
                self._packed = None
        return self._record

    def __reduce__(self) -> tuple[type[Held], tuple[Any, ...]]:
        """For other processes: packed, where they know the class too."""
        kind = self._kind
        if kind is None or getattr(sys.modules.get(kind.__module__), kind.__name__, None) is kind:
            packed, record = self._packed, self._record
            again = packed is None and record is not None
            return Held, (kind, msgspec.msgpack.encode(record) if again else packed and _bytes_of(packed))
        return Held, (None, b"", self.record)


def _bytes_of(packed: bytes | LaidAside | Fetched) -> bytes:
    return packed.read() if isinstance(packed, Fetched) else content_of(packed)


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)


class Shelf(Mapping[str, Any]):
    """Records by key, each unpacked when it is first asked for."""

    __slots__ = ("_held", "_seen")

    def __init__(self, held: Mapping[str, Held]) -> None:
        self._held = held
        self._seen: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        try:
            return self._seen[key]
        except KeyError:
            found = self._seen[key] = self._held[key].record
            return found

    def get(self, key: str, default: Any = None) -> Any:
        """The record of a key, or something else."""
        return self[key] if key in self._held else default

    def __contains__(self, key: object) -> bool:
        return key in self._held

    def mark(self, key: str) -> bytes:
        """The digest of all that a record was made of; empty where that is not known."""
        return self._held[key].mark

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def __repr__(self) -> str:
        return repr(dict(self))


def shelf(held: Mapping[str, Held]) -> Mapping[str, Any]:
    """The records by key."""
    return Shelf(held)
