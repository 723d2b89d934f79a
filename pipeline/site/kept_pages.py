"""Pages made before: good as long as all that was read for them gives the same, and the file is as it was written."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

from pipeline.kernel.recall import NOTHING_KEPT, Recall, digest
from pipeline.kernel.structs import Struct
from pipeline.memory.known_files import KnownFiles
from pipeline.memory.value_marks import mark_of
from pipeline.memory.watched_records import Read
from pipeline.site.page import Page, UnmadePage
from pipeline.site.page_reads import SiteReads


class PageTrace(Struct, frozen=True, kw_only=True):
    """A page as it was made: what was read of the site, the mark of all that went into it, the digest of its bytes."""

    reads: tuple[Read, ...]
    mark: bytes
    made: bytes


class KeptPages:
    """The pages of a folder, and what is remembered of them."""

    def __init__(self, out: Path, reads: SiteReads, recall: Recall) -> None:
        self._base = os.fspath(out.resolve())
        self._reads = reads
        self._recall = recall
        self._files = KnownFiles(out, recall, "pages")

    def holds(self, page: Page | UnmadePage) -> bool:
        """Whether a page would be made as it lies there."""
        kept = self._recall.latest("page", self._name(page), b"", PageTrace)
        if kept is None or not self.agrees(page, kept):
            return False
        return self._files.digest(page.name) == kept.made

    def looked(self) -> None:
        """Remember how the files of the pages were found."""
        self._files.keep()

    def agrees(self, page: Page | UnmadePage, trace: PageTrace) -> bool:
        """Whether all that was read for a page gives the same now."""
        return self._mark(page, trace.reads) == trace.mark

    def trace(self, page: Page | UnmadePage, reads: Iterable[Read], content: bytes) -> PageTrace | None:
        """What is to be remembered of a page just made; None where nothing is, or something in it has no mark."""
        if self._recall is NOTHING_KEPT:
            return None
        read = tuple(dict.fromkeys(reads))
        mark = self._mark(page, read)
        if mark is None:
            return None
        return PageTrace(reads=read, mark=mark, made=hashlib.sha256(content).digest())

    def keep(self, page: Page | UnmadePage, trace: PageTrace) -> None:
        """Remember a page that is in its place."""
        self._recall.keep("page", self._name(page), b"", trace)

    def _name(self, page: Page | UnmadePage) -> str:
        return f"{self._base}\0{page.name}"

    def _mark(self, page: Page | UnmadePage, reads: tuple[Read, ...]) -> bytes | None:
        parts = [self._reads.mark(read) for read in reads]
        if isinstance(page, Page):
            parts.append(mark_of(tuple(getattr(page, one.name) for one in fields(Page))))
        return None if None in parts else digest(*(part for part in parts if part is not None))
