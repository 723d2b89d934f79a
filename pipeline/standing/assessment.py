"""What supervision gives each department in its yearly assessment (10.2), by the weights of the college's policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from pipeline.kernel.periods import months
from pipeline.kernel.structs import Struct
from pipeline.record.model import Records, under
from pipeline.standing.agenda import remedies
from pipeline.standing.agreed import ended_on, term_of
from pipeline.standing.annual import Annual, annual
from pipeline.standing.evaluated import wants_evaluation
from pipeline.standing.goals import PlanReach, progress
from pipeline.standing.proof import Approved
from pipeline.standing.state import effective_on

PARTS: Mapping[str, str] = {
    "evaluation": "项目绩效评价",
    "plan": "年度计划完成",
    "rectification": "整改完成",
    "progress": "按时填报进展",
}
"""The parts of an assessment, in the policy's order."""

_HUNDRED = Decimal(100)


class AssessmentPart(Struct, frozen=True, kw_only=True):
    """One part: its weight in per cent, its score (0–100, one decimal; None where there is nothing to score), why."""

    key: str
    weight: Decimal
    score: Decimal | None
    basis: str


class Assessment(Struct, frozen=True, kw_only=True):
    """One department's year: the parts and the total, None where nothing can be scored.

    `projects` is how many were at work in the year: who has none is told of, but is not ranked among those who have.
    `late` is what was done after its day, in words. While any project is `unevaluated` the marks are preliminary.
    """

    department: str
    parts: tuple[AssessmentPart, ...]
    projects: int = 0
    late: tuple[str, ...] = ()
    unevaluated: int = 0

    @property
    def total(self) -> Decimal | None:
        """The weighted score, one decimal; a part without a score leaves its weight to the others."""
        scored = [(part.weight, part.score) for part in self.parts if part.score is not None]
        weight = sum((weight for weight, _ in scored), Decimal(0))
        if not weight:
            return None
        return _tenth(sum((weight * score for weight, score in scored), Decimal(0)) / weight)


def assessments(
    records: Records, year: int, today: date, approved: Approved | None = None
) -> tuple[Assessment, ...]:
    """The assessments of every teaching department for a year, as they stand on a day."""
    teaching = records.college.teaching if records.college else ()
    found = [
        assessment(records, annual(records, year, today, department, approved), approved)
        for department in teaching
    ]
    # Who carried no cooperation cannot come first among those who did, whatever its plan has earned it.
    return tuple(
        sorted(found, key=lambda one: (not one.projects, -(one.total or Decimal(-1)) if one.projects else 0))
    )


def assessment(records: Records, figures: Annual, approved: Approved | None = None) -> Assessment:
    """The assessment of a department by the figures of its year."""
    policy = records.policy.assessment if records.policy else None
    weights = policy.weights if policy and policy.included else {}
    at_work = sum(_months_at_work(records, project, figures, approved) > 0 for project in figures.standing)
    return Assessment(
        department=figures.department,
        parts=tuple(_parts(records, figures, weights, approved)),
        projects=at_work,
        late=tuple(_late(records, figures)),
        unevaluated=len(unevaluated(records, figures, approved)),
    )


def _late(records: Records, figures: Annual) -> Iterator[str]:
    """What was done, but after its day: tasks of the plan, problems, and how long."""
    tasks = [
        (task.done_on - task.task.due).days
        for plan in figures.plans
        for task in plan.tasks
        if task.done_on and task.task.due and task.done_on > task.task.due
    ]
    if tasks:
        yield f"计划任务逾期完成{len(tasks)}项，最长{max(tasks)}天"
    overdue = sum(plan.overdue for plan in figures.plans)
    if overdue:
        yield f"计划任务逾期未完成{overdue}项"
    mine = [one for one in remedies(records) if one.project in figures.standing]
    done = [one.late for one in mine if one.late and one.found_on and one.found_on.year == figures.year]
    if done:
        yield f"问题逾期整改{len(done)}个，最长{max(done)}天"


def unevaluated(records: Records, figures: Annual, approved: Approved | None = None) -> tuple[str, ...]:
    """The projects at work that the year's evaluation is wanted of and not there: the assessment is not final yet."""
    return tuple(
        project
        for project in figures.working
        if not (project in figures.marks and figures.marks[project].complete)
        and wants_evaluation(records, project, figures.year, approved)
    )


def _parts(
    records: Records, figures: Annual, weights: Mapping[str, Decimal], approved: Approved | None
) -> Iterator[AssessmentPart]:
    scores = {
        "evaluation": _evaluation(figures, len(unevaluated(records, figures, approved))),
        "plan": _plan(figures.plans),
        "rectification": _rectification(figures),
        "progress": _progress(records, figures, approved),
    }
    for key in PARTS:
        score, basis = scores[key]
        yield AssessmentPart(key=key, weight=weights.get(key, Decimal(0)), score=score, basis=basis)


def _evaluation(figures: Annual, lacking: int) -> tuple[Decimal | None, str]:
    mean, waiting = figures.mean_mark, f"应评价{lacking}个项目，还没有评完" if lacking else ""
    if mean is None:
        if waiting:
            return None, waiting
        return None, "评价的各项指标都不适用" if figures.marks else "本年度没有应评价的项目"
    marked = sum(one.total is not None for one in figures.marks.values())
    basis = f"{marked}个项目{figures.year}年度评价得分的平均数"
    return mean, f"{basis}；另{waiting}" if waiting else basis


def _plan(plans: tuple[PlanReach, ...]) -> tuple[Decimal | None, str]:
    tasks = [task for plan in plans for task in plan.tasks]
    if not tasks:
        return None, "本年度没有计划"
    done = sum(plan.done for plan in plans)
    return progress(tasks), f"{len(tasks)}项任务完成{done}项，未完成的按完成比例计"


def _rectification(figures: Annual) -> tuple[Decimal | None, str]:
    counts = figures.counts
    untold = f"{counts.untold}次督查没有登记结果" if counts.untold else ""
    if not counts.inspections:
        return None, "本年度没有督查"
    if not counts.findings:
        return None, untold or "本年度督查没有发现问题"
    basis = f"发现问题{counts.findings}个，完成整改{counts.rectified}个"
    score = _tenth(counts.rectified * _HUNDRED / counts.findings)
    return score, f"{basis}；另{untold}" if untold else basis


def _progress(records: Records, figures: Annual, approved: Approved | None) -> tuple[Decimal | None, str]:
    policy = records.policy.regular if records.policy else None
    every = (policy.progress_months if policy else None) or 12
    wanted = handed_in = 0
    for project in figures.standing:
        due = _months_at_work(records, project, figures, approved) // every
        written = [one for one in under(records.progress, project) if one.year == figures.year]
        wanted, handed_in = wanted + due, handed_in + min(due, len(written))
    if not wanted:
        return None, "本年度没有应填报进展的项目"
    return _tenth(handed_in * _HUNDRED / wanted), f"每{every}个月填报一次，应报{wanted}期，已报{handed_in}期"


def _months_at_work(records: Records, project: str, figures: Annual, approved: Approved | None) -> int:
    """How many calendar months of the year the project was in force, up to the day."""
    begin, term = effective_on(records, project, approved), term_of(records, project)
    if begin is None or begin > figures.day:
        return 0
    ends = [day for day in (ended_on(records, project), term.end if term else None, figures.day) if day]
    first, last = max(begin, date(figures.year, 1, 1)), min(ends)
    return len(list(months(first, last))) if first <= last else 0


def _tenth(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"))
