"""What the approval trail tells of agreements, in the words of the site; 批准 never without its level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.approval.trail.candidates import Candidates
from pipeline.approval.trail.inspect import Trail
from pipeline.approval.trail.subject_state import Stage, SubjectState
from pipeline.approval.trail.verdicts import waiting
from pipeline.record.model.governance import Governance
from pipeline.record.rounds.decision import PROOFS
from pipeline.record.rounds.subject_files import Vote
from pipeline.site.site_data import Approval, ShownDecision

_DECISIONS = {"approve": "同意", "reject": "否决", "sign": "登记签署"}


def by_subject(trail: Trail) -> Mapping[str, Approval]:
    """What is known of each subject that anybody has submitted."""
    candidates = Candidates(trail)
    return {subject: _approval(state, candidates) for subject, state in trail.states.items()}


def _approval(state: SubjectState, candidates: Candidates) -> Approval:
    return Approval(
        label=state.label,
        level=state.level.label if state.approved else "",
        reasons=tuple(dict.fromkeys(state.reasons)),
        waiting=tuple(waiting(state, candidates)) if state.stage is Stage.PENDING else (),
        again=state.stage in (Stage.CHANGED, Stage.REJECTED),
        decisions=tuple(_decisions(state, candidates.rules)),
    )


def _decisions(state: SubjectState, rules: Governance) -> Iterator[ShownDecision]:
    for seat in state.decision.seats:
        yield _said(seat.role, seat.vote, rules)
    for vote in (*state.decision.rejected, *([state.decision.signing] if state.decision.signing else [])):
        yield _said(vote.statement.role, vote, rules)


def _said(role: str, vote: Vote | None, rules: Governance) -> ShownDecision:
    name = rules.roles.get(role, role)
    if vote is None:
        return ShownDecision(role=name)
    said = vote.statement
    person = rules.people[said.person].name if said.person in rules.people else said.person
    proof = f"{_DECISIONS[said.decision]}：{PROOFS[said.basis]}"
    return ShownDecision(
        role=name,
        person=person,
        day=said.date[:10],
        proof=f"{proof}。{said.comment}" if said.comment else proof,
    )
