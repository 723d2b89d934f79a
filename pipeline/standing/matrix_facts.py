"""The facts about a subject that the approval matrix reads beside its fields, each with its type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from pipeline.kernel.structs import field_names
from pipeline.record.model import Agreement, Records
from pipeline.record.model.names import COLLEGE
from pipeline.record.rounds.frozen_fields import scalar
from pipeline.standing.kinds_of_money import ALL_MONEY, AMOUNT, MONEY_KINDS, yuan_counted

Facts = dict[str, Any]

_FIELDS = frozenset(field_names(Agreement))


def _agreement(agreement: Agreement, records: Records, project: str) -> Facts:
    """What the rules of approval may go by; a fact that the agreement does not say wholly is none."""
    facts: Facts = {
        "forms": [scalar(form, "id") for form in agreement.forms],
        "parties": [_party(party, records) for party in agreement.party_ids],
        "annexes": _annexes(project, records),
        "leaders_flag": scalar(agreement.appraisal_flag is not None, "flag"),
    }
    if agreement.responsible and agreement.responsible.implementer:
        facts["department"] = scalar(agreement.responsible.implementer, "id")
    for fact in (AMOUNT, ALL_MONEY):
        if (yuan := yuan_counted(agreement, fact)) is not None:
            facts[fact] = scalar(yuan, "money")
    if agreement.resources is not None or "resources" in agreement.declined:
        occupied = agreement.resources is not None and bool(agreement.resources.lines)
        facts["state_assets"] = scalar(occupied, "flag")
    if agreement.interns is not None:
        facts["interns"] = scalar(agreement.interns > 0, "flag")
    if agreement.term and agreement.term.start and agreement.term.end:
        facts["years"] = scalar(_years(agreement.term.start, agreement.term.end), "number")
    return facts


def _years(start: date, end: date) -> int:
    """Full years of a term, both days included."""
    after = end + timedelta(days=1)
    return after.year - start.year - ((after.month, after.day) < (start.month, start.day))


def _party(party: str, records: Records) -> Facts:
    company = records.college if party == COLLEGE else records.enterprises.get(party)
    code = company.credit_code if company else ""
    return {
        "id": scalar(party, "id"),
        "name": scalar(records.party_name(party), "text"),
        "credit_code": scalar(code, "text"),
    }


def _annexes(project: str, records: Records) -> list[str]:
    kept = records.attachments.get(project)
    return [scalar(item.sha256, "text") for _, item in sorted(kept.items.items())] if kept else []


def _amendment(amendment: Any, records: Records, key: str) -> Facts:
    """An amendment is judged by the agreement it changes, and names it; what it changes itself is left open."""
    project = key.split("/")[0]
    agreement = records.agreements.get(project)
    facts = _agreement(agreement, records, project) if agreement else {}
    open_now = {
        fact for change in amendment.changes for fact in _TOUCHED.get(change.field.split(".")[0], _ALL)
    }
    facts = {fact: kept for fact, kept in facts.items() if fact not in open_now}
    term = amendment.term
    if term is not None and term.end:
        start = term.start or (agreement.term.start if agreement and agreement.term else None)
        facts.pop("years", None)
        if start:
            facts["years"] = scalar(_years(start, term.end), "number")
    return {**facts, "amends": scalar(f"projects/{project}/agreement", "text")}


_COUNTED = {kind.field: kind.counted for kind in MONEY_KINDS}
_ALL = (AMOUNT, ALL_MONEY, "state_assets", "interns", "forms", "years")
_TOUCHED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(_FIELDS, ()),
    **_COUNTED,
    "resources": (*_COUNTED["resources"], "state_assets"),
    "interns": ("interns",),
    "forms": ("forms",),
    "term": ("years",),
}
"""Field of the agreement that an amendment changes → facts that its own words no longer settle.

An amendment says in plain words what changes: what it does to the amount nobody can compute, so that every
row which asks for one applies. A field that no agreement has may be anything.
"""


def _scheme(scheme: Any, records: Records, project: str) -> Facts:
    money = scalar(scheme.money, "money")
    facts: Facts = {AMOUNT: money, ALL_MONEY: money} if scheme.budget else {}
    agreement = records.agreements.get(project)
    if agreement is not None:
        facts["forms"] = [scalar(form, "id") for form in agreement.forms]
        if agreement.responsible and agreement.responsible.implementer:
            facts["department"] = scalar(agreement.responsible.implementer, "id")
    return facts


def _plan(plan: Any, records: Records, key: str) -> Facts:
    return {"department": scalar(key.rpartition("/")[2], "id")}


FACTS: Mapping[str, Callable[[Any, Records, str], Facts]] = {
    "agreement": _agreement,
    "amendment": _amendment,
    "scheme": _scheme,
    "plan": _plan,
}
"""Kind of subject → its facts."""
