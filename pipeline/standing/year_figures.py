"""A year's figures: what was aimed at and reached by measure, what was received and spent, what was done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from pipeline.kernel.structs import Struct
from pipeline.record.model import Records, under
from pipeline.record.model.execution import Payment
from pipeline.record.model.units import UNITS
from pipeline.standing.goals import Reach, rate, reached


class MeasureYear(Struct, frozen=True, kw_only=True):
    """One measure of a year over several projects, counted in `unit`; `actual` is 0 where nobody has reported."""

    measure: str
    unit: str
    projects: int
    target: Decimal
    actual: Decimal

    @property
    def rate(self) -> Decimal | None:
        """What was reached in per cent of the target, one decimal; None without a target."""
        return rate(self.actual, self.target)


class Money(Struct, frozen=True, kw_only=True):
    """Money of a year in yuan: what came in and what went out."""

    received: Decimal
    spent: Decimal


def reaches(records: Records, year: int, projects: Iterable[str] | None = None) -> tuple[Reach, ...]:
    """Every goal of a year with what was reached, by project; of all projects where none are named."""
    names = sorted(records.agreements) if projects is None else list(projects)
    return tuple(one for name in names for one in reached(records, name) if one.goal.year == year)


def measures(records: Records, year: int, projects: Iterable[str] | None = None) -> tuple[MeasureYear, ...]:
    """The year's goals added up by measure, in the order of the list of measures; goals of their own kind apart."""
    return summed(reaches(records, year, projects))


def summed(some: Iterable[Reach]) -> tuple[MeasureYear, ...]:
    """Goals of one year added up by measure, in the order of the list of measures."""
    found: dict[str, list[Reach]] = {}
    for one in some:
        found.setdefault(one.goal.measure, []).append(one)
    return tuple(_sum(measure, found[measure]) for measure in UNITS if measure in found)


def _sum(measure: str, some: list[Reach]) -> MeasureYear:
    return MeasureYear(
        measure=measure,
        unit=UNITS[measure],
        projects=len({one.project for one in some}),
        target=sum((one.goal.quantity or Decimal(0) for one in some), Decimal(0)),
        actual=sum((one.actual or Decimal(0) for one in some), Decimal(0)),
    )


def money(records: Records, year: int, projects: Iterable[str] | None = None) -> Money:
    """What was received and spent in a calendar year, in yuan; of all projects where none are named."""
    names = sorted(records.projects) if projects is None else list(projects)
    reports = [report for name in names for report in under(records.progress, name)]
    return Money(
        received=_paid(year, (one for report in reports for one in report.received)),
        spent=_paid(year, (one for report in reports for one in report.spent)),
    )


def _paid(year: int, payments: Iterable[Payment]) -> Decimal:
    amounts = (one.amount or Decimal(0) for one in payments if one.on and one.on.year == year)
    return sum(amounts, Decimal("0.00"))


def years(records: Records, today: date) -> tuple[int, ...]:
    """The years until today's of which there is anything to count: goals, plans, summaries."""
    found: set[int] = {plan.year for plan in records.plans.values()}
    found |= {summary.year for summary in records.summaries.values()}
    found |= set(_goal_years(records))
    return tuple(sorted(year for year in found if year <= today.year))


def _goal_years(records: Records) -> Iterator[int]:
    for project in records.agreements:
        yield from (one.goal.year for one in reached(records, project) if one.goal.year)
