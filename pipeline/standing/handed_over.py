"""Projects handed over to another department: who answers from which day, and in which year's plan they stand (8.5)."""

from __future__ import annotations

from datetime import date

from pipeline.kernel.structs import replace
from pipeline.record.model import Agreement, Records
from pipeline.record.model.clauses import Responsible
from pipeline.record.model.college import Handover
from pipeline.standing.once import once


@once
def handovers(records: Records, project: str) -> tuple[Handover, ...]:
    """How a project went from department to department, the earliest first."""
    known = records.college.handovers if records.college else ()
    if not known:
        return ()
    mine = [one for one in known if project in one.projects and one.since]
    return tuple(sorted(mine, key=lambda one: one.since or date.min))


def implementer_on(records: Records, project: str, day: date) -> str:
    """The department that carries a project on a day; empty where none is named."""
    mine = handovers(records, project)
    past = [one for one in mine if one.since and one.since <= day]
    return past[-1].department if past else _first(records, project, mine)


def implementers_in(records: Records, project: str, year: int) -> tuple[str, ...]:
    """The departments that carry a project in a year, the one that has it first in front: in its plan it begins."""
    began = implementer_on(records, project, date(year, 1, 1))
    later = [one.department for one in handovers(records, project) if one.since and one.since.year == year]
    return tuple(dict.fromkeys(one for one in (began, *later) if one))


def after_handover(
    records: Records, project: str, agreement: Agreement, day: date | None = None
) -> Agreement:
    """An agreement as whoever has taken the project over by a day (None: ever) carries it; what was agreed stays."""
    mine = [one for one in handovers(records, project) if one.since and (day is None or one.since <= day)]
    if not mine:
        return agreement
    last, before = mine[-1], agreement.responsible or Responsible()
    team = last.team or None
    return replace(
        agreement,
        responsible=replace(before, implementer=last.department, manager=last.manager or None, team=team),
    )


def _first(records: Records, project: str, mine: tuple[Handover, ...]) -> str:
    """The department that the agreement names, else the one that the first handover names."""
    agreement = records.agreements.get(project)
    agreed = agreement.responsible.implementer if agreement and agreement.responsible else None
    return agreed or (mine[0].former if mine else "")
