"""The cooperation agreement and its twelve elements (clause 8.4): `projects/<id>/agreement.yaml`.

Absent text is None, blank text is "" (so that a rule can tell them apart); absent lists and mappings are
empty. Money is Decimal yuan, shares are Decimal per cent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

from pipeline.record.model.clauses import (
    Content,
    Copies,
    Dispute,
    Effectiveness,
    IntellectualProperty,
    Notices,
    Obligation,
    Parties,
    Quality,
    Responsible,
    Term,
    Termination,
)
from pipeline.record.model.cooperation import Cooperation

COLLEGE = "college"
"""The key under which the school stands wherever parties are named."""

INPUT_ELEMENTS = ("equipment", "technology", "facilities", "premises", "capital", "knowledge", "management")
"""What an enterprise may put in (clause 5.2; premises from 职业教育法 25), in the order of the annex."""

_WIDE = Context(prec=200, rounding=ROUND_HALF_UP)
"""Room for the longest numbers a record may hold, multiplied: no digit is lost before the rounding to 分."""

RESOURCE_KINDS = ("premises", "equipment", "staff", "other")
"""What of the college's a project may occupy (clause 8.4), in the order of the annex."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line of the inputs' or the resources' list (E06, E07).

    `value` is the line's amount in yuan as written; `amount` derives it where it is not.
    """

    name: str | None = None
    model: str | None = None
    asset_no: str | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    unit_price: Decimal | None = None
    value: Decimal | None = None
    ownership: str | None = None
    provider: str | None = None
    delivered_by: date | None = None
    period: str | None = None
    approval_no: str | None = None
    lease: bool = False
    note: str | None = None

    @property
    def product(self) -> Decimal | None:
        """Quantity × unit price in yuan, rounded to 分 (half up); None where either is not known."""
        if self.quantity is None or self.unit_price is None:
            return None
        return _WIDE.quantize(_WIDE.multiply(self.quantity, self.unit_price), Decimal("0.01"))

    @property
    def amount(self) -> Decimal | None:
        """The line's amount in yuan: as written, else quantity × unit price; None where neither is known."""
        return self.product if self.value is None else self.value


class Breakdown:
    """Shared by the two itemised lists: their lines in the order of the annex."""

    __slots__ = ()
    kinds: tuple[str, ...] = ()

    def lines(self) -> Iterator[tuple[str, int, Item]]:
        """Each line with its kind and its index inside that kind."""
        for kind in self.kinds:
            for index, item in enumerate(getattr(self, kind)):
                yield kind, index, item

    @property
    def sum(self) -> Decimal:
        """The amounts of all lines added up, in yuan; lines without an amount count nothing."""
        total = Decimal("0.00")
        for _, _, item in self.lines():
            total = _WIDE.add(total, item.amount or Decimal(0))
        return total

    @property
    def product_sum(self) -> Decimal:
        """The same with quantity times price where both are told: right where only an amount is miswritten."""
        total = Decimal("0.00")
        for _, _, item in self.lines():
            amount = item.amount if item.product is None else item.product
            total = _WIDE.add(total, amount or Decimal(0))
        return total


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs(Breakdown):
    """What the enterprises put in, by element (clauses 5.2, 8.4; E06)."""

    mode: str | None = None
    equipment: tuple[Item, ...] = ()
    technology: tuple[Item, ...] = ()
    facilities: tuple[Item, ...] = ()
    premises: tuple[Item, ...] = ()
    capital: tuple[Item, ...] = ()
    knowledge: tuple[Item, ...] = ()
    management: tuple[Item, ...] = ()
    total: Decimal | None = None

    kinds = INPUT_ELEMENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources(Breakdown):
    """What of the college's the project occupies (clause 8.4; E07)."""

    premises: tuple[Item, ...] = ()
    equipment: tuple[Item, ...] = ()
    staff: tuple[Item, ...] = ()
    other: tuple[Item, ...] = ()
    total: Decimal | None = None

    kinds = RESOURCE_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """A cost and who bears it (E08): `estimate` in yuan a year, `shares` in per cent by party."""

    kind: str | None = None
    item: str | None = None
    estimate: Decimal | None = None
    shares: Mapping[str, Decimal] = field(default_factory=dict)
    liability: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefit:
    """A kind of income and how it is divided (E09), in per cent by party."""

    item: str | None = None
    shares: Mapping[str, Decimal] = field(default_factory=dict)
    basis: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revenue:
    """Income from open services: its division and its financial management (E09; 职业教育法 41)."""

    items: tuple[Benefit, ...] = ()
    management: str | None = None
    account: str | None = None
    settlement: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Cooperation):
    """A cooperation agreement; `project` is its folder's name.

    `declined` holds the fields declared not to apply, with the reason (`{none: …}`): field name → reason.
    """

    project: str = ""
    declined: Mapping[str, str] = field(default_factory=dict)
    stage: str | None = None
    number: str | None = None
    wording: str | None = None
    title: str | None = None
    scope: str | None = None
    purpose: str | None = None
    forms: tuple[str, ...] = ()
    form_details: str | None = None
    contents: tuple[Content, ...] = ()
    majors: tuple[str, ...] = ()
    industry: str | None = None
    recitals: tuple[str, ...] = ()
    parties: Parties | None = None
    responsible: Responsible | None = None
    obligations: Mapping[str, Obligation] = field(default_factory=dict)
    inputs: Inputs | None = None
    resources: Resources | None = None
    costs: tuple[Cost, ...] = ()
    revenue: Revenue | None = None
    termination: Termination | None = None
    breach: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    term: Term | None = None
    place_of_performance: str | None = None
    quality: Quality | None = None
    dispute: Dispute | None = None
    notices: Notices | None = None
    force_majeure: str | None = None
    ip: IntellectualProperty | None = None
    confidentiality: str | None = None
    personal_data: str | None = None
    interns: int | None = None
    safety: str | None = None
    insurance: str | None = None
    copies: Copies | None = None
    effectiveness: Effectiveness | None = None
    changes: str | None = None
    other_terms: tuple[str, ...] = ()

    @property
    def party_ids(self) -> tuple[str, ...]:
        """All parties in order: the school first (甲方), then the enterprises."""
        return (COLLEGE, *(self.parties.enterprises if self.parties else ()))

    @property
    def submitted(self) -> bool:
        """Whether it is handed in for review: what a draft may lack is then an error."""
        return self.stage == "submitted"

    @property
    def framework(self) -> bool:
        """Whether this is a letter of intent, which never counts as an agreement (民法典合同编通则解释 6)."""
        return "framework" in self.forms

    @property
    def needs_appraisal(self) -> bool:
        """Whether clause 8.3 demands a feasibility appraisal: joint major, second-level college or base."""
        return bool({"major", "second-level-college", "industry-college", "training-base"} & set(self.forms))

    @property
    def must_be_appraised(self) -> bool:
        """Whether an appraisal is demanded by the form or by a leader's word (8.3)."""
        return not self.framework and (self.needs_appraisal or self.appraisal_flag is not None)
