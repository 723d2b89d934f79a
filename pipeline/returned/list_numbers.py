"""The numbers that Word makes up for its lists: 第一条, 一、, 1.1 — no text of the file holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from pipeline.kernel.chinese import numeral
from pipeline.returned.package import Package
from pipeline.returned.parts import value
from pipeline.returned.xml import W

_LEVELS = 9
_MOST = 999
"""So far numbers are spelled; a list is shorter."""
_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "chineseLegalSimplified",
        "ideographDigital",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
    }
)
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLevel:
    """How one level of a list is numbered: its format, the text around the number, where it begins."""

    format: str
    text: str
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMark:
    """What Word prints before a paragraph, and on which level (from 0) of its list the paragraph stands."""

    label: str
    level: int


class ListNumbers:
    """Counts the paragraphs of a file in order; ask once for each paragraph."""

    def __init__(self, package: Package) -> None:
        self._lists = _lists(package)
        self._styled = _styled(package)
        self._counts: dict[int, list[int]] = {}

    def mark(self, paragraph: Element) -> ListMark | None:
        """The mark of a paragraph; None for one that is in no list, or only has a bullet."""
        properties = paragraph.find(W + "pPr")
        own = properties.find(W + "numPr") if properties is not None else None
        style = value(properties.find(W + "pStyle")) if properties is not None else ""
        number, level = _named(own)
        below = self._styled.get(style, ("", -1))
        number, level = number or below[0], max(level if level >= 0 else below[1], 0)
        levels = self._lists.get(number)
        if levels is None or level not in levels[1]:
            return None
        counts = self._counts.setdefault(levels[0], [0] * _LEVELS)
        counts[level] = counts[level] + 1 if counts[level] else levels[1][level].start
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        label = _label(levels[1], level, counts)
        return ListMark(label=label, level=level) if label else None


def _label(levels: Mapping[int, ListLevel], level: int, counts: list[int]) -> str:
    one = levels[level]
    if one.format in ("bullet", "none"):
        return ""
    text = one.text
    for place in range(level + 1):
        made = levels.get(place)
        number = counts[place] or (made.start if made else 1)
        text = text.replace(f"%{place + 1}", _spelled(number, made.format if made else "decimal"))
    return text.strip()


def _spelled(number: int, form: str) -> str:
    if not 0 < number <= _MOST:
        return str(number)
    if form in _CHINESE:
        return numeral(number)
    if form in ("upperLetter", "lowerLetter") and number <= 26:
        return chr((65 if form == "upperLetter" else 97) + number - 1)
    if form in ("upperRoman", "lowerRoman") and number < 400:
        words = ""
        for size, sign in _ROMAN:
            words, number = words + sign * (number // size), number % size
        return words if form == "upperRoman" else words.lower()
    return str(number)


def _named(own: Element | None) -> tuple[str, int]:
    """The list and level that properties name; no list and -1 where they are silent."""
    if own is None:
        return "", -1
    level = value(own.find(W + "ilvl"))
    return value(own.find(W + "numId")), int(level) if _small(level) and int(level) < _LEVELS else -1


def _lists(package: Package) -> dict[str, tuple[int, dict[int, ListLevel]]]:
    """Each list by its id: which count it shares, and its levels."""
    part = package.related("numbering")
    if not part:
        return {}
    root = package.tree(part)
    kinds = {
        one.get(W + "abstractNumId", ""): (
            place,
            dict(map(_level, one.iter(W + "lvl"))),
        )
        for place, one in enumerate(root.iter(W + "abstractNum"))
    }
    found = {}
    for place, one in enumerate(root.iter(W + "num")):
        shared = kinds.get(value(one.find(W + "abstractNumId")))
        if shared is not None:
            # A list that begins anew where another of its kind went on has a count of its own.
            anew = one.find(f"{W}lvlOverride/{W}startOverride") is not None
            found[one.get(W + "numId", "")] = (-1 - place if anew else shared[0], shared[1])
    return found


def _level(element: Element) -> tuple[int, ListLevel]:
    key, start = element.get(W + "ilvl", "0"), value(element.find(W + "start"))
    made = ListLevel(
        format=value(element.find(W + "numFmt")) or "decimal",
        text=value(element.find(W + "lvlText")),
        start=int(start) if _small(start) else 1,
    )
    return int(key) if _small(key) else 0, made


def _small(text: str) -> bool:
    """Whether a file's word for a number is one that lists have."""
    return text.isascii() and text.isdigit() and len(text) < 4


def _styled(package: Package) -> dict[str, tuple[str, int]]:
    """The lists that styles put their paragraphs into, by the style's id."""
    part = package.related("styles")
    listed = {one.get(W + "styleId", ""): one for one in package.tree(part).iter(W + "style")} if part else {}
    found = {}
    for key in listed:
        number, level, at, seen = "", -1, key, set[str]()
        while at in listed and at not in seen:
            seen.add(at)
            own = _named(listed[at].find(f"{W}pPr/{W}numPr"))
            number, level = number or own[0], level if level >= 0 else own[1]
            at = value(listed[at].find(W + "basedOn"))
        if number:
            found[key] = (number, level)
    return found
