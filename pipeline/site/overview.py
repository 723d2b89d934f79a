"""The first page: what needs attention today, the key figures, the time line, the shares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipeline.kernel.chinese import plain_number
from pipeline.kernel.finding import Severity
from pipeline.record.kinds import AGREEMENT
from pipeline.site.charts import Bar, Chart, DayMark, bars, timeline
from pipeline.site.engine import days, wan
from pipeline.site.page import Page
from pipeline.site.projects import ProjectRow
from pipeline.site.site_data import SiteData
from pipeline.standing import portfolio
from pipeline.standing.agenda import open_actions, open_remedies
from pipeline.standing.goals import Progressing
from pipeline.standing.proof import agreement_subject
from pipeline.standing.state import ProjectState
from pipeline.standing.watched import watched

_MOST_ROWS = 20
"""Terms on the time line: more would no longer be read at a glance; the list of agreements has them all."""

_WAITING = (
    ProjectState.RESEARCH,
    ProjectState.SCHEME,
    ProjectState.APPRAISAL,
    ProjectState.DRAFT,
    ProjectState.REVIEW,
    ProjectState.SIGNING,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Something that waits: what it is and where it stands, who has to do it, until when."""

    kind: str
    what: str
    href: str
    who: str
    due: date | None
    far: str
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something that cannot go on until somebody acts: what, how it stands in words, who has to do what."""

    what: str
    href: str
    standing: str
    who: str
    todo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigure:
    """A key figure with its unit, what it counts, and the page behind it."""

    label: str
    value: str
    unit: str
    note: str
    href: str


def pages(site: SiteData, listed: tuple[ProjectRow, ...]) -> Iterator[Page]:
    """The overview."""
    matters = tuple(_matters(site)) if site.internal else ()
    content = {
        "late": [one for one in matters if one.late],
        "coming": [one for one in matters if not one.late],
        "waiting": tuple(_waiting(site, listed)) if site.internal else (),
        "ending": portfolio.expiring(site.spans, site.today, date(site.today.year, 12, 31)),
        "figures": tuple(_figures(site)),
        "plans": site.whole.plans if site.internal else (),
        "ledgers": site.files.get("ledgers", ()),
        "timeline": _timeline(site),
        "charts": tuple(_charts(site)),
        "errors": site.count(Severity.ERROR),
        "warnings": site.count(Severity.WARNING),
        "dues": site.count(Severity.DUE),
    }
    yield Page(name="index.html", template="index", title="总览", part="index", content=content)


def _matters(site: SiteData) -> Iterator[Matter]:
    """Everything with a day on it, late first, then by day."""
    yield from sorted(
        (*_from_meetings(site), *_from_inspections(site), *_from_plans(site), *_from_records(site)),
        key=lambda one: (not one.late, one.due or date.max, one.what),
    )


def _matter(site: SiteData, kind: str, what: str, href: str, who: str, due: date | None) -> Matter:
    late = due is not None and due < site.today
    return Matter(kind=kind, what=what, href=href, who=who, due=due, far=days(due, site.today), late=late)


def _from_meetings(site: SiteData) -> Iterator[Matter]:
    for action in open_actions(site.records):
        decision = action.decision
        who = site.person(decision.owner) or site.department(decision.department)
        yield _matter(site, "例会决定", decision.text, f"meetings.html#d{action.meeting}", who, action.due)


def _from_inspections(site: SiteData) -> Iterator[Matter]:
    for remedy in open_remedies(site.records):
        who = site.person(remedy.defect.owner) or site.party(remedy.defect.party)
        href = f"supervision.html#{remedy.project}-{remedy.inspection}"
        yield _matter(site, "督查整改", remedy.defect.text, href, who, remedy.defect.due)


def _from_plans(site: SiteData) -> Iterator[Matter]:
    for key, plan in site.plans.items():
        kind, href = f"{site.department(plan.plan.department)}计划", f"plans.html#{key.replace('/', '-')}"
        for one in plan.tasks:
            if one.standing in (Progressing.OVERDUE, Progressing.RUNNING) and one.task.due:
                yield _matter(site, kind, one.task.name, href, site.person(one.task.owner), one.task.due)


def _from_records(site: SiteData) -> Iterator[Matter]:
    """Steps, payments, exits, evaluations and summaries with a day of their own."""
    for one in watched(site.records, site.today, site.approved):
        about = site.project(one.project) if one.project else site.department(one.department)
        href = f"projects/{one.project}.html" if one.project else "plans.html"
        who = site.person(one.who) or site.party(one.party) or site.department(one.department)
        yield _matter(site, one.kind, f"{about}：{one.what}", href, who, one.day)


def _waiting(site: SiteData, listed: tuple[ProjectRow, ...]) -> Iterator[Waiting]:
    """What waits for an approval first, then what else waits on the way to a signed agreement."""
    stuck = {subject: one for subject, one in sorted(site.trail.items()) if one.waiting or one.again}
    for subject, approval in stuck.items():
        what, href = _subject(site, subject)
        todo = "改动后重新送审" if approval.again else "审批"
        who = "、".join(approval.waiting) or "起草人"
        yield Waiting(what=what, href=href, standing=approval.label, who=who, todo=todo)
    for key, plan in site.plans.items():
        year, department = plan.plan.year or 0, plan.plan.department
        if f"plans/{key}" not in site.trail and not plan.approved_on and year >= site.today.year:
            what, href = _subject(site, f"plans/{key}")
            who = f"{site.department(department)}校企合作工作小组"
            yield Waiting(what=what, href=href, standing="学校尚未批准", who=who, todo="送学校批准")
    for row in listed:
        if row.state in _WAITING and row.move and agreement_subject(row.project) not in stuck:
            href, move = f"projects/{row.project}.html", row.move
            yield Waiting(what=row.title, href=href, standing=row.state.label, who=move.who, todo=move.what)


def _subject(site: SiteData, subject: str) -> tuple[str, str]:
    """What people call a subject of the trail, and the page that tells of it."""
    kind, name, part, *number = subject.split("/")
    if kind == "plans":
        return site.plan_title(name, part), f"plans.html#{name}-{part}"
    what = f"补充协议 {number[0]}" if number else _PARTS.get(part, "")
    return f"{site.project(name)}{f'（{what}）' if what else ''}", f"projects/{name}.html#approvals"


_PARTS = {"scheme": "合作方案"}
"""What the subjects of a project besides its agreement are called."""


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
    note = f"履行中的项目；登记企业 {len(records.enterprises)} 家"
    yield KeyFigure(label="合作企业", value=str(len(partners)), unit="家", note=note, href="enterprises.html")
    if site.internal:
        yield _amount("企业投入", site.whole.put_in, "#inputs")
        yield _amount("占用学院资源", sum(_occupied(site).values(), Decimal(0)), "#resources")


def _partners(site: SiteData, project: str) -> tuple[str, ...]:
    agreement = site.agreements.get(project)
    return agreement.party_ids[1:] if agreement else ()


def _amount(label: str, amount: Decimal, href: str) -> KeyFigure:
    return KeyFigure(label=label, value=wan(amount), unit="万元", note="履行中的协议，按明细清单", href=href)


def _occupied(site: SiteData) -> Mapping[str, Decimal]:
    return portfolio.resources(site.agreements[project] for project in site.whole.working)


def _timeline(site: SiteData) -> Chart:
    """The live agreements that end first, with the days on which something is due in them."""
    live = [span for span in site.spans if span.state in portfolio.LIVE or span.state in _WAITING]
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
    departments = portfolio.by_department(site.records)
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
    return Bar(label=label, value=number, shown=plain_number(number), href=href)
