"""Make a text safe to parse, every character in its place: what may not be in it is told and masked."""

from __future__ import annotations

from pipeline.kernel.finding import Fix
from pipeline.kernel.structs import Struct
from pipeline.source import characters
from pipeline.source.counted import CountedFindings
from pipeline.source.positions import Positions


class Prepared(Struct, frozen=True, kw_only=True):
    """`text` is as long as the original, line for line; `spots` are the offsets of what was told.

    `dirty` tells that it held refused characters or parts not composed.
    """

    text: str
    spots: tuple[int, ...] = ()
    dirty: bool = False


def prepare(name: str, text: str, ledger: CountedFindings) -> Prepared:
    """The text to parse; whatever the eye cannot trust in it goes to the ledger."""
    if characters.clean(text):
        return Prepared(text=text)
    safe = characters.mask(text)
    positions = Positions(name=name, text=safe, root=None)
    spots = []
    for hit in characters.refused(text):
        spots.append(hit.offset)
        # A place costs the counting of lines; of a binary file that was saved as a record only the number is
        # told.
        if ledger.full(hit.code):
            ledger.count(hit.code)
        else:
            fix = None
            if hit.instead is not None:
                fix = Fix(text=hit.instead, start=hit.offset, end=hit.offset + len(hit.found))
            ledger.add(hit.code, positions.at(hit.offset), hit.message, fix=fix)
    return Prepared(text=safe, spots=tuple(spots), dirty=bool(spots))
