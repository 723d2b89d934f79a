"""The agreements: the list with its filters, and one page for each project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from pipeline.check.rules.table import RULES
from pipeline.kernel.finding import Severity
from pipeline.kernel.structs import Struct
from pipeline.record.model import under
from pipeline.site.page import AnyPage, Page, UnmadePage
from pipeline.site.plain_words import PLAIN
from pipeline.site.site_data import SiteData
from pipeline.standing import portfolio
from pipeline.standing.agreed import term_of
from pipeline.standing.as_agreed import agreement_of
from pipeline.standing.deliveries import Arrival, arrivals
from pipeline.standing.docking_matrix import codes
from pipeline.standing.equipment_ledger import arrival_words
from pipeline.standing.families import family
from pipeline.standing.goals import reached
from pipeline.standing.handed_over import handovers
from pipeline.standing.marks import mark
from pipeline.standing.milestones import milestones
from pipeline.standing.next_move import NextMove, next_move
from pipeline.standing.proof import agreement_subject
from pipeline.standing.staffing import staffing
from pipeline.standing.state import ProjectState, effective_on, gates


class ProjectRow(Struct, frozen=True, kw_only=True):
    """A project in a list: what is shown, and what the filters go by; `proof` is what is proven of its approval."""

    project: str
    title: str
    number: str
    majors: tuple[str, ...]
    state: ProjectState
    proof: str
    department: str
    enterprises: tuple[str, ...]
    forms: tuple[str, ...]
    years: tuple[int, ...]
    dockings: tuple[str, ...]
    buildings: tuple[str, ...]
    move: NextMove | None
    errors: int
    inputs: Decimal


def rows(site: SiteData) -> tuple[ProjectRow, ...]:
    """Every project, newest number first."""
    return tuple(_row(site, project) for project in sorted(site.standing, reverse=True))


def _row(site: SiteData, project: str) -> ProjectRow:
    agreement = site.agreements.get(project)
    dockings, buildings = codes(agreement) if agreement else (frozenset(), frozenset())
    term = term_of(site.records, project)
    years = range(term.start.year, term.end.year + 1) if term and term.start and term.end else ()
    found = site.findings_of.get(project, ())
    return ProjectRow(
        project=project,
        title=site.project(project),
        number=(agreement.number if agreement else None) or "",
        majors=agreement.majors if agreement else (),
        state=site.standing[project],
        proof=site.proofs.get(project, ""),
        department=portfolio.implementer(agreement) if agreement else "",
        enterprises=agreement.party_ids[1:] if agreement else (),
        forms=agreement.forms if agreement else (),
        years=tuple(years)[:40],
        dockings=tuple(sorted(dockings)),
        buildings=tuple(sorted(buildings)),
        move=next_move(site.records, project, site.today, site.approved),
        errors=sum(finding.severity is Severity.ERROR for finding in found),
        inputs=sum(portfolio.inputs((agreement,)).values(), Decimal(0)) if agreement else Decimal(0),
    )


def pages(site: SiteData, listed: tuple[ProjectRow, ...]) -> Iterator[AnyPage]:
    """The list, then every project."""
    yield Page(
        name="agreements.html",
        template="agreements",
        title="合作协议",
        part="agreements",
        content={"rows": listed, "choices": _choices(site, listed)},
    )
    for row in listed:
        yield UnmadePage(name=_address(row.project), make=partial(_page, row.project))


def unmade(name: str) -> UnmadePage | None:
    """The page of a project by its name; None for any other page."""
    project = PurePosixPath(name).stem
    return UnmadePage(name=name, make=partial(_page, project)) if _address(project) == name else None


def _choices(site: SiteData, listed: tuple[ProjectRow, ...]) -> Mapping[str, tuple[str, Mapping[str, str]]]:
    """The filters: name → label, and the values that occur with their words."""
    states = {row.state for row in listed}
    forms = {form for row in listed for form in row.forms}
    departments = sorted({row.department for row in listed if row.department})
    enterprises = sorted({party for row in listed for party in row.enterprises}, key=site.party)
    years = sorted({year for row in listed for year in row.years}, reverse=True)
    return {
        "department": ("实施系部", {key: site.department(key) for key in departments}),
        "enterprise": ("合作企业", {key: site.party(key) for key in enterprises}),
        "form": ("合作方式", {key: word for key, word in site.forms.items() if key in forms}),
        "state": ("状态", {one.value: one.label for one in ProjectState if one in states}),
        "year": ("履行年份", {str(year): f"{year} 年" for year in years}),
    }


_TITLES = {rule.info.code: rule.info.title for rule in RULES}


def _address(project: str) -> str:
    return f"projects/{project}.html"


def _page(project: str, site: SiteData) -> Page:
    return _About(site).page(project)


class _About:
    """Makes project pages."""

    def __init__(self, site: SiteData) -> None:
        self._site = site

    def page(self, project: str) -> Page:
        """The page of one project."""
        site, row = self._site, _row(self._site, project)
        return Page(
            name=_address(project),
            template="project",
            title=row.title,
            part="agreements",
            content={
                "row": row,
                "plain": [PLAIN[code] for code in (*row.dockings, *row.buildings)],
                "agreement": site.agreements.get(project),
                "titles": _TITLES,
                "actions": site.actions_of.get(project, ()),
                "remedies": site.remedies_of.get(project, ()),
                "placements": site.placements_of.get(project, ()),
                **self._way(project),
                **self._life(project),
                **self._findings(project),
            },
        )

    def _way(self, project: str) -> Mapping[str, Any]:
        """The project's way to a signed agreement."""
        records = self._site.records
        return {
            "gates": gates(records, project, self._site.approved),
            "survey": records.surveys.get(project),
            "scheme": records.schemes.get(project),
            "appraisal": records.appraisals.get(project),
            "signing": records.signings.get(project),
            "attachments": records.attachments.get(project),
            "milestones": tuple(milestones(records, project)),
            "waivers": records.waivers.get(project),
            "staffing": staffing(records, project),
            "arrivals": self._arrivals(project),
        }

    def _arrivals(self, project: str) -> list[tuple[Arrival, str]]:
        """What equipment has come, once the agreement is in force: the line, and how it stands."""
        site = self._site
        if not effective_on(site.records, project, site.approved):
            return []
        found = arrivals(site.records, project, agreement_of(site.records, project))
        return [(one, arrival_words(one, site.today)) for one in found]

    def _life(self, project: str) -> Mapping[str, Any]:
        """What came of it since."""
        records = self._site.records
        policy = records.policy.evaluation if records.policy else None
        return {
            "family": family(records, project, self._site.families),
            "handovers": handovers(records, project),
            "term": term_of(records, project),
            "goals": reached(records, project),
            "progress": under(records.progress, project),
            "inspections": under(records.inspections, project),
            "evaluations": [(one, mark(one, policy)) for one in under(records.evaluations, project)],
            "leaving": records.exits.get(project),
        }

    def _findings(self, project: str) -> Mapping[str, Any]:
        """What the check, the trail and the build tell of it."""
        site = self._site
        return {
            "elements": site.elements.get(project, ()),
            "findings": site.findings_of.get(project, ()),
            "wording": site.wordings.get(project),
            "trail": site.trail.get(agreement_subject(project)),
            "amendments": [
                (one, site.trail.get(f"projects/{project}/amendments/{one.id}"))
                for one in under(site.records.amendments, project)
            ],
        }
