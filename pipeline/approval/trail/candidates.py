"""Who can still fill a role for a subject: named wherever somebody is told whose turn it is."""

from __future__ import annotations

from pipeline.approval.trail.inspect import Trail
from pipeline.approval.trail.subject_state import SubjectState
from pipeline.record.model.governance import Governance
from pipeline.record.rounds.weighing import may_approve, roll_of


class Candidates:
    """The people of a trail's rules, asked for by subject and role."""

    def __init__(self, trail: Trail) -> None:
        """Who belongs to which department is what the commit's own record of the college says."""
        self._roll = roll_of(trail.chain, trail.current.register.records.college)
        current = trail.chain.current
        self.rules = current.rules if current else Governance()

    def of(self, state: SubjectState, role: str) -> tuple[str, ...]:
        """The ids of those who may approve the newest round of a subject in a role."""
        return may_approve(state.words, role, self._roll) if state.words else ()

    def told(self, state: SubjectState, role: str) -> str:
        """Their names, or why there are none."""
        names = "、".join(map(self.rules.name, self.of(state, role)))
        if names:
            return names
        held = any(role in member.roles for member in self.rules.people.values())
        return "担任的都是起草人或者属于别的系部，要另有人担任" if held else "没有人担任"
