"""The office's and the departments' year: plans, summaries, meetings, events, visits, placements (clauses 6, 9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.record.model.preparation import Outsider


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One task of a year's plan. `project` and `goal` trace it to an agreement's goal; money is in yuan.

    `target` is counted in `unit`, or in the goal's unit where there is one.
    """

    name: str = ""
    level: str = ""
    owner: str = ""
    supervisor: str = ""
    start: dt.date | None = None
    due: dt.date | None = None
    project: str = ""
    goal: str = ""
    expected: str = ""
    effect: str = ""
    evidence: str = ""
    target: Decimal | None = None
    unit: str = ""
    weight: Decimal | None = None
    staff: int | None = None
    budget: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A department's plan for a year (6.2 a): `plans/<year>/<department>.yaml`; tasks by id."""

    year: int = 0
    department: str = ""
    stage: str | None = None
    drafted_by: str = ""
    basis: str = ""
    goals: str = ""
    tasks: Mapping[str, Task] = field(default_factory=dict)
    measures: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanApproval:
    """The college's approval of one plan: who (a person's id), when, by which minute (6.2 a)."""

    by: str = ""
    on: dt.date | None = None
    minute: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanApprovals:
    """The approvals of a year's plans as filed: `plans/<year>/approval.yaml`; by department."""

    year: int = 0
    departments: Mapping[str, PlanApproval] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskResult:
    """What a year brought for a task that no agreement's goal counts."""

    actual: Decimal | None = None
    done_on: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The words of a year's summary (6.2 g): `summaries/<year>/<department>.yaml`; the figures are derived."""

    year: int = 0
    department: str = ""
    date: dt.date | None = None
    drafted_by: str = ""
    overview: str = ""
    highlights: tuple[str, ...] = ()
    effects: str = ""
    problems: str = ""
    next_year: str = ""
    tasks: Mapping[str, TaskResult] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Absentee:
    """Who asked to be excused from a meeting, and why."""

    person: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One item of a meeting's agenda and what was said on it."""

    topic: str = ""
    discussion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a meeting decided: what, who does it (a person's id), by when, for which project."""

    text: str = ""
    owner: str = ""
    department: str = ""
    project: str = ""
    due: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What a later meeting heard about a decision of an earlier one; a new `due` replaces the old."""

    meeting: dt.date | None = None
    decision: str = ""
    done_on: dt.date | None = None
    due: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A cooperation meeting (9.1): `meetings/<date>.yaml`; decisions by id."""

    date: dt.date | None = None
    title: str = ""
    place: str = ""
    host: str = ""
    recorder: str = ""
    attendees: tuple[str, ...] = ()
    absentees: tuple[Absentee, ...] = ()
    guests: tuple[Outsider, ...] = ()
    items: tuple[Topic, ...] = ()
    follow_up: tuple[FollowUp, ...] = ()
    decisions: Mapping[str, Decision] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An exchange, a fellowship meeting, a lecture, a training, a contest (6.1 i, 9.2, 9.3): `events/<id>.yaml`."""

    id: str = ""
    kind: str = ""
    title: str = ""
    date: dt.date | None = None
    place: str = ""
    departments: tuple[str, ...] = ()
    enterprises: tuple[str, ...] = ()
    project: str = ""
    speakers: tuple[Outsider, ...] = ()
    students: int | None = None
    staff: int | None = None
    person_days: Decimal | None = None
    summary: str = ""
    improvements: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Whom an enterprise would take: major, level of study, number, monthly pay in yuan."""

    major: str = ""
    level: str = ""
    number: int | None = None
    pay: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A visit to an enterprise for posts and bases (5.6 a, 6.1 g): `visits/<id>.yaml`.

    `posts` need people now, `interns` and `graduates` are what it would take; as the national platform asks.
    """

    id: str = ""
    date: dt.date | None = None
    enterprise: str = ""
    leader: str = ""
    companions: tuple[str, ...] = ()
    host: Outsider | None = None
    purpose: str = ""
    posts: tuple[Demand, ...] = ()
    interns: tuple[Demand, ...] = ()
    graduates: tuple[Demand, ...] = ()
    outcome: str = ""
    other_intent: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A teacher in an enterprise, or an enterprise's person teaching (6.1 i, 6.2 f): `placements/<id>.yaml`."""

    id: str = ""
    kind: str = ""
    person: str = ""
    outsider: Outsider | None = None
    enterprise: str = ""
    department: str = ""
    project: str = ""
    start: dt.date | None = None
    end: dt.date | None = None
    days: Decimal | None = None
    hours: Decimal | None = None
    task: str = ""
    courses: tuple[str, ...] = ()
    result: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """The plan that a piece of market research served."""

    year: int | None = None
    department: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Research:
    """Market research for training, majors and teaching (6.1 f): `research/<id>.yaml`."""

    id: str = ""
    title: str = ""
    date: dt.date | None = None
    people: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    method: str = ""
    findings: str = ""
    suggestions: str = ""
    feeds: tuple[Feed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernmentPolicy:
    """A policy or incentive of government or an association (6.1 h): `policies/<id>.yaml`."""

    id: str = ""
    title: str = ""
    issuer: str = ""
    doc_no: str = ""
    date: dt.date | None = None
    level: str = ""
    benefit: str = ""
    use: str = ""
    person: str = ""
