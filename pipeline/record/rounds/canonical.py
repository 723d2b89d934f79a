"""One value, one line of bytes: JSON with sorted keys, no blanks, UTF-8, whole numbers only."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec


class CanonicalError(ValueError):
    """Bytes are not the canonical form of any value; the message says why (Chinese)."""


def line(value: object) -> bytes:
    """The canonical line of a value, ended by LF."""
    return _ENCODER.encode(value) + b"\n"


def values(content: bytes) -> list[Any]:
    """The values of some lines; refuses what another program might read differently.

    Doubled keys, blanks, escapes that need not be, another order of keys: each gives other bytes when the
    values are written again, and that is the test.
    """
    try:
        found = _DECODER.decode_lines(content)
        again = _ENCODER.encode_lines(found)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise CanonicalError(f"不是完好的 JSON：{error}") from error
    if again != content:
        raise CanonicalError("字节与规范写法不符（键重复、次序、空格、换行或转义不同）")
    if b"null" in content and _has_none(found):
        raise CanonicalError("里面有空值")
    return found


def _no_fraction(text: str) -> float:
    raise CanonicalError(f"里面有小数 {text}；金额等都应写成带类型的文字")


_DECODER = msgspec.json.Decoder(float_hook=_no_fraction)
_ENCODER = msgspec.json.Encoder(order="sorted")


def _has_none(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_has_none, value.values()))
    if isinstance(value, list):
        return any(map(_has_none, value))
    return value is None


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal, as `sha256sum` prints it."""
    return hashlib.sha256(content).hexdigest()
