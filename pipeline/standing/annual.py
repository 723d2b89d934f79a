"""The figures of a year's summary, of one department or of the whole college (6.2 g): each taken where it is computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from pipeline.kernel.structs import Struct
from pipeline.record.model import Agreement, Records, under
from pipeline.standing.agenda import Action, Remedy, open_actions, remedies
from pipeline.standing.agreed import agreed_on, ended_on
from pipeline.standing.as_agreed import agreements_of, each_as_agreed
from pipeline.standing.former_names import family_head
from pipeline.standing.goals import PlanReach, Reach, plan_reach, progress
from pipeline.standing.handed_over import handovers, implementer_on
from pipeline.standing.marks import Mark, mark
from pipeline.standing.once import once
from pipeline.standing.portfolio import implementer, inputs
from pipeline.standing.proof import Approved
from pipeline.standing.state import ProjectState, state
from pipeline.standing.work_counts import Counts, counts
from pipeline.standing.year_figures import MeasureYear, Money, measures, money, reaches

_WAN = Decimal(10000)


class Annual(Struct, frozen=True, kw_only=True):
    """A year of one department (or "" for the college). `day` is the last day of the year, or today within it.

    `standing` is the state of each project on that day; `signed` and `ended` are the projects of the year;
    `open_remedies` and `open_actions` are what waits today, whenever it began.
    """

    year: int
    department: str
    day: date
    standing: Mapping[str, ProjectState]
    signed: tuple[str, ...]
    ended: tuple[str, ...]
    partners: int
    inputs: Mapping[str, Decimal]
    measures: tuple[MeasureYear, ...]
    reaches: tuple[Reach, ...]
    money: Money
    plans: tuple[PlanReach, ...]
    marks: Mapping[str, Mark]
    counts: Counts
    open_remedies: tuple[Remedy, ...]
    open_actions: tuple[Action, ...]

    @property
    def working(self) -> tuple[str, ...]:
        """The projects in force on the day."""
        return tuple(project for project, now in self.standing.items() if now.working)

    @property
    def put_in(self) -> Decimal:
        """What the enterprises put into the projects in force, in yuan."""
        return sum(self.inputs.values(), Decimal("0.00"))

    @property
    def mean_mark(self) -> Decimal | None:
        """The mean of the year's marks, one decimal; None where nothing was marked."""
        known = [one.total for one in self.marks.values() if one.total is not None]
        return (sum(known, Decimal(0)) / len(known)).quantize(Decimal("0.1")) if known else None

    @property
    def tasks(self) -> int:
        """How many tasks the plans held."""
        return sum(len(plan.tasks) for plan in self.plans)

    @property
    def tasks_done(self) -> int:
        """How many of them are done."""
        return sum(plan.done for plan in self.plans)

    @property
    def progress(self) -> Decimal | None:
        """How far the plans are as a whole, in per cent: see `goals.progress`."""
        return progress([task for plan in self.plans for task in plan.tasks])


def in_wan(yuan: Decimal) -> Decimal:
    """An amount in units of ten thousand yuan (万元), two decimals."""
    return (yuan / _WAN).quantize(Decimal("0.01"))


def annual(
    records: Records, year: int, today: date, department: str = "", approved: Approved | None = None
) -> Annual:
    """The figures of a year as they stand on a day; of one department where one is named."""
    day = min(today, date(year, 12, 31))
    owned = _owned(records, day).get(department, ())
    standing = {project: state(records, project, day, approved) for project in owned}
    working = [project for project in owned if standing[project].working]
    chosen = agreements_of(records, working, day).values()
    keys = sorted(key for key, plan in records.plans.items() if plan.year == year)
    return Annual(
        year=year,
        department=department,
        day=day,
        standing=standing,
        signed=tuple(one for one in owned if _in(year, agreed_on(records, one, approved))),
        ended=tuple(one for one in owned if _in(year, ended_on(records, one))),
        partners=_partners(records, chosen, day),
        inputs=inputs(chosen),
        measures=measures(records, year, owned),
        reaches=reaches(records, year, owned),
        money=money(records, year, owned),
        plans=tuple(
            plan_reach(records, key, today, approved)
            for key in keys
            if not department or records.plans[key].department == department
        ),
        marks=_marks(records, year, owned),
        counts=counts(records, year, owned, department),
        open_remedies=tuple(one for one in remedies(records) if one.open and one.project in standing),
        open_actions=tuple(
            one for one in open_actions(records) if not department or one.decision.department == department
        ),
    )


@once
def _owned(records: Records, day: date) -> Mapping[str, tuple[str, ...]]:
    """The projects of each department on a day, those of the whole college under "".

    Whoever has a project at the end of the year tells of its year, so that it is counted once.
    """
    found: dict[str, list[str]] = {"": []}
    for project, agreement in sorted(each_as_agreed(records, day).items()):
        found[""].append(project)
        carrier = _carrier(records, project, agreement, day)
        if carrier:
            found.setdefault(carrier, []).append(project)
    return {department: tuple(projects) for department, projects in found.items()}


def _partners(records: Records, agreements: Iterable[Agreement], day: date) -> int:
    """How many partners there are, a successor and a branch with whoever answers for them."""
    parties = {party for agreement in agreements for party in agreement.party_ids[1:]}
    return len({family_head(records, party, day) for party in parties})


def _carrier(records: Records, project: str, agreement: Agreement, day: date) -> str:
    return implementer_on(records, project, day) if handovers(records, project) else implementer(agreement)


def _in(year: int, day: date | None) -> bool:
    return day is not None and day.year == year


def _marks(records: Records, year: int, projects: Iterable[str]) -> Mapping[str, Mark]:
    policy = records.policy.evaluation if records.policy else None
    return {
        project: mark(evaluation, policy)
        for project in projects
        for evaluation in under(records.evaluations, project)
        if evaluation.year == year
    }
