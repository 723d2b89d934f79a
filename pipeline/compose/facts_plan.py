"""Facts of plans and minutes: tasks with their targets, goals agreed with enterprises, decisions and what came of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from pipeline.compose.context import NOTHING, Context, day, number, rate, text, yuan
from pipeline.prose.markdown_parser import unmarked
from pipeline.record.kinds import PLAN
from pipeline.record.model import Records
from pipeline.record.model.work import Plan
from pipeline.standing.agreed import goals_of
from pipeline.standing.year_figures import MeasureYear, measures, reaches, summed


def plan_years(records: Records) -> Iterable[int]:
    """The years for which any department has a plan."""
    return sorted({plan.year for plan in records.plans.values()})


def plan(context: Context) -> Mapping[str, object]:
    """A department's plan: each task with its target, and the year's goals agreed with enterprises."""
    plan = context.records.plans[context.key]
    tasks = [_task(context, context.key, key) for key in plan.tasks]
    return {
        "department": context.words.department(plan.department),
        "tasks": tasks,
        "weight": number(total(task.weight for task in plan.tasks.values())),
        "money": yuan(total(task.budget for task in plan.tasks.values())),
        "agreed": [measure_line(context, one) for one in _taken_on(context, plan)],
    }


def college_plan(context: Context) -> Mapping[str, object]:
    """The college's plan, composed of the departments': their goals, all tasks, the year's goals added up."""
    year = int(context.key)
    by_name = {one.department: key for key, one in context.records.plans.items() if one.year == year}
    keys = [by_name[name] for name in listed(context, by_name)]
    plans = [context.records.plans[key] for key in keys]
    return {
        "year": context.key,
        "plans": [
            {
                "department": context.words.department(one.department),
                "value": context.wrap(PLAN, key),
                "tasks": [_task(context, key, task) for task in one.tasks],
                "count": number(len(one.tasks)),
                "money": yuan(total(task.budget for task in one.tasks.values())),
                "approval": _approval(context, year, one.department),
            }
            for key, one in zip(keys, plans, strict=True)
        ],
        "departments": number(len(plans)),
        "count": number(sum(len(one.tasks) for one in plans)),
        "money": yuan(total(task.budget for one in plans for task in one.tasks.values())),
        "agreed": [measure_line(context, one) for one in measures(context.records, year)],
    }


def _taken_on(context: Context, plan: Plan) -> tuple[MeasureYear, ...]:
    """The goals that the plan's tasks carry out, added up: an agreement signed later changes no plan."""
    named = {(task.project, task.goal) for task in plan.tasks.values() if task.goal}
    return summed(
        one
        for one in reaches(context.records, plan.year, sorted({project for project, _ in named}))
        if (one.project, one.id) in named
    )


def _approval(context: Context, year: int, department: str) -> str:
    filed = context.records.plan_approvals.get(str(year))
    approval = filed.departments.get(department) if filed else None
    if approval is None or approval.on is None:
        return "尚未登记"
    minute = f"（{approval.minute}）" if approval.minute else ""
    return f"{day(approval.on)}，{context.words.person(approval.by)}{minute}"


def _task(context: Context, plan_key: str, key: str) -> Mapping[str, object]:
    plan = context.records.plans[plan_key]
    task, value = plan.tasks[key], context.wrap(PLAN, plan_key).tasks.at(key)
    goal = goals_of(context.records, task.project).get(task.goal) if task.goal else None
    target = task.target if task.target is not None or goal is None else goal.quantity
    unit = task.unit or (goal.counted_in if goal else "")
    return {
        "value": value,
        "department": context.words.department(plan.department),
        "owner": text(context.words.person(task.owner)),
        "due": day(task.due),
        "time": f"{day(task.start)}至{day(task.due)}" if task.start else day(task.due),
        "target": NOTHING if target is None else f"{number(target)}{unit}",
        "weight": number(task.weight),
        "budget": yuan(task.budget),
        "project": context.words.project(task.project) if task.project else "",
    }


def minutes(context: Context) -> Mapping[str, object]:
    """A meeting's decisions in order, and what it heard of those of earlier meetings."""
    meeting = context.records.meetings[context.key]
    follow = list(context.wrapped.follow_up) if meeting.follow_up else []
    decided = context.wrapped.decisions
    return {
        "held": day(meeting.date),
        "decided": [
            {
                "value": decided.at(key),
                "project": context.words.project(one.project) if one.project else "",
                "owner": context.words.person(one.owner),
                "department": context.words.department(one.department),
            }
            for key, one in meeting.decisions.items()
        ],
        "heard": [
            {
                "value": value,
                "text": _decided(context, str(one.meeting), one.decision),
                "stand": _stand(one.done_on),
            }
            for value, one in zip(follow, meeting.follow_up, strict=True)
        ],
    }


def _decided(context: Context, meeting: str, decision: str) -> str:
    earlier = context.records.meetings.get(meeting)
    known = earlier.decisions.get(decision) if earlier else None
    return unmarked(known.text) if known else decision


def _stand(done: object) -> str:
    return "已办结" if done else "继续办理"


def measure_line(context: Context, one: MeasureYear) -> Mapping[str, str]:
    """A measure of a year: what was aimed at, what was reached."""
    return {
        "name": context.words.choice(one.measure, "agreement", "goals", "*", "measure").split("（")[0],
        "unit": one.unit,
        "projects": number(one.projects),
        "target": number(one.target),
        "actual": number(one.actual),
        "rate": rate(one.rate),
        "percent": "" if one.rate is None else str(one.rate),
    }


def total(figures: Iterable[Decimal | None]) -> Decimal:
    """Figures added up; an unknown one counts nothing."""
    return sum((figure or Decimal(0) for figure in figures), Decimal(0))


def listed(context: Context, names: Iterable[str]) -> list[str]:
    """Departments in the order they are told of: the office and its like first, then as the college lists them."""
    college = context.records.college
    known = list(college.departments) if college else []
    teaching = college.teaching if college else ()
    place = {name: (name in teaching, index) for index, name in enumerate(known)}
    return sorted(names, key=lambda name: (place.get(name, (True, len(known))), name))
