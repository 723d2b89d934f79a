"""Yearly goals against what progress tells: of projects (6.2 e) and of the departments' plans (6.2 a)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pipeline.kernel.structs import Struct
from pipeline.record.model import Records, under
from pipeline.record.model.cooperation import Goal
from pipeline.record.model.work import Plan, Task
from pipeline.standing.agreed import goals_of, term_of
from pipeline.standing.handed_over import implementers_in
from pipeline.standing.once import once
from pipeline.standing.proof import Approved
from pipeline.standing.work_counts import Counts, counted, counted_by, counts

_ZERO, _WHOLE, _SLACK = Decimal(0), Decimal(100), Decimal(10)


class Reach(Struct, frozen=True, kw_only=True):
    """A goal of a project's year and what was reached of it; `actual` is None where nobody has reported yet."""

    project: str
    id: str
    goal: Goal
    actual: Decimal | None

    @property
    def rate(self) -> Decimal | None:
        """What was reached in per cent of the goal, one decimal; None where either is unknown."""
        return rate(self.actual, self.goal.quantity)


class Progressing(StrEnum):
    """How a task of a plan stands on a day."""

    DONE = "done"
    OVERDUE = "overdue"
    RUNNING = "running"
    AHEAD = "ahead"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return {"done": "已完成", "overdue": "已逾期", "running": "进行中", "ahead": "未开始"}[self.value]


class TaskReach(Struct, frozen=True, kw_only=True):
    """A task of a plan against what was reached; target and actual are counted in `unit`.

    `counts` is the kind of record from which the actual was counted, "" where somebody has told it.
    """

    id: str
    task: Task
    target: Decimal | None
    actual: Decimal | None
    unit: str
    standing: Progressing
    done_on: date | None = None
    note: str = ""
    counts: str = ""
    begun: date | None = None

    @property
    def rate(self) -> Decimal | None:
        """What was reached in per cent of the target, one decimal; None where either is unknown."""
        return rate(self.actual, self.target)

    def behind(self, today: date) -> bool:
        """Whether less is reached than the time gone by would have: by more than a tenth of the whole.

        Time is counted from the task's start, else from its project's: one of December owes no year's work.
        """
        due, start = self.task.due, self.task.start or self.begun
        if self.standing is not Progressing.RUNNING or due is None:
            return False
        first = start or date(due.year, 1, 1)
        gone = Decimal((today - first).days * 100) / max((due - first).days, 1)
        return (self.rate or _ZERO) < gone - _SLACK


class PlanReach(Struct, frozen=True, kw_only=True):
    """A department's plan with every task's standing."""

    plan: Plan
    approved_on: date | None
    tasks: tuple[TaskReach, ...]

    @property
    def done(self) -> int:
        """How many tasks are done."""
        return sum(task.standing is Progressing.DONE for task in self.tasks)

    @property
    def progress(self) -> Decimal | None:
        """How far the plan is, in per cent: see `progress`."""
        return progress(self.tasks)

    @property
    def overdue(self) -> int:
        """How many tasks are overdue."""
        return sum(task.standing is Progressing.OVERDUE for task in self.tasks)

    @property
    def untold(self) -> int:
        """How many tasks that are not done nobody has reported a figure of."""
        return sum(task.rate is None and task.standing is not Progressing.DONE for task in self.tasks)


def progress(tasks: Sequence[TaskReach]) -> Decimal | None:
    """How far some tasks are, in per cent with one decimal, by their weights (alike where none has any).

    A task that is done counts whole, another by its rate, never above 100; None without tasks.
    """
    if not tasks:
        return None
    weights = [task.task.weight or _ZERO for task in tasks]
    if not any(weights):
        weights = [Decimal(1)] * len(tasks)
    reached = [
        _WHOLE if task.standing is Progressing.DONE else min(task.rate or _ZERO, _WHOLE) for task in tasks
    ]
    total = sum((weight * one for weight, one in zip(weights, reached, strict=True)), _ZERO)
    return (total / sum(weights)).quantize(Decimal("0.1"))


def rate(actual: Decimal | None, target: Decimal | None) -> Decimal | None:
    """Per cent reached of a target, rounded to one decimal; None where either is unknown or the target is 0."""
    if actual is None or not target:
        return None
    return (actual * 100 / target).quantize(Decimal("0.1"))


@once
def reached(records: Records, project: str) -> tuple[Reach, ...]:
    """Every goal of a project by year, with the sum of what its progress reports tell of it."""
    goals = goals_of(records, project)
    order = sorted(goals, key=lambda key: (goals[key].year or 0, key))
    return tuple(
        Reach(project=project, id=key, goal=goals[key], actual=_actual(records, project, key))
        for key in order
    )


def _actual(records: Records, project: str, goal: str) -> Decimal | None:
    reported = [
        report.goals[goal].actual for report in under(records.progress, project) if goal in report.goals
    ]
    figures = [figure for figure in reported if figure is not None]
    return sum(figures, _ZERO) if figures else None


def plan_reach(records: Records, key: str, today: date, approved: Approved | None = None) -> PlanReach:
    """A plan by its key (`2026/intelligent-manufacturing`), every task against what was reached until today.

    Its approval is what the trail tells, else what is filed (6.2).
    """
    plan = records.plans[key]
    filed = records.plan_approvals.get(str(plan.year))
    approval = filed.departments.get(plan.department) if filed else None
    verdict = approved.get(f"plans/{key}") if approved is not None else None
    return PlanReach(
        plan=plan,
        approved_on=(verdict.approved_on if verdict else None) or (approval.on if approval else None),
        tasks=tuple(_tasks(records, key, plan, today)),
    )


def _tasks(records: Records, key: str, plan: Plan, today: date) -> Iterator[TaskReach]:
    summary = records.summaries.get(key)
    for task_id, task in plan.tasks.items():
        result = summary.tasks.get(task_id) if summary else None
        goal = goals_of(records, task.project).get(task.goal) if task.goal else None
        target = task.target if task.target is not None or goal is None else goal.quantity
        actual = result.actual if result and result.actual is not None else None
        if actual is None and goal is not None:
            actual = _actual(records, task.project, task.goal)
        kind = counted_by(task) if actual is None else ""
        if kind:
            actual = Decimal(counted(work_of(records, plan, today), kind))
        done_on = result.done_on if result else None
        yield TaskReach(
            id=task_id,
            task=task,
            target=target,
            actual=actual,
            unit=task.unit or (goal.counted_in if goal else ""),
            standing=_standing(task, target, actual, done_on, today),
            done_on=done_on,
            note=result.note if result else "",
            counts=kind,
            begun=_begun(records, task.project, plan.year),
        )


def _begun(records: Records, project: str, year: int) -> date | None:
    """The day within a year on which a project's term begins; None where it began before or says nothing."""
    term = term_of(records, project) if project else None
    return term.start if term and term.start and term.start.year == year else None


def work_of(records: Records, plan: Plan, today: date) -> Counts:
    """What the records of the plan's year tell until today: of the department, or of all where it teaches nobody."""
    college = records.college
    department = plan.department if college and plan.department in college.teaching else ""
    owned = [
        project
        for project in records.agreements
        if not department or department in implementers_in(records, project, plan.year)
    ]
    return counts(records, plan.year, owned, department, today)


def _standing(
    task: Task, target: Decimal | None, actual: Decimal | None, done_on: date | None, today: date
) -> Progressing:
    reached_it = target is not None and actual is not None and actual >= target
    if reached_it or (done_on and done_on <= today):
        return Progressing.DONE
    if task.due and task.due < today:
        return Progressing.OVERDUE
    return Progressing.AHEAD if task.start and task.start > today else Progressing.RUNNING
