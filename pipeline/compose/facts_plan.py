"""Facts of plans and minutes: tasks with their targets, goals agreed with enterprises, decisions and what came of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from pipeline.compose.context import NOTHING, Context, day, number, rate, some, text
from pipeline.compose.values import Value
from pipeline.kernel.chinese import date_words
from pipeline.prose.unmarked import unmarked
from pipeline.record.kinds import PLAN
from pipeline.record.model import Records
from pipeline.record.model.work import Plan
from pipeline.standing.agreed import goals_of
from pipeline.standing.proof import newest
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
        "parts": [_part(name, some) for name, some in _by_project(tasks).items()],
        "led": _led(context, plan),
        "level": _level(context, _common(plan)),
        "begun": _said(_begun(plan), plan.year),
        "count": number(len(tasks)),
        "weight": number(total(task.weight for task in plan.tasks.values())),
        "money": some(total(task.budget for task in plan.tasks.values())),
        "agreed": [measure_line(context, one) for one in _taken_on(context, plan)],
    }


def _by_project(tasks: Iterable[Mapping[str, object]]) -> Mapping[str, list[Mapping[str, object]]]:
    """The tasks of each project in the order of the plan, what belongs to none at the end."""
    found: dict[str, list[Mapping[str, object]]] = {}
    for task in tasks:
        found.setdefault(str(task["project"]), []).append(task)
    others = found.pop("", None)
    return {**found, **({"": others} if others else {})}


def _part(name: str, tasks: list[Mapping[str, object]]) -> Mapping[str, object]:
    """A table of tasks; a column that would be empty is not drawn."""
    return {
        "name": name or "综合工作",
        "named": bool(name),
        "tasks": tasks,
        "staffed": any(task["staff"] for task in tasks),
        "paid": any(task["paid"] for task in tasks),
        "proven": any(task["proven"] for task in tasks),
        "weighed": any(task["share"] for task in tasks),
    }


def _led(context: Context, plan: Plan) -> list[Mapping[str, str]]:
    """Which leader is in charge of which tasks; of most of them, it is told which are left out."""
    found: dict[str, list[str]] = {}
    for task in plan.tasks.values():
        found.setdefault(task.supervisor, []).append(task.name)
    rest = found.pop("", [])
    few = len(found) == 1 and len(rest) < len(plan.tasks) / 2
    return [
        {
            "name": context.words.person(one),
            "tasks": "" if few else "、".join(names),
            "without": "、".join(rest) if few else "",
        }
        for one, names in found.items()
    ]


def _level(context: Context, level: str) -> str:
    return context.words.choice(level, "plan", "tasks", "*", "level") if level else ""


def _common(plan: Plan) -> str:
    """The level of most tasks, which is told once for all of them; "" where few have any."""
    (level, often), *_ = Counter(task.level for task in plan.tasks.values()).most_common(1) or [("", 0)]
    return level if often > 1 else ""


def college_plan(context: Context) -> Mapping[str, object]:
    """The college's plan, composed of the departments': their goals, all tasks, the year's goals added up."""
    year = int(context.key)
    by_name = {one.department: key for key, one in context.records.plans.items() if one.year == year}
    keys = [by_name[name] for name in listed(context, by_name)]
    plans = [context.records.plans[key] for key in keys]
    texts = [
        (context.words.department(one.department), context.wrap(PLAN, key))
        for key, one in zip(keys, plans, strict=True)
    ]
    return {
        "year": context.key,
        "own": [value.college for _, value in texts if value.college],
        "goals": merged((name, value.goals) for name, value in texts),
        "measures": merged((name, value.measures) for name, value in texts),
        "plans": [
            {
                "department": context.words.department(one.department),
                "value": context.wrap(PLAN, key),
                "tasks": [_task(context, key, task) for task in one.tasks],
                "count": number(len(one.tasks)),
                "money": some(total(task.budget for task in one.tasks.values())),
                "approval": _approval(context, year, one.department),
            }
            for key, one in zip(keys, plans, strict=True)
        ],
        "departments": number(len(plans)),
        "count": number(sum(len(one.tasks) for one in plans)),
        "money": some(total(task.budget for one in plans for task in one.tasks.values())),
        "agreed": [measure_line(context, one) for one in measures(context.records, year)],
    }


def merged(texts: Iterable[tuple[str, Value]]) -> list[Mapping[str, object]]:
    """The texts of several departments, what some of them say in the same words once, under all their names."""
    found: dict[str, tuple[list[str], Value]] = {}
    for name, value in texts:
        if value:
            found.setdefault(" ".join(str(value.raw).split()), ([], value))[0].append(name)
    return [{"names": "、".join(names), "value": value} for names, value in found.values()]


def _taken_on(context: Context, plan: Plan) -> tuple[MeasureYear, ...]:
    """The goals that the plan's tasks carry out, added up: an agreement signed later changes no plan."""
    named = {(task.project, task.goal) for task in plan.tasks.values() if task.goal}
    return summed(
        one
        for one in reaches(context.records, plan.year, sorted({project for project, _ in named}))
        if (one.project, one.id) in named
    )


def _approval(context: Context, year: int, department: str) -> str:
    """Who approved a department's plan and when: by its newest round, else as somebody filed it."""
    round_ = newest(context.records, f"plans/{year}/{department}")
    if round_ is not None:
        names = "、".join(dict.fromkeys(context.words.person(one.person) for one in round_.decided))
        return round_.lacking or f"{day(round_.approved_on)}，{names}"
    filed = context.records.plan_approvals.get(str(year))
    approval = filed.departments.get(department) if filed else None
    if approval is None or approval.on is None:
        return "尚未批准"
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
        "level": "" if task.level == _common(plan) else _level(context, task.level),
        "span": _span(None if _begun(plan) else task.start, task.due, plan.year),
        "goal": "" if target is None else f"{number(target)}{unit}",
        "staff": number(task.staff) if task.staff else "",
        "paid": some(task.budget),
        "share": number(task.weight) if task.weight else "",
        "proven": bool(task.evidence),
        "project": context.words.project(task.project) if task.project else "",
    }


def _begun(plan: Plan) -> date | None:
    """The day on which all tasks begin, where it is one: it is told once."""
    days = {task.start for task in plan.tasks.values()}
    return days.pop() if len(days) == 1 else None


def _said(day_: date | None, year: int) -> str:
    return date_words(day_).removeprefix(f"{year}年") if day_ else ""


def _span(start: date | None, due: date | None, year: int) -> str:
    """From when to when, the year said only where it is another than the plan's."""
    return "至".join(_said(one, year) for one in (start, due) if one)


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
