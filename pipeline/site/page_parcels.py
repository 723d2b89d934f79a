"""Pages for other machines to render: each with what it shows and the little of the site that it reads besides.

A page that comes back is taken only where all that was read for it gives the same here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.kernel.recall import NOTHING_KEPT, Resident
from pipeline.kernel.sharing import HandOut
from pipeline.kernel.structs import Struct, replace
from pipeline.memory.value_marks import Derived
from pipeline.memory.watched_records import Read
from pipeline.record.kinds import ENTERPRISE, KINDS
from pipeline.record.model import Records
from pipeline.site.engine import Engine
from pipeline.site.kept_pages import KeptPages, PageTrace
from pipeline.site.page import AnyPage, Page, Script, UnmadePage
from pipeline.site.page_reads import SiteReads
from pipeline.site.projects import ProjectRow
from pipeline.site.site_data import SiteData
from pipeline.standing.former_names import with_successors

_PARCEL = 24
"""Pages in a parcel: few, so that all are busy to the end."""

_SENT = ("projects/", "enterprises/")
"""Where the pages lie of which there are many; they show few records each."""


class PageText(Struct, frozen=True, kw_only=True):
    """A file that a page shows, by name and bytes."""

    name: str
    content: bytes


class PageParcel(Struct, frozen=True, kw_only=True):
    """Some pages by their numbers, with the part of the site that they read."""

    site: SiteData
    pages: tuple[tuple[int, Page], ...]


Printed = tuple[int, bytes, PageTrace | None]
"""A page's number, its bytes, and what was read for it; None where that cannot be told."""


def printed_of(parcel: PageParcel) -> list[Printed]:
    """The pages of a parcel, with nothing but the parcel and the program to read."""
    reads = SiteReads(parcel.site)
    engine, kept = Engine(reads), KeptPages(Path(), reads, Resident())
    found: list[Printed] = []
    with TemporaryDirectory(prefix="coop-") as folder:
        for number, sent in parcel.pages:
            page = _laid_out(sent, Path(folder) / str(number))
            content, read = engine.render(page)
            found.append((number, content, kept.trace(page, read, content)))
    return found


def away(
    share: HandOut,
    site: SiteData,
    pages: Sequence[AnyPage],
    due: Iterable[int],
    kept: KeptPages,
) -> Iterator[Printed]:
    """Those of the pages that are due which others have rendered, and which are as they would be here."""
    reads = SiteReads(site)
    here = KeptPages(Path(), reads, NOTHING_KEPT)
    made = {
        number: _made(page, reads)
        for number in due
        if not isinstance(page := pages[number], Script) and page.name.startswith(_SENT)
    }
    some = list(made)
    groups = [some[start : start + _PARCEL] for start in range(0, len(some), _PARCEL)]
    parts = _Parts(site)
    parcels = (parts.parcel([(number, made[number][0]) for number in group]) for group in groups)
    for _, found in share(printed_of, parcels, len(groups)):
        for number, content, trace in found:
            page, read = made[number]
            if trace is not None and here.agrees(page, trace):
                yield number, content, kept.trace(pages[number], (*read, *trace.reads), content)


def _made(page: Page | UnmadePage, reads: SiteReads) -> tuple[Page, list[Read]]:
    """A page with what it shows, and what was read for that."""
    with reads.noted() as read:
        made = page if isinstance(page, Page) else page.make(reads.view)
    return made, read


class _Parts:
    """Cuts a site into parts."""

    def __init__(self, site: SiteData) -> None:
        self._site = site
        self._keys: dict[str, dict[str, list[str]]] = {}
        for kind in KINDS:
            if "project" in kind.names:
                below: dict[str, list[str]] = defaultdict(list)
                for key in kind.of(site.records):
                    below[key.partition("/")[0]].append(key)
                self._keys[kind.within] = below
        self._subjects: dict[str, list[str]] = defaultdict(list)
        for subject in site.trail:
            self._subjects[subject.removeprefix("projects/").partition("/")[0]].append(subject)

    def parcel(self, some: Sequence[tuple[int, Page]]) -> PageParcel:
        """Pages with what they read, their files among it."""
        rows = [row for _, page in some for row in _rows(page)]
        own = [Path(page.name).stem for _, page in some if page.name.startswith("enterprises/")]
        site = self._part(
            [row.project for row in rows], [*own, *(one for row in rows for one in row.enterprises)]
        )
        return PageParcel(site=site, pages=tuple((number, _packed(page)) for number, page in some))

    def _part(self, projects: Sequence[str], enterprises: Sequence[str]) -> SiteData:
        """The site as far as some projects and enterprises go."""
        site, wanted = self._site, list(dict.fromkeys(projects))
        subjects = [subject for project in wanted for subject in self._subjects.get(project, ())]
        folders = [f"projects/{project}" for project in wanted]
        return replace(
            site,
            records=self._records(wanted, enterprises),
            standing=_only(site.standing, wanted),
            findings=(),
            elements={},
            files=_only(site.files, folders),
            approved=_only(site.approved, subjects),
            wordings={},
            trail=_only(site.trail, subjects),
            proofs=_only(site.proofs, wanted),
            known=None,
        )

    def _records(self, projects: Sequence[str], enterprises: Sequence[str]) -> Records:
        records = self._site.records
        kept: dict[str, Any] = {
            within: _only(getattr(records, within), [key for one in projects for key in below.get(one, ())])
            for within, below in self._keys.items()
        }
        kept[ENTERPRISE.within] = _only(records.enterprises, with_successors(records, enterprises))
        return Records(college=records.college, policy=records.policy, **kept)


def _rows(page: Page) -> list[ProjectRow]:
    """The projects that a page is about."""
    row = page.content.get("row")
    return [row] if row is not None else list(page.content.get("rows", ()))


def _only(some: Mapping[str, Any], names: Iterable[str]) -> Mapping[str, Any]:
    if isinstance(some, Derived):
        return some.only(names)
    return {name: some[name] for name in names if name in some}


def _packed(page: Page) -> Page:
    """A page with the bytes of the files that it shows."""
    return replace(page, content={name: _text(value) for name, value in page.content.items()})


def _text(value: object) -> object:
    if not isinstance(value, Path):
        return value
    try:
        return PageText(name=value.name, content=value.read_bytes())
    except OSError:
        return None  # the page comes out otherwise than here, and is not taken


def _laid_out(page: Page, folder: Path) -> Page:
    """The same page with its files where they can be read."""
    content = dict(page.content)
    for name, value in content.items():
        if isinstance(value, PageText):
            folder.mkdir(exist_ok=True)
            content[name] = folder / value.name
            content[name].write_bytes(value.content)
    return replace(page, content=content)
