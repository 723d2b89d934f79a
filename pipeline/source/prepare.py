"""Make a text safe to parse, every character in its place: what may not be in it is told and masked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.finding import Place
from pipeline.source import characters, codes
from pipeline.source.compose import references
from pipeline.source.ledger import Ledger
from pipeline.source.positions import Positions

_REFERENCES = tuple(
    re.compile(rf"{sign}(?<![^\s\[{{,:?-].)[0-9A-Za-z_!<-]") for sign in (r"\*", "&", "!")
)  # three searches for one character are faster than one for three
_NAMES = {"anchor": "锚点", "alias": "引用", "tag": "类型标签", "directive": "指令"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """`text` is as long as the original, line for line; `spots` are the offsets of what was told.

    `dirty` tells that refused characters stand masked in it.
    """

    text: str
    spots: tuple[int, ...] = ()
    dirty: bool = False


def prepare(name: str, text: str, ledger: Ledger) -> Prepared:
    """The text to parse; hidden characters, anchors, aliases, tags and directives go to the ledger."""
    if characters.clean(text):
        return _without_references(name, Prepared(text=text), ledger)
    safe = characters.mask(text)
    positions = Positions(name=name, text=safe, root=None)
    spots = []
    for hit in characters.refused(text):
        spots.append(hit.offset)
        if ledger.full(hit.code):
            ledger.count(hit.code)
        else:
            ledger.add(hit.code, positions.at(hit.offset), hit.message)
    masked = Prepared(text=safe, spots=tuple(spots), dirty=characters.MASK in safe)
    return _without_references(name, masked, ledger)


def _without_references(name: str, prepared: Prepared, ledger: Ledger) -> Prepared:
    text = prepared.text
    if not _may_refer(text):
        return prepared
    spots, pieces, last = [], [], 0
    for mark, end, kind in references(text):
        start = mark.index
        place = Place(file=name, line=mark.line + 1, column=mark.column + 1)
        ledger.add(codes.REFERENCE, place, f"用了{_NAMES[kind]} {text[start : min(end, start + 24)]}")
        spots.append(start)
        # An alias stands for a value, so an empty text takes its place; the others stand before one.
        pieces += [text[last:start], ("''" if kind == "alias" else "").ljust(end - start)]
        last = end
    safe = "".join([*pieces, text[last:]])
    return Prepared(text=safe, spots=(*prepared.spots, *spots), dirty=prepared.dirty)


def _may_refer(text: str) -> bool:
    return text.startswith("%") or "\n%" in text or any(one.search(text) for one in _REFERENCES)
