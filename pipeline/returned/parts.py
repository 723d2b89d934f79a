"""The styles of a Word file, and how its properties are asked."""

from __future__ import annotations

from functools import lru_cache
from xml.etree.ElementTree import Element

from pipeline.kernel.structs import Struct, replace
from pipeline.returned.package import Package
from pipeline.returned.xml import W, parsed

_VAL = W + "val"
_ON = ("1", "true", "on")
_LEAST_LINE, _LEAST_PART = 160, 120
"""The least height of a line: twentieths of a point, or 240ths of the letters' own."""


STRUCK = ("strike", "dstrike")
"""The switches that strike a text out."""
_PAPER = ("background1", "background2", "light1", "light2", "bg1", "lt1")
_PALE = 0.72
"""Brightness (0 black, 1 white) from which letters are hard to see on paper."""
_SMALL = 10
"""Half-points up to which a text is too small to be read."""


class Style(Struct, frozen=True, kw_only=True):
    """A style: its name as Word shows it, whether its text is hidden, whether Word numbers its paragraphs.

    `squeezed` tells that its lines are too low for any letter to be seen, `struck` that they are struck out; `pale` and
    `small` whether its letters cannot be seen, None where neither it nor what it is based on says how they are.
    """

    name: str
    hidden: bool
    numbered: bool
    squeezed: bool = False
    struck: bool = False
    pale: bool | None = None
    small: bool | None = None


def styles(package: Package) -> dict[str, Style]:
    """Each style of a file by its id."""
    typed = (name for name, kind in package.types.items() if kind.endswith(".styles+xml"))
    part = package.related("styles") or next(typed, "")
    return _styles(package.content(part)) if part else {}


@lru_cache(maxsize=8)
def _styles(content: bytes) -> dict[str, Style]:
    """Kept for the next file: documents of one layout share their styles.

    Under "" stands what holds for a paragraph that names no style: it has that style's looks and no name.
    """
    listed = list(parsed(content, "styles.xml").iter(W + "style"))
    found = {style.get(W + "styleId", ""): style for style in listed}
    made: dict[str, Style] = {}
    for key in found:
        _make(key, found, made)
    unnamed = (one for one in listed if one.get(W + "type") == "paragraph" and one.get(W + "default") in _ON)
    default = next((made[one.get(W + "styleId", "")] for one in unnamed), None)
    return {**made, "": replace(default, name="")} if default else made


def _make(key: str, found: dict[str, Element], made: dict[str, Style]) -> None:
    """Make the style, and those that it is based on before it: each is made once, however long the line of them is."""
    line: dict[str, None] = {}
    while key in found and key not in made and key not in line:
        line[key] = None
        key = value(found[key].find(W + "basedOn"))
    # A damaged or hostile file may base a style on itself; then each of the round has what any of them says.
    again = [*line][[*line].index(key) :] if key in line else []
    base = made.get(key)
    for one in [*again[::-1], *reversed(line)]:
        base = made[one] = _style(found[one], base)


def _style(style: Element, base: Style | None) -> Style:
    """The style with what it has from the one that it is based on."""
    squeezed, own = too_low(style.find(f"{W}pPr/{W}spacing")), in_list(style.find(f"{W}pPr/{W}numPr"))
    pale, small = is_pale(style.find(f"{W}rPr/{W}color")), is_small(style.find(f"{W}rPr/{W}sz"))
    return Style(
        name=value(style.find(W + "name")),
        hidden=is_on(style.find(f"{W}rPr/{W}vanish")) or (base is not None and base.hidden),
        numbered=own if own is not None else base is not None and base.numbered,
        squeezed=squeezed if squeezed is not None else base is not None and base.squeezed,
        struck=any(is_on(style.find(f"{W}rPr/{W}{tag}")) for tag in STRUCK)
        or (base is not None and base.struck),
        pale=pale if pale is not None or base is None else base.pale,
        small=small if small is not None or base is None else base.small,
    )


def is_pale(colour: Element | None) -> bool | None:
    """Whether letters are as good as white; None where nothing is said of their colour."""
    if colour is None:
        return None
    if colour.get(W + "themeColor", "") in _PAPER:
        return True
    try:
        red, green, blue = (part / 255 for part in bytes.fromhex(value(colour)))
    except ValueError:
        return False  # auto, or no colour at all
    return 0.299 * red + 0.587 * green + 0.114 * blue >= _PALE


def is_small(size: Element | None) -> bool | None:
    """Whether letters are too small to be read; None where nothing is said of their size."""
    said = value(size)
    return None if size is None else said.isdigit() and int(said) <= _SMALL


def in_list(numbering: Element | None) -> bool | None:
    """Whether a `w:numPr` puts paragraphs into a list; None where there is none.

    List 0 takes them out of every list: so LibreOffice writes it for headings that were never in one.
    """
    return None if numbering is None else value(numbering.find(W + "numId")) != "0"


def too_low(spacing: Element | None) -> bool | None:
    """Whether lines are set so low that no letter is seen; None where nothing is said of their height."""
    line = spacing.get(W + "line", "") if spacing is not None else ""
    if spacing is None or not line:
        return None
    exact = spacing.get(W + "lineRule", "auto")
    least = {"exact": _LEAST_LINE, "auto": _LEAST_PART}.get(exact)
    return least is not None and (not line.lstrip("-").isdigit() or int(line) < least)


def value(element: Element | None) -> str:
    """The element's `w:val`, empty where there is none."""
    return "" if element is None else str(element.get(_VAL, ""))


def is_on(element: Element | None) -> bool:
    """Whether a switch such as `w:vanish` stands and is not switched off."""
    return element is not None and element.get(_VAL, "1") in _ON
