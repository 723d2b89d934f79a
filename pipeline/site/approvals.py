"""What the approval trail tells of agreements, in the words of the site; 批准 never without its level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from pipeline.approvals.decision import PROOFS
from pipeline.approvals.verify import Vote
from pipeline.model.governance import Governance
from pipeline.site.world import Approval
from pipeline.trail.inspect import Trail
from pipeline.trail.state import State

_DECISIONS = {"approve": "同意", "reject": "否决", "sign": "登记签署"}


def subject_of(project: str) -> str:
    """The subject of a project's agreement."""
    return f"projects/{project}/agreement"


def complete(trail: Trail) -> Mapping[str, date]:
    """Subject → the day of the last approval it needed, for all that are approved as they stand."""
    found = {}
    for subject, state in trail.states.items():
        days = [_day(seat.vote) for seat in state.decision.seats if seat.vote]
        known = [day for day in days if day]
        if state.approved and known:
            found[subject] = max(known)
    return found


def _day(vote: Vote) -> date | None:
    try:
        return date.fromisoformat(vote.statement.date[:10])
    except ValueError:
        return None


def told(trail: Trail, projects: Iterable[str]) -> Mapping[str, Approval]:
    """What is known of each project that anybody has submitted."""
    rules = trail.chain.current.rules if trail.chain.current else Governance()
    states = {project: trail.states.get(subject_of(project)) for project in projects}
    return {
        project: Approval(
            label=state.label,
            reasons=state.reasons,
            waiting=tuple(_waiting(state, rules)),
            decisions=tuple(_decisions(state, rules)),
        )
        for project, state in states.items()
        if state is not None
    }


def _waiting(state: State, rules: Governance) -> Iterator[str]:
    """Who has still to decide: 法务审核（陈例法）."""
    for role in state.decision.missing:
        names = "、".join(member.name for member in rules.people.values() if role in member.roles)
        yield f"{rules.roles.get(role, role)}（{names}）" if names else rules.roles.get(role, role)


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
