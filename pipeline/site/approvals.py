"""What the approval trail tells of agreements, in the words of the site; 批准 never without its level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pipeline.approvals.decision import PROOFS
from pipeline.approvals.verify import Vote
from pipeline.model.governance import Governance
from pipeline.site.world import Approval
from pipeline.trail.inspect import Trail
from pipeline.trail.state import State
from pipeline.trail.verdicts import waiting

_DECISIONS = {"approve": "同意", "reject": "否决", "sign": "登记签署"}


def subject_of(project: str) -> str:
    """The subject of a project's agreement."""
    return f"projects/{project}/agreement"


def told(trail: Trail, projects: Iterable[str]) -> Mapping[str, Approval]:
    """What is known of each project that anybody has submitted."""
    rules = trail.chain.current.rules if trail.chain.current else Governance()
    states = {project: trail.states.get(subject_of(project)) for project in projects}
    return {
        project: Approval(
            label=state.label,
            reasons=state.reasons,
            waiting=tuple(waiting(state, rules)),
            decisions=tuple(_decisions(state, rules)),
        )
        for project, state in states.items()
        if state is not None
    }


def _decisions(state: State, rules: Governance) -> Iterator[tuple[str, str, str, str]]:
    for seat in state.decision.seats:
        yield _said(seat.role, seat.vote, rules)
    for vote in (*state.decision.rejected, *([state.decision.signing] if state.decision.signing else [])):
        yield _said(vote.statement.role, vote, rules)


def _said(role: str, vote: Vote | None, rules: Governance) -> tuple[str, str, str, str]:
    name = rules.roles.get(role, role)
    if vote is None:
        return name, "", "", ""
    said = vote.statement
    person = rules.people[said.person].name if said.person in rules.people else said.person
    proof = f"{_DECISIONS[said.decision]}：{PROOFS[said.basis]}"
    return name, person, said.date[:10], f"{proof}。{said.comment}" if said.comment else proof
