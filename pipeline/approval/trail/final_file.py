"""A Word file that says it is final: which words it prints, and what in it is not those words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.approval.blocks import body
from pipeline.approval.frozen_words import FrozenWords
from pipeline.approval.trail.current_words import layout_of
from pipeline.approval.trail.frame import FINGERPRINT, final_frame
from pipeline.approval.trail.inspect import Trail
from pipeline.approval.trail.subject_state import SubjectState
from pipeline.kernel.codes import final_file
from pipeline.kernel.document import Document
from pipeline.kernel.finding import Code, Finding, Place
from pipeline.returned.appearance import odd_looks
from pipeline.returned.back import differences
from pipeline.returned.container import unjudged
from pipeline.returned.parts import UnreadableError
from pipeline.returned.word import Word, WordTable, read

_PRINTED = re.compile(rf"文字指纹 ([0-9a-f]{{{FINGERPRINT}}})")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileVerdict:
    """What a file is: the state of the subject it names, the round, and everything found."""

    state: SubjectState | None
    words: FrozenWords | None
    findings: tuple[Finding, ...]


def examine(trail: Trail, name: str, content: bytes) -> FileVerdict:
    """Compare a Word file with the frozen words that its fingerprint names."""
    place = Place(file=name)
    try:
        word = read(content)
    except UnreadableError as error:
        return FileVerdict(
            state=None, words=None, findings=(final_file.FILE_PART.at(place, f"无法核验：{error}"),)
        )
    printed = fingerprints(word)
    known = {
        words.digest[:FINGERPRINT]: (subject, words)
        for subject, dossier in trail.dossiers.items()
        for words in dossier.rounds.values()
    }
    named = [known[mark] for mark in printed if mark in known]
    if len(named) != 1:
        said = "、".join(printed) or "没有指纹"
        found = final_file.FILE_UNKNOWN.at(place, f"文件里的指纹（{said}）不是本库任何一轮送审文本的")
        return FileVerdict(state=None, words=None, findings=(found,))
    subject, words = named[0]
    state = trail.state(subject)
    try:
        findings = tuple(_compared(trail, state, words, place, content))
    except UnreadableError as error:
        findings = (final_file.FILE_PART.at(place, f"无法核验：{error}"),)
    return FileVerdict(state=state, words=words, findings=findings)


def fingerprints(word: Word) -> tuple[str, ...]:
    """The fingerprints printed anywhere in a file, once each."""
    texts = []
    for part in word.parts:
        for item in part.items:
            texts += (
                [cell for row in item.rows for cell in row] if isinstance(item, WordTable) else [item.text]
            )
    return tuple(dict.fromkeys(mark for text in texts for mark in _PRINTED.findall(text)))


def _compared(
    trail: Trail, state: SubjectState, words: FrozenWords, place: Place, content: bytes
) -> Iterator[Finding]:
    highest = state.words
    if highest is None or words.number != highest.number:
        newest = highest.number if highest else 0
        yield final_file.FILE_FRAME.at(place, f"这是第 {words.number} 轮的文字，现在最新是第 {newest} 轮")
    elif not state.approved:
        yield final_file.FILE_FRAME.at(place, f"文件印作定稿，核验的结果是：{state.label}")
    frozen = body(words.body)
    layout = layout_of(state.subject)
    frame = final_frame(frozen, state, trail.chain.pin, layout)
    document = Document(kind="frozen", layout=layout, body=frozen, frame=frame)
    for found in differences(document, content):
        yield _code(found).at(place, _for_readers(found))
    images = {text.partition(":")[2] for text in words.facts.get("images", ())}
    for part in dict.fromkeys((*unjudged(content, images), *odd_looks(content, images))):
        yield final_file.FILE_PART.at(place, f"无法核验：{_for_readers(part)}")


_CALLED = (
    (re.compile(r"word/(document)\.xml ?"), "正文"),
    (re.compile(r"word/(header\d*)\.xml ?"), "页眉"),
    (re.compile(r"word/(footer\d*)\.xml ?"), "页脚"),
    (re.compile(r"word/(styles)\.xml ?"), "样式"),
)
_TABLES = {"inputs": "投入", "resources": "资源", "costs": "费用", "revenue": "收益"}


def _for_readers(found: str) -> str:
    """Parts of the file and tables by the names that a lawyer knows, the part's own name behind them."""
    for pattern, called in _CALLED:
        found = pattern.sub(rf"{called}（\1.xml）", found)
    return re.sub(r"表格 ([a-z]+)", lambda told: f"“{_TABLES.get(told[1], told[1])}”表", found)


def _code(found: str) -> Code:
    """Which code a difference belongs to: the frame around the text, a part nobody compares, or the text."""
    if found.startswith(("丢失页", "丢失水印", "丢失状态", "word/header", "word/footer", "文档属性")):
        return final_file.FILE_FRAME
    other = found.startswith("word/") and not found.startswith("word/document")
    return final_file.FILE_PART if other else final_file.FILE_BODY
