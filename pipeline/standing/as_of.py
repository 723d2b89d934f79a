"""The records as they were known on a day: what happened later is left out, what was planned stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from pipeline.kernel.structs import replace
from pipeline.record.model import Records
from pipeline.record.model.after_signing import Exit
from pipeline.record.model.college import College
from pipeline.record.model.consents import RoundConsent
from pipeline.record.model.execution import Defect, Inspection, Progress, Rectification
from pipeline.record.model.preparation import Appraisal, PartySigning, Review, Signed, Signing
from pipeline.record.model.records import with_changed
from pipeline.record.model.work import Meeting, Placement, PlanApprovals, Summary
from pipeline.standing.former_names import enterprises_as_of
from pipeline.standing.posts import earlier_post
from pipeline.standing.proof import ApprovalVerdict, Approved

Kept = TypeVar("Kept")
SignedKind = TypeVar("SignedKind", bound=Signed)


def as_of(records: Records, day: date) -> Records:
    """All records without what was written or happened after the day.

    A record without a date of its own (an agreement, a plan) stays: nothing in it says when it was written.
    """

    def until(some: Mapping[str, Kept], on: Callable[[Kept], date | None]) -> dict[str, Kept]:
        return {key: one for key, one in some.items() if known(on(one), day)}

    return with_changed(
        records,
        college=college_as_of(records.college, day),
        enterprises=enterprises_as_of(records.enterprises, day),
        surveys=until(records.surveys, lambda one: one.date),
        schemes=until(records.schemes, lambda one: one.date),
        appraisals={key: _appraised(one, day) for key, one in records.appraisals.items()},
        signings={key: _signing(one, day) for key, one in records.signings.items()},
        progress={
            key: _progress(one, day) for key, one in records.progress.items() if known(one.reported_on, day)
        },
        inspections={
            key: inspection_as_of(one, day)
            for key, one in records.inspections.items()
            if known(one.date, day)
        },
        evaluations=until(records.evaluations, lambda one: one.date),
        exits={key: _exit(one, day) for key, one in records.exits.items() if known(one.decided_on, day)},
        plan_approvals={key: _plan_approvals(one, day) for key, one in records.plan_approvals.items()},
        summaries={key: _summary(one, day) for key, one in records.summaries.items() if known(one.date, day)},
        meetings=meetings_as_of(records, day),
        events=until(records.events, lambda one: one.date),
        visits=until(records.visits, lambda one: one.date),
        placements={
            key: _placement(one, day) for key, one in records.placements.items() if known(one.start, day)
        },
        researches=until(records.researches, lambda one: one.date),
        policies=until(records.policies, lambda one: one.date),
        consents=_consents(records, day),
    )


def known(happened: date | None, day: date) -> bool:
    """Whether something had happened by the day; what bears no date is taken as known."""
    return happened is None or happened <= day


def college_as_of(college: College | None, day: date) -> College | None:
    """The college with everybody in his post of the day, without later handovers; the same one where all is alike."""
    if college is None:
        return None
    handovers = tuple(one for one in college.handovers if known(one.since, day))
    then = {key: one for key in college.people if (one := earlier_post(college, key, day))}
    if not then and len(handovers) == len(college.handovers):
        return college
    people = {
        key: replace(person, post=then[key].post, department=then[key].department) if key in then else person
        for key, person in college.people.items()
    }
    return replace(college, people=people, handovers=handovers)


def approved_as_of(approved: Approved, day: date) -> Approved:
    """What the approval trail told of each subject on a day: later decisions were not there yet."""
    return {subject: _verdict(one, day) for subject, one in approved.items()}


def meetings_as_of(records: Records, day: date) -> dict[str, Meeting]:
    """The meetings held by the day, and of what they heard only what had been done by then."""
    return {
        key: replace(
            one, follow_up=tuple(replace(it, done_on=_past(it.done_on, day)) for it in one.follow_up)
        )
        for key, one in records.meetings.items()
        if known(one.date, day)
    }


def inspection_as_of(inspection: Inspection, day: date) -> Inspection:
    """An inspection with its problems as they stood on the day."""
    return replace(inspection, findings={key: _defect(one, day) for key, one in inspection.findings.items()})


def _defect(defect: Defect, day: date) -> Defect:
    done = defect.rectification
    if done is None or (known(done.done_on, day) and known(done.reviewed_on, day)):
        return defect
    kept = None if not known(done.done_on, day) else _unreviewed(done)
    return replace(defect, rectification=kept)


def _unreviewed(done: Rectification) -> Rectification:
    return replace(done, reviewed_by="", reviewed_on=None, result="")


def _verdict(one: ApprovalVerdict, day: date) -> ApprovalVerdict:
    if known(one.approved_on, day) and known(one.reviewed_on, day):
        return one
    return replace(
        one,
        approved_on=one.approved_on if known(one.approved_on, day) else None,
        reviewed_on=one.reviewed_on if known(one.reviewed_on, day) else None,
    )


def _consents(records: Records, day: date) -> dict[str, tuple[RoundConsent, ...]]:
    return {
        subject: tuple(_consent(one, day) for one in rounds) for subject, rounds in records.consents.items()
    }


def _consent(one: RoundConsent, day: date) -> RoundConsent:
    """A round as far as it was approved on the day."""
    if known(one.approved_on, day) and known(one.reviewed_on, day):
        return one
    return replace(
        one,
        lacking=one.lacking or f"第 {one.number} 轮到 {day} 还没有批准",
        decided=tuple(given for given in one.decided if known(given.on, day)),
        approved_on=_past(one.approved_on, day),
        reviewed_on=_past(one.reviewed_on, day),
    )


def _appraised(one: Appraisal, day: date) -> Appraisal:
    if not known(one.date, day):
        return Appraisal(project=one.project)
    waiver = one.waiver if one.waiver and known(one.waiver.on, day) else None
    return replace(one, revised_on=_past(one.revised_on, day), waiver=waiver)


def _signing(signing: Signing, day: date) -> Signing:
    amendments = tuple(_signed(one, day) for one in signing.amendments)
    return replace(_signed(signing, day), amendments=amendments)


def _signed(one: SignedKind, day: date) -> SignedKind:
    parties = {party: _party(signed, day) for party, signed in one.parties.items()}
    return replace(one, parties=parties, review=_review(one.review, day) if one.review else None)


def _party(one: PartySigning, day: date) -> PartySigning:
    return replace(one, signed_on=_past(one.signed_on, day), sealed_on=_past(one.sealed_on, day))


def _review(review: Review, day: date) -> Review:
    legal = review.legal if review.legal and known(review.legal.on, day) else None
    return replace(
        review, legal=legal, approvals=tuple(one for one in review.approvals if known(one.on, day))
    )


def _progress(report: Progress, day: date) -> Progress:
    return replace(
        report,
        milestones={key: one for key, one in report.milestones.items() if known(one.done_on, day)},
        received=tuple(one for one in report.received if known(one.on, day)),
        spent=tuple(one for one in report.spent if known(one.on, day)),
        deliveries=tuple(one for one in report.deliveries if known(one.on, day)),
    )


def _exit(leaving: Exit, day: date) -> Exit:
    return replace(
        leaving,
        closed_on=_past(leaving.closed_on, day),
        equipment=tuple(replace(one, done_on=_past(one.done_on, day)) for one in leaving.equipment),
        students=leaving.students and replace(leaving.students, done_on=_past(leaving.students.done_on, day)),
        ip=leaving.ip and replace(leaving.ip, done_on=_past(leaving.ip.done_on, day)),
        data=leaving.data and replace(leaving.data, done_on=_past(leaving.data.done_on, day)),
        money=leaving.money and replace(leaving.money, settled_on=_past(leaving.money.settled_on, day)),
    )


def _plan_approvals(one: PlanApprovals, day: date) -> PlanApprovals:
    return replace(
        one, departments={key: given for key, given in one.departments.items() if known(given.on, day)}
    )


def _summary(one: Summary, day: date) -> Summary:
    tasks = {key: replace(result, done_on=_past(result.done_on, day)) for key, result in one.tasks.items()}
    return replace(one, tasks=tasks)


def _placement(one: Placement, day: date) -> Placement:
    """Somebody still in the enterprise on the day: how it came out is not known yet."""
    return one if known(one.end, day) else replace(one, result="")


def _past(on: date | None, day: date) -> date | None:
    return on if known(on, day) else None
