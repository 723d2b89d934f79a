"""Q06: the office's papers, partners and contacts in time: shown as due, never failing (clauses 6.1, 6.2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.check.rules.rule import Fault, rule
from pipeline.kernel.periods import later, month_end
from pipeline.record.kinds import COLLEGE, ENTERPRISE, PLAN
from pipeline.record.model import Records
from pipeline.record.model.policy import Regular
from pipeline.standing.proof import plan_approved_on
from pipeline.standing.state import state


@rule(
    "Q06",
    title="年度计划、总结和企业联络按时，调研、交流、报告不断",
    clause="指南（草案）6.1；指南（草案）6.2；指南（草案）9.2；指南（草案）9.3",
    why="计划晚批一个月，全年就短一个月；重要的合作单位久不联系，续签时才想起来就晚了。",
    hint="照提示补上记录；时限在 policy.yaml 的 regular 和 important 里。",
    ways={
        "plan": "{department}没有 {year} 年的年度计划，应在 {due} 前批准",
        "unapproved": "{department} {year} 年的计划还没有登记批准，应在 {due} 前批准",
        "summary": "{department}没有 {year} 年的年度总结，应在 {due} 前完成",
        "never": "重要的合作单位没有任何联系记录",
        "contact": "重要的合作单位已有 {days} 天没有联系（上次 {last}），学校约定至多 {most} 天",
        "partner": "{name}登记为{status}，与它的协议 {projects} 还在履行，商定怎么办",
        "standing": "信用状况是 {last} 查的，超过 {months} 个月",
        "nothing": "{year} 年全年没有{what}的记录，今年到现在也没有",
    },
    on=Records,
    timed=True,
)
def office_work_is_in_time(everything: Records, records: Records, today: date) -> Iterator[Fault]:
    """Plans, summaries and contacts come when the college said they would."""
    regular = records.policy.regular if records.policy else None
    if regular and records.college:
        for department in records.college.teaching:
            yield from _papers(records, department, today, regular)
    yield from _nothing(records, today)
    for key, enterprise in records.enterprises.items():
        yield from _contact(records, key, today)
        yield from _barred(records, key, today)
        checked = enterprise.standing.checked_on if enterprise.standing else None
        span = regular.standing_months if regular else None
        if checked and span and later(checked, span) < today:
            values = {"last": checked, "months": span}
            at = ("standing", "checked_on")
            yield Fault(way="standing", at=at, values=values, file=ENTERPRISE.file(key))


def _nothing(records: Records, today: date) -> Iterator[Fault]:
    """What the office does now and then, how often being its own affair, and did not do for a whole year."""
    since = records.policy.meetings.since if records.policy and records.policy.meetings else None
    year = today.year - 1
    if records.college is None or records.college.office is None or since is None or since > date(year, 1, 1):
        return
    for duty, what, days in _now_and_then(records):
        if not any(day and date(year, 1, 1) <= day <= today for day in days):
            values = {"year": year, "what": what}
            yield Fault(way="nothing", at=("office", "duties", duty), values=values, file=COLLEGE.file())


_EVENTS = {
    "exchange": ("liaison", "与系部信息交流"),
    "fellowship": ("outreach", "校企联谊会"),
    "lecture": ("outreach", "企业家专题报告"),
}
"""The kinds of event that come now and then (9.2, 9.3), each with the duty of the office that it belongs to."""


def _now_and_then(records: Records) -> Iterator[tuple[str, str, list[date | None]]]:
    """The duty of the office, what it brings about, and the days on which that was."""
    yield "research", "市场调研", [one.date for one in records.researches.values()]
    yield "government", "政策信息", [one.date for one in records.policies.values()]
    for kind, (duty, what) in _EVENTS.items():
        yield duty, what, [one.date for one in records.events.values() if one.kind == kind]


_BARRED = {"closed": "注销或吊销", "dishonest": "严重失信", "abnormal": "经营异常"}


def _barred(records: Records, key: str, today: date) -> Iterator[Fault]:
    """A partner that is gone or barred while an agreement with it runs."""
    enterprise = records.enterprises[key]
    status = _BARRED.get(enterprise.standing.status) if enterprise.standing else None
    if status is None:
        return
    running = [
        project
        for project, one in records.agreements.items()
        if key in one.party_ids and state(records, project, today).working
    ]
    if running:
        values = {"name": enterprise.name, "status": status, "projects": "、".join(running)}
        yield Fault(way="partner", at=("standing", "status"), values=values, file=ENTERPRISE.file(key))


def _papers(records: Records, department: str, today: date, regular: Regular) -> Iterator[Fault]:
    name = records.college.department_name(department) if records.college else department
    at = ("groups", department)
    since = records.policy.meetings.since if records.policy and records.policy.meetings else None
    year = today.year
    due = month_end(year, regular.plan_month or 12)
    group = records.college.groups.get(department) if records.college else None
    founded = group.formed_on if group else None  # a group makes its first plan for the year after
    if regular.plan_month and due < today and not (founded and founded > due):
        values: dict[str, object] = {"department": name, "year": year, "due": due}
        if f"{year}/{department}" not in records.plans:
            yield Fault(way="plan", at=at, values=values, file=COLLEGE.file())
        elif plan_approved_on(records, f"{year}/{department}") is None:
            yield Fault(way="unapproved", at=(), values=values, file=PLAN.file(f"{year}/{department}"))
    due = month_end(year, regular.summary_month or 12)
    begun = since is None or since.year < year
    if (
        regular.summary_month
        and due < today
        and begun
        and f"{year - 1}/{department}" not in records.summaries
    ):
        values = {"department": name, "year": year - 1, "due": due}
        yield Fault(way="summary", at=at, values=values, file=COLLEGE.file())


def _contact(records: Records, key: str, today: date) -> Iterator[Fault]:
    enterprise = records.enterprises[key]
    most = records.policy.important.contact_days if records.policy and records.policy.important else None
    if enterprise.tier != "important" or most is None:
        return
    last = last_contact(records, key, today)
    if last is None:
        yield Fault(way="never", at=("tier",), file=ENTERPRISE.file(key))
    elif (today - last).days > most:
        values = {"days": (today - last).days, "last": last, "most": most}
        yield Fault(way="contact", at=("tier",), values=values, file=ENTERPRISE.file(key))


def last_contact(records: Records, key: str, today: date) -> date | None:
    """The last day on which the college met an enterprise: a visit, an event, or what its record says."""
    days = [records.enterprises[key].last_contact]
    days += [one.date for one in records.visits.values() if one.enterprise == key]
    days += [one.date for one in records.events.values() if key in one.enterprises]
    return max((day for day in days if day and day <= today), default=None)
