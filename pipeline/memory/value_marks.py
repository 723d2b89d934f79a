"""Marks of values: two that are alike have the same one, in whatever process they were worked out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from pathlib import Path
from types import FunctionType
from typing import Any

import msgspec

from pipeline.kernel.recall import digest
from pipeline.memory.watched_records import ALL, HAS, KEYS, ONE, Read
from pipeline.record.model.records import under

ABSENT = b"absent"
"""The mark of what a mapping does not have."""


class Derived(Mapping[str, Any]):
    """Values that are worked out when somebody asks for them, each marked by what it is worked out of."""

    def __init__(self, keys: Iterable[str], make: Callable[[str], Any], mark: Callable[[str], bytes]) -> None:
        self._keys = dict.fromkeys(keys)
        self._make = make
        self.mark = mark

    def __getitem__(self, key: str) -> Any:
        return self._make(key) if key in self._keys else self._keys[key]

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def mark_of(value: object) -> bytes | None:
    """The digest of a value by its content, of a file by its bytes; None for what has no content to go by."""
    try:
        return digest(_encoder.encode(value))
    except (msgspec.MsgspecError, NotImplementedError, TypeError, ValueError, OSError, OverflowError):
        return None


def mark_of_read(read: Read, value: Any) -> bytes | None:
    """The mark of what a read in a mapping, a set or a single `value` gives."""
    way, _, name = read
    if way == ONE and isinstance(value, Mapping):
        return _mark_of_one(value, name)
    if way == HAS:
        return b"1" if name in value else b"0"
    if isinstance(value, Set) and not isinstance(value, Mapping):
        return digest(*sorted(value))
    if not isinstance(value, Mapping):
        return mark_of(value)
    if way == KEYS:
        return digest(*map(str, value))
    return mark_of(dict(value) if way == ALL else under(value, *name[:-1].split("/")))


def _mark_of_one(value: Mapping[str, Any], name: str) -> bytes | None:
    if name not in value:
        return ABSENT
    return value.mark(name) if isinstance(value, Derived) else mark_of(value[name])


def _plain(value: object) -> object:
    """What stands for something that is not plain data itself."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, Path):
        return value.name, value.read_bytes()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, range):
        return value.start, value.stop, value.step
    # A function of a module does what the program says, and that is part of what everything is kept under.
    if isinstance(value, FunctionType) and not value.__closure__ and "<" not in value.__qualname__:
        return f"{value.__module__}.{value.__qualname__}"
    raise NotImplementedError


_encoder = msgspec.msgpack.Encoder(enc_hook=_plain)
