"""What waits: everything with a day on it, and everything that cannot go on until somebody acts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.kernel.structs import Struct
from pipeline.site.engine import days
from pipeline.site.projects import ProjectRow
from pipeline.site.site_data import SiteData
from pipeline.standing.agenda import open_actions, open_remedies
from pipeline.standing.goals import Progressing
from pipeline.standing.proof import agreement_subject
from pipeline.standing.state import ProjectState
from pipeline.standing.watched import watched

ON_THE_WAY = (
    ProjectState.RESEARCH,
    ProjectState.SCHEME,
    ProjectState.APPRAISAL,
    ProjectState.DRAFT,
    ProjectState.REVIEW,
    ProjectState.SIGNING,
)
"""States of a project that has still to become a signed agreement."""


class Matter(Struct, frozen=True, kw_only=True):
    """Something that waits: what it is and where it stands, who has to do it, until when."""

    kind: str
    what: str
    href: str
    who: str
    due: date | None
    far: str
    late: bool


class Waiting(Struct, frozen=True, kw_only=True):
    """Something that cannot go on until somebody acts: what, how it stands in words, who has to do what."""

    what: str
    href: str
    standing: str
    who: str
    todo: str


def matters(site: SiteData) -> tuple[Matter, ...]:
    """Everything with a day on it, late first, then by day."""
    found = sorted(
        (*_from_meetings(site), *_from_inspections(site), *_from_plans(site), *_from_records(site)),
        key=lambda one: (not one.late, one.due or date.max, one.what),
    )
    return tuple(found)


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
        yield _matter(site, one.kind, f"{about}：{one.called}", href, who, one.day)


def waiting(site: SiteData, listed: tuple[ProjectRow, ...]) -> tuple[Waiting, ...]:
    """What waits for an approval first, then what else waits on the way to a signed agreement."""
    return tuple(_stuck(site, listed))


def _stuck(site: SiteData, listed: tuple[ProjectRow, ...]) -> Iterator[Waiting]:
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
        # An agreement that waits for its scheme is told of with the scheme.
        told = {agreement_subject(row.project), f"projects/{row.project}/scheme"}
        if row.state in ON_THE_WAY and row.move and not told & stuck.keys():
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
