"""Where rounds and statements lie, and which subject's they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.kernel.structs import Struct
from pipeline.record.places import AGREEMENTS
from pipeline.record.rounds.frozen_words import round_of
from pipeline.record.rounds.statement import Named, is_statement, named

APPROVALS = f"{AGREEMENTS}/approvals"
GOVERNANCE = f"{AGREEMENTS}/governance"


class SubjectFolder(Struct, frozen=True, kw_only=True):
    """The files of one subject: file names of rounds by number, and of statements.

    `lines` is the end of the unbroken line of numbers of each person's statements, by role, person and basis.
    """

    subject: str
    rounds: Mapping[int, str]
    statements: tuple[str, ...]
    lines: Mapping[tuple[str, str, str], int]

    def follows(self, claim: Named) -> bool:
        """Whether a statement's number is in an unbroken line from the first."""
        return claim.number <= self.lines.get(_line_of(claim), 0)


def subject_folder(subject: str) -> str:
    """The folder of a subject's frozen words and statements."""
    return f"{APPROVALS}/{subject}"


def subject_folders(names: Iterable[str]) -> dict[str, SubjectFolder]:
    """Every subject that has files, by the folder they lie in; `names` are those of regular files."""
    rounds: dict[str, dict[int, str]] = {}
    statements: dict[str, list[str]] = {}
    for name in sorted(names):
        if not name.startswith(f"{APPROVALS}/"):
            continue
        folder, _, base = name.removeprefix(f"{APPROVALS}/").rpartition("/")
        if folder and is_statement(base):
            statements.setdefault(folder, []).append(name)
        elif folder and (number := round_of(base)) is not None:
            rounds.setdefault(folder, {})[number] = name
    return {
        subject: SubjectFolder(
            subject=subject,
            rounds=rounds.get(subject, {}),
            statements=tuple(statements.get(subject, ())),
            lines=_lines(statements.get(subject, ())),
        )
        for subject in sorted({*rounds, *statements})
    }


def _line_of(claim: Named) -> tuple[str, str, str]:
    return claim.role, claim.person, claim.basis


def _lines(statements: Iterable[str]) -> dict[tuple[str, str, str], int]:
    """Counted once for a folder: each of a thousand doubtful statements asks for it."""
    numbers: dict[tuple[str, str, str], set[int]] = {}
    for name in statements:
        claim = named(name.rpartition("/")[2])
        if claim is not None:
            numbers.setdefault(_line_of(claim), set()).add(claim.number)
    return {line: in_order(there) for line, there in numbers.items()}


def in_order(numbers: Iterable[int]) -> int:
    """The newest round of an unbroken line from the first: one after a gap is nobody's successor."""
    there, last = set(numbers), 0
    while last + 1 in there:
        last += 1
    return last
