"""A Word file that says it is final: which words it prints, and what in it is not those words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.approvals.blocks import body
from pipeline.approvals.words import Words
from pipeline.document import Document
from pipeline.finding import Finding, Place
from pipeline.read.back import differences
from pipeline.read.package import UnreadableError
from pipeline.read.word import Grid, Word, read
from pipeline.trail import codes
from pipeline.trail.frame import FINGERPRINT, final_frame
from pipeline.trail.inspect import Trail
from pipeline.trail.state import State

_PRINTED = re.compile(rf"文字指纹 ([0-9a-f]{{{FINGERPRINT}}})")
_OF_BODY = re.compile(r"(段落|列表项|标题|正文标题|表格|封面|目录|当事人|签署栏|丢失|多出|word/document)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a file is: the state of the subject it names, the round, and everything found."""

    state: State | None
    words: Words | None
    findings: tuple[Finding, ...]


def examine(trail: Trail, name: str, content: bytes) -> Verdict:
    """Compare a Word file with the frozen words that its fingerprint names."""
    place = Place(file=name)
    try:
        word = read(content)
    except UnreadableError as error:
        return Verdict(state=None, words=None, findings=(codes.FILE_PART.at(place, f"无法核验：{error}"),))
    printed = fingerprints(word)
    known = {
        words.digest[:FINGERPRINT]: (subject, words)
        for subject, dossier in trail.dossiers.items()
        for words in dossier.rounds.values()
    }
    named = [known[mark] for mark in printed if mark in known]
    if len(named) != 1:
        said = "、".join(printed) or "没有指纹"
        found = codes.FILE_UNKNOWN.at(place, f"文件里的指纹（{said}）不是本库任何一轮送审文本的")
        return Verdict(state=None, words=None, findings=(found,))
    subject, words = named[0]
    state = trail.state(subject)
    findings = tuple(_compared(trail, state, words, place, content, word))
    return Verdict(state=state, words=words, findings=findings)


def fingerprints(word: Word) -> tuple[str, ...]:
    """The fingerprints printed anywhere in a file, once each."""
    texts = []
    for part in word.parts:
        for item in part.items:
            texts += [cell for row in item.rows for cell in row] if isinstance(item, Grid) else [item.text]
    return tuple(dict.fromkeys(mark for text in texts for mark in _PRINTED.findall(text)))


def _compared(
    trail: Trail, state: State, words: Words, place: Place, content: bytes, word: Word
) -> Iterator[Finding]:
    highest = state.words
    if highest is None or words.number != highest.number:
        newest = highest.number if highest else 0
        yield codes.FILE_FRAME.at(place, f"这是第 {words.number} 轮的文字，现在最新是第 {newest} 轮")
    elif not state.approved:
        yield codes.FILE_FRAME.at(place, f"文件印作定稿，核验的结果是：{state.label}")
    frozen = body(words.body)
    document = Document(
        kind="frozen", layout="contract", body=frozen, frame=final_frame(frozen, state, trail.chain.pin)
    )
    for found in differences(document, content):
        yield _code(found).at(place, found)
    yield from _other_parts(word, content, place)


def _code(found: str):  # type: ignore[no-untyped-def]
    """Which code a difference belongs to: the body's text, the frame around it, or what cannot be judged."""
    if "word/document" in found or not found.startswith(("word/", "文档属性", "丢失页", "丢失水", "丢失状")):
        return codes.FILE_BODY
    return codes.FILE_FRAME if "丢失" in found or "header" in found or "footer" in found else codes.FILE_PART


def _other_parts(word: Word, content: bytes, place: Place) -> Iterator[Finding]:
    """Parts whose contents nobody compares: told as such, never passed over."""
    yield from (codes.FILE_PART.at(place, f"无法核验：{part}") for part in unjudged(content))


def unjudged(content: bytes) -> tuple[str, ...]:
    """Parts of a Word file that may show or do something and are not compared: names in order."""
    from io import BytesIO
    from zipfile import ZipFile

    harmless = re.compile(
        r"(\[Content_Types\]\.xml|_rels/\.rels|docProps/(core|app|custom)\.xml|word/_rels/.*\.rels"
        r"|word/(document|styles|settings|fontTable|webSettings|numbering|stylesWithEffects"
        r"|header\d*|footer\d*|footnotes|endnotes|theme/theme\d*)\.xml|word/theme/_rels/.*)\Z"
    )
    with ZipFile(BytesIO(content)) as package:
        return tuple(
            name for name in package.namelist() if not name.endswith("/") and not harmless.match(name)
        )


def layout_path(templates: Path, name: str) -> Path:
    """A layout's file."""
    return templates / "layout" / f"{name}.docx"
