"""What stands otherwise now than in the frozen words: fields, facts and sentences, each named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.approval.trail.compare import Difference, as_frozen, facts, fields, sentences
from pipeline.approval.trail.current_words import (
    Composed,
    CurrentWords,
    NotComposedError,
    kind_of_subject,
)
from pipeline.approval.trail.quoted import quotes_the_same
from pipeline.kernel.codes import approving, verifying
from pipeline.kernel.finding import Code, Finding, Place
from pipeline.kernel.recall import digest
from pipeline.record.places import file_of
from pipeline.record.rounds.canonical import CanonicalError
from pipeline.record.rounds.frozen_words import FrozenWords
from pipeline.record.rounds.subject_files import Dossier

_MOST = 20
"""Differences that are named one by one in a finding each; the rest is counted."""


def held(
    subject: str, dossier: Dossier, current: CurrentWords, *, signed: bool, sealed: bool, inked: bool
) -> tuple[tuple[Difference, ...], bool, list[Finding]]:
    """What a subject says otherwise now than in its newest round, whether that takes nothing from it, and the findings.

    `sealed` words are approved by everybody who has to: what is only said in another way takes nothing from them.
    `inked` ones are named by the signing record: the agreement is in force by them, whether or not the registrar has
    written the signing down (`signed`), and its fields may not say anything else.
    """
    words = dossier.highest
    place = Place(file=file_of(subject))
    if words is None:
        return (), False, []
    try:
        if says_the_same(words, current):
            return (), False, []
        now = current.beside(words)
    except NotComposedError as error:
        gone = Difference(part="own", where="整份文书", before="送审的文本", after="（现在排不出来）")
        return (gone,), False, [approving.NOT_RECOMPOSED.at(place, f"现在排不出这份文书：{error}")]
    found = differences(words, now, current, subject)
    reworded = sealed and not signed and bool(found) and _only_said(found, words, now, current, subject)
    said = _SIGNED if signed else _SEALED if reworded else _INKED if inked else _OPEN
    return found, reworded, list(_named(found, words, now, dossier, place, said))


def _only_said(
    found: Sequence[Difference], words: FrozenWords, now: Composed, current: CurrentWords, subject: str
) -> bool:
    """Whether a wording or a layout would only print the same records otherwise than it is frozen.

    Fields and facts are what was approved; what another version of the program or of a template would print of them
    today takes nothing from a text that is frozen. Another value of another record does.
    """
    said = all(one.part == "body" or one.of_layout for one in found)
    if not words.quoted:  # whose sentence is gone cannot be seen in a round of before that was frozen
        said = said and all(one.after for one in found)
    return said and quotes_the_same(words, now, current, subject)


def says_the_same(words: FrozenWords, current: CurrentWords) -> bool:
    """Whether a subject stands as some frozen words have it; raises NotComposedError."""

    def compared() -> bool:
        return not differences(words, current.beside(words), current, words.subject)

    if current.tracing is None or not current.tools:
        return compared()
    brief = current.brief(words)
    mark = digest(words.digest, brief, current.tools)
    return (
        current.tracing.recall.kept("as frozen", words.subject, mark, bool, compared) if brief else compared()
    )


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
    codes: tuple[Code, Code],
) -> Iterator[Finding]:
    """`codes` are that of another field, and that of anything else."""
    of_field, of_other = codes
    if of_other is verifying.OLDER_WORDING and found:
        count = f"有 {len(found)} 处不同，如" if len(found) > 1 else ""
        yield of_other.at(place, f"现在会排成与第 {words.number} 轮送审文本不同的样子：{count}{found[0]}")
        return
    older = next((number for number, old in dossier.rounds.items() if _same(old, now)), None)
    revived = of_other is approving.CHANGED and older is not None
    for difference in found[:_MOST]:
        code = approving.REVIVED if revived else of_field if difference.part == "own" else of_other
        back = f"改回了第 {older} 轮的内容，" if revived else ""
        yield code.at(place, f"{back}与第 {words.number} 轮送审文本不同：{difference}")
    if len(found) > _MOST:
        yield of_other.at(place, f"与送审文本不同的还有 {len(found) - _MOST} 处，没有一一列出")


_SIGNED = approving.CHANGED_AFTER_SIGNING, approving.REWORDED_AFTER_SIGNING
_INKED = approving.CHANGED_AFTER_SIGNING, approving.CHANGED
_SEALED = verifying.OLDER_WORDING, verifying.OLDER_WORDING
_OPEN = approving.CHANGED, approving.CHANGED


def _same(old: FrozenWords, now: Composed) -> bool:
    try:
        told = as_frozen(old.facts, now.facts)
        return (old.fields, old.facts, old.body) == (now.fields, told, tuple(now.body))
    except CanonicalError:
        return False
