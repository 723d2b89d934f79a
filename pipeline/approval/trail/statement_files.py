"""Putting statements in place: each under a number of its own, whoever else writes at the same time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from pipeline.approval import signature
from pipeline.approval.trail.filing import FilingError
from pipeline.kernel.store import create_file
from pipeline.record.model.governance import Governance
from pipeline.record.rounds.statement import NAMESPACE, SIGNATURE, Statement, dump
from pipeline.record.rounds.subject_folders import subject_folder


def file_statements(
    root: Path, made: Sequence[Statement], governance: Governance, key: Path | None
) -> list[str]:
    """Write statements, signed where there is a key, all of them or none; gives their files.

    One whose number another process has just taken gets the next: nothing that is there is ever written over.
    Raises FilingError where the key is not the signer's, OSError.
    """
    if key is not None:
        for one in made:
            _check_key(governance, one.signer, key)
    files: list[str] = []
    try:
        for one in made:
            files += _filed(root, one, key)
    except BaseException:
        for name in files:
            (root / name).unlink(missing_ok=True)
        raise
    return files


def _filed(root: Path, made: Statement, key: Path | None) -> list[str]:
    while True:
        files = _created(root, f"{subject_folder(made.subject)}/{made.file_name}", dump(made), key)
        if files:
            return files
        made = replace(made, number=made.number + 1)


def _created(root: Path, file: str, content: bytes, key: Path | None) -> list[str]:
    """The files of a statement that nobody else has written meanwhile; none where somebody has.

    The signature comes first: whoever is interrupted between the two leaves no statement that lacks it.
    """
    signed = f"{file}{SIGNATURE}"
    if (root / file).exists():
        return []
    try:
        if key is not None:
            create_file(root / signed, signature.sign(key, NAMESPACE, content))
    except FileExistsError:
        return []
    try:
        create_file(root / file, content)
    except OSError as error:
        if key is not None:
            (root / signed).unlink(missing_ok=True)
        if isinstance(error, FileExistsError):
            return []
        raise
    return [file, signed] if key is not None else [file]


def _check_key(governance: Governance, person: str, key: Path) -> None:
    """A person signs with a key of their own; nobody holds another's."""
    blob = signature.key_blob(signature.public_key(key))
    member = governance.people.get(person)
    if member is None or blob not in [signature.key_blob(one) for one in member.keys]:
        raise FilingError(f"钥匙 {key.name} 不是{governance.name(person)}在审批规则里登记的")
