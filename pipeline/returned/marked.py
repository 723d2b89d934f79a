"""Texts of the main part that somebody marked by their looks: struck out, coloured over, made hard to see.

What the other side marks is told to whoever reads the file. Nothing is decided by it: a properties that is not known here
says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from xml.etree.ElementTree import Element

from pipeline.returned.package import Package
from pipeline.returned.parts import STRUCK, Style, is_on, is_pale, is_small, styles, value
from pipeline.returned.xml import W

_STRUCK_WORDS, _HIDDEN_WORDS = "加了删除线的文字", "隐藏的文字"
_STRUCK = {**dict.fromkeys(STRUCK, _STRUCK_WORDS), "webHidden": _HIDDEN_WORDS}
_PALE_WORDS, _SMALL_WORDS = "白色或浅得看不清的文字", "小得看不清的文字"
_GONE = frozenset((*_STRUCK.values(), _PALE_WORDS, _SMALL_WORDS))
_CASED = {"caps": "换成大写显示的文字", "smallCaps": "换成大写显示的文字"}


def marked(package: Package) -> Iterator[tuple[str, str]]:
    """Each such text: what it is in Chinese, and the text."""
    known, tree = styles(package), package.tree(package.main)
    tables = {
        paragraph: value(table.find(f"{W}tblPr/{W}tblStyle"))
        for table in tree.iter(W + "tbl")
        for paragraph in table.iter(W + "p")
    }
    for paragraph in tree.iter(W + "p"):
        named = (value(paragraph.find(f"{W}pPr/{W}pStyle")), tables.get(paragraph, ""))
        around = [known[one] for one in (named[0], *filter(None, named[1:])) if one in known]
        runs = (
            (_looks(run, around, known), "".join(one.text or "" for one in run.iter(W + "t")))
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
    if is_pale(properties.find(W + "color")):
        return _PALE_WORDS
    if is_small(properties.find(W + "sz")):
        return _SMALL_WORDS
    # Last: white letters in capitals are still white.
    for tag, what in _CASED.items():
        if is_on(properties.find(W + tag)):
            return what
    return "用颜色标出的文字" if value(properties.find(W + "highlight")) not in ("", "none") else ""


def _looks(run: Element, around: Sequence[Style], known: Mapping[str, Style]) -> str:
    """What a run looks like by itself and by the styles it stands in: what makes it unread before anything else."""
    found = [*_by_style(run, around, known), _shown(run.find(W + "rPr"))]
    return next((one for one in found if one in _GONE), found[-1])


def _by_style(run: Element, around: Sequence[Style], known: Mapping[str, Style]) -> Iterator[str]:
    """What its own style, that of its paragraph and that of its table make of a run that does not say otherwise itself."""
    own = known.get(value(run.find(f"{W}rPr/{W}rStyle")) or "-")
    inner = [*((own,) if own else ()), *around]

    def said(*tags: str) -> bool:
        return any(run.find(f"{W}rPr/{W}{tag}") is not None for tag in tags)

    if any(one.struck for one in inner) and not said(*STRUCK):
        yield _STRUCK_WORDS
    if next((one.pale for one in inner if one.pale is not None), False) and not said("color"):
        yield _PALE_WORDS
    if next((one.small for one in inner if one.small is not None), False) and not said("sz"):
        yield _SMALL_WORDS
