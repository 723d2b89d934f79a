"""The enterprise (or other organisation) a college works with: `enterprises/<id>.yaml` (clauses 5.1, 6.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Who to reach: a business contact, never a private one."""

    name: str = ""
    post: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """Whether a criterion of the college's policy is met, and what shows it."""

    met: bool = False
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility:
    """The check-list of 具备条件 and the decision: eligible or not, by whom (a person's id), when (5.1, 8.1)."""

    items: Mapping[str, Met] = field(default_factory=dict)
    decision: str = ""
    decided_on: date | None = None
    decided_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the enterprise stands with the registers: normal, abnormal, dishonest or closed; when it was looked up."""

    status: str = ""
    checked_on: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enterprise:
    """A partner; `id` is its file's name and never changes. `staff` counts people.

    `manager` is the person of the college who looks after it; `registered_capital` is in yuan; `last_contact`
    is only written where no visit, event or meeting tells it.
    """

    id: str = ""
    name: str = ""
    kind: str = ""
    credit_code: str = ""
    legal_representative: str = ""
    address: str = ""
    contact: Contact | None = None
    industry: str = ""
    scale: str = ""
    staff: int | None = None
    tier: str = ""
    certified: bool = False
    labour_dispatch: bool = False
    profile: str = ""
    manager: str = ""
    last_contact: date | None = None
    eligibility: Eligibility | None = None
    standing: Standing | None = None
    trade: str = ""
    majors: tuple[str, ...] = ()
    ownership: str = ""
    region: str = ""
    registered_capital: Decimal | None = None
    listed: bool = False
    top500: bool = False
    large: bool = False
    relation: str = ""
    filed_on: date | None = None
