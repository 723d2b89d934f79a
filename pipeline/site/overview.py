"""The first page: what needs attention today, the key figures, the time line, the shares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from pipeline.kernel.chinese import grouped
from pipeline.kernel.finding import Severity
from pipeline.kernel.structs import Struct
from pipeline.record.kinds import AGREEMENT
from pipeline.site import todo, trend
from pipeline.site.charts import Bar, Chart, DayMark, bars, timeline
from pipeline.site.engine import wan
from pipeline.site.matters import ON_THE_WAY, matters, waiting
from pipeline.site.page import Page
from pipeline.site.projects import ProjectRow
from pipeline.site.site_data import SiteData
from pipeline.site.trend_chart import trend_chart
from pipeline.standing import portfolio
from pipeline.standing.agenda import open_remedies
from pipeline.standing.as_agreed import agreements_of
from pipeline.standing.former_names import family_head

_MOST_ROWS = 20
"""Terms on the time line: more would no longer be read at a glance; the list of agreements has them all."""


class KeyFigure(Struct, frozen=True, kw_only=True):
    """A key figure with its unit, what it counts, and the page behind it."""

    label: str
    value: str
    unit: str
    note: str
    href: str


def pages(site: SiteData, listed: tuple[ProjectRow, ...]) -> Iterator[Page]:
    """The overview, and what waits for whom."""
    found = matters(site) if site.internal else ()
    stuck = waiting(site, listed) if site.internal else ()
    content = {
        "late": [one for one in found if one.late],
        "coming": [one for one in found if not one.late],
        "waiting": stuck,
        "ending": portfolio.expiring(site.spans, site.today, date(site.today.year, 12, 31)),
        "figures": tuple(_figures(site)),
        "introductions": () if site.internal else tuple(_introductions(site)),
        "plans": site.whole.plans if site.internal else (),
        "ledgers": site.files.get("ledgers", ()),
        "goal_years": trend.goal_years(site),
        "trends": trend.trends(site),
        "trend_chart": trend_chart,
        "progress": tuple(trend.progress(site)),
        "timeline": _timeline(site),
        "charts": tuple(_charts(site)),
        "errors": site.count(Severity.ERROR),
        "warnings": site.count(Severity.WARNING),
        "dues": site.count(Severity.DUE),
    }
    yield Page(name="index.html", template="index", title="总览", part="index", content=content)
    if site.internal:
        yield todo.page(site, found, stuck)


def _introductions(site: SiteData) -> Iterator[tuple[str, str]]:
    """What the college says to everybody of a project, those at work first."""
    known = site.records.attachments
    for project in sorted(site.standing, key=lambda key: (not site.standing[key].working, key)):
        if project in known and known[project].introduction:
            yield project, known[project].introduction


def _figures(site: SiteData) -> Iterator[KeyFigure]:
    records, standing = site.records, site.standing
    working = sum(one.working for one in standing.values())
    yield KeyFigure(
        label="合作项目",
        value=str(len(standing)),
        unit="个",
        note=f"履行中 {working} 个",
        href="agreements.html",
    )
    partners = {party for key in standing if standing[key].working for party in _partners(site, key)}
    note = f"履行中的项目；登记企业 {len(records.enterprises)} 家" if site.internal else "履行中的项目"
    yield KeyFigure(label="合作企业", value=str(len(partners)), unit="家", note=note, href="enterprises.html")
    if site.internal:
        yield _amount("企业投入", site.whole.put_in, "#inputs")
        yield _amount("占用学院资源", sum(_occupied(site).values(), Decimal(0)), "#resources")


def _partners(site: SiteData, project: str) -> tuple[str, ...]:
    agreement = site.agreements.get(project)
    parties = agreement.party_ids[1:] if agreement else ()
    return tuple(family_head(site.records, party, site.today) for party in parties)


def _amount(label: str, amount: Decimal, href: str) -> KeyFigure:
    return KeyFigure(label=label, value=wan(amount), unit="万元", note="履行中的协议，按明细清单", href=href)


def _occupied(site: SiteData) -> Mapping[str, Decimal]:
    return portfolio.resources(agreements_of(site.records, site.whole.working, site.today).values())


def _timeline(site: SiteData) -> Chart:
    """The live agreements that end first, with the days on which something is due in them."""
    live = [span for span in site.spans if span.state in portfolio.LIVE or span.state in ON_THE_WAY]
    shown = live[:_MOST_ROWS]
    marks = [
        (
            one.project,
            DayMark(day=one.defect.due, label=f"整改期限 {one.defect.due}", overdue=one.overdue(site.today)),
        )
        for one in open_remedies(site.records)
        if one.defect.due and site.internal
    ]
    more = f"（最先到期的 {_MOST_ROWS} 份，共 {len(live)} 份）" if len(live) > _MOST_ROWS else ""
    title = "协议期限与整改期限" if site.internal else "协议期限"
    return timeline(title + more, shown, site.today, marks)


def _charts(site: SiteData) -> Iterator[Chart]:
    """The shares, long charts beside long ones."""
    count = portfolio.by_form(site.records)
    yield bars(
        "合作方式",
        "个项目",
        [
            _counted(site.forms.get(key, key), number, f"agreements.html#form={key}")
            for key, number in count.items()
        ],
        "合作方式",
    )
    if site.internal:
        yield _amounts(site, "企业投入", "inputs", site.whole.inputs)
    departments = portfolio.by_department(site.records, site.today)
    yield bars(
        "各系部项目",
        "个项目",
        [
            _counted(site.department(key), n, f"agreements.html#department={key}")
            for key, n in departments.items()
        ],
        "系部",
    )
    if site.internal:
        yield _amounts(site, "占用学院资源", "resources", _occupied(site))
    states = portfolio.by_state(site.standing)
    counted = [_counted(one.label, n, f"agreements.html#state={one.value}") for one, n in states.items() if n]
    yield bars("项目状态", "个项目", counted, "状态")


def _amounts(site: SiteData, title: str, name: str, found: Mapping[str, Decimal]) -> Chart:
    labels = site.schemas[AGREEMENT.name].fields[name].children
    items = [Bar(label=labels[kind].label, value=amount, shown=wan(amount)) for kind, amount in found.items()]
    return bars(title, "万元", items, "类别", name)


def _counted(label: str, number: int, href: str) -> Bar:
    return Bar(label=label, value=number, shown=grouped(number), href=href)
