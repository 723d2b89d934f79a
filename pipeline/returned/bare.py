"""The bare words of any office file (Word, Excel, slides), for looking through them and nothing else."""

from __future__ import annotations

import re
import struct
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

_MOST = 8 * 1024 * 1024
"""Bytes of XML that are looked through at most."""
_END = re.compile(rb"</(?:w:p|a:p|si|c|row|text:p)>|<(?:w:br|w:tab|w:cr)/>")
_MARKUP = re.compile(rb"<[^<>]*>")
DAMAGED = (
    BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What reading a damaged zip may raise."""


def bare_text(content: bytes) -> str | None:
    """The words of all parts, a paragraph or cell a line; None for what is no such file."""
    left, words = _MOST, []
    try:
        with ZipFile(BytesIO(content)) as package:
            for name in package.namelist():
                if name.endswith(".xml") and left > 0:
                    with package.open(name) as part:
                        xml = part.read(left)
                    left -= len(xml)
                    words.append(_MARKUP.sub(b"", _END.sub(b"\n", xml)).decode(errors="replace"))
    except DAMAGED:
        return "\n".join(words) if words else None
    return "\n".join(words)
