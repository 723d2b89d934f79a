"""The one normaliser of long numbers: whatever way they are spelled, their digits and where each of them stands.

Digits of any script, together or apart by spaces, hyphens, dots or the breaks and marks of YAML and Markdown, Chinese
numerals, and letters that pass for digits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from pipeline.kernel.late_pattern import late
from pipeline.kernel.patterns import compiled
from pipeline.kernel.structs import Struct
from pipeline.prose.numerals import DIGITS

_CHINESE = "".join(digit for digit in DIGITS if digit not in "两俩弌弍弎") + "○"
_TEN = "XxＸｘ×✕✖✗✘╳ХхΧχⅩⅹ*＊"
"""What stands for the X at the end of an identity number."""
_PLAIN_GAPS = " \t\r\n-_./\\|,;:'\"`~#<>*()[]{}+=!?@$%^&"
_WIDE_GAPS = "\u3000\u00a0‐‑‒–—―−﹣－＿．。·・•‧∙／｜，、；：‘’“”＊（）【】～〜…＝＋！？＠＃％＆《》〈〉「」『』［］｛｝〔〕→⇒●■◆★"
_SPACES = "\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f"
_HIDDEN_GAPS = (
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u115f\u1160\u180e\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u3164\ufe0e\ufe0f\u20e3"
)
_GAPS = _PLAIN_GAPS + _WIDE_GAPS + _SPACES + _HIDDEN_GAPS
"""What may stand between the digits: signs that part them, and what YAML and Markdown put between two lines."""
_APART = re.escape(_GAPS)
_LONGEST_GAP = 60
_FEWEST = 11
"""Digits of the shortest number that is looked for."""
_REACH = _FEWEST * (_LONGEST_GAP + 1)
"""Characters in which so many digits lie that are one row."""
_TWIN_LETTERS = "IlOo"
_TWIN = str.maketrans(_TWIN_LETTERS, "1100")
_TWINS = late(
    f"(?<![0-9A-Za-z])[1-9{_TWIN_LETTERS}][0-9{_TWIN_LETTERS}]{{16}}[0-9{_TWIN_LETTERS}Xx](?![0-9A-Za-z])"
)
"""A number of 18 places in which letters pass for digits."""
_LABELS = ("", "id", "no", "sfz", "tel", "card")
"""Letters that may stand right before a number; others make it a part of a name or a digest."""


class SpelledNumber(Struct, frozen=True, kw_only=True):
    """Digits (a ten counts as X) and where in a text each of them stands."""

    text: str
    digits: str
    places: tuple[int, ...]

    @property
    def start(self) -> int:
        """The offset of its first digit."""
        return self.places[0]

    @property
    def end(self) -> int:
        """The offset behind its last digit."""
        return self.places[-1] + 1

    @property
    def groups(self) -> tuple[int, ...]:
        """How many digits stand together each time."""
        sizes = [1]
        for before, place in zip(self.places, self.places[1:], strict=False):
            if place == before + 1:
                sizes[-1] += 1
            else:
                sizes.append(1)
        return tuple(sizes)

    def before(self, length: int) -> str:
        """What stands before it, at most so many characters."""
        return self.text[max(self.start - length, 0) : self.start]

    def after(self, length: int) -> str:
        """What stands behind it, at most so many characters."""
        return self.text[self.end : self.end + length]

    def part(self, at: int, length: int) -> SpelledNumber | None:
        """So many of its digits from one on, where they are a number: groups that are whole, no letter running in."""
        last = at + length
        if last > len(self.digits) or "X" in self.digits[at : last - 1]:
            return None
        part = SpelledNumber(text=self.text, digits=self.digits[at:last], places=self.places[at:last])
        inside = last < len(self.places) and self.places[last] == part.end
        letter = self.text[part.end : part.end + 1]
        return None if inside or (letter.isascii() and letter.isalnum()) else part

    def begins(self, at: int) -> bool:
        """Whether a group of digits begins at one of them, and no letters but a label run into it."""
        place = self.places[at]
        if at and self.places[at - 1] == place - 1:
            return False
        letters = re.search(r"[0-9A-Za-z]*\Z", self.text[max(place - 12, 0) : place])
        return letters is None or letters[0].lower() in _LABELS


def spelled_numbers(text: str) -> Iterator[SpelledNumber]:
    """Every row of eleven digits and more, longer ones not yet parted; a shorter number behind noughts may be left out."""
    raw = text.encode(errors="ignore")
    bare = raw.translate(None, _PLAIN_GAPS.encode())  # the search of whole records is on bytes: it is quick
    drawn = b"\xf0" in raw and any(lead in raw for lead in _DRAWN)
    if drawn or _numbered(bare) or (not raw.isascii() and _unusual(text)):
        yield from _rows(text, _figures(drawn=drawn))
    if any(digit in text and pair in bare for digit, pair in _YEARS):
        yield from _rows(text, _CHINESE)
    if b"0" * 17 in raw.translate(_LETTER_ZEROS):
        for found in _TWINS.finditer(text):
            digits = found[0].translate(_TWIN).upper()
            if digits != found[0].upper():
                yield SpelledNumber(text=text, digits=digits, places=tuple(range(*found.span())))


@cache
def _figures(*, drawn: bool = False) -> str:
    """Every digit there is on the first plane (ASCII, full-width, circled, raised); and those `drawn` for formulas and displays.

    They are few, and beyond the first plane a class of characters is searched one range at a time.
    """
    planes = (
        # Between and behind these stand signs of Han and Hangul, and those of private use: thousands, and no digit.
        *(*range(0x3400), *range(0xA000, 0xAC00), *range(0xF900, 0x10000)),
        *(range(0x1D7CE, 0x1D800) if drawn else ()),
        *(range(0x1FBF0, 0x1FBFA) if drawn else ()),
    )
    return "".join(chr(one) for one in planes if unicodedata.digit(chr(one), None) is not None)


_DRAWN = (b"\xf0\x9d\x9f", b"\xf0\x9f\xaf")
"""How the bytes of a drawn digit begin."""


@cache
def _other_figure() -> re.Pattern[str]:
    return compiled(f"[{''.join(figure for figure in _figures() if not figure.isascii())}]")


def _unusual(text: str) -> bool:
    """Whether a row has a digit that is not ASCII, or something between its digits that is not."""
    # Each by itself is looked for faster than either of both.
    return any(_in_a_row(text, found.start()) for found in _WIDELY_APART.finditer(text)) or any(
        _in_a_row(text, found.start()) for found in _other_figure().finditer(text)
    )


def _in_a_row(text: str, place: int) -> bool:
    """Whether the digits around a place are enough for a row, with nothing but gaps between them."""
    before = text[max(place - _REACH, 0) : place][::-1]
    row = _inside().match(before)[0] + _inside().match(text, place, place + _REACH)[0]  # type: ignore[index]
    return sum(map(str.isdigit, row)) >= _FEWEST


@cache
def _inside() -> re.Pattern[str]:
    """What a row may hold; it matches anywhere, though nothing."""
    return compiled(f"[{_figures()}{_APART}]*")


def _numbered(bare: bytes) -> bool:
    """Whether there is any row of plain digits that is more than a shorter number behind noughts."""
    marks, at = bare.translate(_DIGIT_OR_NOT) + b"-", 0
    while (at := marks.find(b"0" * _FEWEST, at)) >= 0:
        end = marks.index(b"-", at)
        row = bare[at:end]
        if len(row) > _NOUGHTS or len(row.lstrip(b"0")) >= _FEWEST:
            return True
        at = end
    return False


_DIGIT_OR_NOT = bytes(ord("0" if chr(code) in "0123456789" else "-") for code in range(256))
_NOUGHTS = 15
"""Digits of a row up to which noughts at its beginning are no part of a number."""
_WIDELY_APART = late(
    f"[0-9][{re.escape(_PLAIN_GAPS)}]{{0,{_LONGEST_GAP}}}[{re.escape(_WIDE_GAPS + _SPACES + _HIDDEN_GAPS)}]"
    f"[{_APART}]{{0,{_LONGEST_GAP}}}[0-9]"
)
_LETTER_ZEROS = bytes.maketrans(b"123456789" + _TWIN_LETTERS.encode(), b"0" * 13)
_YEARS = tuple((one[1], one.encode()) for one in ("一九", "二〇", "二零", "二○", "壹玖", "贰零", "贰〇"))
"""How the birthday in a number of Chinese numerals begins, after its second character, which few texts have."""


@cache
def _row(figures: str) -> re.Pattern[str]:
    digit, gap = f"[{figures}]", f"[{_APART}]{{0,{_LONGEST_GAP}}}"
    return compiled(f"{digit}(?:{gap}{digit}){{{_FEWEST - 1},}}(?:{gap}[{_TEN}])?")


def _rows(text: str, figures: str) -> Iterator[SpelledNumber]:
    for row in _row(figures).finditer(text):
        values = [(place, _value(text[place])) for place in range(*row.span())]
        last = values[-1]
        kept = [(place, value) for place, value in values if value.isdigit()]
        if last[1] == "X":
            kept.append(last)
        yield SpelledNumber(
            text=text,
            digits="".join(value for _, value in kept),
            places=tuple(place for place, _ in kept),
        )


@cache
def _value(character: str) -> str:
    """The digit a character stands for, X for ten; empty for what only stands between digits."""
    if character in _CHINESE:
        return str(DIGITS.get(character, 0))
    if character in _TEN:
        return "X"
    value = unicodedata.digit(character, None)
    return "" if value is None else str(value)
