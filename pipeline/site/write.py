"""The site into its folder: what is unchanged is not touched, what is gone is removed, every file whole or not at all."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.check.gap_report import Gaps
from pipeline.check.run import Report
from pipeline.kernel.looks import forget
from pipeline.kernel.recall import NOTHING_KEPT, Recall
from pipeline.kernel.sharing import HandOut
from pipeline.kernel.store import file_digest, put_file
from pipeline.kernel.structs import Struct, field
from pipeline.memory.trace import Tracing
from pipeline.memory.value_marks import Derived
from pipeline.record.kinds import AGREEMENT
from pipeline.record.schema import Schema
from pipeline.site import documents, projects
from pipeline.site.all_pages import SitePages, pages
from pipeline.site.engine import FOLDER, Engine
from pipeline.site.kept_pages import KeptPages, PageTrace
from pipeline.site.laying import Laying, clear
from pipeline.site.of_all import of_all
from pipeline.site.page import Script
from pipeline.site.page_parcels import Printed, away
from pipeline.site.page_reads import SiteReads
from pipeline.site.proven import told_by
from pipeline.site.public import public
from pipeline.site.site_data import Edition, SiteData
from pipeline.standing.as_of import as_of

if TYPE_CHECKING:
    from pipeline.approval.trail.inspect import Trail

MARK = "coop-site.txt"
"""The file that makes a folder the site's own: in a folder without it nothing is ever removed."""

_BATCH = 40
"""Pages a worker takes at a time."""

_MARK_TEXT = "此文件夹由 coop site 生成和清理，请不要把自己的文件放在这里。\n".encode()


class ForeignFolderError(Exception):
    """The folder holds files that the site did not make."""


class Written(Struct, frozen=True, kw_only=True):
    """What writing came to: files in all, those that changed, those removed; projects without documents.

    `made` are the digests of the pages and other files that changed, by their names, `laid` by name the folders in
    which lies nothing but documents of one in the build folder, and that one.
    """

    files: int
    changed: int
    removed: int
    bare: tuple[str, ...]
    made: Mapping[str, bytes] = field(default_factory=dict)
    laid: Mapping[str, str] = field(default_factory=dict)


def untouched(written: Written, out: Path) -> bool:
    """Whether the pages and other files that were written are still as they were."""
    return all(file_digest(os.fspath(out / name)) == digest for name, digest in written.made.items())


def see(
    report: Report,
    schemas: Mapping[str, Schema],
    today: date,
    built: Path,
    edition: Edition = Edition.INTERNAL,
    trail: Trail | None = None,
    recall: Recall = NOTHING_KEPT,
    tracing: Tracing | None = None,
) -> SiteData:
    """A checked college on a day as an edition may see it; `built` is the build folder with the documents.

    What those call themselves `recall` may know, and `tracing` what all projects together tell.
    """
    records = as_of(report.register.records, today)
    approved, known = told_by(trail)
    found = documents.folders(built, recall)
    together = of_all(report.register, today, approved, known, tracing)
    gaps = Gaps(report, schemas[AGREEMENT.name])
    site = SiteData(
        records=records,
        schemas=schemas,
        today=today,
        standing=together.standing,
        findings=report.findings,
        elements=Derived(gaps.elements, gaps.told(records.agreements)),
        files=documents.papers_of(found),
        approved=approved,
        wordings=documents.wordings(built, found),
        trail=known,
        proofs=together.proofs,
        known=(records, together),
    )
    return public(site) if edition is Edition.PUBLIC else site


def files(site: SiteData) -> Iterator[tuple[str, bytes]]:
    """Every file of the site but the documents: path and bytes, the same for the same data."""
    yield from _beside()
    engine = Engine(SiteReads(site))
    for page in pages(site, projects.rows(site)):
        yield page.name, engine.render(page)[0]


def write(
    site: SiteData,
    out: Path,
    built: Path,
    jobs: int = 1,
    recall: Recall = NOTHING_KEPT,
    share: HandOut | None = None,
    tracing: Tracing | None = None,
) -> Written:
    """Write the site; raises ForeignFolderError, or OSError where nothing can be written.

    Pages of which `recall` knows that they would come out the same are left as they are, and as far as `tracing` of
    the same records knows what they would be given, that is not worked out. With `share` others render what they can,
    and nobody but this process writes.
    """
    _claim(out)
    laying = Laying(built, out, recall)
    laid = dict(laying.lay(site.files))
    made = SitePages(site, tracing)
    put = {name: _put(out / name, content) for name, content in _beside()}
    fresh = {name: anew for name, anew in put.items() if anew}
    kept = {MARK, *laid, *put, *made.names}
    reads = SiteReads(site, by_file=True, wholes=made.wholes)
    kept_pages = KeptPages(out, reads, recall)
    press = Press(engine=Engine(reads, kept_pages.pieces), pages=made, out=out, kept=kept_pages, made=fresh)
    held = press.kept.held(made.names, made.given)
    due = [number for number, name in enumerate(made.names) if name not in held]
    if share is not None:
        _taken(press, due, away(share, site, made, due, press.kept))
    _press(press, due, jobs)
    press.kept.keep()
    return Written(
        files=len(kept) + laying.count,
        changed=sum(laid.values()) + len(fresh),
        removed=clear(out, kept, laying.whole),
        bare=_bare(site),
        made=fresh,
        laid={**laying.whole, **laying.linked},
    )


def _bare(site: SiteData) -> tuple[str, ...]:
    """The projects without documents; of those nothing is said to the public."""
    listed = site.records.agreements if site.internal else ()
    return tuple(one for one in listed if f"projects/{one}" not in site.files)


def _beside() -> Iterator[tuple[str, bytes]]:
    """What stands beside the pages and tells nothing of any college, by its path."""
    for path in sorted((FOLDER / "static").iterdir()):
        yield f"static/{path.name}", path.read_bytes()


class Press(Struct, frozen=True, kw_only=True):
    """What renders and writes pages: all the pages, where they go, what is remembered of them, and which it has `made`."""

    engine: Engine
    pages: SitePages
    out: Path
    kept: KeptPages
    made: dict[str, bytes]


Pressed = tuple[int, bytes, PageTrace | None]
"""A page's number, the digest of its file if that changed, and what is to be remembered of it."""

_press_of_worker: list[Press] = []
"""A worker's own press, filled once by `_start`."""


def _taken(press: Press, due: list[int], printed: Iterable[Printed]) -> None:
    """Write what others have rendered and take it from what is due."""
    there: dict[int, Pressed] = {}
    for number, content, trace in printed:
        there[number] = number, _put(press.out / press.pages[number].name, content), trace
    due[:] = [number for number in due if number not in there]
    _settled(press, there.values())


def _press(press: Press, due: Sequence[int], jobs: int) -> None:
    """Render and write the pages that are due.

    The last page is the overview: it is written when all it leads to is there. In several processes where there are
    many: a forked worker finds pages and compiled templates in its memory; where nothing can be forked, one process
    does it all. Scripts are made here, where their pieces are remembered.
    """
    last = len(press.pages) - 1
    if jobs <= 1 or len(due) <= _BATCH or not hasattr(os, "fork"):
        _settled(press, _batch(press, due))
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor  # few sites have so much to print

    press.engine.compile()
    here = [number for number in due if number == last or isinstance(press.pages[number], Script)]
    before = sorted({*due}.difference(here))
    batches = [before[start : start + _BATCH] for start in range(0, len(before), _BATCH)]
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(jobs, context, initializer=_start, initargs=(press,)) as pool:
        for some in pool.map(_batch_of_worker, batches):
            _settled(press, some)
    _settled(press, _batch(press, here))


def _settled(press: Press, some: Iterable[Pressed]) -> None:
    """Remember pages that are in their place."""
    for number, anew, trace in some:
        if anew:
            press.made[press.pages[number].name] = anew
            forget(press.out / press.pages[number].name)  # another process may have written it
        if trace is not None:
            press.kept.take(press.pages[number], trace)


def _start(press: Press) -> None:
    # A worker lives for a second: its collector would go through all that is shared, and so copy it.
    gc.disable()
    _press_of_worker[:] = [press]


def _batch_of_worker(numbers: Sequence[int]) -> list[Pressed]:
    return _batch(_press_of_worker[0], numbers)


def _batch(press: Press, numbers: Iterable[int]) -> list[Pressed]:
    found = []
    for number in numbers:
        page = press.pages[number]
        content, reads = press.engine.render(page)
        found.append((number, _put(press.out / page.name, content), press.kept.trace(page, reads, content)))
    return found


def _claim(out: Path) -> None:
    """Make the folder the site's own, or refuse one that holds other things."""
    if not (out / MARK).is_file() and out.is_dir() and any(out.iterdir()):
        raise ForeignFolderError(f"{out} 里有别的文件，不是网站文件夹；换一个空文件夹，或先清空它")
    _put(out / MARK, _MARK_TEXT)


def _put(path: Path, content: bytes) -> bytes:
    """Write a file where it is not there yet with this content; its digest if it had to, else nothing."""
    return hashlib.sha256(content).digest() if put_file(path, content) else b""
