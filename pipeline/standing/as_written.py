"""What a paper tells from: the records as they were known on the day that it carries, else today.

A paper that carries a date tells what was known then (10.1, 6.2): a rectification of January does not stand in
an inspection of November, and a yearly report printed again years later is the one that was signed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from pipeline.record.model import Records, under
from pipeline.record.model.records import with_changed
from pipeline.record.model.work import Summary
from pipeline.standing.as_of import (
    as_of,
    college_as_of,
    inspection_as_of,
    known,
    meetings_as_of,
)
from pipeline.standing.former_names import enterprises_as_of


class KnownRecords(NamedTuple):
    """What a paper tells from: the records as known on `day`, its own day where it carries one, else today."""

    records: Records
    day: date | None


def everything(records: Records, key: str, today: date | None) -> KnownRecords:
    """A paper that carries no day tells what stands now."""
    return KnownRecords(records, today)


def by_inspection(records: Records, inspection: str, today: date | None) -> KnownRecords:
    """The report of an inspection ends at its own day, and so does what it knows of its project's others."""
    found = records.inspections[inspection]
    day = found.date
    if day is None:
        return KnownRecords(records, today)
    kept = {
        f"{found.project}/{one.id}": inspection_as_of(one, day)
        for one in under(records.inspections, found.project)
        if known(one.date, day)
    }
    then = with_changed(
        records,
        college=college_as_of(records.college, day),
        enterprises=enterprises_as_of(records.enterprises, day),
        inspections={**kept, inspection: inspection_as_of(found, day)},
    )
    return KnownRecords(then, day)


def by_meeting(records: Records, meeting: str, today: date | None) -> KnownRecords:
    """The minutes of a meeting know what earlier meetings decided and heard."""
    day = records.meetings[meeting].date
    if day is None:
        return KnownRecords(records, today)
    college = college_as_of(records.college, day)
    then = with_changed(
        records,
        college=college,
        enterprises=enterprises_as_of(records.enterprises, day),
        meetings=meetings_as_of(records, day),
    )
    return KnownRecords(then, day)


def by_summary(records: Records, summary: str, today: date | None) -> KnownRecords:
    """A department's report of the year is as of the day it was written; until then, of today."""
    found = records.summaries[summary]
    return _known(records, {summary: found}, found.date, today)


def by_year(records: Records, year: str, today: date | None) -> KnownRecords:
    """A paper on a year of the whole college is as of the day its last department's report was written."""
    kept = {key: one for key, one in records.summaries.items() if one.year == int(year)}
    days = [one.date for one in kept.values() if one.date]
    return _known(records, kept, max(days, default=None), today)


def by_assessment(records: Records, year: str, today: date | None) -> KnownRecords:
    """The assessment of a year is as of its last report or evaluation: these come months later, and count most (10.2)."""
    kept = {key: one for key, one in records.summaries.items() if one.year == int(year)}
    days = [one.date for one in kept.values() if one.date]
    days += [one.date for one in records.evaluations.values() if one.year == int(year) and one.date]
    return _known(records, kept, max(days, default=None), today)


def _known(
    records: Records, kept: Mapping[str, Summary], written: date | None, today: date | None
) -> KnownRecords:
    """Of what is being printed itself all stays: somebody may look at it before the day it will bear."""
    days = [day for day in (written, today) if day]
    if not days:
        return KnownRecords(records, None)
    # The earlier of both: a paper dated ahead must not tell what has not happened by today.
    then = as_of(records, min(days))
    return KnownRecords(with_changed(then, summaries={**then.summaries, **kept}), min(days))
