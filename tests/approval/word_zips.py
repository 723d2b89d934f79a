"""The genuine parts in zips that some programs would unpack into something else."""

from __future__ import annotations

import io
import struct
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
    "an empty part more": lambda content: packed({**unpacked(content), "x": b""}),
}  # fmt: skip
"""What is done, in words → how it is done."""
