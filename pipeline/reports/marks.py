"""Marks: of a project's yearly evaluation (6.2 g, 10.1), and what supervision tells of each department (10.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipeline.agenda import actions, remedies
from pipeline.model import Records, under
from pipeline.model.execution import Evaluation
from pipeline.model.policy import EvaluationPolicy
from pipeline.reports.goals import plan_reach
from pipeline.reports.portfolio import implementer, inputs
from pipeline.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The weighted mark of an evaluation (0–100, one decimal) and its grade; both empty where nothing is marked."""

    total: Decimal | None
    grade: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentFigures:
    """One department on a day: agreements, plan of the year, what waits to be done, the mean mark of the year."""

    department: str
    projects: tuple[str, ...]
    working: int
    inputs: Decimal
    tasks: int
    tasks_done: int
    tasks_overdue: int
    open_remedies: int
    overdue_remedies: int
    open_actions: int
    overdue_actions: int
    mark: Decimal | None


def mark(evaluation: Evaluation, policy: EvaluationPolicy | None) -> Mark:
    """The mark by the policy's weights; inapplicable indicators leave their weight to the others."""
    weights = policy.weights if policy else {}
    scored = {
        key: one.score
        for key, one in evaluation.scores.items()
        if one.score is not None and not one.inapplicable
    }
    weight = sum((weights.get(key, Decimal(0)) for key in scored), Decimal(0))
    if not weight:
        return Mark(total=None)
    total = sum((score * weights.get(key, Decimal(0)) for key, score in scored.items()), Decimal(0)) / weight
    total = total.quantize(Decimal("0.1"))
    grades = policy.grades if policy else ()
    return Mark(
        total=total, grade=next((g.name for g in grades if g.least is not None and total >= g.least), "")
    )


def departments(
    records: Records, standing: Mapping[str, State], today: date
) -> tuple[DepartmentFigures, ...]:
    """Every teaching department, and every other one that implements a project, in the college's order."""
    college = records.college
    owned = {project: implementer(agreement) for project, agreement in records.agreements.items()}
    names = dict.fromkeys((*(college.teaching if college else ()), *sorted(set(owned.values()) - {""})))
    return tuple(_figures(records, name, owned, standing, today) for name in names)


def _figures(
    records: Records, name: str, owned: Mapping[str, str], standing: Mapping[str, State], today: date
) -> DepartmentFigures:
    projects = tuple(project for project in sorted(owned) if owned[project] == name)
    key = f"{today.year}/{name}"
    plan = plan_reach(records, key, today) if key in records.plans else None
    waiting = [one for one in remedies(records) if one.open and one.project in projects]
    doing = [one for one in actions(records) if one.done_on is None and one.decision.department == name]
    marks = [
        mark(evaluation, records.policy.evaluation if records.policy else None).total
        for project in projects
        for evaluation in under(records.evaluations, project)
        if evaluation.year in (today.year, today.year - 1)
    ]
    known = [one for one in marks if one is not None]
    return DepartmentFigures(
        department=name,
        projects=projects,
        working=sum(standing[project].working for project in projects),
        inputs=sum(inputs(records.agreements[project] for project in projects).values(), Decimal(0)),
        tasks=len(plan.tasks) if plan else 0,
        tasks_done=plan.done if plan else 0,
        tasks_overdue=plan.overdue if plan else 0,
        open_remedies=len(waiting),
        overdue_remedies=sum(one.overdue(today) for one in waiting),
        open_actions=len(doing),
        overdue_actions=sum(one.overdue(today) for one in doing),
        mark=(sum(known, Decimal(0)) / len(known)).quantize(Decimal("0.1")) if known else None,
    )
