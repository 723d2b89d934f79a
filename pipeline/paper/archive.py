"""A zip file whose bytes depend on nothing but its parts: the package of a Word file.

Python's zipfile cannot take bytes that are already deflated; parts that are the same in every document are
deflated once here and copied.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable

from pipeline.kernel.structs import Struct

_TIME, _DATE = 0, (2020 - 1980) << 9 | 1 << 5 | 1
_UTF8_NAME = 0x800


class Packed(Struct, frozen=True, kw_only=True):
    """A part of a package, deflated: its `name`, checksum, size before deflating (bytes) and bytes after."""

    name: str
    crc: int
    size: int
    deflated: bytes


def pack(name: str, content: bytes, *, level: int = 9) -> Packed:
    """Deflate a part; `level` from 1 (fast) to 9 (small)."""
    deflater = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    deflated = deflater.compress(content) + deflater.flush()
    return Packed(name=name, crc=zlib.crc32(content), size=len(content), deflated=deflated)


def archive(parts: Iterable[Packed]) -> bytes:
    """The zip of these parts in this order, every time stamp 2020-01-01 00:00."""
    chunks: list[bytes] = []
    directory: list[bytes] = []
    offset = count = 0
    for part in parts:
        name = part.name.encode()
        common = struct.pack(
            "<HHHHHIIIHH",
            20,
            _UTF8_NAME,
            8,
            _TIME,
            _DATE,
            part.crc,
            len(part.deflated),
            part.size,
            len(name),
            0,
        )
        local = b"PK\x03\x04" + common + name + part.deflated
        directory.append(
            b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, offset)
        )
        directory.append(name)
        chunks.append(local)
        offset += len(local)
        count += 1
    listing = b"".join(directory)
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(listing), offset, 0)
    return b"".join((*chunks, listing, end))
