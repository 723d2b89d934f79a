"""The genuine parts in zips that some programs would unpack into something else."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from zipfile import ZIP_BZIP2, ZIP_STORED, ZipFile, ZipInfo

from tests.approval.word_attacks import DOCUMENT, packed, unpacked


def _other(content: bytes) -> bytes:
    """The same file with another amount."""
    parts = unpacked(content)
    return packed({**parts, DOCUMENT: parts[DOCUMENT].replace(b"480,000.00", b"430,000.00")})


def between(content: bytes) -> bytes:
    """Another main part before the genuine one, under no entry of the directory."""
    made = io.BytesIO()
    parts = unpacked(content)
    with ZipFile(made, "w") as package:
        for name, raw in parts.items():
            if name == DOCUMENT:
                package.writestr(name, raw.replace(b"480,000.00", b"430,000.00"))
                del package.filelist[-1], package.NameToInfo[name]
            package.writestr(name, raw)
    return made.getvalue()


def written(change: Callable[[ZipInfo], None], method: int = ZIP_STORED) -> Callable[[bytes], bytes]:
    """The parts written with something odd about each entry."""

    def make(content: bytes) -> bytes:
        made = io.BytesIO()
        with ZipFile(made, "w") as package:
            for name, raw in unpacked(content).items():
                info = ZipInfo(name)
                info.compress_type = method
                change(info)
                package.writestr(info, raw)
        return made.getvalue()

    return make


def renaming(info: ZipInfo) -> None:
    """The extra field by which some programs take another name for a part."""
    name = b"word/x.xml"
    field = struct.pack("<BI", 1, 0) + name
    info.extra = struct.pack("<HH", 0x7075, len(field)) + field


def backslashes(info: ZipInfo) -> None:
    info.filename = info.filename.replace("/", "\\")


def slash(info: ZipInfo) -> None:
    info.filename = f"/{info.filename}"


def local_name(content: bytes) -> bytes:
    """The header before the main part calls it by another name than the directory does."""
    return content.replace(b"word/document.xml", b"word/documentX.xml"[:17], 1)


def commented(content: bytes) -> bytes:
    made = io.BytesIO(content)
    with ZipFile(made, "a") as package:
        package.comment = b"PK\x05\x06 x"
    return made.getvalue()


def rolled(
    content: bytes, other: bytes = b"", behind: bytes = b"", *, flags: int = 0, described: bytes = b""
) -> tuple[bytes, bytes, int]:
    """The parts and their list written by hand, and how many: `other` in the padding of the first, `behind` its stream."""
    parts = listed = b""
    padding = struct.pack("<HH", 0xA220, len(other)) + other if other else b""
    for number, (name, raw) in enumerate(unpacked(content).items()):
        deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed_part = deflater.compress(raw) + deflater.flush() + (b"" if number else behind)
        sizes = struct.pack("<3I", zlib.crc32(raw), len(packed_part), len(raw))
        named, extra = name.encode(), b"" if number else padding
        before = b"PK\x03\x04" + struct.pack("<5H", 20, flags, 8, 0, 0x21) + sizes
        here = b"PK\x01\x02" + struct.pack("<6H", 20, 20, flags, 8, 0, 0x21) + sizes
        listed += here + struct.pack("<5H2I", len(named), 0, 0, 0, 0, 0, len(parts)) + named
        parts += before + struct.pack("<2H", len(named), len(extra)) + named + extra + packed_part + described
    return parts, listed, len(unpacked(content))


def ended(parts: bytes, listed: bytes, count: int, *, disk: int = 0) -> bytes:
    """Parts and list with the record of the end."""
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", disk, disk, count, count, len(listed), len(parts), 0)
    return parts + listed + end


def two_ends(content: bytes) -> bytes:
    """A second record of the end, for large files, leads to the genuine parts; the usual one to others in a padding."""
    others, theirs, _ = rolled(_other(content))
    first = next(iter(unpacked(content)))
    at = 30 + len(first) + 4  # where the padding of the first part begins
    shifted = b""
    for line in theirs.split(b"PK\x01\x02")[1:]:
        offset = struct.unpack("<I", line[38:42])[0] + at
        shifted += b"PK\x01\x02" + line[:38] + struct.pack("<I", offset) + line[42:]
    parts, listed, count = rolled(content, others + shifted)
    large = struct.pack("<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, len(listed), len(parts))
    place = struct.pack("<4sIQI", b"PK\x06\x07", 0, len(parts) + len(listed), 1)
    usual = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(shifted), at + len(others), 0)
    return parts + listed + large + place + usual


def fewer(content: bytes) -> bytes:
    """The end counts fewer parts than the list has."""
    parts, listed, count = rolled(content)
    return ended(parts, listed, count - 3)


def descriptions(content: bytes) -> bytes:
    """Sizes that follow each part and are other ones."""
    wrong = b"PK\x07\x08" + b"\1" * 12
    return ended(*rolled(content, flags=8, described=wrong))


ZIPS: dict[str, Callable[[bytes], bytes]] = {
    "another file before it": lambda content: _other(content) + content,
    "another file behind it": lambda content: content + _other(content),
    "something before it": lambda content: b"x" + content,
    "a byte behind it": lambda content: content + b"\0",
    "a part that the directory does not list": between,
    "a name in an extra field": written(renaming),
    "names with backslashes": written(backslashes),
    "names with a slash in front": written(slash),
    "another name before the part": local_name,
    "a way of packing that Word does not know": written(lambda info: None, ZIP_BZIP2),
    "a remark at the end": commented,
    "one part fewer": lambda content: packed({name: raw for name, raw in unpacked(content).items() if name != "word/fontTable.xml"}),
    "two ends that lead to two lists": two_ends,
    "another part behind the stream of one": lambda content: ended(*rolled(content, behind=rolled(_other(content))[0])),
    "an end that counts fewer parts": fewer,
    "an end of several disks": lambda content: ended(*rolled(content), disk=1),
    "other sizes behind the parts": descriptions,
    "an empty part more": lambda content: packed({**unpacked(content), "x": b""}),
}  # fmt: skip
"""What is done, in words → how it is done."""
