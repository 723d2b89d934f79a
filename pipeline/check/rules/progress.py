"""P05–P07: progress tells of what was agreed, in its time and once (clauses 8.5, 10.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.check.rules.missing import is_not_sorted_yet
from pipeline.check.rules.rule import Fault, Way, fault, rule
from pipeline.kernel.chinese import plain_number
from pipeline.kernel.finding import Severity
from pipeline.kernel.periods import period_days
from pipeline.record.kinds import PROGRESS
from pipeline.record.model import Agreement, Records, grouped
from pipeline.record.model.execution import Progress
from pipeline.standing.agreed import goals_of, term_of


@rule(
    "P05",
    title="进展的日期在合作期限和本时段以内",
    clause="指南（草案）8.5；指南（草案）10.3",
    why="期限以外的进展不算履约；别的时段的款项写在这里，两边的合计都不对。",
    hint="核对时段（文件名）和日期；期限延长的，先登记签好的补充协议。",
    ways={
        "term": "{period} 不在合作期限 {start} 至 {end} 以内",
        "payment": "“{item}”的日期 {day} 不在本时段 {first} 至 {last} 以内",
        "reported": "填报日期 {day} 早于时段开始 {first}",
        "milestone": "节点的完成日期 {day} 晚于填报日期 {reported}",
    },
    on=Progress,
)
def progress_lies_within_term_and_period(progress: Progress, records: Records) -> Iterator[Fault]:
    """What is told of a period happened in it, and within the term."""
    days = period_days(progress.period)
    if days is None:
        return
    first, last = days
    term = term_of(records, progress.project)
    if term and term.start and term.end and not _meets(first, last, term.start, term.end):
        yield fault("term", period=progress.period, start=term.start, end=term.end)
    too_early = progress.reported_on is not None and progress.reported_on < first
    if too_early:
        yield fault("reported", "reported_on", day=progress.reported_on, first=first)
    for key in ("received", "spent", "deliveries"):
        for index, one in enumerate(getattr(progress, key)):
            if one.on and not first <= one.on <= last:
                values = {"item": one.item, "day": one.on, "first": first, "last": last}
                yield fault("payment", key, index, "on", **values)
    for key, milestone in progress.milestones.items():
        # A report dated before its period comes before whatever was done in it.
        if not too_early and _after(milestone.done_on, progress.reported_on):
            values = {"day": milestone.done_on, "reported": progress.reported_on}
            yield fault("milestone", "milestones", key, "done_on", **values)


def _meets(first: date, last: date, start: date, end: date) -> bool:
    """Whether a period touches a term; a term that ends before it starts meets everything: E12 tells of it."""
    return end <= start or (first <= end and last >= start)


def _after(day: date | None, limit: date | None) -> bool:
    return day is not None and limit is not None and day > limit


@rule(
    "P06",
    title="进展的数字不重不漏，过程管理四类工作都写到",
    clause="指南（草案）6.2；指南（草案）8.5；指南（草案）10.3",
    why="各时段的数量相加就是全年的数，时段重叠就会算两遍；只有数字没有工作，看不出培养方案、基地、实习、研发管没管。",
    hint="时段不要重叠；数量只写本时段的；课程逐门列在 courses；work 写本时段做了哪几类工作。",
    ways={
        "overlap": "时段 {period} 与 {other} 重叠，数量会算两遍",
        "year": "目标“{goal}”是 {year} 年的，这里是 {period}",
        "courses": "课程目标写完成 {actual} 门，courses 里列了 {listed} 门",
        "idle": Way(message="本时段没有写过程管理做了什么（work）", severity=Severity.INFO),
        "unmanaged": Way(
            message="协议{why}，各期进展的过程管理（work）里都没有“{work}”", severity=Severity.INFO
        ),
    },
    on=Records,
)
def figures_add_up_once(everything: Records, records: Records) -> Iterator[Fault]:
    """Periods add up to years, so that no day is told twice; lists and their counts agree."""
    of_project = grouped(records.progress)
    for key, progress in records.progress.items():
        file = PROGRESS.file(key)
        days = period_days(progress.period)
        for other in of_project.get(progress.project, ()):
            others = period_days(other.period)
            if days and others and other.period < progress.period and _overlap(days, others):
                values = {"period": progress.period, "other": other.period}
                related = ((PROGRESS.file(f"{progress.project}/{other.period}"), ()),)
                yield Fault(way="overlap", at=(), values=values, file=file, related=related)
        yield from _counted(progress, file, records)
    for project, reports in of_project.items():
        if project in records.agreements:
            yield from _managed(records.agreements[project], reports)


def _overlap(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _counted(progress: Progress, file: str, records: Records) -> Iterator[Fault]:
    goals = goals_of(records, progress.project)
    for key, reached in progress.goals.items():
        goal = goals.get(key)
        if goal is None:
            continue
        if goal.year and progress.year != goal.year:
            values: dict[str, object] = {
                "goal": goal.text or key,
                "year": goal.year,
                "period": progress.period,
            }
            yield Fault(way="year", at=("goals", key), values=values, file=file, key=True)
        listed = len(progress.courses)
        if goal.measure == "courses" and listed and reached.actual is not None and reached.actual != listed:
            values = {"actual": plain_number(reached.actual), "listed": listed}
            yield Fault(way="courses", at=("goals", key, "actual"), values=values, file=file)


def _managed(agreement: Agreement, reports: tuple[Progress, ...]) -> Iterator[Fault]:
    """What a department does to carry a project out is told, of each kind that the agreement brings along (6.2 e)."""
    idle = [one for one in reports if not one.work]
    for one in idle:
        file = PROGRESS.file(f"{agreement.project}/{one.period}")
        yield Fault(way="idle", at=("work",), file=file)
    told, last = {work.kind for one in reports for work in one.work}, reports[-1]
    for kind, why in _brought_along(agreement):
        if not idle and kind not in told:
            values = {"why": why, "work": _WORK[kind]}
            file = PROGRESS.file(f"{agreement.project}/{last.period}")
            yield Fault(way="unmanaged", at=("work",), values=values, file=file)


_WORK = {
    "training-plan": "人才培养方案制定",
    "base": "实习实训基地建设",
    "internship": "实习组织与实施",
    "research": "科研项目与技术服务",
}
"""The four kinds of work of a project's management (6.2 e)."""


def _brought_along(agreement: Agreement) -> Iterator[tuple[str, str]]:
    """The kinds of work that an agreement makes necessary, each with what in it does."""
    built = {one.code for one in agreement.co_building}
    texts = (one.text or "" for one in agreement.contents)
    if any("培养方案" in text for text in texts):
        yield "training-plan", "合作内容写了人才培养方案"
    if "training-base" in agreement.forms or "B1" in built:
        yield "base", "要共建实训基地"
    if agreement.interns:
        yield "internship", f"安排实习学生 {agreement.interns} 人"
    if "technology-rd" in agreement.forms or "B3" in built:
        yield "research", "要共同研发"


@rule(
    "P07",
    title="年度目标说得清、在期限内",
    clause="指南（草案）10.3；指南（草案）8.4",
    why="没有目标的协议没法评价；期限以外的目标没人负责，没有单位的数字没法相加。",
    hint="goals 按年写 measure 和 quantity，年份在 term 以内；measure 写 other 的另写 unit 和 text。",
    ways={
        "none": Way(message="协议没有年度目标（goals），计划和总结没有对照", severity=Severity.INFO),
        "unit": "目标“{goal}”的指标是其他（other），没有写计量单位（unit）",
        "year": "目标“{goal}”是 {year} 年的，不在合作期限 {start} 至 {end} 以内",
    },
    severity=Severity.WARNING,
    skips=is_not_sorted_yet,
)
def goals_are_counted_and_in_time(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """Yearly goals are what plans take apart and progress is measured by."""
    if not agreement.goals:
        yield fault("none", "goals")
    term = term_of(records, agreement.project) or agreement.term
    for key, goal in agreement.goals.items():
        name = goal.text or key
        if goal.measure == "other" and not goal.unit:
            yield fault("unit", "goals", key, "unit", goal=name)
        start, end = (term.start, term.end) if term else (None, None)
        if goal.year and start and end and start < end and not start.year <= goal.year <= end.year:
            yield fault("year", "goals", key, "year", goal=name, year=goal.year, start=start, end=end)
