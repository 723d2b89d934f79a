"""The parts of an agreement that are said in words: who takes part, who does what, what if (clause 8.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pipeline.record.model.enterprise import Contact


@dataclass(frozen=True, slots=True, kw_only=True)
class CollegeParty:
    """The school as a party: who signs for it (an id among the college's people)."""

    signatory: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """The school and one or more enterprises or other organisations (ids)."""

    college: CollegeParty | None = None
    enterprises: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsible:
    """Who carries the work inside the college (clauses 5.3, 8.5): ids of departments and people."""

    lead: str | None = None
    implementer: str | None = None
    team: str | None = None
    manager: str | None = None
    supporting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One piece of the cooperation's content; `code` is one of C1–C6 and C5a (clause 7)."""

    code: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """One party's rights and duties (E05)."""

    rights: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Termination:
    """When the contract ends early, with how many days' notice, and what happens then (E10)."""

    conditions: tuple[str, ...] = ()
    notice_days: int | None = None
    settlement: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """The contract's term, both days included (E12)."""

    start: date | None = None
    end: date | None = None
    renewal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """Standard and acceptance (民法典 470)."""

    standard: str | None = None
    acceptance: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Court or arbitration, and which (民法典 470, 507)."""

    method: str | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """Each party's contact and how notices are served (民法典 565)."""

    contacts: Mapping[str, Contact] = field(default_factory=dict)
    delivery: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IntellectualProperty:
    """Whose the results are, who may use them, how income from them is shared (民法典 860, 861)."""

    ownership: str | None = None
    use: str | None = None
    benefit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """How many copies, and how many each party keeps."""

    total: int | None = None
    each: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effectiveness:
    """What makes the agreement take effect: `approval` or `signing` (clause 8.4, 民法典 502)."""

    condition: str | None = None
    text: str | None = None
