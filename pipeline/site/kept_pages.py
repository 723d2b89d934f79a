"""Pages made before: good as long as all that was read for them gives the same, and the file is as it was written."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from pipeline.kernel.looks import looker
from pipeline.kernel.program import stamp, stamp_of_all
from pipeline.kernel.read_files import left_alone
from pipeline.kernel.recall import NOTHING_KEPT, Recall, digest, part_number
from pipeline.kernel.store import file_digest
from pipeline.kernel.structs import Struct, field, replace
from pipeline.memory.watched_records import Read
from pipeline.site.kept_pieces import KeptPieces
from pipeline.site.kept_reads import KeptPart, KeptPlace, LostError, PageReads, new_token
from pipeline.site.page import AnyPage, given_to
from pipeline.site.page_reads import SiteReads


class PageTrace(Struct, frozen=True, kw_only=True):
    """A page as it was made: what was read of the site, the mark of all that went into it, the digest of its bytes."""

    reads: tuple[Read, ...]
    mark: bytes
    made: bytes


class KeptPage(Struct, frozen=True, array_like=True):
    """A page that lies there: the digest of its bytes, the mark of what it was given, the mark of which reads it needs.

    `seen` is the stamp that its file had when it was last read, empty before it was.
    """

    made: bytes
    given: bytes
    needs: bytes
    seen: str = ""


class KeptSite(Struct, frozen=True, kw_only=True):
    """The pages of a folder in parts by number, and the places they read."""

    pages: dict[int, KeptPart] = field(default_factory=dict)
    places: dict[str, KeptPlace] = field(default_factory=dict)


_SITE, _SORT = "site", "site pages"


class KeptPages:
    """The pages of a folder, and what is remembered of them.

    As long as nothing is given to any page of a part but what it was given, and the file system says of its files what
    it said, the part is not looked into. What a file held is believed for its stamp: that is enough for what was made
    here and can be made again, and for no record.
    """

    def __init__(self, out: Path, reads: SiteReads, recall: Recall) -> None:
        self._base = os.fspath(out.resolve())
        self._reads = reads
        self._recall = recall
        self._now = time.time_ns()
        self._token = new_token()
        self.pieces = KeptPieces(self._base, reads, recall)
        """What is remembered of the pieces of scripts."""
        self._loaded: dict[int, dict[str, KeptPage]] = {}
        self._altered: set[int] = set()
        self._marks: dict[int, tuple[bytes, int]] = {}
        self._held: dict[int, list[str]] = {}
        self._marked: dict[int, tuple[AnyPage, bytes | None]] = {}
        self._fresh: dict[str, tuple[KeptPage, tuple[Read, ...]]] = {}

    def held(self, names: Iterable[str], given: Mapping[str, bytes | None]) -> set[str]:
        """The pages that would be made as they lie there, of all there are.

        `given` are the marks of what they are given, of those that are given anything.
        """
        try:
            changed = self._needed.changed
        except LostError:
            self._forget()
            changed = self._needed.changed
        due = {name for some in changed.values() for name in some}
        parts: dict[int, list[str]] = defaultdict(list)
        for name in names:
            parts[part_number(name)].append(name)
        for number, some in parts.items():
            there = self._lying(number, some, given)
            self._held[number] = there if due.isdisjoint(there) else [one for one in there if one not in due]
        return {name for some in self._held.values() for name in some}

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
            needs = digest(*sorted("\0".join(one) for one in trace.reads))
            self._fresh[page.name] = KeptPage(trace.made, given, needs), trace.reads

    def keep(self) -> None:
        """Remember the pages that hold and those that are in their place, and no others."""
        if self._recall is NOTHING_KEPT:
            return
        self.pieces.keep()
        try:
            kept = self._as_now()
        except LostError:
            kept = KeptSite()
        if kept != self._kept:
            self._recall.keep(_SITE, self._base, b"", kept)

    def _as_now(self) -> KeptSite:
        fresh: dict[int, dict[str, KeptPage]] = defaultdict(dict)
        for name, (page, _) in self._fresh.items():
            fresh[part_number(name)][name] = page
        alike, others = dict[str, tuple[Read, ...]](), dict[str, tuple[Read, ...]]()
        pages: dict[int, KeptPart] = {}
        for number in {**self._kept.pages, **self._held, **fresh}:
            for name, page in fresh[number].items():
                before = self._part(number).get(name)
                same = before is not None and before.needs == page.needs
                (alike if same else others)[name] = self._fresh[name][1]
            part = self._part_now(number, fresh[number])
            if part is not None:
                pages[number] = part
        places = self._kept.places
        if self._fresh or not self._needed.unchanged():
            places = self._needed.keep(alike, others)
        return KeptSite(pages=pages, places=places)

    def _part_now(self, number: int, fresh: Mapping[str, KeptPage]) -> KeptPart | None:
        """A part as it is now, kept where it is another; None where nothing is left of it."""
        before, held = self._kept.pages.get(number), self._held.get(number, [])
        mark, complete = self._marks.get(number, (b"", 0))
        complete_now = len(held) == complete and not fresh
        if before is not None and before.mark == mark and mark and complete_now:
            return before
        kept = self._part(number)
        now = {**{name: kept[name] for name in held}, **fresh}
        if not now:
            return None
        if not complete_now or not all(page.seen for page in now.values()):
            mark = b""
        if before is not None and not fresh and number not in self._altered and len(now) == len(kept):
            return KeptPart(mark, before.token)
        self._recall.keep(_SORT, self._name(number), self._token, now)
        return KeptPart(mark, self._token)

    def _lying(self, number: int, some: list[str], given: Mapping[str, bytes | None]) -> list[str]:
        """Those pages of a part that lie there as they were made of what they are given."""
        mark = self._mark_of_part(some, given)
        self._marks[number] = mark, len(some)
        before = self._kept.pages.get(number)
        if before is not None and mark and before.mark == mark:
            return some
        part, there, again = self._part(number), list[str](), dict[str, KeptPage]()
        for name in some:
            page = part.get(name)
            if page is None or given.get(name, b"") != page.given:
                continue
            seen = self._seen(name, page)
            if seen is None:
                continue
            there.append(name)
            if seen != page.seen:
                again[name] = replace(page, seen=seen)
        if again:
            self._altered.add(number)
            self._loaded[number] = {**part, **again}
        return there

    def _mark_of_part(self, some: Sequence[str], given: Mapping[str, bytes | None]) -> bytes:
        """What tells that nothing about the pages of a part is other; empty where that cannot be told."""
        told = {name: mark for name in some if (mark := given.get(name, b"")) != b""}
        look, base = looker(), self._base
        try:
            found = [look(f"{base}{os.sep}{name}".replace("/", os.sep)) for name in some]
        except OSError:
            return b""
        if None in told.values() or not all(stat.S_ISREG(one.st_mode) for one in found):
            return b""
        marks = (mark for mark in told.values() if mark is not None)
        return digest("\0".join(some), stamp_of_all(found), "\0".join(told), *marks)

    def _seen(self, name: str, page: KeptPage) -> str | None:
        """The stamp by which a file will be known that lies there as it was made; None where it does not."""
        path = f"{self._base}{os.sep}{name}".replace("/", os.sep)
        try:
            found = looker()(path)
        except OSError:
            return None
        # What a link leads to may change without it.
        now = stamp(found) if stat.S_ISREG(found.st_mode) else ""
        if now and now == page.seen:
            return now
        if file_digest(path) != page.made:
            return None
        return now if left_alone(found, self._now) else ""

    @cached_property
    def _kept(self) -> KeptSite:
        return self._recall.latest(_SITE, self._base, b"", KeptSite) or KeptSite()

    @cached_property
    def _needed(self) -> PageReads:
        return PageReads(self._base, self._reads, self._recall, self._kept.places, self._token)

    def _forget(self) -> None:
        self._kept = KeptSite()
        del self._needed

    def _part(self, number: int) -> dict[str, KeptPage]:
        """The pages of a part; none where another process has written them since."""
        if number not in self._loaded:
            part = self._kept.pages.get(number)
            kept = part and self._recall.latest(_SORT, self._name(number), part.token, dict[str, KeptPage])
            self._loaded[number] = kept or {}
        return self._loaded[number]

    def _name(self, number: int) -> str:
        return f"{self._base}\0{number}"

    def _given(self, page: AnyPage) -> bytes | None:
        if id(page) not in self._marked:
            self._marked[id(page)] = page, given_to(page)
        return self._marked[id(page)][1]

    def _mark(self, page: AnyPage, reads: tuple[Read, ...]) -> bytes | None:
        parts = [*map(self._reads.mark, reads), self._given(page)]
        return None if None in parts else digest(*(part for part in parts if part is not None))
