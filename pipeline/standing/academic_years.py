"""People and training by academic year (学年): colleges plan and count them from September to August (5.6, 6.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from pipeline.kernel.grid import Cell, Grid
from pipeline.kernel.periods import period_days
from pipeline.kernel.structs import Struct, field
from pipeline.record.model import Records
from pipeline.standing.agreed import goals_of
from pipeline.standing.ledgers import LedgerContext, number, text

SEPTEMBER = 9
"""The month in which academic years begin where the college's policy names no other."""
_KINDS = ("teacher-practice", "part-time-teacher", "mentor")


class AcademicYear(Struct, kw_only=True):
    """What one academic year saw, added up; it begins in the year `begins`. `people` goes by kind of placement."""

    begins: int
    people: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in _KINDS})
    interns: Decimal = Decimal(0)
    trained: int = 0
    person_days: Decimal = Decimal(0)

    @property
    def name(self) -> str:
        """As colleges write it: 2025—2026学年."""
        return f"{self.begins}—{self.begins + 1}学年"


def first_month(records: Records) -> int:
    """The month in which an academic year begins."""
    return (records.policy.academic_year_start if records.policy else None) or SEPTEMBER


def begins(records: Records, day: date) -> int:
    """The calendar year in which the academic year of a day begins."""
    return day.year if day.month >= first_month(records) else day.year - 1


def academic_years(records: Records, until: date) -> tuple[Mapping[int, AcademicYear], tuple[str, ...]]:
    """The academic years of which anything is recorded until a day, and the reports of interns that fit into none.

    A report belongs to the academic year in which its period lies; one that reaches over two cannot be divided.
    """
    found: dict[int, AcademicYear] = {}

    def of(year: int) -> AcademicYear:
        return found.setdefault(year, AcademicYear(begins=year))

    for key, one in records.placements.items():
        if one.start and one.start <= until and one.kind in _KINDS:
            last = min(one.end or until, until)
            who = one.person or (one.outsider.name if one.outsider else "") or key
            for year in range(begins(records, one.start), begins(records, max(last, one.start)) + 1):
                of(year).people[one.kind].add(who)
    for event in records.events.values():
        if event.kind == "training" and event.date and event.date <= until:
            one_year = of(begins(records, event.date))
            one_year.trained += event.staff or 0
            one_year.person_days += event.person_days or Decimal(0)
    undivided = []
    for key, days, interns in _interns(records):
        year_of = _year_of(records, days)
        if year_of is None:
            undivided.append(key)
        elif days[0] <= until:
            of(year_of).interns += interns
    return dict(sorted(found.items())), tuple(undivided)


def _year_of(records: Records, days: tuple[date, date]) -> int | None:
    """The academic year that a period belongs to; the holidays before a year begins go with it. None for two years."""
    first, last = days
    year = begins(records, last)
    return year if year in (begins(records, first), begins(records, first + _HOLIDAYS)) else None


_HOLIDAYS = timedelta(days=62)
"""July and August: who reports by halves of a year counts them with the autumn."""


def _interns(records: Records) -> Iterator[tuple[str, tuple[date, date], Decimal]]:
    """The reports that tell of interns: the record, its period's days, how many."""
    for key, report in records.progress.items():
        days, goals = period_days(report.period), goals_of(records, report.project)
        told = [
            reached.actual
            for goal, reached in report.goals.items()
            if goal in goals and goals[goal].measure == "interns" and reached.actual
        ]
        if days and told:
            yield key, days, sum(told, Decimal(0))


def ledger(context: LedgerContext) -> Grid:
    """学年统计: placements, interns and training of each academic year; every other ledger goes by calendar years."""
    years, undivided = academic_years(context.records, context.today)
    month = first_month(context.records)
    notes = [
        f"学年从{month}月1日起到次年{(month + 10) % 12 + 1}月底；其余台账和总结按自然年度统计。",
        "跨学年的人员在两个学年各计一次；按半年填报的，上半年算前一学年，下半年算后一学年。",
    ]
    if undivided:
        notes.append(
            f"时段跨学年、分不开的实习人数没有计入：{'、'.join(undivided)}；要按学年统计的，进展按季度或者按月填报。"
        )
    return context.grid("学年统计", _COLUMNS, _rows(years), *notes)


_COLUMNS = (
    text("学年", 18),
    number("教师实践", summed=False),
    number("兼职教师", summed=False),
    number("指导教师", summed=False),
    number("实习学生", summed=True),
    number("培训人次", summed=True),
    number("培训人天", summed=True),
)


def _rows(years: Mapping[int, AcademicYear]) -> Iterator[tuple[Cell, ...]]:
    for one in years.values():
        yield (
            one.name,
            *(len(one.people[kind]) for kind in _KINDS),
            one.interns,
            one.trained,
            one.person_days,
        )
