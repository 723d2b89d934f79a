"""Who may approve what: people, roles, keys and the approval matrix, `governance/000N.yaml` (clause 8.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person: `keys` are OpenSSH public keys, `accounts` name forge accounts (`github:someone`)."""

    name: str = ""
    roles: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """The conditions of a row, all of which must hold; None or empty asks nothing.

    `amount_from` in yuan and `years_from` in years include the limit itself.
    """

    kinds: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    amount_from: Decimal | None = None
    years_from: Decimal | None = None
    state_assets: bool | None = None
    interns: bool | None = None
    leaders_flag: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One row of the approval matrix: in which case which roles have to approve."""

    when: When = When()
    roles: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Governance:
    """One version of the rules. `previous` is the SHA-256 of the version before, `repository` a UUID.

    `threshold` of the `governors` must sign the next version. `accepted` holds the SHA-256 digests of
    statements that keep counting although their signer has left or replaced a key.
    """

    repository: str = ""
    version: int = 0
    previous: str = ""
    governors: tuple[str, ...] = ()
    threshold: int = 1
    roles: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, Member] = field(default_factory=dict)
    matrix: tuple[MatrixRow, ...] = ()
    accepted: tuple[str, ...] = ()

    def holds(self, person: str, role: str) -> bool:
        """Whether a person has a role."""
        member = self.people.get(person)
        return member is not None and role in member.roles

    def name(self, person: str) -> str:
        """A person's name, or the id where it is unknown."""
        member = self.people.get(person)
        return member.name if member else person

    def role(self, role: str) -> str:
        """A role's name, or its id where it is unknown."""
        return self.roles.get(role, role)
