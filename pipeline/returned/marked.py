"""Texts of the main part that somebody marked by their looks: struck out, coloured over, made hard to see."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from xml.etree.ElementTree import Element

from pipeline.returned.appearance import letters
from pipeline.returned.parts import Package, W, value


def marked(content: bytes) -> Iterator[tuple[str, str]]:
    """Each such text: what it is in Chinese, and the text."""
    for paragraph in Package(content).tree("word/document.xml").iter(W + "p"):
        runs = (
            (_shown(run), "".join(one.text or "" for one in run.iter(W + "t")))
            for run in paragraph.iter(W + "r")
        )
        for what, same in groupby(runs, key=lambda run: run[0]):
            text = "".join(words for _, words in same)
            if what and text.strip():
                yield what, text


def _shown(run: Element) -> str:
    look = run.find(W + "rPr")
    if look is None:
        return ""
    coloured = value(look.find(W + "highlight")) not in ("", "none")
    return next(letters(look, {}), "用颜色标出的文字" if coloured else "")
