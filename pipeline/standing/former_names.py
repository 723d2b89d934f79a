"""What an enterprise was called on a day, and who has taken it over since (民法典 67, 532)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from pipeline.kernel.structs import replace
from pipeline.record.model import Enterprise, Records
from pipeline.record.model.enterprise import FormerName


def name_on(enterprise: Enterprise, day: date) -> str:
    """The name that an enterprise bore on a day: today's, or the earliest former one still borne then."""
    borne = [one for one in enterprise.former_names if one.until and day <= one.until]
    return min(borne, key=lambda one: one.until or date.max).name if borne else enterprise.name


def enterprises_as_of(enterprises: Mapping[str, Enterprise], day: date) -> Mapping[str, Enterprise]:
    """All enterprises under their names of a day; the same mapping where no name was another."""
    named = {
        key: replace(one, name=then)
        for key, one in enterprises.items()
        if one.former_names and (then := name_on(one, day)) != one.name
    }
    return {**enterprises, **named} if named else enterprises


def with_heirs(records: Records, day: date | None) -> Mapping[str, Enterprise]:
    """Under the id of each enterprise taken over by a day (None: ever) the record of its successor.

    What was taken over stands among the successor's former names; the same mapping where nothing was taken over.
    """
    found = {key: _heir(records, one, day) for key, one in records.enterprises.items() if one.successor}
    heirs = {key: one for key, one in found.items() if one}
    return {**records.enterprises, **heirs} if heirs else records.enterprises


def _heir(records: Records, enterprise: Enterprise, day: date | None) -> Enterprise | None:
    """The last successor in a row of them; it bears the old names up to the day on which it took over."""
    heir, names, begun, seen = enterprise, list[FormerName](), date.min, {enterprise.id}
    while heir.successor and (since := heir.successor.since) and (day is None or since <= day):
        following = records.enterprises.get(heir.successor.enterprise)
        if following is None or following.id in seen:
            break
        last = since - timedelta(days=1)
        names += [one for one in heir.former_names if one.until and begun < one.until < last]
        names.append(FormerName(name=name_on(heir, last), until=last))
        heir, begun = following, last
        seen.add(heir.id)
    names += [one for one in heir.former_names if one.until and one.until > begun]
    return replace(heir, former_names=tuple(names)) if heir is not enterprise else None
