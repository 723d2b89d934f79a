"""The calendar's days: expiries, meetings, decisions, rectifications and tasks of plans (9.1, 10.1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.kernel.grid import CalendarDay
from pipeline.kernel.periods import month_end, months
from pipeline.prose.unmarked import unmarked
from pipeline.standing.agenda import open_actions, open_remedies
from pipeline.standing.agreed import ended_on, term_of
from pipeline.standing.as_agreed import each_as_agreed
from pipeline.standing.goals import Progressing, plan_reach
from pipeline.standing.ledgers import LedgerContext
from pipeline.standing.state import effective_on
from pipeline.standing.watched import watched


def days(context: LedgerContext) -> tuple[CalendarDay, ...]:
    """Everything that has a day: what was held, and what is still to be done."""
    found = (
        *_expiries(context),
        *_meetings(context),
        *_actions(context),
        *_remedies(context),
        *_tasks(context),
        *_watched(context),
    )
    return tuple(sorted(found, key=lambda entry: (entry.day, entry.uid)))


def _uid(context: LedgerContext, *parts: object) -> str:
    """The lasting name of a matter: made of ids alone, of nothing that is ever edited."""
    college = context.records.college
    return "-".join(map(str, parts)) + f"@{(college.credit_code if college else '') or 'college'}.coop"


def _expiries(context: LedgerContext) -> Iterator[CalendarDay]:
    policy = context.records.policy
    lead = policy.lead.expiry_days if policy and policy.lead else None
    for project, agreement in sorted(each_as_agreed(context.records, context.today).items()):
        term = term_of(context.records, project)
        begun = effective_on(context.records, project, context.approved)
        if term is None or term.end is None or begun is None or ended_on(context.records, project):
            continue
        partners = "、".join(map(context.words.party, agreement.party_ids[1:]))
        yield CalendarDay(
            uid=_uid(context, "expiry", project),
            day=term.end,
            title=f"协议到期：{context.words.project(project)}",
            text=f"与{partners}的协议（{agreement.number or project}）当日到期，请提前商定续签或者结束。",
            lead=lead,
            done=term.end < context.today,
        )


def _meetings(context: LedgerContext) -> Iterator[CalendarDay]:
    """The meetings held, and for every month left of the year the meeting that is still to come."""
    held: dict[tuple[int, int], int] = {}
    for key in sorted(context.records.meetings):
        meeting = context.records.meetings[key]
        if meeting.date is None:
            continue
        month = (meeting.date.year, meeting.date.month)
        held[month] = held.get(month, 0) + 1
        more = () if held[month] == 1 else (held[month],)
        yield CalendarDay(
            uid=_uid(context, "meeting", f"{month[0]}-{month[1]:02}", *more),
            day=meeting.date,
            title=meeting.title or "校企合作工作例会",
            text="；".join(topic.topic for topic in meeting.items),
            done=meeting.date < context.today,
        )
    policy = context.records.policy.meetings if context.records.policy else None
    for year, number in months(context.today, date(context.today.year, 12, 31)):
        if (year, number) not in held and policy and not policy.exemption(year, number):
            yield CalendarDay(
                uid=_uid(context, "meeting", f"{year}-{number:02}"),
                day=month_end(year, number),
                title=f"{number}月校企合作工作例会（本月底前召开）",
                text="每月一次的例会还没有记录。开会后登记 meetings/，日历自动改为开会当天。",
                lead=7,
            )


def _actions(context: LedgerContext) -> Iterator[CalendarDay]:
    policy = context.records.policy
    lead = policy.lead.action_days if policy and policy.lead else None
    for one in open_actions(context.records):
        if one.due:
            yield CalendarDay(
                uid=_uid(context, "decision", one.meeting, one.id),
                day=one.due,
                title=f"议定事项到期：{unmarked(one.decision.text)[:40]}",
                text=f"{one.meeting:%Y-%m-%d} 例会议定，责任人{context.words.person(one.decision.owner)}。",
                lead=lead,
            )


def _remedies(context: LedgerContext) -> Iterator[CalendarDay]:
    policy = context.records.policy
    lead = policy.lead.rectification_days if policy and policy.lead else None
    for one in open_remedies(context.records):
        if one.defect.due:
            yield CalendarDay(
                uid=_uid(context, "rectification", one.project, one.inspection, one.id),
                day=one.defect.due,
                title=f"整改到期：{context.words.project(one.project)}",
                text=f"{unmarked(one.defect.demand)}（责任人{context.words.person(one.defect.owner)}）",
                lead=lead,
            )


def _tasks(context: LedgerContext) -> Iterator[CalendarDay]:
    for key in sorted(context.records.plans):
        plan = plan_reach(context.records, key, context.today, context.approved)
        for one in plan.tasks:
            if one.task.due and one.standing is not Progressing.DONE:
                yield CalendarDay(
                    uid=_uid(context, "task", key.replace("/", "-"), one.id),
                    day=one.task.due,
                    title=f"计划任务到期：{one.task.name}",
                    text=f"{context.words.department(plan.plan.department)}{plan.plan.year}年度计划，"
                    f"负责人{context.words.person(one.task.owner)}。",
                )


def _watched(context: LedgerContext) -> Iterator[CalendarDay]:
    """What the records themselves set a day for: steps, payments, exits, evaluations, summaries."""
    for one in watched(context.records, context.today, context.approved):
        about = (
            context.words.project(one.project) if one.project else context.words.department(one.department)
        )
        who = context.words.person(one.who) or context.words.party(one.party)
        yield CalendarDay(
            uid=_uid(context, *one.key),
            day=one.day,
            title=f"{one.kind}到期：{one.called}",
            text=f"{about}{f'，责任人{who}' if who else ''}。",
            lead=_LEAD,
        )


_LEAD = 7
"""Days before such a day on which a calendar reminds of it."""
