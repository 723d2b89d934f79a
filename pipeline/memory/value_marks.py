"""Marks of values: two that are alike have the same one, in whatever process they were worked out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from pathlib import Path
from types import FunctionType
from typing import Any

import msgspec

from pipeline.kernel.recall import digest, part_number
from pipeline.memory.watched_records import ALL, HAS, KEYS, ONE, Read
from pipeline.record.model.records import under

ABSENT = b"absent"
"""The mark of what a mapping does not have."""


class Derived(Mapping[str, Any]):
    """Values that are worked out when somebody asks for them; `told` are the marks of what each is worked out of."""

    def __init__(self, make: Callable[[str], Any], told: Mapping[str, bytes]) -> None:
        self._make = make
        self.told = told

    def __getitem__(self, key: str) -> Any:
        return self._make(key) if key in self.told else self.told[key]

    def __contains__(self, key: object) -> bool:
        return key in self.told

    def __iter__(self) -> Iterator[str]:
        return iter(self.told)

    def __len__(self) -> int:
        return len(self.told)

    def only(self, keys: Iterable[str]) -> Derived:
        """Some of them, worked out: wherever they are sent, each is told by the same."""
        some = {key: self[key] for key in keys if key in self}
        return Derived(some.__getitem__, {key: self.told[key] for key in some})


def mark_of(value: object) -> bytes | None:
    """The digest of a value by its content, of a file by its bytes; None for what has no content to go by."""
    try:
        return digest(_encoder.encode(value))
    except (msgspec.MsgspecError, NotImplementedError, TypeError, ValueError, OSError, OverflowError):
        return None


def mark_of_whole(value: object) -> bytes | None:
    """The mark of all that a value holds, whatever it is; None where it has none."""
    return digest(*sorted(value)) if isinstance(value, Set) else mark_of(value)


def marks_of_parts(value: Mapping[str, Any]) -> dict[int, bytes]:
    """The marks of the parts of a mapping by their numbers; empty where a part has none."""
    parts: dict[int, dict[str, Any]] = defaultdict(dict)
    for key, one in (value.told if isinstance(value, Derived) else value).items():
        parts[part_number(key)][key] = one
    return {number: mark_of(some) or b"" for number, some in parts.items()}


def mark_of_read(read: Read, value: Any) -> bytes | None:
    """The mark of what a read in a mapping, a set or a single `value` gives."""
    way, _, name = read
    if way == ONE and isinstance(value, Mapping):
        return _mark_of_one(value, name)
    if way == HAS:
        return b"1" if name in value else b"0"
    if not isinstance(value, Mapping):
        return mark_of_whole(value)
    if way == KEYS:
        return digest(*map(str, value))
    return mark_of(dict(value) if way == ALL else under(value, *name[:-1].split("/")))


def _mark_of_one(value: Mapping[str, Any], name: str) -> bytes | None:
    if name not in value:
        return ABSENT
    return mark_of(value.told[name] if isinstance(value, Derived) else value[name])


def _plain(value: object) -> object:
    """What stands for something that is not plain data itself."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, Path):
        return value.name, value.read_bytes()
    if isinstance(value, Mapping):
        return dict(value.told if isinstance(value, Derived) else value)
    if isinstance(value, range):
        return value.start, value.stop, value.step
    # A function of a module does what the program says, and that is part of what everything is kept under.
    if isinstance(value, FunctionType) and not value.__closure__ and "<" not in value.__qualname__:
        return f"{value.__module__}.{value.__qualname__}"
    raise NotImplementedError


_encoder = msgspec.msgpack.Encoder(enc_hook=_plain)
