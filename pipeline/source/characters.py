"""Characters that no record may hold: found in one search, explained only when there is one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from pipeline.kernel import visible
from pipeline.kernel.codes import loading
from pipeline.kernel.finding import Code
from pipeline.kernel.late_pattern import late
from pipeline.kernel.structs import Struct

COMPATIBILITY = "\u2e80-\u2eff\u2f00-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f"
"""Compatibility ideographs and radicals: twins of common characters under another number."""

NO_CHARACTER = (
    "\ue000-\uf8ff\ufdd0-\ufdef\ufffc-\uffff"
    + "".join(f"{chr(plane + 0xFFFE)}-{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0xF0000, 0x10000))
    + "\U000f0000-\U0010ffff"
)
"""Noncharacters, private use and the mark of lost text."""

STYLED = "\U0001d400-\U0001d7ff"
"""Letters and digits of mathematics: 𝐀 and 𝟗 look like A and 9 and are not."""

_TWINS = "\u0391\u0392\u0395-\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u0400-\u052f"
_MIXED = late(f"(?<=[A-Za-z])[{_TWINS}]|[{_TWINS}](?=[A-Za-z])")
"""Cyrillic letters, and Greek ones that look Latin, beside Latin letters; a whole Russian word or μm is fine."""

MASK = "\ufffd"
"""Stands in for a refused character while the rest is read; itself refused, so it is never a value."""

_KINDS: tuple[tuple[Code, re.Pattern[str]], ...] = tuple(
    (code, late(f"[{body}]"))
    for code, body in (
        (loading.NUL, "\x00"),
        (loading.SEPARATOR, visible.SEPARATOR + "\r"),
        (loading.CONTROL, visible.CONTROL + visible.SURROGATE),
        (loading.BIDI, visible.BIDI + visible.RIGHT_TO_LEFT),
        (loading.INVISIBLE, visible.INVISIBLE),
        (loading.COMPATIBILITY, COMPATIBILITY),
        (loading.NO_CHARACTER, NO_CHARACTER),
        (loading.LOOKALIKE, STYLED + _TWINS),
        (loading.OVERLAY, visible.OVERLAY),
    )
)

_KIND_NAMES = {
    loading.NUL.code: "空字节",
    loading.SEPARATOR.code: "不通用的换行符",
    loading.CONTROL.code: "控制字符",
    loading.BIDI.code: "改变书写方向的字符",
    loading.INVISIBLE.code: "看不见的字符",
    loading.NO_CHARACTER.code: "没有固定样子的字符",
    loading.OVERLAY.code: "叠加的划线或圈",
}
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
    (
        visible.SURROGATE,
        visible.CONTROL,
        visible.SEPARATOR,
        visible.BIDI,
        visible.RIGHT_TO_LEFT,
        visible.OVERLAY,
        visible.INVISIBLE,
        COMPATIBILITY,
        STYLED,
        NO_CHARACTER,
    )
)
_SUSPECT = late(f"[{_below_astral(_REFUSED)}{_TWINS}\U00010000-\U0010ffff]")
_LONE_CR = late("\r(?!\n)")
_ANY = late(f"[{_REFUSED}]|{_LONE_CR.pattern}|{_MIXED.pattern}")
_RUN = late(f"[{visible.RIGHT_TO_LEFT}]+|([{_REFUSED}])\\1*|{_LONE_CR.pattern}|{_MIXED.pattern}")


class Hit(Struct, frozen=True, kw_only=True):
    """Refused characters `found` at `offset` of the text: one, a run of equal ones, or parts to be composed."""

    code: Code
    offset: int
    found: str

    @property
    def instead(self) -> str | None:
        """What belongs there, where that is certain: nothing, or a space for one that does not break the line."""
        if self.found.strip("\u200b\ufeff") == "":
            return ""
        return " " * len(self.found) if self.found.strip("\u00a0") == "" else None

    @property
    def message(self) -> str:
        """What stands there, for the editor."""
        first = self.found[0]
        point = visible.code_point(first)
        if self.code is loading.NORMAL_FORM:
            points = "".join(visible.code_point(character) for character in self.found)
            return f"“{self.found}”写作 {points}，不是规范形式"
        if self.code is loading.COMPATIBILITY:
            plain = unicodedata.normalize("NFKC", first)
            remedy = f"，应为“{plain}”" if plain != first else ""
            return f"“{first}”{point} 不是通用汉字{remedy}"
        if self.code is loading.LOOKALIKE:
            plain = unicodedata.normalize("NFKC", first)
            what = (
                f"是数学字母，应写成“{plain}”" if plain != first else "不是拉丁字母，却和英文字母混在一个词里"
            )
            return f"“{first}”{point} {what}"
        if self.code is loading.BIDI and not re.match(f"[{visible.BIDI}]", first):
            return f"这里有从右往左写的字母 {point}"
        times = f"（连续 {len(self.found)} 个）" if len(self.found) > 1 else ""
        return f"这里有{_NAMES.get(first) or _KIND_NAMES[self.code.code]} {point}{times}"


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


def cleaned(text: str) -> str:
    """A masked value as the data holds it: without what was refused, and in normal form."""
    if text.isascii():
        return text
    text, before = unicodedata.normalize("NFC", text.replace(MASK, "")), ""
    while text != before:  # what has moved together may be a mixed word now
        text, before = unicodedata.normalize("NFC", _MIXED.sub("", text)), text
    return text


def refused(text: str) -> Iterator[Hit]:
    """Every run of refused characters, then the first spot of each line that is not in normal form.

    Of a text whose lines all end in a bare CR only the first CR is told.
    """
    if clean(text):
        return
    unbroken, seen = "\n" not in text, False
    for match in _RUN.finditer(text):
        if match[0] == "\r":
            seen, repeated = True, seen
            if unbroken and repeated:
                continue
        yield Hit(code=_code_of(match[0][0]), offset=match.start(), found=match[0])
    yield from _not_composed(text)


def refused_in_value(value: str) -> Hit | None:
    """The first refused character that an escape has made in a value (there a CR is never welcome)."""
    return next(refused(value.replace("\r\n", "\r") + " \n"), None)


@cache
def _code_of(character: str) -> Code:
    return next(code for code, pattern in _KINDS if pattern.match(character))


def _not_composed(text: str) -> Iterator[Hit]:
    start = 0
    for line in mask(text).split("\n"):
        composed = unicodedata.normalize("NFC", line)
        if composed != line:
            pairs = enumerate(zip(line, composed + "\n", strict=False))
            same = next(index for index, (one, other) in pairs if one != other)
            yield Hit(code=loading.NORMAL_FORM, offset=start + same, found=line[same : same + 2])
        start += len(line) + 1
