"""Freeze the sample college's rounds anew after a wording has changed: `python -m tests.approval.refreeze`.

The sample's decisions are claims and paper, so that nothing secret is needed to make them again: each round
keeps its number and drafter, each statement its person, date and remarks; only what they say of the words
follows. Rounds with a signature are left alone: whoever signed them signed those words.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.approval.trail.current_words import CurrentWords
from pipeline.approval.trail.inspect import inspect, unpacked
from pipeline.record.rounds.canonical import digest
from pipeline.record.rounds.frozen_words import FrozenWords, file_name, freeze
from tests.college import ROOT, SCHEMAS, TEMPLATES

_APPROVALS = ROOT / "agreements" / "approvals"


def refreeze() -> list[str]:
    """Write every round that composes to other words today; returns their subjects."""
    trail = inspect(unpacked(ROOT), None, SCHEMAS, TEMPLATES, only=())
    return [
        subject
        for subject, dossier in sorted(trail.dossiers.items())
        if dossier.highest is not None and _again(trail.current, subject, dossier.highest)
    ]


def _again(current: CurrentWords, subject: str, words: FrozenWords) -> bool:
    folder = _APPROVALS / subject
    now = current.composed(subject)
    content = freeze(
        repository=words.repository,
        subject=subject,
        number=words.number,
        drafters=words.drafters,
        fields=now.fields,
        facts=now.facts,
        body=now.body,
    )
    if content == words.content or any(folder.glob("*.sig")):
        return False
    path = folder / file_name(words.number)
    path.write_bytes(content)
    _cite(folder, words.digest, content)
    return True


def _cite(folder: Path, old: str, content: bytes) -> None:
    """Let the statements about some words, and what was signed, speak of the words that stand there."""
    citing = (*folder.glob("*.json"), *(ROOT / "agreements/projects").glob("*/signing.yaml"))
    for path in citing:
        before = path.read_bytes()
        if old.encode() in before:
            path.write_bytes(before.replace(old.encode(), digest(content).encode()))


if __name__ == "__main__":
    sys.stdout.writelines(f"{name}\n" for name in refreeze())
