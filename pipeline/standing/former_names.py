"""What an enterprise was called on a day, and who has taken it over since (民法典 67, 532)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta

from pipeline.kernel.structs import Struct, replace
from pipeline.record.model import Enterprise, Records
from pipeline.record.model.enterprise import Affiliation, FormerName


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


def family_head(records: Records, enterprise: str, day: date) -> str:
    """The enterprise that answers for another on a day: who has taken it over, or whose branch it is; else itself.

    A branch is no legal person (民法典 74); a subsidiary is one, and answers for itself.
    """
    seen = {enterprise}
    while one := records.enterprises.get(enterprise):
        heir, head = one.successor, one.affiliation
        following = ""
        if heir and heir.since and heir.since <= day:
            following = heir.enterprise
        elif head and head.kind == "branch":
            following = next((key for key, known in records.enterprises.items() if _is(known, head)), "")
        if following in seen or following not in records.enterprises:
            break
        enterprise = following
        seen.add(following)
    return enterprise


def _is(enterprise: Enterprise, head: Affiliation) -> bool:
    by_code = bool(head.credit_code) and head.credit_code == enterprise.credit_code
    return by_code or (bool(head.name) and head.name == enterprise.name)


def with_successors(records: Records, some: Iterable[str]) -> tuple[str, ...]:
    """Those of some ids that are enterprises, and whoever takes them over, on whichever day."""
    named = [one for one in dict.fromkeys(some) if one in records.enterprises]
    for one in named:  # grows while it is gone through: a successor may have one of its own
        heir = records.enterprises[one].successor
        if heir and heir.enterprise in records.enterprises and heir.enterprise not in named:
            named.append(heir.enterprise)
    return tuple(named)


class PartnerChange(Struct, frozen=True, kw_only=True):
    """A partner that bore another name from a day, or was taken over on it: what it was called, and is since then."""

    day: date
    before: str
    after: str
    taken_over: bool


def changes_in(
    records: Records, partners: Collection[str], year: int, until: date
) -> tuple[PartnerChange, ...]:
    """How partners changed in a year up to a day, the earliest first."""
    found = [
        change
        for key in sorted(partners)
        if key in records.enterprises
        for change in _changes(records, records.enterprises[key])
    ]
    told = [one for one in found if one.day.year == year and one.day <= until]
    return tuple(sorted(told, key=lambda one: (one.day, one.before)))


def _changes(records: Records, enterprise: Enterprise) -> Iterator[PartnerChange]:
    for former in enterprise.former_names:
        if former.until:
            day = former.until + timedelta(days=1)
            yield PartnerChange(day=day, before=former.name, after=name_on(enterprise, day), taken_over=False)
    heir = enterprise.successor
    if heir and heir.since:
        before = name_on(enterprise, heir.since - timedelta(days=1))
        yield PartnerChange(
            day=heir.since, before=before, after=records.party_name(heir.enterprise), taken_over=True
        )


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
