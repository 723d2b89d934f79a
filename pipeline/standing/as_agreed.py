"""Agreements as their signed amendments leave them: inputs, costs, income, departments, parties (8.4).

What an amendment says of a figure, a day, a department or the parties is taken over where it names the field it
changes and its new words hold one value; what it adds to the inputs stands in it as lines. The signed agreement's
own record never changes, and its papers are made of that.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from functools import reduce
from typing import Any, TypeVar

from pipeline.kernel.late_pattern import late
from pipeline.kernel.structs import field_names, replace
from pipeline.record.model import Agreement, Enterprise, Records, under
from pipeline.record.model.after_signing import Amendment, ClauseChange
from pipeline.record.model.agreement import Inputs, Item
from pipeline.record.model.names import itemised
from pipeline.standing.agreed import signed_amendments
from pipeline.standing.families import counted_once
from pipeline.standing.handed_over import after_handover

_AMOUNT = late(r"(?<![0-9.])([0-9][0-9,]*(?:\.[0-9]+)?)[ ]*(万)?")
_DAY = late(r"([0-9]{4})[-年]([0-9]{1,2})[-月]([0-9]{1,2})日?")
_WAN = Decimal(10_000)
Known = TypeVar("Known", Decimal, date)


def agreements_of(
    records: Records, projects: Collection[str] | None = None, day: date | None = None
) -> Mapping[str, Agreement]:
    """Every agreement (or those of some projects) as agreed last, for sums: what two of them list is counted once."""
    return counted_once(records, each_as_agreed(records, day, projects))


def each_as_agreed(
    records: Records, day: date | None = None, projects: Collection[str] | None = None
) -> Mapping[str, Agreement]:
    """Every agreement (or those of some projects) as agreed last, by itself; unchanged ones are the records themselves.

    Who carries a project is told for a day (None: after all handovers, those to come too).
    """
    handed = {
        project for one in (records.college.handovers if records.college else ()) for project in one.projects
    }
    changed = {one.project for one in records.amendments.values()} | handed
    agreements = records.agreements
    if projects is not None:
        wanted = set(projects)
        agreements = {project: agreements[project] for project in agreements if project in wanted}
    changed &= agreements.keys()
    if not changed:
        return agreements
    return {
        **agreements,
        **{project: agreement_of(records, project, day) for project in sorted(changed)},
    }


def agreement_of(records: Records, project: str, day: date | None = None) -> Agreement:
    """An agreement as agreed last, carried by who has it on a day; KeyError for a project without one."""
    some = signed_amendments(records, project)
    agreed = reduce(
        lambda agreement, one: changed_by(records, agreement, one), some, records.agreements[project]
    )
    return after_handover(records, project, agreed, day)


def amended_by(records: Records, amendment: Amendment) -> Agreement | None:
    """An agreement as an amendment and those before it leave it, signed or not; None where there is no agreement."""
    agreement = records.agreements.get(amendment.project)
    for one in under(records.amendments, amendment.project) if agreement else ():
        if agreement and one.id <= amendment.id:
            term = (
                one.term
                and agreement.term
                and replace(agreement.term, end=one.term.end or agreement.term.end)
            )
            agreement = replace(changed_by(records, agreement, one), term=term or one.term or agreement.term)
    return agreement


def changed_by(records: Records, agreement: Agreement, amendment: Amendment) -> Agreement:
    """An agreement after one amendment."""
    for change in amendment.changes:
        # A new total in words beside lines of the amendment's own tells what those lines make of it.
        if change.field != "inputs.total" or amendment.inputs is None:
            agreement = _changed(records, agreement, change)
    return with_added(agreement, amendment)


def with_added(agreement: Agreement, amendment: Amendment) -> Agreement:
    """An agreement with the inputs that an amendment adds, and their total."""
    added, inputs = amendment.inputs, agreement.inputs
    if added is None:
        return agreement
    inputs = inputs or Inputs()
    lines: dict[str, Any] = {
        kind: (*getattr(inputs, kind), *getattr(added, kind, ())) for kind in itemised(Inputs)
    }
    more = sum((line.amount or Decimal(0) for kind in lines for line in getattr(added, kind, ())), Decimal(0))
    total = inputs.total + more if inputs.total is not None else None
    return replace(agreement, inputs=replace(inputs, **lines, total=total))


def _changed(records: Records, agreement: Agreement, change: ClauseChange) -> Agreement:
    path = tuple(change.field.split("."))
    if path[:1] == ("parties",):
        return _with_parties(records, agreement, change.now)
    if path[:1] in (("goals",), ("term",)):
        return agreement  # an amendment has fields of its own for these
    old = _at(agreement, path)
    new = _read(records, old, path, change.now)
    if new is None:
        return agreement
    made: Agreement = _put(agreement, path, new)
    return _balanced(made, old, new) if path == ("inputs", "total") else made


def _balanced(agreement: Agreement, old: Decimal, new: Decimal) -> Agreement:
    """A total that an amendment sets without lines: the difference stands as a line of its own, so that sums agree."""
    inputs = agreement.inputs
    lines = sum((item.amount or Decimal(0) for _, _, item in inputs.lines), Decimal(0)) if inputs else new
    if inputs is None or lines == new:
        return agreement
    line = Item(name="补充协议调整", quantity=Decimal(1), unit="项", unit_price=new - lines)
    return replace(agreement, inputs=replace(inputs, equipment=(*inputs.equipment, line)))


def _with_parties(records: Records, agreement: Agreement, said: str) -> Agreement:
    """The enterprises that the new words name, by the names that they bear or bore, or by their ids."""
    parties = agreement.parties
    named = {key: at for key, one in records.enterprises.items() if (at := _place(one, key, said)) >= 0}
    if parties is None or not named:
        return agreement
    return replace(
        agreement, parties=replace(parties, enterprises=tuple(sorted(named, key=lambda key: named[key])))
    )


def _place(enterprise: Enterprise, key: str, said: str) -> int:
    """Where words name an enterprise; -1 where they do not."""
    borne = [name for name in (enterprise.name, *(one.name for one in enterprise.former_names)) if name]
    for word in (*borne, key):
        if match := re.search(rf"(?<![0-9a-z-]){re.escape(word)}(?![0-9a-z-])", said):
            return match.start()
    return -1


def _at(record: Any, path: tuple[str, ...]) -> Any:
    """What stands at a path of fields as people wrote it; None where it leads nowhere."""
    for step in path:
        if isinstance(record, Mapping):
            record = record.get(step)
        elif isinstance(record, tuple):
            record = record[int(step)] if _INDEX.fullmatch(step) and int(step) < len(record) else None
        elif step in field_names(record.__class__):
            record = getattr(record, step)
        else:
            return None
    return record


_INDEX = late("[0-9]{1,4}")


def _put(record: Any, path: tuple[str, ...], value: Any) -> Any:
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(record, Mapping):
        return {**record, step: _put(record[step], rest, value)}
    if isinstance(record, tuple):
        index = int(step)
        return (*record[:index], _put(record[index], rest, value), *record[index + 1 :])
    return replace(record, **{step: _put(getattr(record, step), rest, value)})


def _read(records: Records, old: Any, path: tuple[str, ...], said: str) -> Any:
    """The one value that new words hold, of the kind that stands there now; None where they hold none or several."""
    if isinstance(old, Decimal | int) and not isinstance(old, bool):
        # A day or a year that is told beside an amount is none itself.
        words = _DAY.sub("", said)
        figure = _meant(
            [
                (match.start(), Decimal(match[1].replace(",", "")) * (_WAN if match[2] else 1))
                for match in _AMOUNT.finditer(words)
                if not words.startswith("年", match.end())
            ],
            words,
            Decimal(old),
        )
        return None if figure is None else type(old)(figure)
    if isinstance(old, date):
        return _meant(
            [(match.start(), day) for match in _DAY.finditer(said) if (day := _day(match))], said, old
        )
    if path[0] == "responsible" and isinstance(old, str):
        return _named(records, path[-1], said)
    return None


def _day(match: re.Match[str]) -> date | None:
    """The day that words name; None where the calendar has none such (the 30th of February)."""
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None


def _meant(found: list[tuple[int, Known]], said: str, old: Known) -> Known | None:
    """Which of the values in new words is the new one: the only one, the only one after 改为, or the only other one.

    Words that name another old value than stands there are about something else, and give none.
    """
    turn = max((match.end() for match in _TURN.finditer(said)), default=0)
    after = {value for at, value in found if at >= turn}
    before = {value for at, value in found if at < turn}
    for some in (
        {value for _, value in found},
        after if before <= {old} else set(),
        (before | after) - {old} if old in before | after else set(),
    ):
        if len(some) == 1:
            return some.pop()
    return None


_TURN = late(
    r"(?:修改|变更|调整|更改|改)(?:为|至|成|到)|(?:增加|增|提高|减少|减|降低|降|延长|延|顺延|提前|缩短)(?:为|至|到)|现为"
)


def is_read(records: Records, agreement: Agreement, change: ClauseChange) -> bool:
    """Whether the figure or day that a change names follows from its words; true where it names none."""
    path = tuple(change.field.split("."))
    if path[0] in ("parties", "goals", "term"):
        return True
    old = _at(agreement, path)
    valued = isinstance(old, Decimal | int | date) and not isinstance(old, bool)
    return not valued or _read(records, old, path, change.now) is not None


def _named(records: Records, key: str, said: str) -> str | None:
    """The department or person that new words name."""
    college = records.college
    if college is None:
        return None
    known = college.people if key == "manager" else college.departments
    found = [one for one, record in known.items() if said.strip(" 。") == one or record.name in said]
    return found[0] if len(found) == 1 else None
