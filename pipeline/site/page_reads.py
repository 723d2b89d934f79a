"""What making a page reads of the site: told while it is made, and compared before it is made again."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from functools import cached_property
from typing import Any

from pipeline.memory.value_marks import mark_of_read, mark_of_whole, marks_of_parts
from pipeline.memory.watched_records import ONE, Read, WatchedMapping, watched_records
from pipeline.record.register.held import Shelf
from pipeline.site.site_data import SiteData

_RECORDS = "records/"
"""What stands before the places of records, which have names of their own."""

_TOLD = frozenset(
    {one.name for one in fields(SiteData)}
    | {
        name
        for one in SiteData.__mro__
        for name, kept in vars(one).items()
        if isinstance(kept, cached_property)
    }
) - {"schemas", "_values"}
"""What a page may read of a site: all but the schemas, which are a part of the program."""


_BY_FILE = frozenset({"agreements", f"{_RECORDS}agreements"})
"""Where the largest records stand: the digests of their files are known, and those of their content cost most."""

_FOLLOWS = {"findings_of": "findings", "codes": "findings"}
"""What of a site is the same as long as something else is that it is worked out of."""


class SiteReads:
    """A site, a `view` of it that is read in its place, and what was read of the view."""

    def __init__(
        self, site: SiteData, *, by_file: bool = False, wholes: Mapping[str, bytes] | None = None
    ) -> None:
        """With `by_file` an agreement counts by its file; else whatever is read has a mark that is the same everywhere.

        `wholes` are the marks of whole places that are known.
        """
        self._site = site
        self._by_file = by_file
        self._log: dict[Read, None] = {}
        self._marks: dict[Read, bytes | None] = {}
        self._parts: dict[str, Mapping[int, bytes]] = {}
        self._wholes: dict[str, bytes | None] = {**(wholes or {})}
        self._seen: dict[str, Any] = {}
        self.view: SiteData = _SeenSite.over(site, self)

    @contextmanager
    def noted(self) -> Iterator[list[Read]]:
        """What is read meanwhile, once this is over."""
        before, self._log = self._log, {}
        found: list[Read] = []
        try:
            yield found
        finally:
            found += self._log
            self._log = before

    def note(self, some: Iterable[Read]) -> None:
        """Take reads as done once more: what they led to is used again."""
        self._log.update(dict.fromkeys(some))

    def mark(self, read: Read) -> bytes | None:
        """The mark of what a read gives now; None where it has none."""
        if read not in self._marks:
            self._marks[read] = self._cheap(read) or mark_of_read(read, self._value(read[1]))
        return self._marks[read]

    def whole(self, place: str) -> bytes | None:
        """The mark of all that a place holds: what it gives for every read is then the same."""
        source = _FOLLOWS.get(place, place)
        if source not in self._wholes:
            value = self._value(source)
            told = self._told(source, value) if isinstance(value, Mapping) else value
            self._wholes[source] = mark_of_whole(told)
        return self._wholes[source]

    def parts(self, place: str) -> Mapping[int, bytes]:
        """The marks of the parts of a place that has keys, by their numbers; empty where a part has none."""
        if place not in self._parts:
            value = self._value(place)
            self._parts[place] = (
                marks_of_parts(self._told(place, value)) if isinstance(value, Mapping) else {}
            )
        return self._parts[place]

    def by_key(self, place: str) -> bool:
        """Whether a place holds one thing under each key."""
        return isinstance(self._value(place), Mapping)

    def _told(self, place: str, value: Mapping[str, Any]) -> Mapping[str, Any]:
        """What stands for a mapping: of agreements, the marks of their files."""
        if not self._by_file or place not in _BY_FILE:
            return value
        # What has no mark is never what it was.
        return {key: self.mark((ONE, place, key)) or os.urandom(16) for key in value}

    def _cheap(self, read: Read) -> bytes:
        """The mark of a record by the digest of its file; empty for whatever else is read."""
        way, place, name = read
        if not self._by_file or way != ONE or place not in _BY_FILE:
            return b""
        kept = self._site.records.agreements
        if not isinstance(kept, Shelf) or name not in kept:
            return b""
        as_recorded = place != "agreements" or self._site.as_recorded(name)
        return kept.mark(name) if as_recorded else b""

    def look(self, name: str) -> Any:
        """What the site has under a name, for whoever looks at the view."""
        if name not in self._seen:
            value = getattr(self._site, name)
            if name == "records":
                value = watched_records(value, self._see_record)
            elif isinstance(value, Mapping):
                value = WatchedMapping(value, name, self._see)
            self._seen[name] = value
        if name != "records" and not isinstance(self._seen[name], WatchedMapping):
            self._see(ONE, name)
        return self._seen[name]

    def _value(self, place: str) -> Any:
        if place.startswith(_RECORDS):
            return getattr(self._site.records, place.removeprefix(_RECORDS))
        return getattr(self._site, place, None)

    def _see(self, way: str, place: str, name: str = "") -> None:
        self._log[way, place, name] = None

    def _see_record(self, way: str, place: str, name: str = "") -> None:
        self._log[way, f"{_RECORDS}{place}", name] = None


class _SeenSite(SiteData):
    """The same site, which tells what is read of it."""

    _reads: SiteReads

    @classmethod
    def over(cls, site: SiteData, reads: SiteReads) -> _SeenSite:
        """The view of a site."""
        made = object.__new__(cls)
        object.__setattr__(made, "_reads", reads)
        object.__setattr__(made, "schemas", site.schemas)
        return made

    def __getattribute__(self, name: str) -> Any:
        if name in _TOLD:
            return object.__getattribute__(self, "_reads").look(name)
        return object.__getattribute__(self, name)
