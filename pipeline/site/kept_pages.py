"""Pages made before: good as long as all that was read for them gives the same, and the file is as it was written."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from pipeline.kernel.recall import NOTHING_KEPT, Recall, digest
from pipeline.kernel.structs import Struct, field
from pipeline.memory.known_files import KnownFiles
from pipeline.memory.watched_records import Read
from pipeline.site.page import AnyPage, given_to
from pipeline.site.page_reads import SiteReads


class PageTrace(Struct, frozen=True, kw_only=True):
    """A page as it was made: what was read of the site, the mark of all that went into it, the digest of its bytes."""

    reads: tuple[Read, ...]
    mark: bytes
    made: bytes


class KeptPage(Struct, frozen=True, kw_only=True):
    """A page that lies there: the digest of its bytes, the mark of what it was given, the numbers of its reads."""

    made: bytes
    given: bytes
    reads: tuple[int, ...]


class KeptPlace(Struct, frozen=True, kw_only=True):
    """A place of the site that pages read: the mark of all it held, and the token of the marks of the single reads."""

    whole: bytes
    token: bytes


class KeptSite(Struct, frozen=True, kw_only=True):
    """All pages of a folder, and the places they read."""

    pages: dict[str, KeptPage] = field(default_factory=dict)
    places: dict[str, KeptPlace] = field(default_factory=dict)


Marks = dict[int, tuple[str, str, bytes]]
"""The reads in a place by their numbers: the way, the name, and the mark of what was read."""


class KeptPages:
    """The pages of a folder, and what is remembered of them.

    What a thousand pages read is not looked at read by read: a place that as a whole holds what it held gives every
    one of them the same. Only where it does not are its reads compared, and what reads one that has changed is made
    again.
    """

    def __init__(self, out: Path, reads: SiteReads, recall: Recall) -> None:
        self._base = os.fspath(out.resolve())
        self._reads = reads
        self._recall = recall
        self._files = KnownFiles(out, recall, "pages")
        self._held: set[str] = set()
        self._loaded: dict[str, Marks | None] = {}
        self._marked: dict[int, tuple[AnyPage, bytes | None]] = {}
        self._fresh: dict[str, tuple[KeptPage, tuple[Read, ...]]] = {}

    def holds(self, name: str, given: bytes | None) -> bool:
        """Whether a page would be made as it lies there; `given` is the mark of what it is given."""
        changed, kept = self._changed, self._kept.pages.get(name)
        if kept is None or not changed.isdisjoint(kept.reads) or given != kept.given:
            return False
        if self._files.digest(name) != kept.made:
            return False
        self._held.add(name)
        return True

    def agrees(self, page: AnyPage, trace: PageTrace) -> bool:
        """Whether all that was read for a page gives the same now."""
        return self._mark(page, trace.reads) == trace.mark

    def trace(self, page: AnyPage, reads: Iterable[Read], content: bytes) -> PageTrace | None:
        """What is to be remembered of a page just made; None where nothing is, or something in it has no mark."""
        if self._recall is NOTHING_KEPT:
            return None
        read = tuple(dict.fromkeys(reads))
        mark = self._mark(page, read)
        if mark is None:
            return None
        return PageTrace(reads=read, mark=mark, made=hashlib.sha256(content).digest())

    def take(self, page: AnyPage, trace: PageTrace) -> None:
        """Take note of a page that is in its place."""
        given = self._given(page)
        if given is not None:
            reads = tuple(map(_number, trace.reads))
            self._fresh[page.name] = KeptPage(made=trace.made, given=given, reads=reads), trace.reads

    def keep(self) -> None:
        """Remember the pages that hold and those that are in their place, and no others."""
        self._files.keep()
        if self._recall is NOTHING_KEPT or (not self._fresh and self._unchanged):
            return
        pages = {name: self._kept.pages[name] for name in self._held}
        known = {number for one in self._kept.pages.values() for number in one.reads}
        added: dict[str, Marks] = {}
        for name, (page, reads) in self._fresh.items():
            pages[name] = page
            for number, (way, place, at) in zip(page.reads, reads, strict=True):
                if number not in known:
                    mark = self._reads.mark((way, place, at)) or b""
                    added.setdefault(place, {})[number] = way, at, mark
        places = self._placed(added, {number for one in pages.values() for number in one.reads})
        self._recall.keep("site", self._base, b"", KeptSite(pages=pages, places=places))

    def _placed(self, added: dict[str, Marks], wanted: set[int]) -> dict[str, KeptPlace]:
        """The places as they are now; the marks of those are written down in which anything has changed."""
        found: dict[str, KeptPlace] = {}
        for place in {**self._kept.places, **added}:
            before = self._kept.places.get(place)
            if before is not None and self._same(place, before) and place not in added:
                found[place] = before
                continue
            marks = {**(self._marks(place) or {}), **added.get(place, {})}
            now = {number: one for number, one in marks.items() if number in wanted}
            for number in self._changed.intersection(now):
                way, name, _ = now[number]
                now[number] = way, name, self._reads.mark((way, place, name)) or b""
            if now:
                # Whoever writes at the same time has marks of his own: those of another are told by their token.
                found[place] = KeptPlace(whole=self._reads.whole(place) or b"", token=os.urandom(16))
                self._recall.keep("site reads", self._name(place), found[place].token, now)
        return found

    @property
    def _unchanged(self) -> bool:
        """Whether what is remembered is what is there."""
        same = (self._same(place, kept) for place, kept in self._kept.places.items())
        return self._held == self._kept.pages.keys() and all(same)

    def _same(self, place: str, kept: KeptPlace) -> bool:
        """Whether a place as a whole holds what it held."""
        return bool(kept.whole) and self._reads.whole(place) == kept.whole

    @cached_property
    def _kept(self) -> KeptSite:
        found = self._recall.latest("site", self._base, b"", KeptSite)
        return found if found is not None else KeptSite()

    @cached_property
    def _changed(self) -> set[int]:
        """The numbers of the reads that give something else than they gave."""
        found: set[int] = set()
        for place, kept in self._kept.places.items():
            if self._same(place, kept):
                continue
            marks = self._marks(place)
            if marks is None:  # another process has written since, or something is damaged: nothing is known
                self._kept = KeptSite()
                return set()
            found.update(
                number
                for number, (way, name, mark) in marks.items()
                if not mark or self._reads.mark((way, place, name)) != mark
            )
        return found

    def _marks(self, place: str) -> Marks | None:
        """The marks that the reads in a place had; None where they cannot be had."""
        kept = self._kept.places.get(place)
        if place not in self._loaded and kept is not None:
            self._loaded[place] = self._recall.latest("site reads", self._name(place), kept.token, Marks)
        return self._loaded.get(place)

    def _name(self, place: str) -> str:
        return f"{self._base}\0{place}"

    def _given(self, page: AnyPage) -> bytes | None:
        if id(page) not in self._marked:
            self._marked[id(page)] = page, given_to(page)
        return self._marked[id(page)][1]

    def _mark(self, page: AnyPage, reads: tuple[Read, ...]) -> bytes | None:
        parts = [*map(self._reads.mark, reads), self._given(page)]
        return None if None in parts else digest(*(part for part in parts if part is not None))


def _number(read: Read) -> int:
    """The number of a read, the same in every process."""
    return int.from_bytes(digest(*read)[:7])
