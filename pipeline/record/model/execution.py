"""A project at work: progress, inspections with rectification, evaluations (clauses 6.2, 8.5, 10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.record.model.preparation import Outsider


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What was reached of a goal within the period (not since the beginning), with its evidence."""

    actual: Decimal | None = None
    note: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What was done of one of the four kinds of work that clause 6.2 e lists."""

    kind: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneDone:
    """A milestone of the scheme as it stands at the end of the period."""

    done_on: dt.date | None = None
    note: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Money that came in (`party` gave it) or went out within the period, in yuan."""

    item: str = ""
    party: str = ""
    amount: Decimal | None = None
    on: dt.date | None = None
    voucher: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A course developed together, as the national platform asks for it."""

    code: str = ""
    name: str = ""
    summary: str = ""
    enterprise: str = ""
    start: dt.date | None = None
    end: dt.date | None = None
    college_lead: str = ""
    enterprise_lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What happened in one period: `progress/<period>.yaml`; period is 2025, 2025-h1, 2025-q3 or 2025-09.

    Every quantity is that of the period alone, so that periods add up to years.
    """

    project: str = ""
    period: str = ""
    reported_on: dt.date | None = None
    reported_by: str = ""
    summary: str = ""
    goals: Mapping[str, Reached] = field(default_factory=dict)
    work: tuple[Work, ...] = ()
    staff: Mapping[str, int] = field(default_factory=dict)
    milestones: Mapping[str, MilestoneDone] = field(default_factory=dict)
    received: tuple[Payment, ...] = ()
    spent: tuple[Payment, ...] = ()
    courses: tuple[Course, ...] = ()
    problems: str = ""
    next_steps: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectification:
    """What was done about a problem found, with evidence, and the check of it (10.1)."""

    measures: str = ""
    done_on: dt.date | None = None
    evidence: tuple[str, ...] = ()
    reviewed_by: str = ""
    reviewed_on: dt.date | None = None
    result: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """A problem an inspection found, what is demanded, of whom (a person's id) and by when (10.1)."""

    text: str = ""
    basis: str = ""
    severity: str = ""
    demand: str = ""
    owner: str = ""
    party: str = ""
    due: dt.date | None = None
    rectification: Rectification | None = None

    @property
    def closed_on(self) -> dt.date | None:
        """The day on which the problem was done away with; None while it is open."""
        done = self.rectification
        return done.done_on if done and done.result != "failed" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """One inspection of progress and performance (10.1): `inspections/<id>.yaml`; findings by id."""

    project: str = ""
    id: str = ""
    declined: Mapping[str, str] = field(default_factory=dict)
    date: dt.date | None = None
    kind: str = ""
    inspectors: tuple[str, ...] = ()
    outsiders: tuple[Outsider, ...] = ()
    progress: str = ""
    performance: str = ""
    findings: Mapping[str, Defect] = field(default_factory=dict)
    conclusion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One indicator of an evaluation: what was measured, the mark (0–100), and on what ground.

    `inapplicable` holds the reason where the indicator has no meaning for this project.
    """

    value: Decimal | None = None
    score: Decimal | None = None
    basis: str = ""
    inapplicable: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The evaluation of a project's year (6.2 g, 10.1): `evaluations/<year>.yaml`; scores by indicator."""

    project: str = ""
    year: int = 0
    date: dt.date | None = None
    evaluators: tuple[str, ...] = ()
    outsiders: tuple[Outsider, ...] = ()
    scores: Mapping[str, Score] = field(default_factory=dict)
    effects: str = ""
    problems: str = ""
    suggestions: str = ""
