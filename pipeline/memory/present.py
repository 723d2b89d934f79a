"""What a register holds now, as digests: the other side of every read."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import fields

from pipeline.kernel.recall import NOTHING_KEPT, Recall, digest
from pipeline.memory.field_sums import FieldSums
from pipeline.memory.watched_fields import whose_field
from pipeline.memory.watched_records import FILES, HAS, KEYS, ONE, Read
from pipeline.record.model import Records
from pipeline.record.register import Register
from pipeline.record.register.held import Shelf


class Present:
    """What a register holds now, as digests: the other side of every read."""

    def __init__(self, register: Register, recall: Recall = NOTHING_KEPT, called: str = "") -> None:
        """`recall` knows of these records (of their state, as it is `called`) what is digested field by field."""
        self._digests: dict[str, dict[str, bytes]] = {FILES: {}}
        for name, entry in register.entries.items():
            mark = (
                digest(entry.digest, *map(repr, entry.source.findings)) if not entry.digest else entry.digest
            )
            self._digests[FILES][name] = mark
            if not (entry.held.empty or entry.draft):
                self._digests.setdefault(entry.kind.within, {})[entry.id] = mark
        self._records = register.records
        self.sets: Mapping[str, Set[str]] = {
            one.name: kept
            for one in fields(Records)
            if isinstance(kept := getattr(register.records, one.name), Set)
        }
        self._recall = recall
        self._called = called
        self._sums: dict[str, FieldSums] = {}
        self._known: dict[Read, bytes] = {}

    def digest(self, read: Read) -> bytes:
        """What a read gives now."""
        found = self._known.get(read)
        if found is None:
            found = self._known[read] = self._digest(*read)
        return found

    def _digest(self, way: str, place: str, name: str) -> bytes:
        if way == HAS:
            there = self.sets[place] if place in self.sets else self.held(place)
            return b"1" if name in there else b"0"
        if place in self.sets:
            return digest(*sorted(self.sets[place]))
        records, field = whose_field(place)
        if field:
            return self._fields_of(records).mark(field, name)
        kept = self.held(place)
        if way == ONE:
            return kept.get(name, b"")
        if way == KEYS:
            return digest(*kept)
        return digest(*(part for key in kept if key.startswith(name) for part in (key, kept[key])))

    def held(self, place: str) -> Mapping[str, bytes]:
        """The digests in a place: of files, of a field of all records, or else of the values that several files tell."""
        if place not in self._digests:
            records, field = whose_field(place)
            if field:
                return {"": self._fields_of(records).mark(field)}
            value = getattr(self._records, place)
            worked_out = value if isinstance(value, Mapping) else {"": value}
            self._digests[place] = {key: digest(repr(one)) for key, one in worked_out.items()}
        return self._digests[place]

    def _fields_of(self, place: str) -> FieldSums:
        if place not in self._sums:
            shelf: Shelf = getattr(self._records, place)
            self._sums[place] = FieldSums(shelf, f"{self._called} {place}".strip(), self._recall)
        return self._sums[place]
