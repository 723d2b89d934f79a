"""Where rounds and statements lie, and which subject's they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.record.places import AGREEMENTS
from pipeline.record.rounds.frozen_words import round_of
from pipeline.record.rounds.statement import is_statement

APPROVALS = f"{AGREEMENTS}/approvals"
GOVERNANCE = f"{AGREEMENTS}/governance"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectFolder:
    """The files of one subject: file names of rounds by number, and of statements."""

    subject: str
    rounds: Mapping[int, str]
    statements: tuple[str, ...]


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
        )
        for subject in sorted({*rounds, *statements})
    }


def in_order(numbers: Iterable[int]) -> int:
    """The newest round of an unbroken line from the first: one after a gap is nobody's successor."""
    there, last = set(numbers), 0
    while last + 1 in there:
        last += 1
    return last
