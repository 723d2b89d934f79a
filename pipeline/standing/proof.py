"""Whether what was signed had been approved: the one place from which effect, counts and dates derive (8.4, 6.2).

Since the college's approval rules began, an agreement or an amendment takes effect only by a round that exists and
was approved; a paper of before, by the legal review and the approvals filed with it, given by those in the posts.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pipeline.kernel.structs import Struct
from pipeline.record.model import Agreement, Records
from pipeline.record.model.consents import RoundConsent
from pipeline.record.model.preparation import Review, Signed
from pipeline.standing.posts import holds, known, leads


class ApprovalVerdict(Struct, frozen=True, kw_only=True):
    """How far the college's approval of a subject is, as the approval trail tells (8.4, 6.2).

    `label` is that in words, with the level of what is proven; `reviewed_on` the day of the legal review,
    `approved_on` the day of the last approval it needed, both None until then; `waiting` who has still to decide.
    `refuted` tells that the trail verified what the records rest on and it does not hold, or something is lost.
    """

    label: str
    reviewed_on: date | None = None
    approved_on: date | None = None
    waiting: tuple[str, ...] = ()
    refuted: bool = False


Approved = Mapping[str, ApprovalVerdict]
"""Subject (its path under agreements/ without .yaml) → what the approval trail tells of it."""


def legacy(agreement: Agreement | None) -> bool:
    """Whether the agreement was signed before this repository, so that its way is not recorded here."""
    return agreement is not None and agreement.origin is not None and agreement.origin.kind == "legacy"


def agreement_subject(project: str, amendment: str = "") -> str:
    """The subject of a project's agreement, or of one of its amendments."""
    # Put together and not asked of the kinds: an id that somebody mistyped names no file and no subject.
    return f"projects/{project}/{f'amendments/{amendment}' if amendment else 'agreement'}"


def consent_to(records: Records, subject: str, words: str) -> RoundConsent | None:
    """The round of a subject that has these words; None where there is none."""
    rounds = records.consents.get(subject, ())
    return next((one for one in rounds if one.words == words), None) if words else None


def newest(records: Records, subject: str) -> RoundConsent | None:
    """The newest round of a subject; None where nobody submitted it."""
    rounds = records.consents.get(subject, ())
    return rounds[-1] if rounds else None


def scheme_lacking(records: Records, project: str, signed: date | None) -> str:
    """What a project's scheme still lacks before its agreement may go to review (6.2); empty where nothing."""
    if project not in records.schemes or not by_rounds(records, signed):
        return ""
    scheme = newest(records, f"projects/{project}/scheme")
    if scheme is None:
        return "还没有送审"
    return f"还没有经学校批准：{scheme.lacking}" if scheme.lacking else ""


def by_rounds(records: Records, day: date | None) -> bool:
    """Whether what was signed on a day takes effect only by a round: the rules had begun by then."""
    since = records.governed_since
    return since is not None and (day is None or day >= since)


def unproven(records: Records, project: str, signed: Signed, day: date | None) -> str:
    """Why a signing brings nothing into effect: the way of a fault of G14; empty where it does."""
    subject = agreement_subject(project, signed.amendment)
    if signed.words:
        consent = consent_to(records, subject, signed.words)
        if consent is None:
            return "unknown"
        return "" if consent.approved else "unapproved"
    if by_rounds(records, day):
        return "unnamed"
    return "" if accepted(records, signed.review) else "paper"


def accepted(records: Records, review: Review | None) -> bool:
    """Whether a paper's review and approvals were given by people in their posts, each on a day."""
    if review is None or review.legal is None or not review.approvals:
        return False
    legal = review.legal
    reviewed = bool(legal.counsel) if not legal.by else holds(records, legal.by, "legal", legal.on)
    steps = (
        known(records, one.role) and one.on and holds(records, one.by, one.role, one.on)
        for one in review.approvals
    )
    return reviewed and legal.on is not None and all(steps)


def refuted(approved: Approved | None, subject: str) -> bool:
    """Whether the trail, where it was verified, denies what the files say."""
    verdict = approved.get(subject) if approved is not None else None
    return verdict is not None and verdict.refuted


def plan_approved_on(records: Records, key: str) -> date | None:
    """The day a year's plan was approved: by its newest round, else as filed by one of the leaders (6.2)."""
    round_ = newest(records, f"plans/{key}")
    if round_ is not None and round_.approved:
        return round_.approved_on
    year, _, department = key.partition("/")
    filed = records.plan_approvals.get(year)
    one = filed.departments.get(department) if filed else None
    if one is None or one.on is None or round_ is not None or by_rounds(records, one.on):
        return None
    return one.on if leads(records, one.by, one.on) else None
