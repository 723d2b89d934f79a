"""P12: people and work told as figures are those that have records of their own (clauses 5.6, 6.1, 6.2, 10.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from pipeline.check.rules.events_recorded import events_agree, held
from pipeline.check.rules.rule import Fault, Way, rule
from pipeline.kernel.chinese import plain_number
from pipeline.kernel.finding import DataPath, Severity
from pipeline.kernel.periods import period_days
from pipeline.record.kinds import AGREEMENT, ENTERPRISE, PLACEMENT, PLAN, PROGRESS, SCHEME, SUMMARY
from pipeline.record.model import Agreement, Records, grouped
from pipeline.record.model.cooperation import Goal
from pipeline.record.model.execution import Progress
from pipeline.record.model.work import Placement, Plan
from pipeline.standing.agreed import goals_of
from pipeline.standing.goals import work_of
from pipeline.standing.work_counts import counted, counted_by

_KINDS = {"part-time-teachers": "part-time-teacher", "teacher-practice": "teacher-practice"}
"""The kind of placement that a measure counts."""
_JOINT = {"part-time-teachers": "part_time_teachers", "teacher-practice": "teacher_practice"}
"""Where an agreement's joint building names the same people (5.6 d)."""
_FAR, _FEW = 2, 10
"""So many times as many, and so many more, is a slip of the pen rather than another way to count."""


@rule(
    "P12",
    title="人数和工作量与台账、名册、方案一致",
    clause="指南（草案）5.6；指南（草案）6.1；指南（草案）6.2；指南（草案）7；指南（草案）10.3",
    why="兼职教师、教师实践一人一条记录，例会、督查、走访、培训、竞赛一次一条记录；总数和记录对不上，报告里同一件事就有两个数。",
    hint="以有记录的为准：漏登记的补记录，写错的改数字。",
    ways={
        "recorded": "{year} 年“{goal}”填报 {actual} 人，人员互聘的记录到 {until} 有 {recorded} 人",
        "held": "{year} 年“{goal}”填报 {actual}{unit}，这个项目的{what}活动到 {until} 记录了 {recorded}{unit}",
        "unheld": Way(
            message="{year} 年“{goal}”填报 {actual}{unit}，活动里一次{what}的记录也没有",
            severity=Severity.INFO,
        ),
        "enterprise": "本时段兼职教师填 {actual} 人，{party}登记的职工一共才 {staff} 人",
        "staffing": "{party}期末在岗填 {actual} 人，方案安排 {planned} 人，多得不合常理",
        "workforce": "{party}期末在岗填 {actual} 人，它登记的职工一共才 {planned} 人",
        "counted": "总结里任务“{task}”完成 {actual}{unit}，{year} 年的记录是 {recorded}{unit}",
        "planned": "计划里任务“{task}”的目标值 {target}{unit}，协议目标是 {agreed}{unit}，多得不合常理",
        "joint": "六共建写{what} {actual} 人，年度目标最多一年 {agreed} 人，两处不一致",
    },
    severity=Severity.WARNING,
    on=Records | Agreement,
)
def figures_have_records(record: Records | Agreement, records: Records) -> Iterator[Fault]:
    """What is told as a figure is held against the records it stands for."""
    if isinstance(record, Agreement):
        yield from _joint(record, records)
        return
    placed, events = _placed(records), held(records)
    for project, reports in grouped(records.progress).items():
        if project in records.agreements:
            yield from _people(records, project, reports, placed)
            yield from events_agree(records, project, reports, events)
            yield from _staff(records, project, reports)
    for key, plan in records.plans.items():
        yield from _planned(records, key, plan)
    yield from _summaries(records)


Placed = Mapping[tuple[str, str], tuple[tuple[str, Placement], ...]]
"""By project and kind the placements with their names; by "" and kind those of the whole college."""


def _placed(records: Records) -> Placed:
    """The people of each project, gone through once for all its goals."""
    found: dict[tuple[str, str], list[tuple[str, Placement]]] = {}
    for name, one in records.placements.items():
        for key in {(one.project, one.kind), ("", one.kind)}:
            found.setdefault(key, []).append((name, one))
    return {key: tuple(ones) for key, ones in found.items()}


def _people(records: Records, project: str, reports: tuple[Progress, ...], placed: Placed) -> Iterator[Fault]:
    for key, goal in goals_of(records, project).items():
        told = [
            (one, reached.actual) for one in reports if (reached := one.goals.get(key)) and reached.actual
        ]
        if goal.measure not in _KINDS or not told:
            continue
        if goal.measure == "part-time-teachers":
            yield from _too_many(records, project, key, told)
        yield from _recorded(placed, project, key, goal, told)


def _recorded(
    placed: Placed, project: str, key: str, goal: Goal, told: list[tuple[Progress, Decimal]]
) -> Iterator[Fault]:
    """Each person has a record; a college that keeps none of the kind at all is told so elsewhere."""
    kind, last = _KINDS[goal.measure], told[-1][0]
    days, own = period_days(last.period), placed.get((project, kind), ())
    if not placed.get(("", kind)) or days is None or not goal.year:
        return
    if any(one.start and one.end and one.end < one.start for _, one in own):
        return  # V06 tells of the days: whose year they fall into is not known
    mine = [(name, one) for name, one in own if _at_work(one, goal.year, days[1])]
    people = {one.person or (one.outsider.name if one.outsider else name) for name, one in mine}
    total = sum((actual for _, actual in told), Decimal(0))
    if len(people) != total:
        values = {
            "year": goal.year,
            "goal": goal.text or _WHAT[goal.measure],
            "actual": plain_number(total),
            "until": days[1],
            "recorded": len(people),
        }
        related = tuple(
            (PLACEMENT.file(name), ("person",) if one.person else ("outsider",)) for name, one in mine
        )
        yield _told(last, project, "recorded", ("goals", key, "actual"), values, related)


_WHAT = {"part-time-teachers": "企业兼职教师", "teacher-practice": "教师企业实践"}


def _at_work(one: Placement, year: int, until: date) -> bool:
    begun = one.start is not None and one.start <= until and one.start.year <= year
    return begun and (one.end is None or one.end.year >= year)


def _too_many(
    records: Records, project: str, key: str, told: list[tuple[Progress, Decimal]]
) -> Iterator[Fault]:
    """Nobody lends more people than it employs."""
    parties = records.agreements[project].party_ids[1:]
    sizes = [records.enterprises[one].staff for one in parties if one in records.enterprises]
    if not sizes or not all(sizes):
        return
    staff = sum(size or 0 for size in sizes)
    for report, actual in told:
        if actual > staff:
            values = {
                "actual": plain_number(actual),
                "party": "、".join(map(records.party_name, parties)),
                "staff": staff,
            }
            related = tuple((ENTERPRISE.file(one), ("staff",)) for one in parties)
            yield _told(report, project, "enterprise", ("goals", key, "actual"), values, related)


def _staff(records: Records, project: str, reports: tuple[Progress, ...]) -> Iterator[Fault]:
    """Who is at work is no more than who is employed, and not far from what the scheme planned."""
    scheme = records.schemes.get(project)
    for report in reports:
        for party, number in report.staff.items():
            planned = scheme.staff.get(party) if scheme else None
            enterprise = records.enterprises.get(party)
            employed = enterprise.staff if enterprise else None
            values: dict[str, object] = {"party": records.party_name(party), "actual": number}
            at = ("staff", party)
            if employed and number > employed:
                related: tuple[tuple[str, DataPath], ...] = ((ENTERPRISE.file(party), ("staff",)),)
                yield _told(report, project, "workforce", at, {**values, "planned": employed}, related)
            elif planned is not None and _beyond(Decimal(number), Decimal(planned)):
                related = ((SCHEME.file(project), ("staff", party)),)
                yield _told(report, project, "staffing", at, {**values, "planned": planned}, related)


def _beyond(actual: Decimal, agreed: Decimal) -> bool:
    return actual >= _FAR * agreed and actual - agreed >= _FEW


def _told(
    report: Progress,
    project: str,
    way: str,
    at: DataPath,
    values: Mapping[str, object],
    related: tuple[tuple[str, DataPath], ...],
) -> Fault:
    file = PROGRESS.file(f"{project}/{report.period}")
    return Fault(way=way, at=at, values=values, file=file, related=related)


def _planned(records: Records, key: str, plan: Plan) -> Iterator[Fault]:
    """A plan may aim higher than the agreement, but not at another order of magnitude."""
    for name, task in plan.tasks.items():
        goal = goals_of(records, task.project).get(task.goal) if task.goal else None
        if goal and goal.quantity and task.target is not None and _beyond(task.target, goal.quantity):
            values = {
                "task": task.name,
                "target": plain_number(task.target),
                "agreed": plain_number(goal.quantity),
                "unit": goal.counted_in,
            }
            related = ((AGREEMENT.file(task.project), ("goals", task.goal)),)
            at = ("tasks", name, "target")
            yield Fault(way="planned", at=at, values=values, file=PLAN.file(key), related=related)


def _summaries(records: Records) -> Iterator[Fault]:
    """What a summary tells of a task that records count is what they count."""
    for key, summary in records.summaries.items():
        plan = records.plans.get(key)
        if plan is None:
            continue
        found = work_of(records, plan, date(summary.year, 12, 31))
        for name, result in summary.tasks.items():
            task = plan.tasks.get(name)
            kind = counted_by(task) if task else ""
            if task is None or not kind or result.actual is None:
                continue
            recorded = counted(found, kind)
            if result.actual != recorded:
                values = {
                    "task": task.name,
                    "actual": plain_number(result.actual),
                    "year": summary.year,
                    "recorded": recorded,
                    "unit": task.unit,
                }
                at, related = ("tasks", name, "actual"), ((PLAN.file(key), ("tasks", name)),)
                yield Fault(way="counted", at=at, values=values, file=SUMMARY.file(key), related=related)


def _joint(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """The people that joint building names are those of the yearly goals (5.6 d)."""
    for measure, field in _JOINT.items():
        goals = goals_of(records, agreement.project).values() if agreement.co_building else ()
        yearly = [one.quantity for one in goals if one.measure == measure]
        most = max((one for one in yearly if one), default=None)
        for index, one in enumerate(agreement.co_building):
            number = getattr(one, field)
            if (
                most
                and number
                and (_beyond(Decimal(number), most * len(yearly)) or _beyond(most, Decimal(number)))
            ):
                values = {"what": _WHAT[measure], "actual": number, "agreed": plain_number(most)}
                related: tuple[tuple[str, DataPath], ...] = ((AGREEMENT.file(agreement.project), ("goals",)),)
                yield Fault(way="joint", at=("co_building", index, field), values=values, related=related)
