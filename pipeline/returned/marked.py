"""Texts of the main part that somebody marked by their looks: struck out, coloured over, made hard to see.

What the other side marks is told to whoever reads the file. Nothing is decided by it: a properties that is not known here
says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from itertools import groupby
from xml.etree.ElementTree import Element

from pipeline.returned.package import Package
from pipeline.returned.parts import STRUCK, is_on, styles, value
from pipeline.returned.xml import W

_STRUCK_WORDS, _HIDDEN_WORDS = "加了删除线的文字", "隐藏的文字"
_STRUCK = {**dict.fromkeys(STRUCK, _STRUCK_WORDS), "webHidden": _HIDDEN_WORDS}
_PALE_WORDS, _SMALL_WORDS = "白色或浅得看不清的文字", "小得看不清的文字"
_GONE = frozenset((*_STRUCK.values(), _PALE_WORDS, _SMALL_WORDS))
_CASED = {"caps": "换成大写显示的文字", "smallCaps": "换成大写显示的文字"}
_PAPER = ("background1", "background2", "light1", "light2", "bg1", "lt1")
_PALE = 0.72
"""Brightness (0 black, 1 white) from which letters are hard to see on paper."""
_SMALL = 10
"""Half-points up to which a text is too small to be read."""


def marked(package: Package) -> Iterator[tuple[str, str]]:
    """Each such text: what it is in Chinese, and the text."""
    struck = {key for key, style in styles(package).items() if style.struck}
    for paragraph in package.tree(package.main).iter(W + "p"):
        own = value(paragraph.find(f"{W}pPr/{W}pStyle")) in struck
        runs = (
            (
                _by_style(run, struck, own) or _shown(run.find(W + "rPr")),
                "".join(one.text or "" for one in run.iter(W + "t")),
            )
            for run in paragraph.iter(W + "r")
        )
        for what, same in groupby(runs, key=lambda run: run[0]):
            text = "".join(words for _, words in same)
            if what and text.strip():
                yield what, text


def unread(package: Package) -> Iterator[str]:
    """Of these the ones that a reader takes for deleted or does not see at all: words that stand there as if they did not."""
    found = (*_everywhere(package), *marked(package))
    yield from (f"{what}：{text}" for what, text in found if what in _GONE)


def _everywhere(package: Package) -> Iterator[tuple[str, str]]:
    """What the defaults of the file make of all its words."""
    part = package.related("styles")
    properties = package.tree(part).find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if part else None
    hidden = properties is not None and is_on(properties.find(W + "vanish"))
    yield _HIDDEN_WORDS if hidden else _shown(properties), "全文的默认格式"


def _shown(properties: Element | None) -> str:
    if properties is None:
        return ""
    for tag, what in _STRUCK.items():
        if is_on(properties.find(W + tag)):
            return what
    if _pale(properties.find(W + "color")):
        return _PALE_WORDS
    size = value(properties.find(W + "sz"))
    if size.isdigit() and int(size) <= _SMALL:
        return _SMALL_WORDS
    # Last: white letters in capitals are still white.
    for tag, what in _CASED.items():
        if is_on(properties.find(W + tag)):
            return what
    return "用颜色标出的文字" if value(properties.find(W + "highlight")) not in ("", "none") else ""


def _by_style(run: Element, struck: Set[str], own: bool) -> str:
    """What the styles of a run and its paragraph (`own`) say of it, where it does not say otherwise itself."""
    off = any(run.find(f"{W}rPr/{W}{tag}") is not None for tag in STRUCK)
    named = own or value(run.find(f"{W}rPr/{W}rStyle")) in struck - {""}
    return _STRUCK_WORDS if named and not off else ""


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
