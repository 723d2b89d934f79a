"""P01–P04: a year's plan traces to the agreements, and is approved before it begins (clause 6.2)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.check.rules.rule import Fault, fault, rule
from pipeline.kernel.chinese import plain_number, yuan
from pipeline.kernel.finding import DataPath, Severity
from pipeline.record.kinds import PLAN, PLAN_APPROVAL, SCHEME
from pipeline.record.model import Records
from pipeline.record.model.names import COLLEGE
from pipeline.record.model.work import Plan, Task
from pipeline.standing.agreed import ended_on, goals_of, term_of
from pipeline.standing.handed_over import implementers_in
from pipeline.standing.labels import office_name
from pipeline.standing.proof import plan_approved_on


def _task(task: Task) -> str:
    return f"“{task.name}”"


@rule(
    "P01",
    title="计划里的项目任务对应协议的年度目标",
    clause="指南（草案）6.2；指南（草案）10.3",
    why="计划是协议的年度分解：对不上协议目标的任务，年底对照不了；定得比协议低，等于计划违约。",
    hint="任务写 project 和 goal（协议 goals 里的编号），target 不低于协议的目标值。",
    ways={
        "untraced": "任务{task}是项目 {project} 的，没有写对应的协议目标（goal）",
        "year": "任务{task}对应的协议目标是 {goal} 年的，计划是 {plan} 年的",
        "short": "任务{task}的目标值 {target} 低于协议目标 {agreed} {unit}",
        "omitted": "协议 {project} 的 {year} 年目标“{goal}”没有列入计划",
    },
    on=Plan,
    severity=Severity.WARNING,
)
def plan_traces_to_agreed_goals(plan: Plan, records: Records) -> Iterator[Fault]:
    """A year's plan is the agreements' goals of that year, taken apart into tasks."""
    named: set[tuple[str, str]] = set()
    for key, task in plan.tasks.items():
        if not task.project:
            continue
        goals = goals_of(records, task.project)
        goal = goals.get(task.goal)
        named.add((task.project, task.goal))
        if not task.goal and goals:
            yield fault("untraced", "tasks", key, "project", task=_task(task), project=task.project)
        if goal is None:
            continue
        if goal.year and plan.year and goal.year != plan.year:
            values = {"task": _task(task), "goal": goal.year, "plan": plan.year}
            yield fault("year", "tasks", key, "goal", **values)
        if task.target is not None and goal.quantity is not None and task.target < goal.quantity:
            values = {
                "task": _task(task),
                "target": plain_number(task.target),
                "agreed": plain_number(goal.quantity),
            }
            yield fault("short", "tasks", key, "target", **values, unit=goal.counted_in)
    yield from _omitted(plan, named, records)


def _omitted(plan: Plan, named: set[tuple[str, str]], records: Records) -> Iterator[Fault]:
    for project in records.agreements:
        carried = implementers_in(records, project, plan.year)
        if carried[:1] != (plan.department,) or _over(project, plan, records):
            continue
        for key, goal in goals_of(records, project).items():
            if goal.year == plan.year and (project, key) not in named:
                yield fault("omitted", "tasks", project=project, year=plan.year, goal=goal.text or key)


def _over(project: str, plan: Plan, records: Records) -> bool:
    """Whether a project is a draft yet, ended before the year did, or began after the plan had been approved."""
    agreement, last = records.agreements[project], ended_on(records, project)
    term, approved = term_of(records, project), plan_approved_on(records, f"{plan.year}/{plan.department}")
    younger = bool(
        approved and term and term.start and approved < term.start and term.start.year == plan.year
    )
    return not agreement.submitted or younger or (last is not None and last.year <= plan.year)


@rule(
    "P02",
    title="计划的人员和经费在方案约定以内",
    clause="指南（草案）6.2；指南（草案）8.2",
    why="超出方案的人和钱没有来源，计划批了也落实不了。",
    hint="调低计划，或先与企业商定、修改方案和协议。",
    ways={
        "staff": "项目 {project} 的任务共投入 {staff} 人，方案里学校投入 {agreed} 人",
        "money": "项目 {project} 的任务经费共 {money} 元，方案的经费是 {agreed} 元",
    },
    on=Plan,
    severity=Severity.WARNING,
)
def plan_stays_within_the_scheme(plan: Plan, records: Records) -> Iterator[Fault]:
    """Planned staff and money have been agreed on."""
    for project in dict.fromkeys(task.project for task in plan.tasks.values() if task.project):
        scheme = records.schemes.get(project)
        if scheme is None:
            continue
        tasks = [(key, task) for key, task in plan.tasks.items() if task.project == project]
        related = ((SCHEME.file(project), ("staff",)),)
        staff = max((task.staff or 0 for _, task in tasks), default=0)
        at: DataPath = ("tasks", next(key for key, task in tasks if (task.staff or 0) == staff), "staff")
        agreed = scheme.staff.get(COLLEGE)
        if agreed is not None and staff > agreed:
            values = {"project": project, "staff": staff, "agreed": agreed}
            yield Fault(way="staff", at=at, values=values, related=related)
        money = sum((task.budget or Decimal(0) for _, task in tasks), Decimal(0))
        if scheme.budget and money > scheme.money:
            values = {"project": project, "money": yuan(money), "agreed": yuan(scheme.money)}
            related = ((SCHEME.file(project), ("budget",)),)
            yield Fault(way="money", at=("tasks", tasks[-1][0], "budget"), values=values, related=related)


@rule(
    "P03",
    title="计划是系部自己的，权重合计 100，期限在当年",
    clause="指南（草案）6.2",
    why="年度计划由各系部的工作小组制定；权重加不满、期限跨年，年底算不出完成率。",
    hint="任务写本系部实施的项目；补足权重；跨年的任务拆成两年。",
    ways={
        "function": "{name}不是系部，也不是{office}，不用写年度计划",
        "stranger": "任务{task}的项目 {project} 由{name}实施，不是本系部的",
        "weights": "各任务权重合计 {total}%，应为 100%",
        "due": "任务{task}的完成期限 {due} 不在 {year} 年",
        "order": "任务{task}的完成期限 {due} 早于开始日期 {start}",
    },
    on=Plan,
    severity=Severity.WARNING,
)
def plan_is_the_departments_own_year(plan: Plan, records: Records) -> Iterator[Fault]:
    """A department plans its own projects for one year, and its weights make a whole."""
    yield from _owner(plan, records)
    weights = [task.weight for task in plan.tasks.values() if task.weight is not None]
    total = sum(weights, Decimal(0))
    if weights and total != 100:
        yield fault("weights", "tasks", total=plain_number(total))
    for key, task in plan.tasks.items():
        carried = implementers_in(records, task.project, plan.year) if plan.year else ()
        if carried and plan.department not in carried and _teaches(plan.department, records):
            name = records.college.department_name(carried[-1]) if records.college else carried[-1]
            values = {"task": _task(task), "project": task.project, "name": name}
            yield fault("stranger", "tasks", key, "project", **values)
        if task.due and plan.year and task.due.year != plan.year:
            yield fault("due", "tasks", key, "due", task=_task(task), due=task.due, year=plan.year)
        elif task.due and task.start and task.due < task.start:
            yield fault("order", "tasks", key, "due", task=_task(task), due=task.due, start=task.start)


def _owner(plan: Plan, records: Records) -> Iterator[Fault]:
    college = records.college
    department = college.departments.get(plan.department) if college else None
    # Without an office, or its head, nobody can tell whose plan this is: that is told where they are missing.
    if college is None or department is None or department.kind == "teaching":
        return
    if college.office is None or not college.office.head:
        return
    head = college.office.head
    of_office = head in college.people and college.people[head].department == plan.department
    if not of_office:
        yield fault("function", name=department.name, office=office_name(college))


def _teaches(department: str, records: Records) -> bool:
    return records.college is None or department in records.college.teaching


@rule(
    "P04",
    title="计划经学校批准后才实施",
    clause="指南（草案）6.2",
    why="指南规定年度计划经学院批准后组织实施；没批先干，经费和课时都没有着落。",
    hint="在 plans/<年份>/approval.yaml 登记批准日期；开始日期写错的照实改正。",
    ways={
        "early": "任务{task}的开始日期 {start} 早于计划批准日期 {approved}",
        "unplanned": "登记了{name}计划的批准，却没有这份计划",
    },
    on=Records,
)
def plan_is_carried_out_after_approval(everything: Records, records: Records) -> Iterator[Fault]:
    """No task begins before the plan it belongs to was approved."""
    for year, filed in records.plan_approvals.items():
        for department, approval in filed.departments.items():
            key = f"{year}/{department}"
            plan = records.plans.get(key)
            if plan is None:
                if PLAN.file(key) not in records.broken:
                    name = records.college.department_name(department) if records.college else department
                    spot = ("departments", department)
                    file = PLAN_APPROVAL.file(year)
                    yield Fault(way="unplanned", at=spot, values={"name": name}, file=file)
                continue
            for task_id, task in plan.tasks.items():
                if task.start and approval.on and task.start < approval.on:
                    values = {"task": _task(task), "start": task.start, "approved": approval.on}
                    at = ("tasks", task_id, "start")
                    related = ((PLAN_APPROVAL.file(year), ("departments", department, "on")),)
                    yield Fault(
                        way="early",
                        at=at,
                        values=values,
                        file=PLAN.file(key),
                        related=related,
                        cause=f"approved {key} {approval.on}",
                    )
