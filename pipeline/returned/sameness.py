"""Whether a Word file is another one: byte for byte, or part by part after unzipping.

Programs find a part in a zip by different ways: by the directory at the end, by the header before the part, by a
name in an extra field. Only where all of them lead to the same bytes are the parts those of the other file.
"""

from __future__ import annotations

import struct
from enum import Enum
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from pipeline.returned.package import Package
from pipeline.returned.xml import UnreadableError

_HEADER = struct.Struct("<4s5H3I2H")
_TIMES = frozenset({0x000A, 0x5455, 0x5855, 0x7875, 0xA220})
"""Extra fields that hold times, owners or padding; all others may rename a part."""
_FLAGS = 0x0002 | 0x0004 | 0x0008 | 0x0800
"""How hard it was deflated, that sizes follow the part, that its name is UTF-8."""


class Sameness(Enum):
    """How far two files are the same."""

    BYTES = "bytes"
    PARTS = "parts"
    NO = ""


def sameness(content: bytes, genuine: bytes) -> Sameness:
    """How far a file is the genuine one; a file that cannot be read is not."""
    if content == genuine:
        return Sameness.BYTES
    try:
        same = _sizes(content) == _sizes(genuine) and plainly_zipped(content)
        same = same and _parts(content) == _parts(genuine)
    except (UnreadableError, KeyError):
        same = False
    return Sameness.PARTS if same else Sameness.NO


def _sizes(content: bytes) -> dict[str, int]:
    """How long each part is, as the list says: nothing is inflated that cannot be the same."""
    Package(content)  # refuses what is no Word file
    with ZipFile(BytesIO(content)) as zipped:
        return {info.filename: info.file_size for info in zipped.infolist()}


def _parts(content: bytes) -> dict[str, bytes]:
    package = Package(content)
    return {name: package.content(name) for name in package.names()}


def plainly_zipped(content: bytes) -> bool:
    """Whether every program finds the same parts in a zip; raises `UnreadableError`."""
    package = Package(content)
    with ZipFile(BytesIO(content)) as zipped:
        infos = zipped.infolist()
        listed = [info.filename for info in infos]
        return (
            package.lies_alone
            and sorted(listed) == list(package.names())
            and all(_plainly_held(content, info) for info in infos)
        )


def _plainly_held(content: bytes, info: ZipInfo) -> bool:
    """Whether the header before a part says what the directory says of it."""
    head = content[info.header_offset : info.header_offset + _HEADER.size]
    if len(head) < _HEADER.size:
        return False
    _, _, flags, method, _, _, check, packed, size, name, extra = _HEADER.unpack(head)
    at = info.header_offset + _HEADER.size
    said = (check, packed, size)
    later = flags & 0x0008 and said == (0, 0, 0)
    return (
        content[at : at + name] == info.orig_filename.encode()
        and info.orig_filename == info.filename
        and flags == info.flag_bits
        and not flags & ~_FLAGS
        and method == info.compress_type
        and bool(later or said == (info.CRC, info.compress_size, info.file_size))
        and _harmless(content[at + name : at + name + extra])
        and _harmless(info.extra)
    )


def _harmless(extra: bytes) -> bool:
    """Whether extra fields are whole and rename nothing."""
    while extra:
        if len(extra) < 4:
            return False
        kind, length = struct.unpack("<HH", extra[:4])
        if kind not in _TIMES or len(extra) < 4 + length:
            return False
        extra = extra[4 + length :]
    return True
