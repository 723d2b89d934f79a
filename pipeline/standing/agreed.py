"""What holds between the parties as agreed last: signing, term, goals and end, amendments included (8.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from pipeline.kernel.periods import later
from pipeline.kernel.structs import replace
from pipeline.record.model import Records, Term, under
from pipeline.record.model.after_signing import Amendment
from pipeline.record.model.cooperation import Goal
from pipeline.record.model.preparation import Signed
from pipeline.standing.once import once, once_approved
from pipeline.standing.proof import (
    Approved,
    agreement_subject,
    by_rounds,
    consent_to,
    legacy,
    newest,
    refuted,
    unproven,
)


def signed_by_all(signed: Signed | None, parties: Iterable[str]) -> date | None:
    """The day on which the last party had signed and sealed; None until every party has."""
    days = (
        [signed.parties[party].done_on if party in signed.parties else None for party in parties]
        if signed
        else []
    )
    # The last signature makes the contract (民法典 490).
    return max(day for day in days if day) if days and all(days) else None


@once
def signed_on(records: Records, project: str) -> date | None:
    """The day all parties had put their ink to the agreement, approved or not; of an older one its term's first day."""
    agreement = records.agreements.get(project)
    if agreement is None:
        return None
    day = signed_by_all(records.signings.get(project), agreement.party_ids)
    return day or (agreement.term.start if legacy(agreement) and agreement.term else None)


@once_approved
def agreed_on(records: Records, project: str, approved: Approved | None = None) -> date | None:
    """The day an approved agreement was signed by all its parties; None where the approval is not proven (8.4).

    `approved` is what the verified trail tells: it can only take away what the files say.
    """
    agreement, signing = records.agreements.get(project), records.signings.get(project)
    day = signed_on(records, project)
    if agreement is None or day is None:
        return day
    older = legacy(agreement) and not by_rounds(records, day)
    if older and signing is None:
        return day
    if signing is None or refuted(approved, agreement_subject(project)):
        return None
    return day if older or not unproven(records, project, signing, day) else None


@once
def signed_amendments(records: Records, project: str) -> tuple[Amendment, ...]:
    """The amendments that hold: approved, and signed by all the agreement's parties, in order."""
    signing, agreement = records.signings.get(project), records.agreements.get(project)
    if signing is None or agreement is None:
        return ()
    days = {one.amendment: (one, signed_by_all(one, agreement.party_ids)) for one in signing.amendments}
    hold = {key for key, (one, day) in days.items() if day and not unproven(records, project, one, day)}
    return tuple(one for one in under(records.amendments, project) if one.id in hold)


@once
def term_of(records: Records, project: str) -> Term | None:
    """The term as agreed last: the agreement's, its end as the last signed amendment sets it (8.4).

    A term that is counted from the day of signing or of effect has its days once that day has come.
    """
    agreement = records.agreements.get(project)
    term = agreement.term if agreement else None
    if term and term.basis:
        term = _counted(records, project, term)
    for amendment in signed_amendments(records, project):
        if amendment.term:
            # An amendment may end or prolong what runs; when it began has been lived and is no longer to be
            # agreed.
            start = term.start if term else amendment.term.start
            term = Term(start=start, end=amendment.term.end, renewal=amendment.term.renewal)
    return term


def _counted(records: Records, project: str, term: Term) -> Term:
    """A term with the days that follow from when it is counted; without them as long as that is not known."""
    day = signed_on(records, project) if term.basis == "signing" else _effect(records, project)
    if day is None:
        return term
    # The last day belongs to the term: three years from 1 September end on 31 August.
    end = later(day, term.months) - timedelta(days=1) if term.months and not term.open else None
    return replace(term, start=day, end=end)


def _effect(records: Records, project: str) -> date | None:
    """The day on which an agreement was both signed by all and approved."""
    day, signing, subject = (
        agreed_on(records, project),
        records.signings.get(project),
        agreement_subject(project),
    )
    if day is None or signing is None:
        return day
    consent = consent_to(records, subject, signing.words) if signing.words else newest(records, subject)
    approved = consent.approved_on if consent else signing.review.approved_on if signing.review else None
    return max(day, approved or day)


@once
def goals_of(records: Records, project: str) -> Mapping[str, Goal]:
    """The yearly goals as agreed last: the agreement's, changed by signed amendments."""
    agreement = records.agreements.get(project)
    goals = dict(agreement.goals) if agreement else {}
    for amendment in signed_amendments(records, project):
        goals.update(amendment.goals)
    return goals


@once
def ended_on(records: Records, project: str) -> date | None:
    """The last day of a cooperation that was brought to its end: by its exit or a signed termination."""
    leaving = records.exits.get(project)
    if leaving and leaving.ended_on:
        return leaving.ended_on
    days = [one.ends_on for one in signed_amendments(records, project) if one.ends_on]
    return days[-1] if days else None
