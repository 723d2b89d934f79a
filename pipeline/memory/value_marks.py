"""Marks of values: two that are alike have the same one, in whatever process they were worked out."""

from __future__ import annotations

from collections.abc import Mapping, Set
from pathlib import Path
from types import FunctionType
from typing import Any

import msgspec

from pipeline.kernel.recall import digest
from pipeline.memory.watched_records import ALL, HAS, KEYS, ONE, Read

ABSENT = b"absent"
"""The mark of what a mapping does not have."""


def mark_of(value: object) -> bytes | None:
    """The digest of a value by its content, of a file by its bytes; None for what has no content to go by."""
    try:
        return digest(_encoder.encode(value))
    except (msgspec.MsgspecError, NotImplementedError, TypeError, ValueError, OSError, OverflowError):
        return None


def mark_of_read(read: Read, value: Any) -> bytes | None:
    """The mark of what a read in a mapping, a set or a single `value` gives."""
    way, _, name = read
    if way == HAS:
        return b"1" if name in value else b"0"
    if isinstance(value, Set) and not isinstance(value, Mapping):
        return digest(*sorted(value))
    if not isinstance(value, Mapping):
        return mark_of(value)
    if way == ONE:
        return mark_of(value[name]) if name in value else ABSENT
    if way == KEYS:
        return digest(*map(str, value))
    return mark_of({key: value[key] for key in value if way == ALL or key.startswith(name)})


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
