"""What is proven of approvals, for all pages; what takes a trail apart is loaded where there is one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.record.model import Agreement, Records
from pipeline.site.site_data import Approval
from pipeline.standing.proof import Approved, agreement_subject, legacy
from pipeline.standing.state import FILED
from pipeline.standing.state import ProjectState as Standing

if TYPE_CHECKING:
    from pipeline.approval.trail.inspect import Trail


def told_by(trail: Trail | None) -> tuple[Approved, Mapping[str, Approval]]:
    """How far each subject's approval is, for its state, and what the pages say of it; nothing without a trail."""
    if trail is None:
        return {}, {}
    from pipeline.approval.trail.verdicts import verdicts
    from pipeline.site.approvals import by_subject

    return verdicts(trail), by_subject(trail)


_CLAIMED = (
    Standing.SIGNING,
    Standing.UPCOMING,
    Standing.IN_FORCE,
    Standing.EXPIRING,
    Standing.EXPIRED,
    Standing.ENDED,
)
"""The states of a project that say its agreement was approved."""


def proofs(
    records: Records, standing: Mapping[str, Standing], by_subject: Mapping[str, Approval]
) -> Mapping[str, str]:
    """What is proven of the approval of each project that claims one: a level, or that there is none."""
    return {
        project: _proof(records.agreements.get(project), by_subject.get(agreement_subject(project)))
        for project, state in standing.items()
        if state in _CLAIMED
    }


def _proof(agreement: Agreement | None, approval: Approval | None) -> str:
    if approval and approval.level:
        return approval.level
    return "建库以前签订" if legacy(agreement) else FILED
