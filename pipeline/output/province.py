"""Many colleges side by side: what each one's repository says at a commit, and all of them added up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from pipeline.approval.trail.inspect import inspect
from pipeline.approval.trail.verdicts import verdicts
from pipeline.check.rules.table import RULES
from pipeline.check.run import examine
from pipeline.git.objects import Snapshot
from pipeline.kernel.chinese import date_words
from pipeline.kernel.collector import paused
from pipeline.kernel.finding import Severity
from pipeline.kernel.grid import Cell, Column, Grid, Shape
from pipeline.kernel.home import HOME
from pipeline.record.model.units import UNITS
from pipeline.record.schema import Schemas, load
from pipeline.standing.annual import annual
from pipeline.standing.as_of import as_of
from pipeline.standing.ledgers import number, text, yuan
from pipeline.standing.state import ProjectState
from pipeline.standing.year_figures import MeasureYear


@dataclass(frozen=True, slots=True, kw_only=True)
class CollegeJob:
    """One college to be looked at: all its records at one commit, and the year and day that are asked about.

    `folder` names the repository for whoever asks; nothing is read from there.
    """

    folder: str
    snapshot: Snapshot
    year: int
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CollegeSum:
    """What a college's records say: agreements and partners on the day, money and goals of the year, findings.

    Amounts in yuan. `measures` are goal and result by measure. `problem` says why nothing could be told (Chinese).
    """

    folder: str
    commit: str = ""
    name: str = ""
    projects: int = 0
    working: int = 0
    expiring: int = 0
    signed: int = 0
    ended: int = 0
    partners: int = 0
    put_in: Decimal = Decimal("0.00")
    received: Decimal = Decimal("0.00")
    spent: Decimal = Decimal("0.00")
    tasks: int = 0
    tasks_done: int = 0
    errors: int = 0
    warnings: int = 0
    due: int = 0
    measures: tuple[MeasureYear, ...] = ()
    problem: str = ""


def told(job: CollegeJob) -> CollegeSum:
    """What a college's records say, with nothing but the job itself to read; why, where nothing can be told."""
    try:
        return _told(job)
    except Exception as error:
        # One college's files must not keep a province from its other colleges.
        problem = f"程序读不了它的记录（{type(error).__name__}：{error}）"
        return CollegeSum(folder=job.folder, commit=job.snapshot.commit, problem=problem)


def _told(job: CollegeJob) -> CollegeSum:
    shot = job.snapshot
    with paused():
        trail = inspect(shot, None, _schemas(), HOME / "templates", today=job.today)
        register = trail.current.register
        schemas = trail.current.schemas
        found = examine(register, schemas, job.today).findings
        approved = verdicts(trail)
    year = annual(as_of(register.records, job.today), job.year, job.today, approved=approved)
    counted = {one: sum(finding.severity is one for finding in found) for one in Severity}
    states = list(year.standing.values())
    return CollegeSum(
        folder=job.folder,
        commit=shot.commit,
        name=(register.records.college.name if register.records.college else "") or "",
        projects=len(register.projects),
        working=len(year.working),
        expiring=states.count(ProjectState.EXPIRING),
        signed=len(year.signed),
        ended=len(year.ended),
        partners=year.partners,
        put_in=year.put_in,
        received=year.money.received,
        spent=year.money.spent,
        tasks=year.tasks,
        tasks_done=year.tasks_done,
        errors=counted[Severity.ERROR],
        warnings=counted[Severity.WARNING],
        due=counted[Severity.DUE],
        measures=year.measures,
    )


@cache
def _schemas() -> Schemas:
    return load(HOME / "schemas", {rule.info.code for rule in RULES}, {})


def overview(sums: Iterable[CollegeSum], year: int, today: date) -> Grid:
    """A row for each college, in the order given; of one that could not be read, why."""
    rows = list(sums)
    counted = sum(not one.problem for one in rows)
    left = f"，另有 {len(rows) - counted} 个没有计入，见“说明”" if counted < len(rows) else ""
    return Grid(
        title=f"{year} 年各校校企合作情况",
        notes=(f"截至 {date_words(today)}　共 {counted} 所学校{left}",),
        columns=(
            Column(head="序号", width=6),
            text("学校", 26),
            number("项目", summed=True),
            number("履行中的协议", summed=True),
            number("其中即将到期", summed=True),
            number("本年新签", summed=True),
            number("本年终止", summed=True),
            number("合作单位", summed=True),
            yuan("企业投入"),
            yuan("本年收到"),
            yuan("本年支出"),
            number("计划任务", summed=True),
            number("已完成", summed=True),
            number("错误", summed=True),
            number("警告", summed=True),
            number("到期事项", summed=True),
            text("提交", 14),
            text("文件夹", 26),
            text("说明", 40),
        ),
        rows=tuple((index, *_row(one)) for index, one in enumerate(rows, start=1)),
        main=("学校", "项目", "履行中的协议", "本年新签", "合作单位", "企业投入", "错误", "警告", "说明"),
    )


def _row(one: CollegeSum) -> tuple[Cell, ...]:
    if one.problem:
        return one.name or one.folder, *[None] * 14, one.commit[:12], one.folder, one.problem
    return (
        one.name or one.folder,
        one.projects,
        one.working,
        one.expiring,
        one.signed,
        one.ended,
        one.partners,
        one.put_in,
        one.received,
        one.spent,
        one.tasks,
        one.tasks_done,
        one.errors,
        one.warnings,
        one.due,
        one.commit[:12],
        one.folder,
        "",
    )


def goals(sums: Iterable[CollegeSum], labels: Mapping[str, str], year: int, today: date) -> Grid:
    """The year's goals of all colleges added up by measure; `labels` name the measures."""
    found = [(one, measure) for one in sums for measure in one.measures if not one.problem]
    return Grid(
        title=f"{year} 年各校合作目标合计",
        notes=(f"截至 {date_words(today)}",),
        columns=(
            Column(head="序号", width=6),
            text("指标", 22),
            text("单位", 8),
            number("学校"),
            number("项目"),
            number("目标"),
            number("完成"),
            Column(head="完成率（%）", width=12, shape=Shape.NUMBER),
        ),
        rows=tuple((index, *row) for index, row in enumerate(_goals(found, labels), start=1)),
    )


def _goals(
    found: list[tuple[CollegeSum, MeasureYear]], labels: Mapping[str, str]
) -> Iterator[tuple[Cell, ...]]:
    for measure, unit in UNITS.items():
        some = [one for _, one in found if one.measure == measure]
        if some:
            target, actual = (
                sum((getattr(one, name) for one in some), Decimal(0)) for name in ("target", "actual")
            )
            summed = MeasureYear(
                measure=measure,
                unit=unit,
                projects=sum(one.projects for one in some),
                target=target,
                actual=actual,
            )
            yield labels.get(measure, measure), unit, len(some), summed.projects, target, actual, summed.rate


def sheets(grids: Iterable[Grid]) -> Mapping[str, bytes]:
    """The tables as Excel and CSV files by name."""
    from pipeline.paper import csv, xlsx  # what writes spreadsheets is loaded only when one is due

    made = list(grids)
    return {f"{one.title}.xlsx": xlsx.render(one) for one in made} | {
        f"{one.title}.csv": csv.render(one) for one in made
    }


def repositories(listed: str, beside: Path) -> Iterator[Path]:
    """The folders that a list names, one on each line; ` #` begins a remark, relative ones count from the list."""
    for line in listed.splitlines():
        name = re.split(r"(?:^|\s)#", line, maxsplit=1)[0].strip()
        if name:
            yield beside / name
