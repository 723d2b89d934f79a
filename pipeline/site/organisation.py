"""Who takes part: enterprises and departments, each with a page of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pipeline.kernel.structs import Struct, replace
from pipeline.record.model import Enterprise
from pipeline.site.page import Page
from pipeline.site.projects import ProjectRow
from pipeline.site.site_data import SiteData
from pipeline.standing import portfolio
from pipeline.standing.annual import Annual, annual
from pipeline.standing.as_of import approved_as_of
from pipeline.standing.as_written import by_assessment
from pipeline.standing.assessment import PARTS, Assessment, assessment, assessments
from pipeline.standing.partners import brought, last_contacts
from pipeline.standing.state import ProjectState


class Partner(Struct, frozen=True, kw_only=True):
    """An enterprise in the list."""

    enterprise: Enterprise
    projects: tuple[str, ...]
    inputs: Decimal
    contact: date | None


def pages(site: SiteData, listed: tuple[ProjectRow, ...]) -> Iterator[Page]:
    """The enterprises and the departments."""
    by_project = {row.project: row for row in listed}
    partners = _partners(site)
    content: dict[str, object] = {"partners": partners}
    yield Page(
        name="enterprises.html", template="enterprises", title="合作企业", part="enterprises", content=content
    )
    for partner in partners:
        yield _enterprise(site, partner, by_project)
    yield from _departments(site, listed)


def _partners(site: SiteData) -> tuple[Partner, ...]:
    records, projects = site.records, portfolio.by_enterprise(site.records)
    met, amounts = last_contacts(records, site.today), brought(records)
    return tuple(
        Partner(
            enterprise=enterprise,
            projects=projects.get(key, ()),
            inputs=amounts.get(key, Decimal(0)),
            contact=met.get(key),
        )
        for key, enterprise in sorted(records.enterprises.items(), key=lambda pair: pair[1].name)
    )


def _enterprise(site: SiteData, partner: Partner, rows: dict[str, ProjectRow]) -> Page:
    key, records = partner.enterprise.id, site.records
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


class DepartmentLine(Struct, frozen=True, kw_only=True):
    """A department in the list: its year's figures, and its assessment where supervision counts in it (10.2)."""

    figures: Annual
    assessment: Assessment | None
    late_tasks: int
    late_remedies: int
    late_actions: int


def _departments(site: SiteData, listed: tuple[ProjectRow, ...]) -> Iterator[Page]:
    lines = tuple(_lines(site))
    content: dict[str, object] = {
        "lines": lines,
        "parts": PARTS,
        "policy": site.records.policy,
        "assessed": _assessed(site) if site.internal else None,
    }
    yield Page(
        name="departments.html",
        template="departments",
        title="系部与考核" if site.internal else "系部",
        part="departments",
        content=content,
    )
    for line in lines:
        yield _department(site, line, listed)


class AssessedYear(Struct, frozen=True, kw_only=True):
    """The assessment of the last year that has one, as its paper tells it (10.2)."""

    year: int
    day: date
    rows: tuple[Assessment, ...]

    @property
    def unevaluated(self) -> int:
        """How many projects still lack their evaluation."""
        return sum(one.unevaluated for one in self.rows)


def _assessed(site: SiteData) -> AssessedYear | None:
    years = sorted({one.year for one in site.records.summaries.values() if one.year < site.today.year})
    if not years:
        return None
    known = by_assessment(site.records, str(years[-1]), site.today)
    day = known.day or site.today
    rows = assessments(known.records, years[-1], day, approved_as_of(site.approved, day))
    return AssessedYear(year=years[-1], day=day, rows=rows)


def _lines(site: SiteData) -> Iterator[DepartmentLine]:
    """Every teaching department, and every other one that implements a project."""
    records, today = site.records, site.today
    teaching = records.college.teaching if records.college else ()
    for name in portfolio.by_department(records, today):
        figures = annual(records, today.year, today, name, site.approved)
        yield DepartmentLine(
            figures=figures if site.internal else replace(figures, standing=_standing(site, figures)),
            assessment=assessment(records, figures, site.approved) if name in teaching else None,
            late_tasks=sum(plan.overdue for plan in figures.plans),
            late_remedies=sum(one.overdue(today) for one in figures.open_remedies),
            late_actions=sum(one.overdue(today) for one in figures.open_actions),
        )


def _standing(site: SiteData, figures: Annual) -> dict[str, ProjectState]:
    """The states as the full records tell them: the public records are too thin to derive them from."""
    return {project: site.standing[project] for project in figures.standing}


def _department(site: SiteData, line: DepartmentLine, listed: tuple[ProjectRow, ...]) -> Page:
    records, name = site.records, line.figures.department
    return Page(
        name=f"departments/{name}.html",
        template="department",
        title=site.department(name),
        part="departments",
        content={
            "line": line,
            "parts": PARTS,
            "group": records.college.groups.get(name) if records.college else None,
            "department": records.college.departments.get(name) if records.college else None,
            "rows": [row for row in listed if row.project in line.figures.standing],
            "plans": {key: plan for key, plan in site.plans.items() if plan.plan.department == name},
            "summaries": [one for one in records.summaries.values() if one.department == name],
        },
    )
