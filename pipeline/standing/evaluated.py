"""Which projects a year's evaluation is wanted of (6.2 g): one rule for what is due and for what an assessment lacks."""

from __future__ import annotations

from datetime import date

from pipeline.record.model import Records
from pipeline.standing.agreed import ended_on, term_of
from pipeline.standing.proof import Approved
from pipeline.standing.state import effective_on


def wants_evaluation(records: Records, project: str, year: int, approved: Approved | None = None) -> bool:
    """Whether a project was in force for long enough in a year to be evaluated: from its first half to its end.

    Nothing is asked of the time before the college began to keep its records.
    """
    begin = effective_on(records, project, approved)
    since = records.policy.meetings.since if records.policy and records.policy.meetings else None
    begin = max(begin, since) if begin and since else begin
    term = term_of(records, project)
    last = ended_on(records, project) or (term.end if term else None)
    return begin is not None and begin <= date(year, 6, 30) and (last is None or last >= date(year, 12, 31))
