"""From bytes to text: UTF-8 is taken, its common neighbours are recognised and named."""

from __future__ import annotations

import codecs

from pipeline.kernel.codes import loading
from pipeline.kernel.finding import Finding, Place
from pipeline.kernel.structs import Struct

LIMIT = 1024 * 1024
"""The most bytes a record may have."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


class Decoded(Struct, frozen=True, kw_only=True):
    """`text` is None when the bytes cannot be read as text; a byte order mark is no part of it."""

    text: str | None
    findings: tuple[Finding, ...] = ()


def decode(name: str, content: bytes) -> Decoded:
    """The text of a file, going on with GBK or UTF-16 after reporting them, so that nothing else is hidden."""
    if len(content) > LIMIT:
        size = f"{len(content) / LIMIT:.1f}"
        return _refused(loading.SIZE.at(Place(file=name), f"文件有 {size} MiB，超过 1 MiB"))
    if _looks_like_utf16(content):
        return _other(name, content, "UTF-16", _utf16(content))
    try:
        # Notepad and Excel put a mark in front of UTF-8; it would become part of the first key.
        return Decoded(text=content.removeprefix(codecs.BOM_UTF8).decode())
    except UnicodeDecodeError as error:
        if (text := _gbk(content)) is not None:
            return _other(name, content, "GBK", text)
        return _refused(_damaged(name, content, error))


def convert_to_utf8(content: bytes) -> bytes | None:
    """The same text as UTF-8 when `content` is GBK, GB18030 or UTF-16; None when it is not (or not surely)."""
    if _is_utf8(content) and not _looks_like_utf16(content):
        return None
    text = _utf16(content) if _looks_like_utf16(content) else _gbk(content)
    return None if text is None else text.encode()


def _refused(finding: Finding) -> Decoded:
    return Decoded(text=None, findings=(finding,))


def _other(name: str, content: bytes, encoding: str, text: str | None) -> Decoded:
    hint = f"运行 coop fix encoding {name} 转为 UTF-8，或在编辑器里另存为 UTF-8"
    message = f"文件看来是 {encoding} 编码，应为 UTF-8"
    return Decoded(
        text=text, findings=(loading.ENCODING.at(_first_foreign(name, content), message, hint=hint),)
    )


def _first_foreign(name: str, content: bytes) -> Place:
    """Where the first byte stands that is no UTF-8."""
    try:
        content.decode()
    except UnicodeDecodeError as error:
        return _byte_place(name, content, error.start)
    return Place(file=name)


def _damaged(name: str, content: bytes, error: UnicodeDecodeError) -> Finding:
    byte = content[error.start]
    message = f"第 {error.start + 1} 个字节 0x{byte:02X} 不是 UTF-8，文字到这里读不下去"
    return loading.ENCODING.at(_byte_place(name, content, error.start), message)


def _byte_place(name: str, content: bytes, offset: int) -> Place:
    before = content.removeprefix(codecs.BOM_UTF8)[: offset - _bom_length(content)]
    lines = before.decode(errors="replace").split("\n")
    return Place(file=name, line=len(lines), column=len(lines[-1]) + 1)


def _bom_length(content: bytes) -> int:
    return len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _looks_like_utf16(content: bytes) -> bool:
    """A mark, or a zero in most byte pairs: the English keys of a record have one each."""
    if content.startswith(_UTF16 + _UTF32):
        return True
    head = content[:400]
    fewer, more = sorted((head[0::2].count(0), head[1::2].count(0)))
    return len(head) >= 4 and more * 10 > len(head) * 2 and fewer * 4 < more


def _utf16(content: bytes) -> str | None:
    # The mark of UTF-32 begins with that of UTF-16, so it is asked for first.
    if content.startswith(_UTF32):
        encoding = "utf-32"
    elif content.startswith(_UTF16):
        encoding = "utf-16"
    else:
        encoding = "utf-16-be" if content[0:400:2].count(0) > content[1:400:2].count(0) else "utf-16-le"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _gbk(content: bytes) -> str | None:
    """The text when it is surely GBK or GB18030.

    GB18030 decodes almost any bytes, so most of what comes out must be everyday characters, and more than
    what reading the bytes as damaged UTF-8 gives.
    """
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return None
    foreign = [character for character in text if character > "\x7f"][:4000]
    everyday = sum(_everyday(character) for character in foreign)
    damaged = content.decode(errors="replace")
    rescued = sum(character > "\x7f" and character != "\ufffd" for character in damaged)
    return text if everyday * 10 >= len(foreign) * 6 and rescued <= damaged.count("\ufffd") else None


def _everyday(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
