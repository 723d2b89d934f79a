"""The calendar's days: expiries, meetings, decisions, rectifications and tasks of plans (9.1, 10.1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.kernel.grid import CalendarDay
from pipeline.kernel.periods import month_end, months
from pipeline.prose.markdown_parser import unmarked
from pipeline.standing.agenda import open_actions, open_remedies
from pipeline.standing.agreed import ended_on, term_of
from pipeline.standing.goals import Progressing, plan_reach
from pipeline.standing.ledgers import LedgerDay
from pipeline.standing.state import effective_on


def days(book: LedgerDay) -> tuple[CalendarDay, ...]:
    """Everything that has a day: what was held, and what is still to be done."""
    found = (*_expiries(book), *_meetings(book), *_actions(book), *_remedies(book), *_tasks(book))
    return tuple(sorted(found, key=lambda entry: (entry.day, entry.uid)))


def _uid(book: LedgerDay, *parts: object) -> str:
    """The lasting name of a matter: made of ids alone, of nothing that is ever edited."""
    college = book.records.college
    return "-".join(map(str, parts)) + f"@{(college.credit_code if college else '') or 'college'}.coop"


def _expiries(book: LedgerDay) -> Iterator[CalendarDay]:
    policy = book.records.policy
    lead = policy.lead.expiry_days if policy and policy.lead else None
    for project, agreement in sorted(book.records.agreements.items()):
        term = term_of(book.records, project)
        begun = effective_on(book.records, project, book.approved)
        if term is None or term.end is None or begun is None or ended_on(book.records, project):
            continue
        partners = "、".join(map(book.words.party, agreement.party_ids[1:]))
        yield CalendarDay(
            uid=_uid(book, "expiry", project),
            day=term.end,
            title=f"协议到期：{book.words.project(project)}",
            text=f"与{partners}的协议（{agreement.number or project}）当日到期，请提前商定续签或者结束。",
            lead=lead,
            done=term.end < book.today,
        )


def _meetings(book: LedgerDay) -> Iterator[CalendarDay]:
    """The meetings held, and for every month left of the year the meeting that is still to come."""
    held: dict[tuple[int, int], int] = {}
    for key in sorted(book.records.meetings):
        meeting = book.records.meetings[key]
        if meeting.date is None:
            continue
        month = (meeting.date.year, meeting.date.month)
        held[month] = held.get(month, 0) + 1
        more = () if held[month] == 1 else (held[month],)
        yield CalendarDay(
            uid=_uid(book, "meeting", f"{month[0]}-{month[1]:02}", *more),
            day=meeting.date,
            title=meeting.title or "校企合作工作例会",
            text="；".join(topic.topic for topic in meeting.items),
            done=meeting.date < book.today,
        )
    policy = book.records.policy.meetings if book.records.policy else None
    for year, number in months(book.today, date(book.today.year, 12, 31)):
        if (year, number) not in held and policy and not policy.exemption(year, number):
            yield CalendarDay(
                uid=_uid(book, "meeting", f"{year}-{number:02}"),
                day=month_end(year, number),
                title=f"{number}月校企合作工作例会（本月底前召开）",
                text="每月一次的例会还没有记录。开会后登记 meetings/，日历自动改为开会当天。",
                lead=7,
            )


def _actions(book: LedgerDay) -> Iterator[CalendarDay]:
    policy = book.records.policy
    lead = policy.lead.action_days if policy and policy.lead else None
    for one in open_actions(book.records):
        if one.due:
            yield CalendarDay(
                uid=_uid(book, "decision", one.meeting, one.id),
                day=one.due,
                title=f"议定事项到期：{unmarked(one.decision.text)[:40]}",
                text=f"{one.meeting:%Y-%m-%d} 例会议定，责任人{book.words.person(one.decision.owner)}。",
                lead=lead,
            )


def _remedies(book: LedgerDay) -> Iterator[CalendarDay]:
    policy = book.records.policy
    lead = policy.lead.rectification_days if policy and policy.lead else None
    for one in open_remedies(book.records):
        if one.defect.due:
            yield CalendarDay(
                uid=_uid(book, "rectification", one.project, one.inspection, one.id),
                day=one.defect.due,
                title=f"整改到期：{book.words.project(one.project)}",
                text=f"{unmarked(one.defect.demand)}（责任人{book.words.person(one.defect.owner)}）",
                lead=lead,
            )


def _tasks(book: LedgerDay) -> Iterator[CalendarDay]:
    for key in sorted(book.records.plans):
        plan = plan_reach(book.records, key, book.today, book.approved)
        for one in plan.tasks:
            if one.task.due and one.standing is not Progressing.DONE:
                yield CalendarDay(
                    uid=_uid(book, "task", key.replace("/", "-"), one.id),
                    day=one.task.due,
                    title=f"计划任务到期：{one.task.name}",
                    text=f"{book.words.department(plan.plan.department)}{plan.plan.year}年度计划，"
                    f"负责人{book.words.person(one.task.owner)}。",
                )
