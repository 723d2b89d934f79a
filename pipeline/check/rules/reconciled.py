"""P08 and P09: people and money told in one place agree with those told in others (clauses 6.2, 8.5, 10.3)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.check.rules.rule import Fault, rule
from pipeline.kernel.chinese import plain_number, yuan
from pipeline.kernel.finding import DataPath, Severity
from pipeline.record.kinds import AGREEMENT, AMENDMENT, PROGRESS, SCHEME, SUMMARY
from pipeline.record.model import Agreement, Records, grouped, under
from pipeline.record.model.cooperation import Goal
from pipeline.record.model.execution import Progress
from pipeline.record.model.names import COLLEGE
from pipeline.standing.agreed import goals_of, signed_amendments

_FAR = 2
"""From so many times its target on, a figure is rather a slip of the pen than good work."""
_FEW = 10
"""Below so many more than aimed at, nobody asks."""


@rule(
    "P08",
    title="各处填的人数和数量对得上",
    clause="指南（草案）6.2；指南（草案）8.5；指南（草案）10.3",
    why="同一件事在进展、总结、协议里各写一个数，报出去就不知道哪个是真的；多写一个零，全校的合计都跟着错。",
    hint="对照另一处核实：写错的改掉；确实超出约定的，先签补充协议，再改目标。",
    ways={
        "beyond": "“{goal}”{year} 年各时段合计完成 {actual}{unit}，是目标 {target}{unit} 的 {times} 倍",
        "interns": "{year} 年填报接收岗位实习学生 {actual} 人，协议约定的实习人数是 {agreed} 人",
        "staff": "本时段“{goal}”填 {actual} 人，比{party}在岗人数 {staff} 人还多",
        "summary": "总结里任务“{task}”完成 {reported}{unit}，各时段进展合计是 {actual}{unit}",
    },
    severity=Severity.WARNING,
    on=Records,
)
def people_agree_everywhere(everything: Records, records: Records) -> Iterator[Fault]:
    """Figures of goals are held against their target, the agreement, the staff and the year's summary."""
    for project, reports in grouped(records.progress).items():
        agreement = records.agreements.get(project)
        if agreement is None:
            continue
        for key, goal in goals_of(records, project).items():
            yield from _goal(agreement, key, goal, reports, records)
    yield from _summaries(records)


def _goal(
    agreement: Agreement, key: str, goal: Goal, reports: tuple[Progress, ...], records: Records
) -> Iterator[Fault]:
    reported = [
        (one, reached.actual) for one in reports if (reached := one.goals.get(key)) and reached.actual
    ]
    total = sum((actual for _, actual in reported), Decimal(0))
    if not reported:
        return
    last = reported[-1][0]
    file, at = PROGRESS.file(f"{last.project}/{last.period}"), ("goals", key, "actual")
    values: dict[str, object] = {
        "goal": goal.text or _MEASURES.get(goal.measure, key),
        "year": goal.year,
        "actual": plain_number(total),
        "unit": goal.counted_in,
    }
    if goal.quantity and total >= _FAR * goal.quantity and total - goal.quantity >= _FEW:
        values |= {
            "target": plain_number(goal.quantity),
            "times": plain_number((total / goal.quantity).quantize(Decimal("0.1"))),
        }
        yield Fault(
            way="beyond", at=at, values=values, file=file, related=(_agreed(agreement, key, records),)
        )
    elif goal.measure == "interns" and agreement.interns and total > agreement.interns:
        related = ((AGREEMENT.file(agreement.project), ("interns",)),)
        yield Fault(
            way="interns", at=at, values={**values, "agreed": agreement.interns}, file=file, related=related
        )
    yield from _staffed(key, values, goal, reported, records)


def _agreed(agreement: Agreement, key: str, records: Records) -> tuple[str, DataPath]:
    """Where a goal was agreed last: in an amendment, or in the agreement."""
    for amendment in reversed(signed_amendments(records, agreement.project)):
        if key in amendment.goals:
            return AMENDMENT.file(f"{agreement.project}/{amendment.id}"), ("goals", key)
    return AGREEMENT.file(agreement.project), ("goals", key, "quantity")


_MEASURES = {"part-time-teachers": "企业兼职教师", "teacher-practice": "教师企业实践"}
_SENT_BY = {"part-time-teachers": False, "teacher-practice": True}
"""Whose people a measure counts: the college's (True) or the enterprises'."""


def _staffed(
    key: str,
    values: dict[str, object],
    goal: Goal,
    reported: list[tuple[Progress, Decimal]],
    records: Records,
) -> Iterator[Fault]:
    """Nobody sends more people than are at work for the project."""
    if goal.measure not in _SENT_BY:
        return
    ours = _SENT_BY[goal.measure]
    for report, actual in reported:
        staff = {party: number for party, number in report.staff.items() if (party == COLLEGE) is ours}
        if staff and actual > sum(staff.values()):
            party = "学校" if ours else "、".join(records.party_name(one) for one in staff)
            yield Fault(
                way="staff",
                at=("goals", key, "actual"),
                values={
                    **values,
                    "actual": plain_number(actual),
                    "party": party,
                    "staff": sum(staff.values()),
                },
                file=PROGRESS.file(f"{report.project}/{report.period}"),
                related=((PROGRESS.file(f"{report.project}/{report.period}"), ("staff",)),),
            )


def _summaries(records: Records) -> Iterator[Fault]:
    """What a summary tells of a task is what the project's progress adds up to."""
    for key, summary in records.summaries.items():
        plan = records.plans.get(key)
        for name, result in summary.tasks.items():
            task = plan.tasks.get(name) if plan else None
            if task is None or not task.goal or result.actual is None:
                continue
            goal = goals_of(records, task.project).get(task.goal)
            reports = under(records.progress, task.project)
            reported = [one for one in reports if task.goal in one.goals]
            total = sum((one.goals[task.goal].actual or Decimal(0) for one in reported), Decimal(0))
            if reported and goal and goal.year == summary.year and total != result.actual:
                values: dict[str, object] = {
                    "task": task.name,
                    "reported": plain_number(result.actual),
                    "actual": plain_number(total),
                    "unit": goal.counted_in,
                }
                related = tuple(
                    (PROGRESS.file(f"{one.project}/{one.period}"), ("goals", task.goal)) for one in reported
                )
                at = ("tasks", name, "actual")
                yield Fault(way="summary", at=at, values=values, file=SUMMARY.file(key), related=related)


@rule(
    "P09",
    title="收支不超出约定和预算",
    clause="指南（草案）8.4 运行成本；指南（草案）8.5",
    why="支出比约定的全部投入和费用还多，不是写错了小数点，就是有一笔钱没有人批过。",
    hint="对照凭证核实金额和小数点；确实追加了的，先改方案预算，或签补充协议。",
    ways={
        "spent": "各时段支出合计 {spent} 元，超过约定的投入、费用和方案预算（{limit} 元）",
    },
    severity=Severity.WARNING,
    on=Records,
)
def money_stays_within_what_was_agreed(everything: Records, records: Records) -> Iterator[Fault]:
    """What goes out of a project is no more than what was put in, shared and planned."""
    for project, reports in grouped(records.progress).items():
        agreement = records.agreements.get(project)
        limit = _limit(agreement, project, records) if agreement else None
        if not limit:
            continue
        spent = [
            (one, index, paid.amount)
            for one in reports
            for index, paid in enumerate(one.spent)
            if paid.amount
        ]
        total = sum((amount for _, _, amount in spent), Decimal(0))
        if spent and total > limit:
            report, index, _ = max(spent, key=lambda one: one[2])
            yield Fault(
                way="spent",
                at=("spent", index, "amount"),
                values={"spent": yuan(total), "limit": yuan(limit)},
                file=PROGRESS.file(f"{project}/{report.period}"),
                related=_sources(project, records),
            )


def _limit(agreement: Agreement, project: str, records: Records) -> Decimal:
    """All that parties agreed to put in and to bear over the whole term, and what the scheme planned, in yuan."""
    term, scheme = agreement.term, records.schemes.get(project)
    years = term.end.year - term.start.year + 1 if term and term.start and term.end else 1
    costs = sum((one.estimate or Decimal(0) for one in agreement.costs), Decimal(0)) * years
    put_in = (agreement.inputs.total or agreement.inputs.sum) if agreement.inputs else Decimal(0)
    resources = (agreement.resources.total or agreement.resources.sum) if agreement.resources else Decimal(0)
    planned = sum((one.amount or Decimal(0) for one in scheme.budget), Decimal(0)) if scheme else Decimal(0)
    received = sum(
        (paid.amount or Decimal(0) for one in under(records.progress, project) for paid in one.received),
        Decimal(0),
    )
    return max(put_in + resources + costs, planned) + received


def _sources(project: str, records: Records) -> tuple[tuple[str, DataPath], ...]:
    found: list[tuple[str, DataPath]] = [(AGREEMENT.file(project), ("inputs",))]
    if project in records.schemes:
        found.append((SCHEME.file(project), ("budget",)))
    return tuple(found)
