"""Texts of the main part that somebody marked by their looks: struck out, coloured over, made hard to see.

What the other side marks is told to whoever reads the file. Nothing is decided by it: a properties that is not known here
says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from xml.etree.ElementTree import Element

from pipeline.returned.package import Package
from pipeline.returned.parts import is_on, value
from pipeline.returned.xml import W

_STRUCK = {"strike": "加了删除线的文字", "dstrike": "加了删除线的文字", "webHidden": "隐藏的文字"}
_CASED = {"caps": "换成大写显示的文字", "smallCaps": "换成大写显示的文字"}
_PAPER = ("background1", "background2", "light1", "light2", "bg1", "lt1")
_PALE = 0.72
"""Brightness (0 black, 1 white) from which letters are hard to see on paper."""
_SMALL = 10
"""Half-points up to which a text is too small to be read."""


def marked(package: Package) -> Iterator[tuple[str, str]]:
    """Each such text: what it is in Chinese, and the text."""
    for paragraph in package.tree(package.main).iter(W + "p"):
        runs = (
            (_shown(run), "".join(one.text or "" for one in run.iter(W + "t")))
            for run in paragraph.iter(W + "r")
        )
        for what, same in groupby(runs, key=lambda run: run[0]):
            text = "".join(words for _, words in same)
            if what and text.strip():
                yield what, text


def _shown(run: Element) -> str:
    properties = run.find(W + "rPr")
    if properties is None:
        return ""
    for tag, what in {**_STRUCK, **_CASED}.items():
        if is_on(properties.find(W + tag)):
            return what
    if _pale(properties.find(W + "color")):
        return "白色或浅得看不清的文字"
    size = value(properties.find(W + "sz"))
    if size.isdigit() and int(size) <= _SMALL:
        return "小得看不清的文字"
    return "用颜色标出的文字" if value(properties.find(W + "highlight")) not in ("", "none") else ""


def _pale(colour: Element | None) -> bool:
    """Whether letters are as good as white."""
    if colour is None:
        return False
    if colour.get(W + "themeColor", "") in _PAPER:
        return True
    try:
        red, green, blue = (part / 255 for part in bytes.fromhex(value(colour)))
    except ValueError:
        return False  # auto, or no colour at all
    return 0.299 * red + 0.587 * green + 0.114 * blue >= _PALE
