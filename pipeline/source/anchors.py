"""Anchors, aliases, tags and directives: told, and taken out of the text before it is composed."""

from __future__ import annotations

import re

from pipeline.kernel.codes import loading
from pipeline.kernel.finding import Place
from pipeline.kernel.structs import Struct
from pipeline.source.counted import CountedFindings
from pipeline.source.nodes import reference_tokens

_NAMES = {"anchor": "锚点", "alias": "引用", "tag": "类型标签", "directive": "指令"}
_SIGNS = tuple(re.compile(rf"{sign}(?<![^\s\[{{,:?-].)[0-9A-Za-z_!<-]") for sign in (r"\*", "&", "!"))
"""Three searches for one character each are faster than one for three."""


class Freed(Struct, frozen=True, kw_only=True):
    """A text of the same length without references, and the offsets where they stood."""

    text: str
    spots: tuple[int, ...] = ()


def without_references(name: str, text: str, ledger: CountedFindings) -> Freed:
    """The text with every reference blanked up to the first syntax error; each goes to the ledger.

    An alias stands for a value, so an empty text takes its place; the others stand before one.
    """
    if not _may_refer(text):
        return Freed(text=text)
    spots, pieces, last = [], [], 0
    for mark, end, kind in reference_tokens(text):
        start = mark.index
        place = Place(file=name, line=mark.line + 1, column=mark.column + 1)
        ledger.add(loading.REFERENCE, place, f"用了{_NAMES[kind]} {text[start : min(end, start + 24)]}")
        spots.append(start)
        pieces += [text[last:start], ("''" if kind == "alias" else "").ljust(end - start)]
        last = end
    return Freed(text="".join([*pieces, text[last:]]), spots=tuple(spots))


def _may_refer(text: str) -> bool:
    return text.startswith("%") or "\n%" in text or any(sign.search(text) for sign in _SIGNS)
