"""Whose department each of the college's people belonged to, and until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.record.model.college import College

Belonging = Mapping[str, tuple[tuple[str, str], ...]]
"""Person → the last day of each time (ISO 8601) and the department of that time, oldest first."""
FOR_EVER = "9999-12-31"
"""The last day of a time that goes on."""


def departments(college: College | None) -> Belonging:
    """Whose department each of the college's people was and is: the last day of each time (ISO 8601), oldest first.

    Today's is as listed, else the one that the person heads.
    """
    if college is None:
        return {}
    heads = {
        person: key
        for key, department in college.departments.items()
        for person in (department.secretary, department.director)
        if person
    }
    now = heads | {key: person.department for key, person in college.people.items() if person.department}
    before = {
        key: sorted((one.until.isoformat(), one.department) for one in person.earlier if one.until)
        for key, person in college.people.items()
        if person.earlier
    }
    return {one: (*before.get(one, ()), (FOR_EVER, now.get(one, ""))) for one in {**now, **before}}


def told(belonging: Belonging, called: Mapping[str, str]) -> Iterator[str]:
    """All of it and the departments' names, as parts of a mark."""
    for name in sorted(called.items()):
        yield from name
    for person, times in sorted(belonging.items()):
        yield person
        for time in times:
            yield from time
