"""The agreements as a whole: how many of what kind, what they bring in and occupy, when they end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from pipeline.kernel.structs import Struct
from pipeline.record.model import Agreement, Records
from pipeline.record.model.agreement import Inputs, Item, Resources
from pipeline.record.model.names import COLLEGE, itemised
from pipeline.standing.agreed import ended_on, term_of
from pipeline.standing.as_agreed import agreements_of
from pipeline.standing.proof import Approved
from pipeline.standing.state import ProjectState, state

LIVE = (ProjectState.IN_FORCE, ProjectState.EXPIRING, ProjectState.UPCOMING)
"""The states in which a cooperation goes on or is about to."""


class AgreementTerm(Struct, frozen=True, kw_only=True):
    """An agreement on the time line: `end` as amended, or the day on which it was ended early."""

    project: str
    title: str
    state: ProjectState
    start: date
    end: date


def states(records: Records, today: date, approved: Approved | None = None) -> Mapping[str, ProjectState]:
    """The state of every project; `approved` is what the approval trail tells."""
    return {project: state(records, project, today, approved) for project in records.projects}


def by_state(standing: Mapping[str, ProjectState]) -> Mapping[ProjectState, int]:
    """How many projects are in each state; every state is there."""
    found = Counter(standing.values())
    return {one: found[one] for one in ProjectState}


def by_form(records: Records) -> Mapping[str, int]:
    """How many agreements cooperate in each form; one with several forms counts in each (8.4)."""
    return _counted(agreements_of(records).values(), lambda agreement: agreement.forms)


def by_department(records: Records, day: date) -> Mapping[str, int]:
    """How many agreements each department carries on a day; every teaching department is there (8.5)."""
    teaching = records.college.teaching if records.college else ()
    found = _counted(agreements_of(records, day=day).values(), lambda agreement: (implementer(agreement),))
    return {key: found.get(key, 0) for key in dict.fromkeys((*teaching, *found)) if key}


def by_enterprise(records: Records) -> Mapping[str, tuple[str, ...]]:
    """The projects of each enterprise, in order."""
    found: dict[str, list[str]] = {enterprise: [] for enterprise in records.enterprises}
    for project, agreement in sorted(agreements_of(records).items()):
        for party in agreement.party_ids[1:]:
            found.setdefault(party, []).append(project)
    return {enterprise: tuple(projects) for enterprise, projects in found.items()}


def implementer(agreement: Agreement) -> str:
    """The id of the department that implements it; empty where none is named."""
    return (agreement.responsible.implementer if agreement.responsible else None) or ""


def inputs(agreements: Iterable[Agreement]) -> Mapping[str, Decimal]:
    """What the enterprises put in, in yuan, by element (5.2, 8.4); letters of intent promise nothing."""
    found = dict.fromkeys(itemised(Inputs), Decimal("0.00"))
    for kind, item in _lines(agreements, "inputs"):
        found[kind] += item.amount or Decimal(0)
    return found


def resources(agreements: Iterable[Agreement]) -> Mapping[str, Decimal]:
    """The value of the college's resources that are occupied, in yuan, by kind (8.4)."""
    found = dict.fromkeys(itemised(Resources), Decimal("0.00"))
    for kind, item in _lines(agreements, "resources"):
        found[kind] += item.amount or Decimal(0)
    return found


def spans(records: Records, standing: Mapping[str, ProjectState]) -> tuple[AgreementTerm, ...]:
    """Every agreement with a term, the one that ends first first."""
    return tuple(sorted(_spans(records, standing), key=lambda span: (span.end, span.project)))


def expiring(spans: Iterable[AgreementTerm], today: date, until: date) -> tuple[AgreementTerm, ...]:
    """The agreements in force or about to be that end from today up to a day, both included."""
    return tuple(span for span in spans if span.state in LIVE and today <= span.end <= until)


def _spans(records: Records, standing: Mapping[str, ProjectState]) -> Iterator[AgreementTerm]:
    for project, now in standing.items():
        term = term_of(records, project)
        if term and term.start and term.end and project in records.agreements:
            end = min(term.end, ended_on(records, project) or term.end)
            title = records.agreements[project].title or project
            yield AgreementTerm(project=project, title=title, state=now, start=term.start, end=end)


def _lines(agreements: Iterable[Agreement], name: str) -> Iterator[tuple[str, Item]]:
    for agreement in agreements:
        lines = getattr(agreement, name)
        if lines and not agreement.framework:
            yield from ((kind, item) for kind, _, item in lines.lines)


def _counted(
    agreements: Iterable[Agreement], keys: Callable[[Agreement], Iterable[str]]
) -> Mapping[str, int]:
    found = Counter(key for agreement in agreements for key in dict.fromkeys(keys(agreement)))
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def prepared_with(records: Records, project: str) -> tuple[str, ...]:
    """With whom a project is prepared of which no agreement is written yet: as its scheme says, or its survey."""
    scheme, survey = records.schemes.get(project), records.surveys.get(project)
    named = tuple(scheme.division) if scheme else survey.enterprises if survey else ()
    return tuple(one for one in named if one != COLLEGE)
