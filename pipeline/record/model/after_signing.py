"""The rest of a project's dossier: amendments, waivers, attachments, and how the project ended (clause 8.4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.record.model.clauses import Term
from pipeline.record.model.cooperation import Goal
from pipeline.record.model.preparation import FileDigest


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change: the field of the agreement (`term.end`), what it said, what it says now."""

    field: str = ""
    clause: str = ""
    was: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A supplementary agreement: `amendments/NN.yaml`; `term` and `goals` hold what calculation needs of it.

    `kind` is amendment, renewal or termination; `ends_on` the last day of a termination.
    """

    project: str = ""
    id: str = ""
    kind: str = ""
    number: str = ""
    title: str = ""
    reason: str = ""
    changes: tuple[Change, ...] = ()
    term: Term | None = None
    ends_on: dt.date | None = None
    goals: Mapping[str, Goal] = field(default_factory=dict)
    unchanged: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A finding that is let pass: its code, why, whose decision (a person's id), and until when."""

    code: str = ""
    file: str = ""
    field: str = ""
    reason: str = ""
    person: str = ""
    on: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waivers:
    """A project's waivers: `waivers.yaml`."""

    project: str = ""
    waivers: tuple[Waiver, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment(FileDigest):
    """A file of the dossier that is kept elsewhere; `party` tells whose it is where that matters."""

    kind: str = ""
    title: str = ""
    date: dt.date | None = None
    pages: int | None = None
    party: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachments:
    """A project's attachments by id: `attachments.yaml`."""

    project: str = ""
    items: Mapping[str, Attachment] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """How the end was told to the other side: by which party, when, in what way."""

    party: str = ""
    on: dt.date | None = None
    delivery: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitStudents:
    """Students in training at the end: how many, what becomes of them, and when that was done."""

    count: int | None = None
    arrangement: str = ""
    due: dt.date | None = None
    done_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitItem:
    """A piece of equipment at the end: returned, transferred, kept or scrapped."""

    name: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    disposal: str = ""
    to: str = ""
    due: dt.date | None = None
    done_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitMatter:
    """Results or data at the end: what there is, what becomes of it, when that was done."""

    what: str = ""
    arrangement: str = ""
    due: dt.date | None = None
    done_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitMoney:
    """The final account in yuan: what the school still gets and pays, and when it was settled."""

    receivable: Decimal | None = None
    payable: Decimal | None = None
    text: str = ""
    due: dt.date | None = None
    settled_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exit:
    """How a project ended: `exit.yaml`. What the draft standard lacks: students, equipment, results, data, money.

    `ended_on` is the last day of the cooperation, `closed_on` the day on which everything was cleared.
    """

    project: str = ""
    declined: Mapping[str, str] = field(default_factory=dict)
    kind: str = ""
    reason: str = ""
    decided_on: dt.date | None = None
    notice: Notice | None = None
    ended_on: dt.date | None = None
    students: ExitStudents | None = None
    equipment: tuple[ExitItem, ...] = ()
    ip: ExitMatter | None = None
    data: ExitMatter | None = None
    money: ExitMoney | None = None
    lessons: str = ""
    confirmed: Mapping[str, str] = field(default_factory=dict)
    closed_on: dt.date | None = None
