"""Where a project stands: the gates of clause 8 it has passed, and the state that follows from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.model import Agreement, Records, Term, under
from pipeline.model.dossier import Amendment


class State(StrEnum):
    """What an agreement is on a day; derived, never written down."""

    DRAFT = "draft"
    REVIEW = "review"
    SIGNING = "signing"
    UPCOMING = "upcoming"
    IN_FORCE = "in-force"
    EXPIRED = "expired"
    ENDED = "ended"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return _STATES[self]


_STATES = {
    State.DRAFT: "起草中",
    State.REVIEW: "审批中",
    State.SIGNING: "待签署",
    State.UPCOMING: "待生效",
    State.IN_FORCE: "履行中",
    State.EXPIRED: "已到期",
    State.ENDED: "已终止",
}


class Passage(StrEnum):
    """How a gate stands: passed, not needed, passed by without a record, the next one, or still ahead."""

    DONE = "done"
    EXEMPT = "exempt"
    UNFILED = "unfiled"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """One gate of the way; `key` names it, `on` is the day it was passed, where the record tells."""

    key: str
    label: str
    clause: str
    passage: Passage
    on: date | None = None


_GATES = (
    ("survey", "调研", "8.1"),
    ("scheme", "方案", "8.2"),
    ("appraisal", "论证", "8.3"),
    ("agreement", "起草协议", "8.4"),
    ("legal", "法务审核", "8.4"),
    ("approval", "合同审批", "8.4"),
    ("signing", "签署", "8.4"),
)


def term_of(records: Records, project: str) -> Term | None:
    """The term as agreed last: the agreement's, or that of the last signed amendment that changes it (8.4)."""
    agreement = records.agreements.get(project)
    terms = [agreement.term if agreement else None]
    terms += [amendment.term for amendment in signed_amendments(records, project)]
    return next((term for term in reversed(terms) if term), None)


def signed_amendments(records: Records, project: str) -> tuple[Amendment, ...]:
    """The amendments that all their parties have signed, in order."""
    signing = records.signings.get(project)
    signed = {one.amendment for one in signing.amendments if one.signed_on} if signing else set()
    return tuple(one for one in under(records.amendments, project) if one.id in signed)


def ended_on(records: Records, project: str) -> date | None:
    """The last day of a cooperation that ended before its term: by its exit or a signed termination."""
    leaving = records.exits.get(project)
    if leaving and leaving.ended_on:
        return leaving.ended_on
    days = [one.ends_on for one in signed_amendments(records, project) if one.ends_on]
    return days[-1] if days else None


def effective_on(records: Records, project: str) -> date | None:
    """The day the agreement takes effect: reviewed, approved and signed, and its term begun (8.4)."""
    signing, term = records.signings.get(project), term_of(records, project)
    if not signing or not signing.signed_on or not term or not term.start:
        return None
    approved = signing.review.approved_on if signing.review else None
    return max(day for day in (signing.signed_on, approved, term.start) if day)


def state(records: Records, project: str, today: date) -> State:
    """The state of a project's agreement on a day."""
    agreement = records.agreements.get(project)
    last, begin, term = ended_on(records, project), effective_on(records, project), term_of(records, project)
    if last and last <= today:
        return State.ENDED
    if not agreement or not agreement.submitted:
        return State.DRAFT
    if begin is None:
        return State.SIGNING if _passed(records, agreement)["approval"] else State.REVIEW
    if term and term.end and term.end < today:
        return State.EXPIRED
    return State.UPCOMING if today < begin else State.IN_FORCE


def gates(records: Records, agreement: Agreement) -> tuple[Gate, ...]:
    """The gates in order; one that a later gate has left behind without a record is unfiled."""
    passed = _passed(records, agreement)
    exempt = set() if agreement.must_be_appraised else {"appraisal"}
    last = max((index for index, (key, _, _) in enumerate(_GATES) if passed[key]), default=-1)
    return tuple(_gates(passed, exempt, last))


def _gates(passed: dict[str, date | bool | None], exempt: set[str], last: int) -> Iterator[Gate]:
    now = False
    for index, (key, label, clause) in enumerate(_GATES):
        done = passed[key]
        if done:
            passage = Passage.DONE
        elif key in exempt:
            passage = Passage.EXEMPT
        elif index < last:
            passage = Passage.UNFILED
        else:
            passage, now = (Passage.AHEAD if now else Passage.NOW), True
        on = done if isinstance(done, date) else None
        yield Gate(key=key, label=label, clause=clause, passage=passage, on=on)


def _passed(records: Records, agreement: Agreement) -> dict[str, date | bool | None]:
    """Gate → the day it was passed, True where it was on a day nobody wrote down, None where it was not."""
    project = agreement.project
    survey, scheme = records.surveys.get(project), records.schemes.get(project)
    appraisal, signing = records.appraisals.get(project), records.signings.get(project)
    review = signing.review if signing else None
    return {
        "survey": survey.date if survey else None,
        "scheme": scheme.date if scheme else None,
        "appraisal": appraisal.passed_on if appraisal else None,
        "agreement": agreement.submitted or None,
        "legal": review.legal.on if review and review.legal else None,
        "approval": review.approved_on if review else None,
        "signing": signing.signed_on if signing else None,
    }
