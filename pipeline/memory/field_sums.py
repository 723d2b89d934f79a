"""What a field holds, in a record or in all of them together: of these one digest each, brought up to date by what has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property

import msgspec

from pipeline.kernel.recall import NOTHING_KEPT, Recall
from pipeline.kernel.structs import Struct, field
from pipeline.record.register.held import Shelf

_FIELDS, _SUMS = "fields", "field sums"
"""What is remembered: of a record a mark for each of its fields, and of all together by field the marks added up."""

_BYTES = 16
_ROUND = 1 << (8 * _BYTES)

_EMPTY = frozenset(map(msgspec.msgpack.encode, (None, (), {})))
"""A field that is not filled in counts for nothing."""

Marks = dict[str, bytes]
"""The mark of each field that is filled in, or of each record: by its name."""


class KeptSums(Struct, frozen=True, kw_only=True):
    """The records whose marks were added up, by the digests they had, and the sum of each field."""

    records: dict[str, bytes] = field(default_factory=dict)
    sums: Marks = field(default_factory=dict)


class FieldSums:
    """The fields of all records on a shelf.

    The marks of a field are added up, each made of the record's key and what the field holds there: whichever record
    changes, its old mark is taken off and its new one added, and none of the others is looked at.
    """

    def __init__(self, records: Shelf, called: str, recall: Recall) -> None:
        """`called` names the records among all that `recall` keeps."""
        self._records = records
        self._called = called
        # Of a record without a mark nobody can say whether it has changed.
        self._recall = recall if all(map(records.mark, records)) else NOTHING_KEPT
        self._of: dict[str, Marks] = {}

    def mark(self, name: str, key: str = "") -> bytes:
        """The digest of a field in the record of a key, or in all records."""
        return (self._of_one(key) if key else self._sums).get(name, b"")

    def _of_one(self, key: str) -> Marks:
        if key not in self._of:
            self._of[key] = self._marks(key, self._records.mark(key)) if key in self._records else {}
        return self._of[key]

    @cached_property
    def _sums(self) -> Marks:
        kept = self._recall.latest(_SUMS, self._called, b"", KeptSums) or KeptSums()
        now = {key: self._records.mark(key) for key in self._records}
        if kept.records == now:
            return kept.sums
        gone = {key: mark for key, mark in kept.records.items() if now.get(key) != mark}
        before = [self._kept_marks(key, mark) for key, mark in gone.items()]
        if None in before:  # what is to be taken off is not known: all are added up anew
            kept, before = KeptSums(), []
        sums = {name: int.from_bytes(one) for name, one in kept.sums.items()}
        for marks in before:
            for name, mark in (marks or {}).items():
                sums[name] -= int.from_bytes(mark)
        for key, mark in now.items():
            if kept.records.get(key) != mark:
                for name, one in self._marks(key, mark).items():
                    sums[name] = sums.get(name, 0) + int.from_bytes(one)
        made = {name: (total % _ROUND).to_bytes(_BYTES) for name, total in sums.items()}
        self._recall.keep(_SUMS, self._called, b"", KeptSums(records=now, sums=made))
        return made

    def _kept_marks(self, key: str, mark: bytes) -> Marks | None:
        return self._recall.latest(_FIELDS, f"{self._called} {key}", mark, Marks)

    def _marks(self, key: str, mark: bytes) -> Marks:
        known = self._kept_marks(key, mark)
        if known is None:
            known = field_marks(key, self._records[key])
            self._recall.keep(_FIELDS, f"{self._called} {key}", mark, known)
        return known


def field_marks(key: str, record: object) -> Marks:
    """The mark of each field of a record that is filled in, not the same for two records."""
    parts: Mapping[str, msgspec.Raw] = _parts.decode(msgspec.msgpack.encode(record))
    head = hashlib.sha256(key.encode(errors="surrogatepass") + b"\0")
    found: Marks = {}
    for name, part in parts.items():
        content = bytes(part)
        if content not in _EMPTY:
            made = head.copy()
            made.update(content)
            found[name] = made.digest()[:_BYTES]
    return found


_parts = msgspec.msgpack.Decoder(dict[str, msgspec.Raw])
