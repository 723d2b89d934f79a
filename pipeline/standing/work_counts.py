"""How much of each kind of work a year saw: meetings, visits, research, events, people, inspections (6.1, 9, 10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from pipeline.kernel.structs import Struct
from pipeline.record.model import Records, under
from pipeline.record.model.work import Task


class Counts(Struct, frozen=True, kw_only=True):
    """How many of what the year saw; `events` and `placements` go by their kind.

    Of the `inspections` those are `untold` that say neither what was found nor that nothing was.
    """

    meetings: int
    visits: int
    researches: int
    events: Mapping[str, int]
    placements: Mapping[str, int]
    inspections: int
    untold: int
    findings: int
    rectified: int


def counts(
    records: Records, year: int, projects: Iterable[str], department: str = "", until: date = date.max
) -> Counts:
    """What a year saw until a day; of one department and its projects where one is named."""

    def within(day: date | None) -> bool:
        return day is not None and day.year == year and day <= until

    looked = [one for project in projects for one in under(records.inspections, project) if within(one.date)]
    found = [defect for one in looked for defect in one.findings.values()]
    return Counts(
        meetings=sum(within(one.date) for one in records.meetings.values()),
        visits=sum(
            within(one.date) and _of(records, department, one.leader) for one in records.visits.values()
        ),
        researches=sum(
            within(one.date) and (not department or department in one.departments)
            for one in records.researches.values()
        ),
        events=Counter(
            one.kind
            for one in records.events.values()
            if within(one.date) and (not department or department in one.departments)
        ),
        placements=Counter(
            one.kind
            for one in records.placements.values()
            if _at_work(one.start, one.end, year, until) and (not department or one.department == department)
        ),
        inspections=len(looked),
        untold=sum(not one.findings and "findings" not in one.declined for one in looked),
        findings=len(found),
        rectified=sum(defect.closed_on is not None for defect in found),
    )


def _of(records: Records, department: str, person: str) -> bool:
    """Whether a person is of a department; everybody is of the college."""
    known = records.college.people.get(person) if records.college else None
    return not department or (known is not None and known.department == department)


def _at_work(start: date | None, end: date | None, year: int, until: date) -> bool:
    return start is not None and start <= until and start.year <= year and (end is None or end.year >= year)


def counted(found: Counts, what: str) -> int:
    """How many a task of a plan that counts records of some kind has; 0 for a kind that nothing is recorded of."""
    plain = {
        "meetings": found.meetings,
        "visits": found.visits,
        "research": found.researches,
        "inspections": found.inspections,
    }
    return plain.get(what, 0) or found.events.get(what, 0) or found.placements.get(what, 0)


_BY_WORDS = {
    "例会": "meetings",
    "督查": "inspections",
    "联谊会": "fellowship",
    "走访": "visits",
    "访企": "visits",
    "市场调研": "research",
}
"""What a task is plainly about that names no kind of record: a plan that is approved can no longer be altered."""

_TIMES = frozenset({"次", "场", "场次", "项", "个"})


def counted_by(task: Task) -> str:
    """The kind of record that a task's result is counted from: as it says, or by its plain name; else ""."""
    if task.counts or task.goal or task.unit not in _TIMES:
        return task.counts
    return next((kind for word, kind in _BY_WORDS.items() if word in task.name), "")
