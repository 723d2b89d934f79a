"""What a subject's files hold: its rounds' words, the statements about them, and those that count."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.kernel.finding import Finding
from pipeline.kernel.structs import Struct, field
from pipeline.record.rounds.frozen_words import FrozenWords
from pipeline.record.rounds.statement import Filed, Statement


class Vote(Struct, frozen=True, kw_only=True):
    """A statement that counts; `signed` tells that its signer's registered key signed it."""

    filed: Filed
    signed: bool

    @property
    def statement(self) -> Statement:
        """What it says."""
        return self.filed.statement

    @property
    def by_own_key(self) -> bool:
        """Whether the person's own key signed it: paper and claims do not count as signed."""
        return self.signed and self.statement.basis == "signed"

    @property
    def proof(self) -> int:
        """How well it is proven: 3 by the person's key, 2 on paper under the registrar's key, 1 by nobody's key."""
        return 3 if self.by_own_key else 2 if self.signed else 1


class Dossier(Struct, frozen=True, kw_only=True):
    """What a subject's files hold: its rounds' words, all statements that could be read, those that count.

    `doubts` tells for a role and a person the number of a file under the person's signature that may be a
    rejection and cannot be vouched for: until that is cleared up, what the person approved before it does not
    count. `unsound` is the newest round whose words are none (0: all are sound): it has taken the place of those
    before it all the same.
    """

    subject: str
    rounds: Mapping[int, FrozenWords]
    filed: tuple[Filed, ...] = ()
    votes: tuple[Vote, ...] = ()
    findings: tuple[Finding, ...] = ()
    doubts: Mapping[tuple[str, str], int] = field(default_factory=dict)
    unsound: int = 0

    @property
    def highest(self) -> FrozenWords | None:
        """The newest round's words."""
        return self.rounds[max(self.rounds)] if self.rounds else None
