"""The office's own work: who does what under which rules, and visits, events, people, research, policies (5.6, 6.1, 9)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from pipeline.kernel.structs import Struct
from pipeline.record.kinds import EVENT, GOVERNMENT_POLICY, PLACEMENT, RESEARCH, VISIT, Kind
from pipeline.site.page import Page
from pipeline.site.site_data import SiteData


class WorkEntry(Struct, frozen=True, kw_only=True):
    """One record in a list of work: its heading, and the record whose other fields stand below."""

    id: str
    day: date | None
    title: str
    record: Any


class WorkSection(Struct, frozen=True, kw_only=True):
    """The records of one kind, the latest first; `without` are the fields that the headings tell."""

    id: str
    title: str
    kind: str
    without: tuple[str, ...]
    entries: tuple[WorkEntry, ...]


def pages(site: SiteData) -> Iterator[Page]:
    """The organisation, and the work; both only in the internal edition."""
    if not site.internal:
        return
    records = site.records
    content: dict[str, object] = {"college": records.college, "policy": records.policy}
    yield Page(
        name="organisation.html",
        template="organisation",
        title="机构与制度",
        part="organisation",
        content=content,
    )
    content = {"sections": tuple(_sections(site))}
    yield Page(
        name="activities.html",
        template="activities",
        title="走访、活动与信息",
        part="activities",
        content=content,
    )


def _sections(site: SiteData) -> Iterator[WorkSection]:
    yield _section(site, EVENT, "交流与活动", ("date", "title"), lambda one: (one.date, one.title))
    yield _section(
        site, VISIT, "走访企业", ("date", "enterprise"), lambda one: (one.date, site.party(one.enterprise))
    )
    yield _section(site, PLACEMENT, "人员互聘", ("start",), lambda one: (one.start, _who(site, one)))
    yield _section(site, RESEARCH, "市场调研", ("date", "title"), lambda one: (one.date, one.title))
    yield _section(site, GOVERNMENT_POLICY, "政策信息", ("date", "title"), lambda one: (one.date, one.title))


def _who(site: SiteData, one: Any) -> str:
    return site.person(one.person) or (one.outsider.name if one.outsider else "")


def _section(
    site: SiteData,
    kind: Kind,
    title: str,
    without: tuple[str, ...],
    heading: Callable[[Any], tuple[date | None, str]],
) -> WorkSection:
    found: Mapping[str, Any] = kind.of(site.records)
    entries = [
        WorkEntry(id=key, day=day, title=words, record=one)
        for key, one in found.items()
        for day, words in [heading(one)]
    ]
    entries.sort(key=lambda one: (one.day or date.min, one.id), reverse=True)
    return WorkSection(id=kind.name, title=title, kind=kind.name, without=without, entries=tuple(entries))
