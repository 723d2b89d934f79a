"""Which projects a year's evaluation is wanted of (6.2 g): one rule for what is due and for what an assessment lacks."""

from __future__ import annotations

from datetime import date

from pipeline.record.model import Records
from pipeline.standing.proof import Approved
from pipeline.standing.state import effective_on


def wants_evaluation(records: Records, project: str, year: int, approved: Approved | None = None) -> bool:
    """Whether a project was in force for long enough in a year to be evaluated: since its first half.

    Nothing is asked of the time before the college began to keep its records.
    """
    begin = effective_on(records, project, approved)
    since = records.policy.meetings.since if records.policy and records.policy.meetings else None
    begin = max(begin, since) if begin and since else begin
    return begin is not None and begin <= date(year, 6, 30)
