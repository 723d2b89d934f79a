"""Who takes part: enterprises and departments, each with a page of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipeline.agenda import open_actions, open_remedies
from pipeline.model import Enterprise
from pipeline.reports import portfolio
from pipeline.reports.marks import departments
from pipeline.site.page import Page
from pipeline.site.projects import Row
from pipeline.site.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """An enterprise in the list."""

    enterprise: Enterprise
    projects: tuple[str, ...]
    inputs: Decimal
    contact: date | None


def pages(world: World, listed: tuple[Row, ...]) -> Iterator[Page]:
    """The enterprises and the departments."""
    by_project = {row.project: row for row in listed}
    partners = _partners(world)
    content: dict[str, object] = {"partners": partners}
    yield Page(
        name="enterprises.html", template="enterprises", title="合作企业", part="enterprises", content=content
    )
    for partner in partners:
        yield _enterprise(world, partner, by_project)
    yield from _departments(world, listed)


def _partners(world: World) -> tuple[Partner, ...]:
    records, projects = world.records, portfolio.by_enterprise(world.records)
    met: dict[str, date] = {}
    for day, names in (
        *((one.date, (one.enterprise,)) for one in records.visits.values()),
        *((one.date, one.enterprises) for one in records.events.values()),
    ):
        for name in names if day and day <= world.today else ():
            met[name] = max(met.get(name, date.min), day or date.min)
    return tuple(
        Partner(
            enterprise=enterprise,
            projects=projects.get(key, ()),
            inputs=_brought(world, key, projects.get(key, ())),
            contact=max((day for day in (met.get(key), enterprise.last_contact) if day), default=None),
        )
        for key, enterprise in sorted(records.enterprises.items(), key=lambda pair: pair[1].name)
    )


def _brought(world: World, enterprise: str, projects: tuple[str, ...]) -> Decimal:
    """What one enterprise puts in: the lines it provides, and all lines where it is the only partner."""
    total = Decimal(0)
    for project in projects:
        agreement = world.records.agreements[project]
        alone = len(agreement.party_ids) == 2
        for _, _, item in agreement.inputs.lines() if agreement.inputs else ():
            if alone or item.provider == enterprise:
                total += item.amount or Decimal(0)
    return total


def _enterprise(world: World, partner: Partner, rows: dict[str, Row]) -> Page:
    key, records = partner.enterprise.id, world.records
    content = {
        "partner": partner,
        "enterprise": partner.enterprise,
        "rows": [rows[project] for project in partner.projects if project in rows],
        "visits": sorted(
            (one for one in records.visits.values() if one.enterprise == key),
            key=lambda one: one.date or date.min,
            reverse=True,
        ),
        "placements": [one for one in records.placements.values() if one.enterprise == key],
        "events": [one for one in records.events.values() if key in one.enterprises],
        "policy": records.policy,
    }
    title = partner.enterprise.name or key
    return Page(
        name=f"enterprises/{key}.html",
        template="enterprise",
        title=title,
        part="enterprises",
        content=content,
    )


def _departments(world: World, listed: tuple[Row, ...]) -> Iterator[Page]:
    records = world.records
    figures = departments(records, world.standing, world.today)
    content: dict[str, object] = {"figures": figures, "policy": records.policy}
    yield Page(
        name="departments.html",
        template="departments",
        title="系部与考核",
        part="departments",
        content=content,
    )
    for one in figures:
        yield Page(
            name=f"departments/{one.department}.html",
            template="department",
            title=world.department(one.department),
            part="departments",
            content={
                "figures": one,
                "group": records.college.groups.get(one.department) if records.college else None,
                "department": records.college.departments.get(one.department) if records.college else None,
                "rows": [row for row in listed if row.project in one.projects],
                "plans": {
                    key: plan for key, plan in world.plans.items() if plan.plan.department == one.department
                },
                "summaries": [
                    one_ for one_ in records.summaries.values() if one_.department == one.department
                ],
                "remedies": [r for r in open_remedies(records) if r.project in one.projects],
                "actions": [a for a in open_actions(records) if a.decision.department == one.department],
            },
        )
