"""What a register holds now, as digests: the other side of every read."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import fields

from pipeline.kernel.recall import digest
from pipeline.memory.watched_records import FILES, HAS, KEYS, ONE, Read
from pipeline.record.model import Records
from pipeline.record.register import Register


class Present:
    """What a register holds now, as digests: the other side of every read."""

    def __init__(self, register: Register) -> None:
        self._digests: dict[str, dict[str, bytes]] = {FILES: {}}
        for name, entry in register.entries.items():
            mark = (
                digest(entry.digest, *map(repr, entry.source.findings)) if not entry.digest else entry.digest
            )
            self._digests[FILES][name] = mark
            if not entry.held.empty:
                self._digests.setdefault(entry.kind.within, {})[entry.id] = mark
        self._records = register.records
        self.sets: Mapping[str, Set[str]] = {
            one.name: kept
            for one in fields(Records)
            if isinstance(kept := getattr(register.records, one.name), Set)
        }
        self._known: dict[Read, bytes] = {}

    def digest(self, read: Read) -> bytes:
        """What a read gives now."""
        found = self._known.get(read)
        if found is None:
            found = self._known[read] = self._digest(*read)
        return found

    def _digest(self, way: str, place: str, name: str) -> bytes:
        if way == HAS:
            return b"1" if name in self.sets[place] else b"0"
        if place in self.sets:
            return digest(*sorted(self.sets[place]))
        kept = self.held(place)
        if way == ONE:
            return kept.get(name, b"")
        if way == KEYS:
            return digest(*kept)
        return digest(*(part for key in kept if key.startswith(name) for part in (key, kept[key])))

    def held(self, place: str) -> Mapping[str, bytes]:
        """The digests in a place: of files, or else (of what was worked out from several) of the values themselves."""
        if place not in self._digests:
            value = getattr(self._records, place)
            worked_out = value if isinstance(value, Mapping) else {"": value}
            self._digests[place] = {key: digest(repr(one)) for key, one in worked_out.items()}
        return self._digests[place]
