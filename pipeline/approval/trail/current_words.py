"""What a commit (or the work tree) says now: each subject's fields, facts and text, as they would be frozen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from pipeline.approval.blocks import body_lines
from pipeline.approval.trail.field_list import generic
from pipeline.compose.composer import Composer
from pipeline.compose.sheet import Sheet
from pipeline.compose.sheets import SHEETS
from pipeline.kernel.codes.templating import WordingError
from pipeline.kernel.document import Document, is_form
from pipeline.kernel.finding import Finding, Severity
from pipeline.kernel.program import files_digest
from pipeline.kernel.recall import NOTHING_KEPT
from pipeline.kernel.recall import digest as recalled
from pipeline.kernel.structs import Struct, replace
from pipeline.memory.trace import Traced, Tracing
from pipeline.memory.value_marks import mark_of
from pipeline.record.kinds import (
    AGREEMENT,
    AMENDMENT,
    KINDS,
    SCHEME,
    Kind,
    kind_of,
)
from pipeline.record.model import Records
from pipeline.record.model.records import Without, with_changed
from pipeline.record.places import file_of, subject_of
from pipeline.record.register import Entry, Register
from pipeline.record.rounds.canonical import digest, line
from pipeline.record.rounds.frozen_fields import frozen_fields
from pipeline.record.rounds.frozen_words import FrozenWords
from pipeline.record.schema import Schema, Schemas
from pipeline.standing.matrix_facts import FACTS

SUBJECTS = tuple(kind for kind in KINDS if kind.approved)
"""The kinds of record that the college approves (clauses 6.2, 8.2, 8.4)."""


class NotComposedError(Exception):
    """A subject cannot be composed; the message says why (Chinese)."""


class Composed(Struct, frozen=True, kw_only=True):
    """One subject as it stands: fields, facts and body in the form of the frozen words, and the document."""

    fields: Mapping[str, Any]
    facts: Mapping[str, Any]
    body: tuple[Mapping[str, Any], ...]
    document: Document | None = None


_COMPOSED = "composed"


def _brief(composed: Composed) -> bytes:
    """The digest of what is compared with frozen words; empty where it has none, and then nothing is known of it."""
    return mark_of((composed.fields, composed.facts, composed.body)) or b""


@dataclass(frozen=True, kw_only=True)
class CurrentWords:
    """All records of one state of the repository, with the wordings to compose them."""

    register: Register
    schemas: Mapping[str, Schema]
    templates: Path
    tracing: Tracing | None = None
    """What knows how a subject stood before, if anything does: it is composed anew where any record it reads has changed."""

    _made: dict[str, Composed] = field(default_factory=dict)

    @cached_property
    def composer(self) -> Composer:
        """The composer of this state's wordings."""
        return Composer(self.templates, self.schemas, self.register.records)

    def subjects(self) -> Iterator[str]:
        """Every record that the college approves, by its path under agreements/ without the ending."""
        for name, entry in self.register.entries.items():
            if entry.kind in SUBJECTS and not _legacy(entry):
                yield subject_of(name)

    def entry(self, subject: str) -> Entry | None:
        """The subject's file as loaded; None where there is none."""
        found = self.register.entries.get(file_of(subject))
        return found if found is not None and found.kind in SUBJECTS and not _legacy(found) else None

    def errors(self, subject: str) -> tuple[Finding, ...]:
        """What loading found wrong with the subject's own file."""
        name = file_of(subject)
        return tuple(
            found
            for found in self.register.findings
            if found.place.file == name and found.severity is Severity.ERROR
        )

    def composed(self, subject: str) -> Composed:
        """The subject composed, once; raises NotComposedError."""
        return self._composed(subject, subject)

    def brief(self, words: FrozenWords) -> bytes:
        """A digest of what is composed `beside` some frozen words: the same where that says the same.

        Raises NotComposedError.
        """
        called, hidden = self._called(words)
        known = None
        if called not in self._made and self.tracing is not None and self.tools:
            self._readable(words.subject)
            known = self.tracing.known_brief(_COMPOSED, called, self.tools)
        return known or _brief(self._composed(words.subject, called, hidden))

    def readable(self, words: FrozenWords) -> bool:
        """Whether some frozen words, known by their digest, have fields and a body; raises CanonicalError."""
        recall = self.tracing.recall if self.tracing else NOTHING_KEPT

        def read() -> bool:
            return words.fields is not None and bool(words.body)

        return recall.kept("readable", words.subject, recalled(words.digest), bool, read)

    def beside(self, words: FrozenWords) -> Composed:
        """The subject of some frozen words composed, to be held against them; raises NotComposedError.

        A scheme is approved before there is an agreement (8.2, 6.2): the title and the department that an agreement brings
        later are no change of what was approved, and it is composed as if there were none yet.
        """
        return self._composed(words.subject, *self._called(words))

    def _called(self, words: FrozenWords) -> tuple[str, str]:
        """What the text is called that is held against some frozen words, and whose agreement is hidden from it."""
        project = words.subject.split("/")[1]
        later = project in self.register.records.agreements and "forms" not in words.facts
        if not later or kind_of_subject(words.subject) is not SCHEME:
            return words.subject, ""
        return f"{words.subject} before its agreement", project

    def _composed(self, subject: str, called: str, hidden: str = "") -> Composed:
        if called not in self._made:
            self._made[called] = self._compose(subject, called, hidden)
        return self._made[called]

    def _readable(self, subject: str) -> Entry:
        """The subject's file; raises NotComposedError where it cannot be composed."""
        entry = self.entry(subject)
        if entry is None:
            raise NotComposedError(f"没有 {file_of(subject)}")
        if entry.held.empty or not (entry.source.read or entry.source.begun):
            raise NotComposedError(f"{file_of(subject)} 读不出来")
        errors = self.errors(subject)
        if errors:
            raise NotComposedError(f"{errors[0].place}：{errors[0].message}")
        return entry

    def _compose(self, subject: str, called: str, hidden: str) -> Composed:
        work = partial(self._worked_out, self._readable(subject).source.name, hidden)
        tracing, mark = self.tracing, self.tools
        try:
            if tracing is None or not mark:
                return work(self.register)
            known: Composed | None = tracing.known(_COMPOSED, called, mark, Traced[Composed])
            return tracing.work_out(_COMPOSED, called, mark, work, _brief) if known is None else known
        except WordingError as error:
            raise NotComposedError(str(error)) from error

    @cached_property
    def tools(self) -> str:
        """All that a text depends on beside the records; empty where that has no digest."""
        fields = self.schemas.digest if isinstance(self.schemas, Schemas) else ""
        return recalled(fields, files_digest(self.templates)).hex() if fields else ""

    def _worked_out(self, name: str, hidden: str, register: Register) -> Composed:
        """A subject's file composed with what a register says, but for the agreement of a project that is `hidden`."""
        if hidden:
            agreements = Without(register.records.agreements, hidden)
            register = replace(register, records=with_changed(register.records, agreements=agreements))
        entry = register.entries[name]
        assert entry.source.data is not None
        document = self.document(entry, register)
        facts = dict(FACTS[entry.kind.name](entry.record, _records(entry, register), entry.id))
        facts["kind"] = f"id:{entry.kind.name}"
        if entry.kind is AMENDMENT:
            facts["amended"] = f"text:{self._amended(entry, register)}"
        facts["images"] = [f"text:{digest}" for digest in self._images(document.layout)]
        return Composed(
            fields=frozen_fields(entry.source.data, self.schemas[entry.kind.name].root),
            facts=facts,
            body=body_lines(document.body),
            document=document,
        )

    def _amended(self, entry: Entry, register: Register) -> str:
        """The digest of every field of the agreement that an amendment changes: of other terms it says nothing."""
        base = register.entries.get(AGREEMENT.file(entry.id.split("/")[0]))
        data = base.source.data if base is not None else None
        return digest(line(frozen_fields(data, self.schemas[AGREEMENT.name].root))) if data else ""

    def document(self, entry: Entry, register: Register) -> Document:
        """The subject's document as a register has it; raises WordingError."""
        sheet = sheet_of(entry)
        if sheet is not None:
            return self.composer.over(_records(entry, register)).compose(sheet, entry.id)
        return generic(entry, self.schemas[entry.kind.name])

    def _images(self, layout: str) -> list[str]:
        try:
            return pictures((self.templates / "layout" / f"{layout}.docx").read_bytes())
        except OSError:
            return []


def _records(entry: Entry, register: Register) -> Records:
    """What a subject's words see: it may have gone back into its draft stage since, its parties may have new names."""
    records = register.reading(entry.source.name)
    sheet = sheet_of(entry)
    return sheet.known(records, entry.id, None).records if sheet else records


def pictures(layout: bytes) -> list[str]:
    """SHA-256 digests of the images in a layout: they are printed, so they are agreed to."""
    try:
        with ZipFile(BytesIO(layout)) as package:
            names = sorted(name for name in package.namelist() if "/media/" in name)
            return [hashlib.sha256(package.read(name)).hexdigest() for name in names]
    except (OSError, BadZipFile):
        return []


def _legacy(entry: Entry) -> bool:
    """Whether it was signed before this repository began: registered, never approved here."""
    return getattr(getattr(entry.record, "origin", None), "kind", "") == "legacy"


def sheet_of(entry: Entry) -> Sheet | None:
    """The sheet that prints a subject itself (not a form about it); None where it has none yet."""
    mine = [
        sheet
        for sheet in SHEETS
        if sheet.kind is entry.kind and sheet.prints(entry.record) and not sheet.dated
    ]
    return next((sheet for sheet in mine if sheet.file == entry.kind.name), mine[0] if mine else None)


def layout_of(subject: str) -> str:
    """The Word layout that a subject is printed in, whether or not its record can still be read."""
    kind = kind_of_subject(subject)
    layouts = (sheet.layout for sheet in SHEETS if sheet.kind is kind and not sheet.dated)
    return next((layout for layout in layouts if not is_form(layout)), "contract")


def kind_of_subject(subject: str) -> Kind | None:
    """The kind of a subject; None where the college approves no such thing."""
    known = kind_of(file_of(subject))
    return known[0] if known is not None and known[0] in SUBJECTS else None
