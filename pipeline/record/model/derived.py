"""What follows from what a record says; nothing of this is written into a file.

Every public function whose first argument is a record is an attribute of that record's class: one that takes
nothing else is read like a field (`item.amount`), another is called (`governance.holds(person, role)`). A
trailing underscore, where the name is one of Python's own, is left out. `coop docs` writes them into the classes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

from pipeline.kernel.periods import period_days
from pipeline.record.model.names import COLLEGE, itemised
from pipeline.record.model.units import UNITS

if TYPE_CHECKING:
    from pipeline.record.model.agreement import Agreement, Inputs, Item, Resources
    from pipeline.record.model.college import College
    from pipeline.record.model.cooperation import Goal
    from pipeline.record.model.execution import Defect, Progress
    from pipeline.record.model.governance import Governance
    from pipeline.record.model.policy import Exemption, MeetingPolicy
    from pipeline.record.model.preparation import Appraisal, PartySigning, Review, Scheme, Signed

_WIDE = Context(prec=200, rounding=ROUND_HALF_UP)
"""Room for the longest numbers a record may hold, multiplied: no digit is lost before the rounding to 分."""

_APPRAISED = frozenset({"major", "second-level-college", "industry-college", "training-base"})


def product(item: Item) -> Decimal | None:
    """Quantity × unit price in yuan, rounded to 分 (half up); None where either is not known."""
    if item.quantity is None or item.unit_price is None:
        return None
    return _WIDE.quantize(_WIDE.multiply(item.quantity, item.unit_price), Decimal("0.01"))


def amount(item: Item) -> Decimal | None:
    """The line's amount in yuan: as written, else quantity × unit price; None where neither is known."""
    return item.product if item.value is None else item.value


def lines(part: Inputs | Resources) -> tuple[tuple[str, int, Item], ...]:
    """Each line in the order of the annex, with its kind and its index inside that kind."""
    return tuple(
        (kind, index, item) for kind in itemised(type(part)) for index, item in enumerate(getattr(part, kind))
    )


def sum_(part: Inputs | Resources) -> Decimal:
    """The amounts of all lines added up, in yuan; lines without an amount count nothing."""
    return _added(item.amount for _, _, item in part.lines)


def product_sum(part: Inputs | Resources) -> Decimal:
    """The same with quantity times price where both are told: right where only an amount is miswritten."""
    return _added(item.amount if item.product is None else item.product for _, _, item in part.lines)


def _added(amounts: Iterable[Decimal | None]) -> Decimal:
    total = Decimal("0.00")
    for one in amounts:
        total = _WIDE.add(total, one or Decimal(0))
    return total


def party_ids(agreement: Agreement) -> tuple[str, ...]:
    """All parties in order: the school first (甲方), then the enterprises."""
    return (COLLEGE, *(agreement.parties.enterprises if agreement.parties else ()))


def in_order(agreement: Agreement) -> tuple[str, ...]:
    """All parties as they are designated, 甲方 first: in the order agreed, else the school first."""
    known = party_ids(agreement)
    order = tuple(party for party in (agreement.parties.order if agreement.parties else ()) if party in known)
    return tuple(dict.fromkeys((*order, *known)))


def submitted(agreement: Agreement) -> bool:
    """Whether it is handed in for review: what a draft may lack is then an error."""
    return agreement.stage == "submitted"


def framework(agreement: Agreement) -> bool:
    """Whether this is a letter of intent, which never counts as an agreement (民法典合同编通则解释 6)."""
    return "framework" in agreement.forms


def needs_appraisal(agreement: Agreement) -> bool:
    """Whether clause 8.3 demands a feasibility appraisal: joint major, second-level college or base."""
    return not _APPRAISED.isdisjoint(agreement.forms)


def must_be_appraised(agreement: Agreement) -> bool:
    """Whether an appraisal is demanded by the form or by a leader's word (8.3)."""
    return not agreement.framework and (agreement.needs_appraisal or agreement.appraisal_flag is not None)


def teaching(college: College) -> tuple[str, ...]:
    """The ids of the teaching departments (系部) in their order."""
    return tuple(key for key, department in college.departments.items() if department.kind == "teaching")


def person_name(college: College, key: str) -> str:
    """A person's name by id, or the id itself where it is unknown."""
    person = college.people.get(key)
    return (person.name if person else "") or key


def department_name(college: College, key: str) -> str:
    """A department's name by its id, or the id itself where it is unknown."""
    department = college.departments.get(key)
    return department.name if department else key


def counted_in(goal: Goal) -> str:
    """The unit: the measure's own, or the one written where the measure is `other`."""
    return UNITS.get(goal.measure, goal.unit)


def closed_on(defect: Defect) -> dt.date | None:
    """The day on which the problem was done away with; None while it is open."""
    done = defect.rectification
    return done.done_on if done and done.result != "failed" else None


def money(scheme: Scheme) -> Decimal:
    """The budget added up, in yuan."""
    return sum((line.amount or Decimal(0) for line in scheme.budget), Decimal("0.00"))


def passed_on(appraisal: Appraisal) -> dt.date | None:
    """The day on which the way to the agreement was free: passed, revised, or waived; None until then."""
    if appraisal.waiver is not None:
        return appraisal.waiver.on
    days = {"passed": appraisal.date, "conditional": appraisal.revised_on}
    return days.get(appraisal.conclusion)


def approved_on(review: Review) -> dt.date | None:
    """The day of the last approval; None where none is filed or one has no day."""
    return _last(consent.on for consent in review.approvals)


def done_on(party: PartySigning) -> dt.date | None:
    """The day on which this party had both signed and sealed; None until then."""
    return max(party.signed_on, party.sealed_on) if party.signed_on and party.sealed_on else None


def signed_on(signed: Signed) -> dt.date | None:
    """The day on which the last of the parties named here had signed and sealed; None until all have."""
    return _last(party.done_on for party in signed.parties.values())


def _last(days: Iterable[dt.date | None]) -> dt.date | None:
    listed = tuple(days)
    return max(day for day in listed if day) if listed and all(listed) else None


def exemption(meetings: MeetingPolicy, year: int, month: int) -> Exemption | None:
    """The exemption that covers a month; None where a meeting is due (9.1)."""
    for one in meetings.exemptions:
        if month in one.months and one.year in (None, year):
            return one
    return None


def year(progress: Progress) -> int:
    """The calendar year of the period that a report is about; 0 where its path names none."""
    days = period_days(progress.period)
    return days[0].year if days else 0


def holds(governance: Governance, person: str, role: str) -> bool:
    """Whether a person has a role."""
    member = governance.people.get(person)
    return member is not None and role in member.roles


def name(governance: Governance, person: str) -> str:
    """A person's name; of somebody whom the rules do not list any more the id, and that it is one."""
    member = governance.people.get(person)
    return member.name if member else f"{person}（不在名册）" if person else ""


def role(governance: Governance, role: str) -> str:
    """A role's name, or its id where it is unknown."""
    return governance.roles.get(role, role)
