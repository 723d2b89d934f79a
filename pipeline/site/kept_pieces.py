"""Pieces of scripts made before: of a hundred projects that one names, only those are told anew of which anything has changed."""

from __future__ import annotations

from collections import defaultdict

from pipeline.kernel.recall import Recall, digest
from pipeline.kernel.structs import Struct
from pipeline.memory.watched_records import Read
from pipeline.site.page import Script
from pipeline.site.page_reads import SiteReads


class KeptPiece(Struct, frozen=True, array_like=True):
    """A piece of a script, and what was read of the site for it, with the mark of all that."""

    text: str
    reads: tuple[Read, ...]
    mark: bytes


_SORT = "site pieces"


class KeptPieces:
    """The pieces of the scripts in a folder, as `recall` knows them."""

    def __init__(self, base: str, reads: SiteReads, recall: Recall) -> None:
        """`base` is the folder's path."""
        self._base = base
        self._reads = reads
        self._recall = recall
        self._known: dict[str, dict[str, KeptPiece]] = {}
        self._now: dict[str, dict[str, KeptPiece]] = defaultdict(dict)

    def text(self, script: Script, key: str) -> str:
        """The piece of a key; what it reads counts as read whether it is known or not."""
        known = self._of(script.name).get(key)
        if known is None or self._mark(known.reads) != known.mark:
            with self._reads.noted() as read:
                text = script.piece(self._reads.view, key)
            known = KeptPiece(text, tuple(read), self._mark(tuple(read)))
        self._reads.note(known.reads)
        if known.mark:
            self._now[script.name][key] = known
        return known.text

    def keep(self) -> None:
        """Remember the pieces of the scripts that were asked for."""
        for name, pieces in self._now.items():
            if pieces != self._of(name):
                self._recall.keep(_SORT, self._name(name), b"", pieces)

    def _of(self, script: str) -> dict[str, KeptPiece]:
        if script not in self._known:
            kept = self._recall.latest(_SORT, self._name(script), b"", dict[str, KeptPiece])
            self._known[script] = kept or {}
        return self._known[script]

    def _mark(self, reads: tuple[Read, ...]) -> bytes:
        """The mark of what some reads give now; empty where one has none."""
        marks = [self._reads.mark(one) or b"" for one in reads]
        return b"" if b"" in marks else digest(*marks)

    def _name(self, script: str) -> str:
        return f"{self._base}\0{script}"
