"""Versions of governance as they may be cited: their digests, and what each says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from pipeline.kernel.finding import Place
from pipeline.kernel.late_pattern import late
from pipeline.kernel.recall import Recall
from pipeline.kernel.recall import digest as mark
from pipeline.kernel.structs import Struct
from pipeline.record.model.governance import Governance
from pipeline.record.rounds.boxes import of_own_department
from pipeline.record.rounds.statement import SIGNATURE, Filed
from pipeline.record.rounds.subject_folders import GOVERNANCE
from pipeline.source import load

_FILE = late(rf"{GOVERNANCE}/([0-9]{{4}})\.yaml\Z")


class GovernanceVersion(Struct, frozen=True, kw_only=True, dict=True):
    """One version of governance: its file, its digest (SHA-256 of the bytes) and what it says.

    `signed` names the governors of the version before whose signatures under it were verified.
    """

    number: int
    file: str
    digest: str
    content: bytes
    rules: Governance
    signed: tuple[str, ...] = ()

    def places_of_rows(self, recall: Recall) -> tuple[Place, ...]:
        """Where each row stands that says who approves."""
        return recall.kept("rows of rules", self.file, mark(self.content), tuple[Place, ...], self._places)

    def _places(self) -> tuple[Place, ...]:
        source = load(self.file, self.content)
        return tuple(source.place(("matrix", number)) for number in range(len(self.rules.matrix)))

    @cached_property
    def roles_of_own_department(self) -> frozenset[str]:
        """The roles that only people of the department at work fill."""
        return frozenset(of_own_department(self.rules))

    def accepts(self, filed: Filed) -> bool:
        """Whether a statement counts by name, whatever became since of who made it."""
        # Most colleges accept none, and then no digest is worked out.
        return bool(self.rules.accepted) and filed.digest in self.rules.accepted


class Versions(Struct, frozen=True, kw_only=True, dict=True):
    """The versions that count, oldest first."""

    versions: tuple[GovernanceVersion, ...]

    @property
    def current(self) -> GovernanceVersion | None:
        """The newest version that counts."""
        return self.versions[-1] if self.versions else None

    def cited(self, wanted: str) -> GovernanceVersion | None:
        """The version with a digest, if it counts."""
        return self._by_digest.get(wanted)

    @cached_property
    def _by_digest(self) -> Mapping[str, GovernanceVersion]:
        return {version.digest: version for version in self.versions}


def file_name(number: int) -> str:
    """The path of a version's file."""
    return f"{GOVERNANCE}/{number:04}.yaml"


def signature_name(file: str, person: str) -> str:
    """The path of a governor's signature under a version or a list: beside it, with the person's id."""
    return f"{file.rpartition('.')[0]}.{person}{SIGNATURE}"


def version_of(name: str) -> int | None:
    """The number in a path of a version; None for any other file."""
    found = _FILE.match(name)
    return int(found[1]) if found else None
