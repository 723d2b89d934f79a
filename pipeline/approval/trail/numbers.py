"""Official numbers: who has which, and which one comes next (8.4; 财会〔2012〕21号 58: contracts are numbered)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.approval.trail.current_words import kind_of_subject
from pipeline.approval.trail.inspect import Trail
from pipeline.record.kinds import AGREEMENT, AMENDMENT
from pipeline.record.places import file_of
from pipeline.record.rounds.canonical import CanonicalError

_FORM = re.compile(
    r"(?P<lead>.*?)(?P<year>(?:19|20)[0-9]{2})(?P<middle>[^0-9]+)(?P<serial>[0-9]+)(?P<tail>[^0-9]*)\Z"
)


def next_number(used: Iterable[str], year: int) -> str:
    """The number after the highest of a year, in the form that the college uses; empty where it has none yet.

    A year without numbers begins at 1 in the form of the latest year before.
    """
    known = [found for found in map(_FORM.match, used) if found and int(found["year"]) <= year]
    if not known:
        return ""
    last = max(known, key=lambda found: (int(found["year"]), int(found["serial"])))
    serial = int(last["serial"]) + 1 if int(last["year"]) == year else 1
    return f"{last['lead']}{year}{last['middle']}{serial:0{len(last['serial'])}}{last['tail']}"


def reserved(trail: Trail) -> Iterator[tuple[str, str]]:
    """Each subject that was ever submitted with a number, with that number."""
    for subject, dossier in trail.dossiers.items():
        for words in dossier.rounds.values():
            try:
                number = words.official_number
            except CanonicalError:
                continue
            if number:
                yield subject, number


def proposed(trail: Trail, subject: str, year: int) -> str:
    """The number that a subject could take: an amendment's follows its agreement's; empty where none can be told."""
    records = trail.current.register.records
    kind, taken = kind_of_subject(subject), {number for other, number in reserved(trail) if other != subject}
    if kind is AMENDMENT:
        project, _, number = (AMENDMENT.key_in(file_of(subject)) or "").partition("/")
        agreement = records.agreements.get(project)
        if agreement is None or not agreement.number or not number.isdigit():
            return ""
        made = f"{agreement.number}补{int(number)}"
        return "" if made in taken else made
    if kind is not AGREEMENT:
        return ""
    return next_number(taken | {one.number for one in records.agreements.values() if one.number}, year)
