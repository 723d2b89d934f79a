"""What stands otherwise now than in the frozen words: fields, facts and sentences, each named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.approval.trail.compare import Difference, facts, fields, sentences
from pipeline.approval.trail.current_words import (
    Composed,
    CurrentWords,
    NotComposedError,
    kind_of_subject,
)
from pipeline.kernel.codes import approving
from pipeline.kernel.finding import Finding, Place
from pipeline.record.places import file_of
from pipeline.record.rounds.canonical import CanonicalError
from pipeline.record.rounds.frozen_words import FrozenWords
from pipeline.record.rounds.subject_files import Dossier

_MOST = 20
"""Differences that are named one by one in a finding each; the rest is counted."""


def held(
    subject: str, dossier: Dossier, current: CurrentWords, *, signed: bool
) -> tuple[tuple[Difference, ...], list[Finding]]:
    """What a subject says otherwise now than in its newest round, and each of it as a finding."""
    words = dossier.highest
    place = Place(file=file_of(subject))
    if words is None:
        return (), []
    try:
        now = current.composed(subject)
    except NotComposedError as error:
        gone = Difference(part="own", where="整份文书", before="送审的文本", after="")
        return (gone,), [approving.NOT_RECOMPOSED.at(place, f"现在排不出这份文书：{error}")]
    found = differences(words, now, current, subject)
    return found, list(_named(found, words, now, dossier, place, signed=signed))


def differences(
    words: FrozenWords, now: Composed, current: CurrentWords, subject: str
) -> tuple[Difference, ...]:
    """Everything in which a subject as it stands differs from some frozen words."""
    kind = kind_of_subject(subject)
    root = current.schemas[kind.name].root if kind else None
    return (
        *fields(words.fields, now.fields, root),
        *facts(words.facts, now.facts),
        *(sentences(words.body, now.body) if words.body != now.body else ()),
    )


def _named(
    found: Sequence[Difference],
    words: FrozenWords,
    now: Composed,
    dossier: Dossier,
    place: Place,
    *,
    signed: bool,
) -> Iterator[Finding]:
    older = next((number for number, old in dossier.rounds.items() if _same(old, now)), None)
    for difference in found[:_MOST]:
        if signed:
            of_fields = difference.part == "own"
            code = approving.CHANGED_AFTER_SIGNING if of_fields else approving.REWORDED_AFTER_SIGNING
        else:
            code = approving.REVIVED if older is not None else approving.CHANGED
        back = f"改回了第 {older} 轮的内容，" if code is approving.REVIVED else ""
        yield code.at(place, f"{back}与第 {words.number} 轮送审文本不同：{difference}")
    if len(found) > _MOST:
        code = approving.REWORDED_AFTER_SIGNING if signed else approving.CHANGED
        yield code.at(place, f"与送审文本不同的还有 {len(found) - _MOST} 处，没有一一列出")


def _same(old: FrozenWords, now: Composed) -> bool:
    try:
        return (old.fields, old.facts, old.body) == (now.fields, now.facts, tuple(now.body))
    except CanonicalError:
        return False
