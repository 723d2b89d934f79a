"""What the pages of a folder read of the site, with the marks it had: which of them would read something else now."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from pipeline.kernel.recall import Recall, digest, part_number
from pipeline.kernel.structs import Struct, field
from pipeline.memory.watched_records import HAS, ONE, Read
from pipeline.site.page_reads import SiteReads


class KeptPart(Struct, frozen=True, array_like=True):
    """A part of many things: the mark of all it held, and the token under which they are kept one by one."""

    mark: bytes
    token: bytes


class KeptPlace(Struct, frozen=True, array_like=True):
    """A place of the site that pages read: the mark of all it held, and its parts by number."""

    whole: bytes = b""
    parts: dict[int, KeptPart] = field(default_factory=dict)


KeptReads = dict[str, tuple[bytes, tuple[str, ...]]]
"""The reads in a part of a place by way and name: the mark of what was read, and the pages for which it was."""

_SORT = "site reads"

_REST = -1
"""The part of what is read of more than one key."""

NOTHING = digest()
"""The mark of a part in which there is nothing."""


class LostError(Exception):
    """What was kept is not there any more: another process has written since, or something is damaged."""


class PageReads:
    """What was read for the pages of a folder.

    What a thousand pages read is not looked at read by read: a place that as a whole holds what it held gives every
    one of them the same. Of one that does not only those parts are looked into that hold something else.
    """

    def __init__(
        self, base: str, reads: SiteReads, recall: Recall, places: Mapping[str, KeptPlace], token: bytes
    ) -> None:
        """`places` are as they were kept; what changes is kept under the `token`."""
        self._base = base
        self._reads = reads
        self._recall = recall
        self._places = places
        self._token = token
        self._loaded: dict[tuple[str, int], KeptReads] = {}

    @cached_property
    def changed(self) -> Mapping[Read, tuple[str, ...]]:
        """The reads that give something else than they gave, with the pages for which they were made."""
        found: dict[Read, tuple[str, ...]] = {}
        for place, kept in self._places.items():
            if self._same(place):
                continue
            now = self._reads.parts(place)
            for number, part in kept.parts.items():
                if number != _REST and part.mark and now.get(number, NOTHING) == part.mark:
                    continue
                for called, (mark, pages) in self._part(place, number).items():
                    way, _, name = called.partition(" ")
                    if not mark or self._reads.mark((way, place, name)) != mark:
                        found[way, place, name] = pages
        return found

    def unchanged(self) -> bool:
        """Whether every place as a whole holds what it held."""
        return all(map(self._same, self._places))

    def keep(
        self, anew: Mapping[str, Iterable[Read]], others: Mapping[str, Iterable[Read]]
    ) -> dict[str, KeptPlace]:
        """The places as they are now, their parts kept; raises `LostError` where one is lost.

        `anew` are the pages made anew that read what they read before, `others` those made anew that may not.
        """
        touched: dict[tuple[str, int], KeptReads] = {}
        self._take_changed(touched, {**anew, **others})
        for page, reads in others.items():
            for read in reads:
                if read in self.changed:
                    continue
                part = self._touch(touched, read)
                mark, pages = part.get(_called(read), (b"", ()))
                if page not in pages:
                    part[_called(read)] = mark or self._reads.mark(read) or b"", (*pages, page)
        by_place: dict[str, dict[int, KeptReads]] = {place: {} for place in self._places}
        for (place, number), kept in touched.items():
            by_place.setdefault(place, {})[number] = kept
        places = {place: self._placed(place, parts) for place, parts in by_place.items()}
        return {place: kept for place, kept in places.items() if kept.parts}

    def _take_changed(
        self, touched: dict[tuple[str, int], KeptReads], made: Mapping[str, Iterable[Read]]
    ) -> None:
        """Whatever gives something else now is read only for pages that have been made since."""
        readers: dict[Read, list[str]] = defaultdict(list)
        for page, reads in made.items():
            for read in reads:
                if read in self.changed:
                    readers[read].append(page)
        for read in self.changed:
            part = self._touch(touched, read)
            if read in readers:
                part[_called(read)] = self._reads.mark(read) or b"", tuple(readers[read])
            else:
                del part[_called(read)]

    def _placed(self, place: str, touched: Mapping[int, KeptReads]) -> KeptPlace:
        before = self._places.get(place, KeptPlace())
        if self._same(place) and not touched:
            return before
        now = self._reads.parts(place)
        parts: dict[int, KeptPart] = {}
        for number in {**before.parts, **touched}:
            mark = now.get(number, NOTHING)
            if number not in touched:
                parts[number] = KeptPart(mark, before.parts[number].token)
            elif touched[number]:
                parts[number] = KeptPart(mark, self._token)
                self._recall.keep(_SORT, self._name(place, number), self._token, touched[number])
        return KeptPlace(self._reads.whole(place) or b"", parts)

    def _touch(self, touched: dict[tuple[str, int], KeptReads], read: Read) -> KeptReads:
        """The part of a read, to be altered."""
        way, place, name = read
        number = part_number(name) if way in (ONE, HAS) and self._reads.by_key(place) else _REST
        if (place, number) not in touched:
            touched[place, number] = dict(self._part(place, number))
        return touched[place, number]

    def _part(self, place: str, number: int) -> KeptReads:
        if (place, number) not in self._loaded:
            part = self._places.get(place, KeptPlace()).parts.get(number)
            found: KeptReads | None = {}
            if part is not None:
                found = self._recall.latest(_SORT, self._name(place, number), part.token, KeptReads)
            if found is None:
                raise LostError
            self._loaded[place, number] = found
        return self._loaded[place, number]

    def _same(self, place: str) -> bool:
        """Whether a place as a whole holds what it held."""
        kept = self._places.get(place)
        return kept is not None and bool(kept.whole) and self._reads.whole(place) == kept.whole

    def _name(self, place: str, number: int) -> str:
        return f"{self._base}\0{place}\0{number}"


def _called(read: Read) -> str:
    return f"{read[0]} {read[2]}"


def new_token() -> bytes:
    """What tells what is written now from whatever another process writes at the same time."""
    return os.urandom(16)
