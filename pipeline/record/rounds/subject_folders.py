"""Where rounds and statements lie, and which subject's they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from functools import cached_property

from pipeline.kernel.structs import Struct, field
from pipeline.record.places import AGREEMENTS
from pipeline.record.rounds.frozen_words import round_of
from pipeline.record.rounds.statement import Named, named

APPROVALS = f"{AGREEMENTS}/approvals"
GOVERNANCE = f"{AGREEMENTS}/governance"
_BELOW = f"{APPROVALS}/"


Line = tuple[str, str, str]
"""Role, person and basis: one person's statements of one basis in one role are counted by themselves."""


class SubjectFolder(Struct, frozen=True, kw_only=True, dict=True):
    """The files of one subject: file names of rounds by number, and of statements with what each name tells.

    `numbers` are those of the statements of each line.
    """

    subject: str
    rounds: Mapping[int, str] = field(default_factory=dict)
    statements: Mapping[str, Named] = field(default_factory=dict)
    numbers: Mapping[Line, Set[int]] = field(default_factory=dict)

    def follows(self, claim: Named) -> bool:
        """Whether a statement's number is in an unbroken line from the first."""
        return claim.number <= self._unbroken.get(claim.line, 0)

    @cached_property
    def _unbroken(self) -> Mapping[Line, int]:
        """Counted once for a folder: each of a thousand doubtful statements asks for it."""
        return {line: in_order(there) for line, there in self.numbers.items()}


def subject_folder(subject: str) -> str:
    """The folder of a subject's frozen words and statements."""
    return f"{APPROVALS}/{subject}"


def subject_folders(names: Iterable[str]) -> dict[str, SubjectFolder]:
    """Every subject that has files, by the folder they lie in; `names` are those of regular files."""
    rounds: dict[str, dict[int, str]] = {}
    statements: dict[str, dict[str, Named]] = {}
    numbers: dict[str, dict[Line, set[int]]] = {}
    for name in sorted(name for name in names if name.startswith(_BELOW)):
        folder, _, base = name.removeprefix(_BELOW).rpartition("/")
        if not folder:
            continue
        if (claim := named(base)) is not None:
            statements.setdefault(folder, {})[name] = claim
            numbers.setdefault(folder, {}).setdefault(claim.line, set()).add(claim.number)
        elif (number := round_of(base)) is not None:
            rounds.setdefault(folder, {})[number] = name
    return {
        subject: SubjectFolder(
            subject=subject,
            rounds=rounds.get(subject, {}),
            statements=statements.get(subject, {}),
            numbers=numbers.get(subject, {}),
        )
        for subject in sorted({*rounds, *statements})
    }


def in_order(numbers: Iterable[int]) -> int:
    """The newest round of an unbroken line from the first: one after a gap is nobody's successor."""
    there, last = set(numbers), 0
    while last + 1 in there:
        last += 1
    return last
