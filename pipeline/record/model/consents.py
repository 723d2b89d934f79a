"""What the files of the approval trail say of a round, told without verifying a signature: `approvals/` (8.4)."""

from __future__ import annotations

import datetime as dt

from pipeline.kernel.structs import Struct


class RoleDecision(Struct, frozen=True, kw_only=True):
    """One role's approval of a round: role and person by id, the day and the opinion as stated."""

    role: str = ""
    person: str = ""
    on: dt.date | None = None
    comment: str = ""


class RoundConsent(Struct, frozen=True, kw_only=True):
    """How far the approval of one round is: `words` is the digest of its text.

    `lacking` says in Chinese why it is not approved, empty where it is; `decided` are the roles that approved,
    `reviewed_on` is the day of the legal review, `approved_on` that of the last approval. Where rounds
    lack what they lack for one and the same `cause`, it is told once.
    """

    number: int = 0
    words: str = ""
    lacking: str = ""
    decided: tuple[RoleDecision, ...] = ()
    reviewed_on: dt.date | None = None
    approved_on: dt.date | None = None
    cause: str = ""

    @property
    def approved(self) -> bool:
        """Whether every role that the rules require approved, and nobody rejected."""
        return not self.lacking
