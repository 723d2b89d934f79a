"""Yearly goals over the years, and each project's people and progress: what 10.3 wants everybody to see."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.kernel.structs import Struct
from pipeline.site.site_data import SiteData
from pipeline.standing.goals import reached
from pipeline.standing.portfolio import LIVE
from pipeline.standing.staffing import staffing
from pipeline.standing.year_figures import MeasureYear, measures

_YEARS = 4
"""Years that stand side by side; earlier ones are told in their reports."""

_WHOLE = Decimal(100)


class MeasureTrend(Struct, frozen=True, kw_only=True):
    """One measure with its unit, and each year's target and what was reached; None where a year has no target."""

    measure: str
    unit: str
    years: tuple[MeasureYear | None, ...]


class ProjectProgress(Struct, frozen=True, kw_only=True):
    """A live project: who puts how many people in as last reported, and how far this year's goals are (per cent)."""

    project: str
    people: tuple[tuple[str, int], ...]
    period: str
    goals: int
    rate: Decimal | None


def goal_years(site: SiteData) -> tuple[int, ...]:
    """The years that have goals, up to this one."""
    years = {goal.year for one in site.agreements.values() for goal in one.goals.values() if goal.year}
    return tuple(sorted(year for year in years if year <= site.today.year))[-_YEARS:]


def trends(site: SiteData) -> tuple[MeasureTrend, ...]:
    """Every measure with a goal in one of these years."""
    by_year = [{one.measure: one for one in measures(site.records, year)} for year in goal_years(site)]
    found = {one.measure: one for year in by_year for one in year.values() if one.measure != "other"}
    return tuple(
        MeasureTrend(measure=key, unit=one.unit, years=tuple(year.get(key) for year in by_year))
        for key, one in found.items()
    )


def progress(site: SiteData) -> Iterator[ProjectProgress]:
    """The projects under way, in the order of their terms."""
    for span in site.spans:
        if span.state not in LIVE:
            continue
        rates = [
            min(one.rate or Decimal(0), _WHOLE)
            for one in reached(site.records, span.project)
            if one.goal.year == site.today.year
        ]
        told = staffing(site.records, span.project)
        period, people = told.periods[-1] if told and told.periods else ("", told.planned if told else {})
        yield ProjectProgress(
            project=span.project,
            people=tuple((site.party(party), number) for party, number in people.items()),
            period=period,
            goals=len(rates),
            rate=(sum(rates, Decimal(0)) / len(rates)).quantize(Decimal("0.1")) if rates else None,
        )
