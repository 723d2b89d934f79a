"""Facts of a project's progress report: goals by name, milestones of the scheme, payments added up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from pipeline.compose.context import NOTHING, Context, day, number, text, yuan
from pipeline.compose.facts_project import of_project
from pipeline.record.model.cooperation import Goal
from pipeline.record.model.execution import Course, Delivery, MilestoneDone, Payment, Progress, Reached
from pipeline.standing.agreed import goals_of

_LENGTHS = {
    "h1": "上半年",
    "h2": "下半年",
    "q1": "第一季度",
    "q2": "第二季度",
    "q3": "第三季度",
    "q4": "第四季度",
}


def progress(context: Context) -> Mapping[str, object]:
    """What a period brought, beside what was agreed and planned."""
    progress = context.records.progress[context.key]
    return {
        **of_project(context),
        "period": period_words(progress.period),
        "rows": [_goal(context, progress, key) for key in progress.goals],
        "steps": list(_steps(context, progress)),
        "staffed": list(_staffed(context, progress)),
        "arrived": [_delivery(context, one) for one in progress.deliveries],
        "courses": [_course(context, one) for one in progress.courses],
        "payments": [
            *(_payment(context, "收入", one) for one in progress.received),
            *(_payment(context, "支出", one) for one in progress.spent),
        ],
        "received": _all(progress.received),
        "spent": _all(progress.spent),
    }


def period_words(period: str) -> str:
    """A period as people call it: 2026年度, 2026年上半年, 2026年9月."""
    year, _, part = period.partition("-")
    if not part:
        return f"{year}年度"
    return f"{year}年{_LENGTHS.get(part) or f'{int(part)}月'}"


def _goal(context: Context, progress: Progress, key: str) -> Mapping[str, object]:
    goal = goals_of(context.records, progress.project).get(key, Goal())
    return {
        "measure": text(context.words.choice(goal.measure, "agreement", "goals", "*", "measure")),
        "year": str(goal.year),
        "target": number(goal.quantity),
        "actual": number(progress.goals[key].actual),
        "note": _note(progress.goals[key]),
    }


def _note(one: Reached | MilestoneDone) -> str:
    """What is said of a goal or a step, and what proves it."""
    return "；".join(filter(None, (one.note, "、".join(one.evidence))))


def _staffed(context: Context, progress: Progress) -> Iterator[Mapping[str, str]]:
    """Who is at work at the end of the period, beside what the scheme planned (10.3)."""
    scheme = context.records.schemes.get(progress.project)
    planned = scheme.staff if scheme else {}
    for party in dict.fromkeys((*planned, *progress.staff)) if progress.staff else ():
        yield {
            "party": context.words.party(party),
            "planned": number(planned.get(party)),
            "count": number(progress.staff.get(party)),
        }


def _course(context: Context, one: Course) -> Mapping[str, str]:
    return {
        "name": f"{one.name}（{one.code}）" if one.code else one.name,
        "party": context.words.party(one.enterprise),
        "time": "至".join(day(on) for on in (one.start, one.end) if on) or NOTHING,
        "college": text(context.words.person(one.college_lead)),
        "enterprise": text(one.enterprise_lead),
    }


def _delivery(context: Context, one: Delivery) -> Mapping[str, str]:
    return {
        "item": one.item,
        "quantity": number(one.quantity),
        "on": day(one.on),
        "person": text(context.words.person(one.received_by)),
        "place": text("，".join(filter(None, (one.place, one.asset_no)))),
        "evidence": text(one.evidence),
    }


def _steps(context: Context, progress: Progress) -> Iterator[Mapping[str, object]]:
    scheme = context.records.schemes.get(progress.project)
    for key in progress.milestones:
        step = scheme.schedule.get(key) if scheme else None
        yield {
            "value": context.wrapped.milestones.at(key),
            "note": _note(progress.milestones[key]),
            "name": step.name if step else key,
            "due": day(step.due) if step else NOTHING,
        }


def _payment(context: Context, way: str, one: Payment) -> Mapping[str, str]:
    return {
        "way": way,
        "item": one.item,
        "party": text(context.words.party(one.party)),
        "amount": yuan(one.amount),
        "on": day(one.on),
        "voucher": text(one.voucher),
    }


def _all(payments: tuple[Payment, ...]) -> str:
    """The payments added up, written as they are; empty where there are none."""
    return yuan(sum((one.amount or Decimal(0) for one in payments), Decimal(0))) if payments else ""
