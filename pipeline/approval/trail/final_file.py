"""A Word file that says it is final: whether coop made it, whether its words are the approved ones, or what differs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from pathlib import Path

from pipeline.approval.trail.frame import marks, short
from pipeline.approval.trail.genuine import genuine_files
from pipeline.approval.trail.inspect import Trail
from pipeline.approval.trail.look import final_document, looks_as_frozen
from pipeline.approval.trail.subject_state import Stage, SubjectState, not_approved
from pipeline.kernel.codes import verifying
from pipeline.kernel.finding import Code, Finding, Place, Severity
from pipeline.record.rounds.canonical import CanonicalError
from pipeline.record.rounds.frozen_words import FrozenWords, untagged
from pipeline.returned.back import Where, compared
from pipeline.returned.container import approved_pictures, unjudged
from pipeline.returned.marked import unread
from pipeline.returned.markup import foreign
from pipeline.returned.outlook import unvouched
from pipeline.returned.package import Package
from pipeline.returned.sameness import Sameness, sameness
from pipeline.returned.word import Word, read_package, texts
from pipeline.returned.xml import UnreadableError


class Verdict(Enum):
    """What a file is."""

    GENUINE = "genuine"
    """The file that coop made: the same bytes, or the same parts after unzipping."""
    SAME_WORDS = "same-words"
    """The approved words in a file that another program saved; how it looks is not vouched for."""
    OTHER_WORDS = "other-words"
    """Other words, or something in it that may be words and that nobody can compare."""
    UNKNOWN = "unknown"
    """No file of any round, or none that can be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileVerdict:
    """What a file is, the state of the subject it names, the round, and everything found.

    `same` tells how far it is the genuine file, of which `genuine` are the bytes (None where nothing can be made
    anew). `unvouched_formatting` is what in it our layout does not produce, `unread` what stands there struck out or as
    good as invisible, one Chinese phrase each.
    """

    verdict: Verdict
    state: SubjectState | None = None
    words: FrozenWords | None = None
    findings: tuple[Finding, ...] = ()
    same: Sameness = Sameness.NO
    genuine: bytes | None = None
    unvouched_formatting: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def faults(self) -> tuple[Finding, ...]:
        """What is found and is more than a remark."""
        return tuple(found for found in self.findings if found.severity is not Severity.INFO)


def examine(trail: Trail, name: str, content: bytes, templates: Path) -> FileVerdict:
    """Compare a Word file with the frozen words that its fingerprint names; `templates` are the tool's templates."""
    place = Place(file=name)
    try:
        package = Package(content)
        word = read_package(package)
        return _named(trail, place, content, package, word, templates)
    except UnreadableError as error:
        found = verifying.FILE_PART.at(place, f"无法核验：{error}")
        return FileVerdict(verdict=Verdict.UNKNOWN, findings=(found,))


def fingerprints(word: Word) -> tuple[str, ...]:
    """The short fingerprints printed anywhere in a file, once each."""
    said = (mark for part in word.parts for text in texts(part) for mark in marks(text))
    return tuple(dict.fromkeys(said))


def _named(
    trail: Trail, place: Place, content: bytes, package: Package, word: Word, templates: Path
) -> FileVerdict:
    printed = fingerprints(word)
    named = list(_rounds(trail, printed))
    if len(named) != 1:
        said = "、".join(printed) or "没有指纹"
        why = "不是本库任何一轮送审文本的" if not named else "同时是本库几轮送审文本的"
        found = verifying.FILE_UNKNOWN.at(place, f"文件里的指纹（{said}）{why}")
        return FileVerdict(verdict=Verdict.UNKNOWN, findings=(found,))
    subject, words = named[0]
    state = trail.frozen_state(subject)
    standing = tuple(_standing(state, words, place))
    try:
        files = list(_until_same(genuine_files(trail, words, templates), content))
    except CanonicalError as error:
        found = verifying.FILE_UNKNOWN.at(place, f"第 {words.number} 轮送审文本不完好：{error}")
        return FileVerdict(verdict=Verdict.UNKNOWN, state=state, words=words, findings=(found,))
    genuine, same = files[-1] if files and files[-1][1] is not Sameness.NO else (None, Sameness.NO)
    first = files[0][0] if files else None
    if same is Sameness.NO and looks_as_frozen(words, content) and not _other_text(words, word):
        genuine, same = content, Sameness.PARTS
    if same is not Sameness.NO:
        return FileVerdict(
            verdict=Verdict.GENUINE, state=state, words=words, findings=standing, same=same, genuine=genuine
        )
    other = tuple(_other(words, package, word, place))
    return FileVerdict(
        verdict=Verdict.OTHER_WORDS if other else Verdict.SAME_WORDS,
        state=state,
        words=words,
        findings=(*standing, *other),
        genuine=first,
        unvouched_formatting=tuple(map(_for_readers, unvouched(package, Package(first)))) if first else (),
        unread=tuple(islice(unread(package), _MOST)),
    )


def _rounds(trail: Trail, printed: tuple[str, ...]) -> Iterator[tuple[str, FrozenWords]]:
    """The rounds that some fingerprints name, each with its subject."""
    for subject, dossier in trail.dossiers.items():
        yield from ((subject, words) for words in dossier.rounds.values() if short(words.digest) in printed)


def _until_same(files: Iterator[bytes], content: bytes) -> Iterator[tuple[bytes, Sameness]]:
    """Each genuine file with how far the file is it, up to the first that it is."""
    for made in files:
        same = sameness(content, made)
        yield made, same
        if same is not Sameness.NO:
            return


def _standing(state: SubjectState, words: FrozenWords, place: Place) -> Iterator[Finding]:
    """What is wrong with the round itself, whatever the file is, and a remark where it would be worded anew today."""
    highest = state.words
    if highest is None or words.number != highest.number:
        newest = highest.number if highest else 0
        yield verifying.FILE_FRAME.at(place, f"这是第 {words.number} 轮的文字，现在最新是第 {newest} 轮")
    elif not state.approved:
        yield verifying.FILE_FRAME.at(place, f"文件印作定稿，核验的结果是：{not_approved(state)}")
    elif state.differences and state.stage is Stage.APPROVED:
        told = f"文书自己的内容没有改，现在会排成别的样子，有 {len(state.differences)} 处不同，如{state.differences[0]}"
        yield verifying.OLDER_WORDING.at(place, told)


_CODES: Mapping[Where, Code] = {
    Where.TEXT: verifying.FILE_BODY,
    Where.FRAME: verifying.FILE_FRAME,
    Where.ELSEWHERE: verifying.FILE_PART,
}


_MOST = 200
"""So many differences are named one by one: whoever makes a file decides how many it has."""


def _other_text(words: FrozenWords, word: Word) -> bool:
    """Whether the text itself is another: a digest that somebody else wrote into a round vouches for no other words."""
    return any(found.where is Where.TEXT for found in compared(final_document(words), word))


def _other(words: FrozenWords, package: Package, word: Word, place: Place) -> Iterator[Finding]:
    """Where the words are others, and what may be words and cannot be compared."""
    found = compared(final_document(words), word)
    for one in islice(found, _MOST):
        yield _CODES[one.where].at(place, _for_readers(one.said))
    more = next(found, None)
    if more is not None:
        yield _CODES[more.where].at(place, f"不同的超过 {_MOST} 处，没有一一列出")
    images = {untagged(text) for text in words.facts.get("images", ())}
    parts = dict.fromkeys((*unjudged(package, images), *_foreign(package, images)))
    for part in islice(parts, _MOST):
        yield verifying.FILE_PART.at(place, f"无法核验：{_for_readers(part)}")
    if len(parts) > _MOST:
        yield verifying.FILE_PART.at(place, f"无法核验的还有 {len(parts) - _MOST} 处，没有一一列出")


def _foreign(package: Package, images: set[str]) -> Iterator[str]:
    for name, _, root in package.texts():
        yield from foreign(name, root, approved_pictures(package, name, images))


_CALLED = (
    (re.compile(r"word/(document\d*)\.xml ?"), "正文"),
    (re.compile(r"word/(header\d*)\.xml ?"), "页眉"),
    (re.compile(r"word/(footer\d*)\.xml ?"), "页脚"),
    (re.compile(r"word/(styles)\.xml ?"), "样式"),
)
_TABLES = {"inputs": "投入", "resources": "资源", "costs": "费用", "revenue": "收益"}


def _for_readers(found: str) -> str:
    """Parts of the file and tables by the names that a lawyer knows, the part's own name behind them."""
    for pattern, called in _CALLED:
        found = pattern.sub(rf"{called}（\1.xml）", found)
    return re.sub(r"表格 ([a-z]+)", lambda match: f"“{_TABLES.get(match[1], match[1])}”表", found)
