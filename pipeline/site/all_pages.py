"""The pages of a site and the scripts of its search: made at once, or known to be what they were without being made.

A page about all projects is worked out of all of them. As long as no field has changed that any such page reads, and
nothing else that they show, what they were given is known; only the pages of projects are then looked at one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from pipeline.kernel.finding import Finding, Place
from pipeline.kernel.structs import Struct, replace
from pipeline.memory.trace import Traced, Tracing
from pipeline.memory.value_marks import mark_of, mark_of_whole
from pipeline.record.register import Register
from pipeline.site import office_work, organisation, overview, projects, search, standard, year
from pipeline.site.page import AnyPage, Page, given_to
from pipeline.site.projects import ProjectRow
from pipeline.site.site_data import SiteData
from pipeline.standing.as_of import as_of


def pages(site: SiteData, listed: tuple[ProjectRow, ...]) -> Iterator[AnyPage]:
    """Every page of the site, the overview last: it is replaced when all it leads to is there."""
    yield from projects.pages(site, listed)
    yield from organisation.pages(site, listed)
    yield from year.pages(site)
    yield from office_work.pages(site)
    yield from standard.pages(site)
    yield from search.scripts(site)
    yield search.page(site)
    yield from overview.pages(site, listed)


class KnownPages(Struct, frozen=True, kw_only=True):
    """What is known of pages that are not made: their names in order, and the marks of what those are given that are.

    `wholes` are the marks of what of the site is worked out of all.
    """

    names: tuple[str, ...]
    given: dict[str, bytes]
    wholes: dict[str, bytes]


_SORT = "pages"

_WHOLES = (
    "titles",
    "spans",
    "span_of",
    "actions_of",
    "remedies_of",
    "placements_of",
    "families",
    "plans",
    "whole",
)
"""What of a site is worked out of all records, and read by single pages."""


class SitePages(Sequence[AnyPage]):
    """The pages of a site in their order, each made when it is asked for."""

    def __init__(self, site: SiteData, tracing: Tracing | None = None) -> None:
        """`tracing` may know them, if the site is of the same records."""
        self._site = site
        self._known = self._as_known(tracing) if tracing is not None and site.of_all is not None else None
        self._names = self._known.names if self._known else ()

    def __len__(self) -> int:
        return len(self.names)

    def __getitem__(self, number: int) -> AnyPage:  # type: ignore[override]  # nobody asks for a part
        if self._known and "_made" not in vars(self):
            name = self._names[number]
            found = standard.unmade(name) or projects.unmade(name) or search.script(name)
            if found is not None:
                return found
        return self._made[number]

    @property
    def names(self) -> tuple[str, ...]:
        """The pages' names."""
        return self._names or tuple(page.name for page in self._made)

    @property
    def given(self) -> Mapping[str, bytes | None]:
        """The marks of what pages are given, of those that are given anything."""
        if self._known:
            return self._known.given
        return {page.name: given_to(page) for page in self._made if isinstance(page, Page)}

    @property
    def wholes(self) -> Mapping[str, bytes]:
        """The marks that are known of what of the site is worked out of all."""
        return self._known.wholes if self._known else {}

    @cached_property
    def _made(self) -> tuple[AnyPage, ...]:
        return tuple(pages(self._site, projects.rows(self._site)))

    def _as_known(self, tracing: Tracing) -> KnownPages | None:
        """What is known of the pages, from now on if not yet; None where one of them shows what has no mark."""
        site = self._site
        shown = site.edition, site.today, site.of_all, dict(site.standing), dict(site.proofs)
        counted = [(one.code, one.severity, one.place.file) for one in site.findings]
        mark = mark_of((*shown, dict(site.approved), site.files, dict(site.trail), counted))
        if mark is None:
            return None
        return tracing.told(_SORT, mark.hex(), Traced[KnownPages | None], self._worked_out, site.edition)

    def _worked_out(self, register: Register) -> KnownPages | None:
        site = self._site
        # What no page about all shows of an agreement's file is left out.
        site = replace(
            site,
            records=as_of(register.records, site.today),
            findings=_counted(site.findings),
            elements={},
            wordings={},
        )
        made = tuple(pages(site, projects.rows(site)))
        given = {page.name: mark for page in made if (mark := given_to(page)) != b""}
        marks = {name: mark for name, mark in given.items() if mark is not None}
        if len(marks) < len(given):
            return None
        # Nothing that has a mark tells what is read of it: these pages are as good as any.
        self._made = made
        wholes = {name: mark_of_whole(getattr(site, name)) for name in _WHOLES}
        return KnownPages(
            names=tuple(page.name for page in made),
            given=marks,
            wholes={name: mark for name, mark in wholes.items() if mark is not None},
        )


def _counted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings as far as they are counted: a line more in a file moves those behind it, and changes no number."""
    return tuple(
        Finding(code=one.code, severity=one.severity, place=Place(file=one.place.file), message="")
        for one in findings
    )
