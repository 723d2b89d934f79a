"""What the trail tells of each submitted subject, for states, ledgers, reports and pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.approval.trail.candidates import Candidates
from pipeline.approval.trail.inspect import Trail
from pipeline.approval.trail.subject_state import Stage, SubjectState, signed_words
from pipeline.kernel.structs import replace
from pipeline.record.rounds.boxes import is_legal
from pipeline.record.rounds.decision import decide
from pipeline.record.rounds.subject_files import Vote
from pipeline.standing.proof import ApprovalVerdict, Approved

_STANDING = (Stage.PENDING, Stage.APPROVED, Stage.SIGNED)
"""Where the decisions of the newest round are decisions on the text as it stands."""


def verdicts(trail: Trail) -> Approved:
    """Subject → how far its approval is; subjects that nobody has submitted are left out."""
    candidates = Candidates(trail)
    records = trail.current.register.records
    return {
        subject: _verdict(state, candidates, refuted=_refuted(state, trail, signed_words(subject, records)))
        for subject, state in trail.states.items()
        if state.words or state.stage is Stage.UNTRUSTED
    }


def _refuted(state: SubjectState, trail: Trail, signed: str) -> bool:
    """Whether what the files say of an approval does not hold once it is verified, or is known to have lost something.

    What was signed is judged by the round that was signed, whatever was submitted or reworded since.
    """
    if state.understated or state.stage in (Stage.UNTRUSTED, Stage.SHORT):
        return True
    if not signed:
        return not state.approved
    current = trail.chain.current
    number = next((one for one, words in state.dossier.rounds.items() if words.digest == signed), None)
    if current is None or number is None:
        return True
    rounds = {one: words for one, words in state.dossier.rounds.items() if one <= number}
    return not decide(
        replace(state.dossier, rounds=rounds), current.rules, pinned=trail.chain.pinned
    ).complete


def _verdict(state: SubjectState, candidates: Candidates, *, refuted: bool) -> ApprovalVerdict:
    seats = state.decision.seats if state.stage in _STANDING else ()
    days = [(seat.role, _day(seat.vote)) for seat in seats if seat.vote]
    known = [day for _, day in days if day]
    legal = [day for role, day in days if day and is_legal(role, candidates.rules)]
    return ApprovalVerdict(
        label=state.label,
        reviewed_on=max(legal, default=None),
        approved_on=max(known, default=None) if state.approved else None,
        waiting=tuple(waiting(state, candidates)) if state.stage in _STANDING else (),
        refuted=refuted,
    )


def waiting(state: SubjectState, candidates: Candidates) -> Iterator[str]:
    """Who has still to decide: 法务审核（陈例法）."""
    for role in state.decision.missing:
        yield f"{candidates.rules.role(role)}（{candidates.told(state, role)}）"


def _day(vote: Vote) -> date | None:
    try:
        return date.fromisoformat(vote.statement.date[:10])
    except ValueError:
        return None
