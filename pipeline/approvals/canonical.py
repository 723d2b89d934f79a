"""One value, one line of bytes: JSON with sorted keys, no blanks, UTF-8, whole numbers only."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec


class CanonicalError(ValueError):
    """Bytes are not the canonical form of any value; the message says why (Chinese)."""


def line(value: object) -> bytes:
    """The canonical line of a value, ended by LF."""
    return msgspec.json.encode(value, order="sorted") + b"\n"


def value(content: bytes) -> Any:
    """The value of one line; refuses what another program might read differently.

    Doubled keys, blanks, escapes that need not be, another order of keys: each gives other bytes when the
    value is written again, and that is the test.
    """
    try:
        found = msgspec.json.decode(content)
        again = line(found)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise CanonicalError(f"不是完好的 JSON：{error}") from error
    if _has_fraction(found):
        raise CanonicalError("里面有小数或空值；金额等都应写成带类型的文字")
    if again != content:
        raise CanonicalError("字节与规范写法不符（键重复、次序、空格、换行或转义不同）")
    return found


def _has_fraction(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_has_fraction, value.values()))
    if isinstance(value, list):
        return any(map(_has_fraction, value))
    return value is None or isinstance(value, float)


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal, as `sha256sum` prints it."""
    return hashlib.sha256(content).hexdigest()
