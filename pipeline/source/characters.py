"""Characters that no record may hold: found in one search, explained only when there is one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline import visible
from pipeline.finding import Code
from pipeline.source import codes

COMPATIBILITY = "\u2e80-\u2eff\u2f00-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f"
"""Compatibility ideographs and radicals: twins of common characters under another number."""

NO_CHARACTER = (
    "\ue000-\uf8ff\ufdd0-\ufdef\ufffd-\uffff"
    + "".join(f"{chr(plane + 0xFFFE)}-{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0xF0000, 0x10000))
    + "\U000f0000-\U0010ffff"
)
"""Noncharacters, private use and the mark of lost text."""

MASK = "\ufffd"
"""Stands in for a refused character while the rest is read; itself refused, so it is never a value."""

_KINDS: tuple[tuple[Code, re.Pattern[str]], ...] = tuple(
    (code, re.compile(f"[{body}]"))
    for code, body in (
        (codes.NUL, "\x00"),
        (codes.SEPARATOR, visible.SEPARATOR + "\r"),
        (codes.CONTROL, visible.CONTROL + visible.SURROGATE),
        (codes.BIDI, visible.BIDI),
        (codes.INVISIBLE, visible.INVISIBLE),
        (codes.COMPATIBILITY, COMPATIBILITY),
        (codes.NO_CHARACTER, NO_CHARACTER),
    )
)

_KIND_NAMES: tuple[tuple[Code, str], ...] = (
    (codes.NUL, "空字节"),
    (codes.SEPARATOR, "不通用的换行符"),
    (codes.CONTROL, "控制字符"),
    (codes.BIDI, "改变书写方向的字符"),
    (codes.INVISIBLE, "看不见的字符"),
    (codes.NO_CHARACTER, "没有固定样子的字符"),
)
_NAMES = {
    "\r": "单独的回车符",
    "\x07": "响铃符",
    "\x0c": "换页符",
    "\x1b": "终端转义符",
    "\u00a0": "不换行空格",
    "\u200b": "零宽空格",
    "\u200d": "零宽连接符",
    "\ufeff": "夹在文中的字节顺序标记",
    "\ufffd": "替换符（转换编码时丢了字）",
}


def _below_astral(body: str) -> str:
    """A class body without characters beyond U+FFFF: testing for those one range at a time is slow."""
    return re.sub("[\U00010000-\U0010ffff](-[\U00010000-\U0010ffff])?", "", body)


_REFUSED = "".join(
    (visible.CONTROL, visible.SEPARATOR, visible.BIDI, visible.INVISIBLE, COMPATIBILITY, NO_CHARACTER)
)
_SUSPECT = re.compile(f"[{_below_astral(_REFUSED)}\U00010000-\U0010ffff]")
_LONE_CR = re.compile("\r(?!\n)")
_ANY = re.compile(f"[{_REFUSED}]|{_LONE_CR.pattern}")
_RUN = re.compile(f"([{_REFUSED}])\\1*|{_LONE_CR.pattern}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A refused character, or a run of equal ones, at `offset` of the text."""

    code: Code
    offset: int
    message: str


def clean(text: str) -> bool:
    """Whether the text holds nothing refused; the quick answer for nearly every file."""
    return (
        not _SUSPECT.search(text)
        and not ("\r" in text and _LONE_CR.search(text))
        and unicodedata.is_normalized("NFC", text)
    )


def mask(text: str) -> str:
    """The text with `MASK` for each refused character, every other character in its place."""
    if "\n" not in text:
        text = _LONE_CR.sub("\n", text)
    return _ANY.sub(MASK, text)


def refused(text: str) -> list[Hit]:
    """Every run of refused characters and every line that is not in normal form, in the order of the text.

    Of a text whose lines all end in a bare CR only the first CR is told.
    """
    hits = [] if clean(text) else [*_runs(text), *_not_composed(text)]
    if "\n" not in text:
        returns = [hit for hit in hits if text[hit.offset] == "\r"]
        hits = [hit for hit in hits if hit not in returns[1:]]
    return sorted(hits, key=lambda hit: hit.offset)


def refused_in_value(value: str) -> Hit | None:
    """The first refused character that an escape has made in a value (there a CR is never welcome)."""
    if "\r" in value:
        value = value.replace("\r\n", "\r")
    return next(iter(refused(value + " \n")), None)


def _runs(text: str) -> Iterator[Hit]:
    for match in _RUN.finditer(text):
        character = match[0][0]
        code = next(code for code, pattern in _KINDS if pattern.match(character))
        times = f"（连续 {len(match[0])} 个）" if len(match[0]) > 1 else ""
        yield Hit(code=code, offset=match.start(), message=f"{_describe(code, character)}{times}")


def _describe(code: Code, character: str) -> str:
    point = visible.code_point(character)
    if code is codes.COMPATIBILITY:
        plain = unicodedata.normalize("NFKC", character)
        return f"“{character}”{point} 不是通用汉字" + (f"，应为“{plain}”" if plain != character else "")
    name = _NAMES.get(character) or next(name for kind, name in _KIND_NAMES if kind is code)
    return f"这里有{name} {point}"


def _not_composed(text: str) -> Iterator[Hit]:
    """The first spot of each line that is not NFC, refused characters aside."""
    start = 0
    for line in mask(text).split("\n"):
        composed = unicodedata.normalize("NFC", line)
        if composed != line:
            same = next(
                i for i, pair in enumerate(zip(line, composed + "\n", strict=False)) if len({*pair}) > 1
            )
            points = "".join(visible.code_point(character) for character in line[same : same + 2])
            message = f"“{line[same : same + 2]}”由 {points} 拼成，不是规范形式"
            yield Hit(code=codes.NORMAL_FORM, offset=start + same, message=message)
        start += len(line) + 1
