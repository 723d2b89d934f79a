"""A college in which every field of every kind of record holds something that stands nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pipeline.kernel.chinese import date_words
from pipeline.kernel.structs import replace
from pipeline.record.kinds import KINDS
from pipeline.record.schema import Field, Schema
from tests.college import SCHEMAS

TODAY = date(2026, 11, 23)
"""The day on which everything planted is history."""

FEW = 11
"""What stands where a number can be no larger: in a month, in copies."""

KEYS = {"": "example", "project": "example", "id": "01", "year": "2026", "department": "planted"}
KEYS |= {"period": "2026-h1", "date": "2026-03-12"}
"""The ids in the paths of the planted records; the enterprise is called as the party that it is."""

KNOWN = {
    "goal": "g1",
    "milestone": "m1",
    "criterion": "c1",
    "task": "t1",
    "attachment": "f1",
    "amendment": "01",
}
"""What ids name that stand inside another planted record."""

_OWN_KEYS = {"goals": "g1", "schedule": "m1", "eligibility": "c1", "tasks": "t1", "items": "f1"}
_PARTIES = ("college", "planted")
_DIGEST = "0123456789abcdef" * 4
FIXED: Mapping[str, Any] = {
    "agreement.forms": ["training-base", "other"],
    "agreement.parties": {"college": {"signatory": "anybody"}, "enterprises": ["planted"]},
    "agreement.term": {"start": date(2025, 7, 1), "end": date(2028, 6, 30)},
    "agreement.responsible.implementer": "planted",
    "agreement.goals.g1.year": 2026,
    "agreement.goals.g1.measure": "interns",
    "amendment.goals.g1.year": 2026,
    "agreement.renews": None,
    "agreement.framework_agreement": None,
    "enterprise.affiliation.credit_code": "91149999MA99E0032X",
    "enterprise.successor": None,
    "policy.academic_year_start": 8,
    "agreement.origin": None,
    "appraisal.waiver": None,
    "survey.enterprises": ["planted"],
    "meeting.follow_up.0.meeting": date(2026, 2, 5),
    "meeting.follow_up.0.decision": "k1",
    "waivers.waivers.0.code": "L13",
    "agreement.termination.notice_days": 30,
    "agreement.copies": {"total": 4, "each": {"college": 2, "planted": 2}},
    "plan.tasks.t1.project": "example",
    "placement.project": "example",
    "event.project": "example",
    "college.credit_code": "12149999000009005U",
    "enterprise.credit_code": "91149999MA99E00168",
    "enterprise.tier": "important",
    **{
        f"evaluation.scores.{key}.inapplicable": None
        for key in SCHEMAS["evaluation"].fields["scores"].children
    },
}
"""Values that others must agree with, and alternatives that would take away what is planted beside them."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Something planted: the field, and the ways in which a paper may write it."""

    field: str
    writings: tuple[str, ...]


def relabelled(marks: list[Mark]) -> dict[str, Schema]:
    """The schemas with a label of its own for every choice of every field, so that it is known where it is read."""
    known: dict[object, int] = {}

    def renamed(field: Field, path: tuple[str, ...]) -> Field:
        values: Mapping[str, str] = {}
        if field.values:
            # The measures of goals are one list for agreements and amendments, and papers ask the agreement's.
            words = known.setdefault(
                tuple(field.values.items()) if path[-1] == "measure" else path, len(marks)
            )
            values = {key: f"{_word(words)}{index}" for index, key in enumerate(field.values)}
            marks.append(Mark(field=".".join(path), writings=tuple(values.values())))
        children = {key: renamed(child, (*path, key)) for key, child in field.children.items()}
        each = renamed(field.each, (*path, "*")) if field.each else None
        return replace(field, values=values, children=children, each=each)

    made = dict(SCHEMAS)
    for kind in KINDS:
        made[kind.name] = replace(SCHEMAS[kind.name], root=renamed(SCHEMAS[kind.name].root, (kind.name,)))
    return made


def _word(number: int) -> str:
    return f"哨{number:04}位"


class Planter:
    """Fills records and remembers what it put where; people, departments and partners are made as they are named."""

    def __init__(self, marks: list[Mark]) -> None:
        self.marks = marks
        self.named: dict[str, dict[str, Any]] = {
            "person": {},
            "department": {},
            "enterprise": {},
            "project": {},
        }

    def record(self, kind: str) -> dict[str, Any]:
        """A record of a kind with every field filled in."""
        children = SCHEMAS[kind].root.children
        return self._mapping(children, (kind,))

    def value(self, field: Field, path: tuple[str, ...]) -> Any:
        """A value for a field and for all that is under it; None where nothing is to stand there."""
        fixed = ".".join(path)
        return FIXED[fixed] if fixed in FIXED else self.filled(field, path)

    def filled(self, field: Field, path: tuple[str, ...]) -> Any:
        """The same of a field that other records leave out."""
        if field.type == "list" and field.each:
            return [self.value(field.each, (*path, "0"))]
        if field.children:
            return self._mapping(field.children, path)
        if field.each:
            return {key: self.value(field.each, (*path, key)) for key in self._keys(field, path)}
        return self._scalar(field, path)

    def _mapping(self, children: Mapping[str, Field], path: tuple[str, ...]) -> dict[str, Any]:
        made = {key: self.value(child, (*path, key)) for key, child in children.items()}
        return {key: value for key, value in made.items() if value is not None}

    def _keys(self, field: Field, path: tuple[str, ...]) -> tuple[str, ...]:
        reference = field.keys.reference if field.keys else ""
        if reference == "party":
            return _PARTIES
        if reference in KNOWN:
            return (KNOWN[reference],)
        return ("planted",) if reference else (_OWN_KEYS.get(path[-1], "k1"),)

    def _scalar(self, field: Field, path: tuple[str, ...]) -> Any:
        if field.values:
            drafting = path[-1] == "stage" and path[0] != "agreement"  # of which nothing is read
            return [*field.values][-1 if drafting else 0]
        if field.reference in KNOWN:
            return KNOWN[field.reference]
        if field.reference:
            return self._named(field.reference, path)
        match field.type:
            case "flag":
                return True
            case "date":
                return self._day(path)
            case "money":
                return self._amount(path)
            case "integer":
                return self._count(path)
            case "number":
                return self._number(path)
            case "percent":
                return self._percent(path)
        return self._text(path)

    def _named(self, reference: str, path: tuple[str, ...]) -> str:
        """The id of somebody or something that nothing else names, called by a word of its own."""
        within = "enterprise" if reference == "party" else reference
        word = self._marked(path, _word(len(self.marks)))
        key = f"{within}-{len(self.marks)}"
        self.named[within][key] = word
        return key

    def _marked(self, path: tuple[str, ...], *writings: str) -> str:
        self.marks.append(Mark(field=".".join(path), writings=writings))
        return writings[0]

    def _day(self, path: tuple[str, ...]) -> date:
        day = date(2023, 1, 1) + timedelta(days=len(self.marks))
        self._marked(path, day.isoformat(), date_words(day), f"{day:%Y%m%d}")
        return day

    def _amount(self, path: tuple[str, ...]) -> Decimal:
        amount = Decimal(3_000_000 + len(self.marks) * 100 + 11).quantize(Decimal("0.01"))
        wan = f"{(amount / 10000).quantize(Decimal('0.01'))}"
        self._marked(path, f"{amount:,}", str(amount), wan, f"{amount:,}".removesuffix(".00"))
        return amount

    def _count(self, path: tuple[str, ...]) -> int:
        if path[-1] in ("year", "catalogue"):
            return 2026
        if path[-1] in ("copies", "total") or path[-1].endswith(("month", "months")) or path[-2] == "months":
            return FEW
        return int(self._number(path))

    def _number(self, path: tuple[str, ...]) -> int | Decimal:
        if path[-1] in ("score", "least"):
            return self._percent(path)
        number = 5003 + len(self.marks)
        self._marked(path, f"{number:,}", str(number))
        return number

    def _percent(self, path: tuple[str, ...]) -> Decimal:
        share = Decimal(1000 + len(self.marks)).scaleb(-2)
        self._marked(path, str(share), str(share.normalize()))
        return share

    def _text(self, path: tuple[str, ...]) -> str:
        number = len(self.marks)
        pattern = _PATTERNS.get(".".join(path[-2:])) or _PATTERNS.get(path[-1], "")
        return self._marked(path, pattern.format(number) if pattern else _word(number))


_PATTERNS = {
    "phone": "0351-700{:04}",
    "email": "a{:04}@example.com",
    "school_code": "99{:04}",
    "postcode": "33{:04}",
    "region": "14{:04}",
    "sha256": "{:04}" + _DIGEST[4:],
    "words": "{:04}" + _DIGEST[4:],
    "0.code": "98{:04}",
    "college.number": "6200 0000 {:04}",
    "planted.number": "6200 0001 {:04}",
}
"""How texts are written that a pattern binds."""
