"""Which document a Word file came from, told by its properties, its fingerprint, its number, its title and its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.approval.trail.current_words import CurrentWords
from pipeline.approval.trail.final_file import fingerprints
from pipeline.compose.sheet import Sheet
from pipeline.compose.sheets import SHEETS
from pipeline.kernel.codes.templating import WordingError
from pipeline.kernel.document import Document, Table, is_form, plain
from pipeline.record.places import subject_of
from pipeline.returned.document_text import places
from pipeline.returned.package import Package
from pipeline.returned.word import Word, read_package, texts

_ENOUGH = 0.25
"""A file that shares less of a document's text than this did not come from it."""
_CLEAR = 0.03
"""By so much the best must be ahead of the second best."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A document that a file may have come from: its subject, its name among people, and the share of its text found."""

    subject: str
    sheet: Sheet
    key: str
    document: Document
    share: float

    @property
    def called(self) -> str:
        """How people know it: its file name in the build folder, and its title."""
        folder, name = self.sheet.place(self.key)
        return f"{folder}/{name}　《{self.document.body.title}》"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """The documents a file may be, best first, by what it was recognised, and the fingerprint printed in it."""

    candidates: tuple[Candidate, ...]
    by: str
    fingerprint: str = ""

    @property
    def clear(self) -> bool:
        """Whether the first one is surely meant."""
        best = self.candidates[:2]
        return bool(best) and (len(best) == 1 or best[0].share - best[1].share >= _CLEAR)


def recognise(current: CurrentWords, content: bytes) -> Recognised:
    """Find the document; raises `xml.UnreadableError`."""
    package = Package(content)
    word = read_package(package)
    lines = _lines(word)
    text = "\n".join(lines)
    printed = next(iter(fingerprints(word)), "")
    marks = {package.said("subject"), word.title} - {""}
    projects, by = _projects(current, text, marks)
    found = sorted(_weighed(current, lines, projects), key=lambda one: -one.share)
    if not found or found[0].share < _ENOUGH:
        found, by = sorted(_weighed(current, lines, None), key=lambda one: -one.share), "文字最接近"
    near = tuple(one for one in found if one.share >= _ENOUGH)
    return Recognised(candidates=near[:5], by=by, fingerprint=printed)


def candidate(current: CurrentWords, file: str) -> Candidate | None:
    """The document of a record that a person named; None where there is none."""
    for sheet in SHEETS:
        for key, record in sheet.records(current.register.records).items():
            if sheet.source(key) == file and sheet.prints(record) and not sheet.dated:
                document = current.composer.compose(sheet, key)
                return Candidate(subject=subject_of(file), sheet=sheet, key=key, document=document, share=1.0)
    return None


def _lines(word: Word) -> tuple[str, ...]:
    said = (line for part in word.parts for text in texts(part) for line in text.split("\n"))
    return tuple(line for line in said if line.strip())


def _projects(current: CurrentWords, text: str, marks: set[str]) -> tuple[set[str] | None, str]:
    """The projects whose number or title the file holds; None where none is found there."""
    agreements = current.register.records.agreements
    numbered = {key for key, one in agreements.items() if one.number and one.number in marks}
    if numbered:
        return numbered, "文档属性里的编号"
    numbered = {key for key, one in agreements.items() if one.number and one.number in text}
    if numbered:
        return numbered, "文件里的编号"
    titled = {key for key, one in agreements.items() if one.title and one.title in text}
    return (titled, "标题") if titled else (None, "文字最接近")


def _weighed(current: CurrentWords, lines: Sequence[str], projects: set[str] | None) -> Iterator[Candidate]:
    """Every document of some projects (of all records where None) with the share of its text that the file has."""
    have = set(lines)
    for sheet in SHEETS:
        for key, record in sheet.records(current.register.records).items():
            if sheet.dated or not sheet.prints(record):
                continue
            if projects is not None and getattr(record, "project", key) not in projects:
                continue
            try:
                document = current.composer.compose(sheet, key)
            except WordingError:
                continue  # it is told by check
            file = sheet.source(key)
            share = _share(document, have)
            yield Candidate(subject=subject_of(file), sheet=sheet, key=key, document=document, share=share)


def _share(document: Document, have: set[str]) -> float:
    """How much of a document's text stands in a file, by letters; what a form prints of itself does not count."""
    said = [line for spot in places(document) for line in spot.text.replace("\t", "\n").split("\n")]
    if is_form(document.layout):
        cells = [cell for block in document.body.blocks if isinstance(block, Table) for cell in block.rows]
        said = [text for text in said if len(text) > 1] + [plain(one.runs) for row in cells for one in row]
    whole = sum(map(len, said))
    return sum(len(line) for line in said if line in have) / whole if whole else 0.0
