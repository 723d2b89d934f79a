"""The facts about a subject that the approval matrix reads beside its fields, each with its type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pipeline.approval.frozen_fields import scalar
from pipeline.kernel.structs import field_names
from pipeline.record.model import Agreement, Records
from pipeline.record.model.names import COLLEGE

Facts = dict[str, Any]

_FIELDS = frozenset(field_names(Agreement))


def _agreement(agreement: Agreement, records: Records, project: str) -> Facts:
    """`amount` (yuan) adds what the enterprises put in to what of the college's is occupied.

    `contract_money` (yuan) adds to it what is paid and what is funded together.
    """
    facts: Facts = {
        "forms": [scalar(form, "id") for form in agreement.forms],
        "parties": [_party(party, records) for party in agreement.party_ids],
        "annexes": _annexes(project, records),
        "leaders_flag": scalar(agreement.appraisal_flag is not None, "flag"),
    }
    if agreement.responsible and agreement.responsible.implementer:
        facts["department"] = scalar(agreement.responsible.implementer, "id")
    amount = _amount(agreement)
    if amount is not None:
        facts["amount"] = scalar(amount, "money")
        if all(not one.currency and one.amount is not None for one in agreement.payments):
            facts["contract_money"] = scalar(amount + _paid(agreement), "money")
    if agreement.resources is not None or "resources" in agreement.declined:
        occupied = agreement.resources is not None and bool(agreement.resources.lines)
        facts["state_assets"] = scalar(occupied, "flag")
    if agreement.interns is not None:
        facts["interns"] = scalar(agreement.interns > 0, "flag")
    if agreement.term and agreement.term.start and agreement.term.end:
        facts["years"] = scalar(_years(agreement.term.start, agreement.term.end), "number")
    return facts


def _amount(agreement: Agreement) -> Decimal | None:
    """None where either list is neither written nor declared: a row that asks for an amount then applies."""
    total = Decimal("0.00")
    for key in ("inputs", "resources"):
        listed = getattr(agreement, key)
        if listed is None and key not in agreement.declined:
            return None
        total += max(listed.sum, listed.total or Decimal(0)) if listed is not None else 0
    return total


def _paid(agreement: Agreement) -> Decimal:
    """All that the parties pay each other or fund together, in yuan."""
    funded = (agreement.funding.total or Decimal(0)) if agreement.funding else Decimal(0)
    return sum((one.amount or Decimal(0) for one in agreement.payments), funded)


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


_ALL = ("amount", "contract_money", "state_assets", "interns", "forms", "years")
_TOUCHED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(_FIELDS - {"inputs", "resources", "payments", "funding", "interns", "forms", "term"}, ()),
    "inputs": ("amount", "contract_money"),
    "resources": ("amount", "contract_money", "state_assets"),
    "payments": ("contract_money",),
    "funding": ("contract_money",),
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
    facts: Facts = {"amount": money, "contract_money": money} if scheme.budget else {}
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
