"""Where a project stands: gates of clause 8, approval and state, all derived from records and a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum

from pipeline.kernel.structs import Struct
from pipeline.record.model import Agreement, Records
from pipeline.record.model.consents import RoundConsent
from pipeline.record.model.preparation import Review
from pipeline.standing.agreed import agreed_on, ended_on, signed_on, term_of
from pipeline.standing.once import once_approved
from pipeline.standing.proof import (
    ApprovalVerdict,
    Approved,
    accepted,
    agreement_subject,
    consent_to,
    legacy,
    newest,
    refuted,
)

_UNKNOWN = ApprovalVerdict(label="")
FILED = "只有登记"
"""What is proven of an approval that records tell of and no statement of the trail."""


class ProjectState(StrEnum):
    """What a project is on a day; derived, never written down."""

    RESEARCH = "research"
    SCHEME = "scheme"
    APPRAISAL = "appraisal"
    DRAFT = "draft"
    REVIEW = "review"
    SIGNING = "signing"
    UPCOMING = "upcoming"
    IN_FORCE = "in-force"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    ENDED = "ended"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return _STATES[self]

    @property
    def working(self) -> bool:
        """Whether the agreement is in force on the day."""
        return self in (ProjectState.IN_FORCE, ProjectState.EXPIRING)


_STATES = {
    ProjectState.RESEARCH: "调研中",
    ProjectState.SCHEME: "拟定方案",
    ProjectState.APPRAISAL: "待论证",
    ProjectState.DRAFT: "起草协议",
    ProjectState.REVIEW: "审批中",
    ProjectState.SIGNING: "待签署",
    ProjectState.UPCOMING: "待生效",
    ProjectState.IN_FORCE: "履行中",
    ProjectState.EXPIRING: "即将到期",
    ProjectState.EXPIRED: "已到期",
    ProjectState.ENDED: "已终止",
}


class GateState(StrEnum):
    """How a gate stands: passed, waived by a leader, not needed, passed by without a record, the next one, still ahead."""

    DONE = "done"
    WAIVED = "waived"
    EXEMPT = "exempt"
    UNFILED = "unfiled"
    NOW = "now"
    AHEAD = "ahead"


class Gate(Struct, frozen=True, kw_only=True):
    """One gate of the way; `key` names it, `on` is the day it was passed, where the record tells."""

    key: str
    label: str
    clause: str
    passage: GateState
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


def review_of(records: Records, project: str) -> Review | None:
    """Legal review and contract approval as filed with the signing."""
    signing = records.signings.get(project)
    return signing.review if signing else None


@once_approved
def approved_on(records: Records, project: str, approved: Approved | None = None) -> date | None:
    """The day the contract approval was complete: by the trail, by the round signed or newest, else as filed.

    What is filed counts where those in the posts gave it, and only where there is no round that tells otherwise.
    """
    subject = agreement_subject(project)
    if refuted(approved, subject):
        return None
    verified, consent = verdict_of(project, approved).approved_on, _round(records, project)
    # What was verified outweighs what the files claim of themselves; without a trail at hand the claim is all there is.
    if verified or consent:
        return verified or (consent.approved_on if consent and consent.approved else None)
    review = review_of(records, project)
    return review.approved_on if review and accepted(records, review) else None


def reviewed_on(records: Records, project: str, approved: Approved | None = None) -> date | None:
    """The day of the legal review: by the trail, by the round signed or newest, else as filed."""
    consent, review = _round(records, project), review_of(records, project)
    filed = review.legal.on if review and review.legal else None
    verified = verdict_of(project, approved).reviewed_on
    return verified or (consent.reviewed_on if consent else filed)


def _round(records: Records, project: str) -> RoundConsent | None:
    """The round that was signed, else the newest."""
    signing, subject = records.signings.get(project), agreement_subject(project)
    if signing is not None and signing.words:
        return consent_to(records, subject, signing.words)
    return newest(records, subject)


def verdict_of(project: str, approved: Approved | None) -> ApprovalVerdict:
    """What the trail tells of a project's agreement; nothing where it knows none."""
    return approved.get(agreement_subject(project), _UNKNOWN) if approved is not None else _UNKNOWN


@once_approved
def effective_on(records: Records, project: str, approved: Approved | None = None) -> date | None:
    """The day the agreement takes effect: approved, signed by all, and its term begun (8.4)."""
    signed, term = agreed_on(records, project, approved), term_of(records, project)
    if signed is None or term is None or term.start is None:
        return None
    consent = approved_on(records, project, approved)
    # The latest of the three: signed early is not in force before its term, nor before the college consented.
    return max(day for day in (signed, consent, term.start) if day)


def expires_within(records: Records, project: str, today: date) -> bool:
    """Whether the term ends within the college's lead time (policy.lead.expiry_days)."""
    term, policy = term_of(records, project), records.policy
    days = policy.lead.expiry_days if policy and policy.lead else None
    if term is None or term.end is None or days is None:
        return False
    return today <= term.end <= today + timedelta(days=days)


def state(records: Records, project: str, today: date, approved: Approved | None = None) -> ProjectState:
    """The state of a project on a day."""
    last, term = ended_on(records, project), term_of(records, project)
    # The last day itself still belongs to the cooperation, as with a term.
    if last and last < today:
        return ProjectState.ENDED
    begin = effective_on(records, project, approved)
    if begin is None:
        return _before(records, project, approved)
    if term and term.end and term.end < today:
        return ProjectState.EXPIRED
    if today < begin:
        return ProjectState.UPCOMING
    return ProjectState.EXPIRING if expires_within(records, project, today) else ProjectState.IN_FORCE


def _before(records: Records, project: str, approved: Approved | None) -> ProjectState:
    """The state of a project whose agreement is not yet in force."""
    agreement = records.agreements.get(project)
    if agreement is not None:
        if not agreement.submitted:
            return ProjectState.DRAFT
        return ProjectState.SIGNING if approved_on(records, project, approved) else ProjectState.REVIEW
    if project in records.appraisals:
        return ProjectState.DRAFT if records.appraisals[project].passed_on else ProjectState.APPRAISAL
    if project in records.schemes:
        return ProjectState.APPRAISAL
    return ProjectState.SCHEME if project in records.surveys else ProjectState.RESEARCH


def gates(records: Records, project: str, approved: Approved | None = None) -> tuple[Gate, ...]:
    """The gates in order; one that a later gate has left behind without a record is unfiled."""
    passed = _passed(records, project, approved)
    last = max((index for index, (key, _, _) in enumerate(_GATES) if passed[key]), default=-1)
    appraisal = records.appraisals.get(project)
    waived = frozenset({"appraisal"} if appraisal is not None and appraisal.waiver is not None else ())
    return tuple(_gates(passed, waived, _exempt(records.agreements.get(project)), last))


def _exempt(agreement: Agreement | None) -> frozenset[str]:
    """The gates nobody need pass. What need not be appraised needs a leader's decision that it is not (8.3)."""
    if agreement is None:
        return frozenset()
    if legacy(agreement):
        return frozenset(key for key, _, _ in _GATES)
    return frozenset({"appraisal"} if agreement.framework else ())


def _gates(
    passed: Mapping[str, date | bool | None], waived: frozenset[str], exempt: frozenset[str], last: int
) -> Iterator[Gate]:
    now = False
    for index, (key, label, clause) in enumerate(_GATES):
        done = passed[key]
        if done:
            passage = GateState.WAIVED if key in waived else GateState.DONE
        elif key in exempt:
            passage = GateState.EXEMPT
        elif index < last:
            passage = GateState.UNFILED
        else:
            passage, now = (GateState.AHEAD if now else GateState.NOW), True
        on = done if isinstance(done, date) else None
        yield Gate(key=key, label=label, clause=clause, passage=passage, on=on)


def _passed(records: Records, project: str, approved: Approved | None) -> dict[str, date | bool | None]:
    """Gate → the day it was passed, True where it was on a day nobody wrote down, None where it was not."""
    survey, scheme = records.surveys.get(project), records.schemes.get(project)
    appraisal, agreement = records.appraisals.get(project), records.agreements.get(project)
    return {
        "survey": survey.date if survey else None,
        "scheme": scheme.date if scheme else None,
        "appraisal": appraisal.passed_on if appraisal else None,
        "agreement": (agreement is not None and agreement.submitted) or None,
        "legal": reviewed_on(records, project, approved),
        "approval": approved_on(records, project, approved),
        "signing": signed_on(records, project),
    }
