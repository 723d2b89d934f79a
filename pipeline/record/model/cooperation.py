"""What a cooperation promises and how it works: goals by year, dockings, joint building (clauses 3–5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

UNITS: Mapping[str, str] = {
    "trained": "人",
    "order-students": "人",
    "apprentices": "人",
    "interns": "人",
    "employed": "人",
    "courses": "门",
    "textbooks": "种",
    "standards": "项",
    "part-time-teachers": "人",
    "teacher-practice": "人",
    "staff-training": "人天",
    "services": "项",
    "service-income": "元",
    "patents": "项",
    "equipment-value": "元",
    "bases": "个",
    "contests": "次",
}
"""What goals are counted in, by measure; `other` names its own unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One goal of one year; `quantity` is counted in `counted_in`."""

    year: int | None = None
    measure: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    text: str = ""

    @property
    def counted_in(self) -> str:
        """The unit: the measure's own, or the one written where the measure is `other`."""
        return UNITS.get(self.measure, self.unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A teacher (id) and the engineer who work together (5.5 c)."""

    teacher: str = ""
    engineer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Docking:
    """One of the five dockings, D1–D5 or D0 (another), with its evidence (5.5)."""

    code: str = ""
    text: str = ""
    posts: tuple[str, ...] = ()
    occupational_standard: str = ""
    pairs: tuple[Pair, ...] = ()
    base: str = ""
    workshop: str = ""
    culture: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A training base (5.6 a); `capacity` counts places for students."""

    name: str = ""
    place: str = ""
    on_campus: bool | None = None
    capacity: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedResource:
    """A shared information resource, whose it is and who may use it (5.6 b)."""

    name: str = ""
    type: str = ""
    owner: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A result to be shared (5.6 c)."""

    name: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MajorAction:
    """What becomes of a major: reform, adjust or new (5.6 e)."""

    name: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedUse:
    """Courses or equipment used in common without disturbing the owner's work (5.6 f)."""

    asset: str = ""
    terms: str = ""
    non_interference: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CoBuilding:
    """One of the six joint undertakings, B1–B6 or B0 (another), with its evidence (5.6)."""

    code: str = ""
    text: str = ""
    bases: tuple[Base, ...] = ()
    resources: tuple[SharedResource, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    teacher_practice: int | None = None
    part_time_teachers: int | None = None
    majors: tuple[MajorAction, ...] = ()
    shared_use: tuple[SharedUse, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolInput:
    """What the school supplies: courses, teachers, something else (5.1)."""

    kind: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """The relationship plan and the principles of GB/Z 41838 it follows (4.4)."""

    principles: tuple[str, ...] = ()
    plan: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalFlag:
    """A leader's word that the project is to be appraised (8.3); `by` is a person's id."""

    by: str = ""
    on: dt.date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """Where an element of clause 8.4 stands in a text from outside."""

    element: str = ""
    page: int | None = None
    clause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """An agreement whose text was written elsewhere: the file's digest and where each element stands in it.

    `kind` is `legacy` (signed before this repository) or `partner` (the partner's own text).
    """

    kind: str = ""
    name: str = ""
    sha256: str = ""
    kept_at: str = ""
    pages: int | None = None
    elements: tuple[Pointer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooperation:
    """What an agreement says of the mode of cooperation, beside its twelve elements (clauses 3–5, 7)."""

    means: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    chains: tuple[str, ...] = ()
    docking: tuple[Docking, ...] = ()
    co_building: tuple[CoBuilding, ...] = ()
    school_inputs: tuple[SchoolInput, ...] = ()
    relationship: Relationship | None = None
    goals: Mapping[str, Goal] = field(default_factory=dict)
    appraisal_flag: AppraisalFlag | None = None
    origin: Origin | None = None
    renews: str | None = None
