"""Make a text safe to parse, every character in its place: what may not be in it is told and masked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.finding import Code, Place
from pipeline.source import characters, codes
from pipeline.source.compose import references
from pipeline.source.ledger import Ledger
from pipeline.source.positions import Positions

_REFERENCE = re.compile(r"[&*!](?<![^\s\[{,:?-].)[0-9A-Za-z_!<-]|^%", re.DOTALL | re.MULTILINE)
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
    faults = [(hit.code, hit.offset, hit.message) for hit in characters.refused(text)]
    spots = _tell(name, safe, faults, ledger)
    masked = Prepared(text=safe, spots=spots, dirty=characters.MASK in safe)
    return _without_references(name, masked, ledger)


def _without_references(name: str, prepared: Prepared, ledger: Ledger) -> Prepared:
    text = prepared.text
    if not _REFERENCE.search(text):
        return prepared
    faults, pieces, last = [], [], 0
    for start, end, kind in references(text):
        faults.append((codes.REFERENCE, start, f"用了{_NAMES[kind]} {text[start : min(end, start + 24)]}"))
        # An alias stands for a value, so an empty text takes its place; the others stand before one.
        pieces += [text[last:start], ("''" if kind == "alias" else "").ljust(end - start)]
        last = end
    spots = _tell(name, text, faults, ledger)
    safe = "".join([*pieces, text[last:]])
    return Prepared(text=safe, spots=prepared.spots + spots, dirty=prepared.dirty)


def _tell(name: str, text: str, faults: list[tuple[Code, int, str]], ledger: Ledger) -> tuple[int, ...]:
    """Record faults and return their offsets; a place costs time, so only those told get one."""
    positions = Positions(name=name, text=text, root=None)
    for code, offset, message in faults:
        if ledger.full(code):
            ledger.count(code, Place(file=name))
        else:
            ledger.add(code, positions.at(offset), message)
    return tuple(offset for _, offset, _ in faults)
