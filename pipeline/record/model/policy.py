"""What the draft leaves undefined, as this college defines it: `policy.yaml` (clauses 5.1, 6.1, 8.3, 9.1, 10.1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One condition of being a qualified enterprise (具备条件, 5.1, 8.1)."""

    text: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Important:
    """Which partners are important (重要, 6.1 d) and after how many days without contact one is neglected."""

    text: str = ""
    contact_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shallow:
    """Which projects are not deep cooperation (非深度合作, 8.3): none of `forms`, at most `most_input` yuan."""

    text: str = ""
    forms: tuple[str, ...] = ()
    most_input: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Regular:
    """What 定期 means (6.1 e, 6.2 g, 10.1): months from one to the next; a day of the year for the summary."""

    inspection_months: int | None = None
    progress_months: int | None = None
    standing_months: int | None = None
    evaluation_month: int | None = None
    summary_month: int | None = None
    plan_month: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """How many days before the day something is announced."""

    expiry_days: int | None = None
    rectification_days: int | None = None
    action_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """Months without a meeting and why: every year, or in one `year` only (9.1)."""

    name: str = ""
    months: tuple[int, ...] = ()
    year: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPolicy:
    """From which day on monthly meetings are kept here, and which months are exempt (9.1)."""

    since: dt.date | None = None
    exemptions: tuple[Exemption, ...] = ()

    def exemption(self, year: int, month: int) -> Exemption | None:
        """The exemption that covers a month; None where a meeting is due."""
        for one in self.exemptions:
            if month in one.months and one.year in (None, year):
                return one
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A grade and the least mark for it."""

    name: str = ""
    least: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationPolicy:
    """How projects are evaluated: weight by indicator (per cent), and the grades, best first."""

    weights: Mapping[str, Decimal] = field(default_factory=dict)
    grades: tuple[Grade, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentPolicy:
    """Whether supervision counts in the departments' assessment (10.2), and the weight of each part (per cent)."""

    included: bool = False
    weights: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The college's own definitions of what the draft leaves open."""

    approved_on: dt.date | None = None
    eligibility: Mapping[str, Criterion] = field(default_factory=dict)
    important: Important | None = None
    shallow: Shallow | None = None
    regular: Regular | None = None
    lead: Lead | None = None
    meetings: MeetingPolicy | None = None
    evaluation: EvaluationPolicy | None = None
    assessment: AssessmentPolicy | None = None
