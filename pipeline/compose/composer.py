"""The composer: one agreement and its wording become one Document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date
from pathlib import Path

from pipeline.compose.amended import Amended, amended
from pipeline.compose.annex import ANNEXES
from pipeline.compose.brackets import BlockError
from pipeline.compose.builder import Builder
from pipeline.compose.columns import without_empty_columns
from pipeline.compose.context import Context
from pipeline.compose.filters import FILTERS
from pipeline.compose.inline import InlineScope, UnsupportedError, line_at
from pipeline.compose.parties import PartyView, party_views, roles
from pipeline.compose.sheet import Sheet
from pipeline.compose.sheets import AGREEMENT_SHEET
from pipeline.compose.values import Printed, PrintedRecord, Value
from pipeline.compose.wording import Wordings
from pipeline.kernel.codes.templating import WordingError
from pipeline.kernel.document import Block, Body, Document, Origin, Title, plain
from pipeline.record.kinds import AGREEMENT, COLLEGE, Kind
from pipeline.record.model import Agreement, Records
from pipeline.record.schema import Schema
from pipeline.standing.as_of import approved_as_of
from pipeline.standing.labels import Labels
from pipeline.standing.proof import Approved

NOWHERE = "-"
"""Stands for the id of a project that a record outside any project does not have."""


class Composer:
    """Composes documents of one college; wordings are compiled once and kept."""

    def __init__(
        self,
        templates: Path,
        schemas: Mapping[str, Schema],
        records: Records,
        today: date | None = None,
        approved: Approved | None = None,
        boxes: Mapping[str, str] | None = None,
    ) -> None:
        self._wordings = Wordings(templates, "templates", FILTERS)
        self._schemas = schemas
        self._records = records
        self._today = today
        self._approved = approved or {}
        self._boxes = boxes or {}
        self._last: tuple[str, Amended | None] | None = None

    def agreement(self, project: str) -> Document:
        """The agreement of a project, gaps marked; raises WordingError, or KeyError for an unknown project."""
        return self.compose(AGREEMENT_SHEET, project)

    def compose(self, sheet: Sheet, key: str) -> Document:
        """One record as a Document, gaps marked; raises WordingError, or KeyError for an unknown record.

        Wording sees the record as `r` (an agreement also as `a`), its project's agreement as `a` with its
        `parties`, the `school` among them and the `others`, and the `college`; `name` is the project's title; the ids of its path and the sheet's
        facts join them.
        """
        known = sheet.known(self._records, key, self._today)
        return self.over(known.records)._compose(sheet, key, known.day)

    def _compose(self, sheet: Sheet, key: str, day: date | None) -> Document:
        record = sheet.records(self._records)[key]
        project = getattr(record, "project", "")
        agreement = record if isinstance(record, Agreement) else self._records.agreements.get(project)
        r = self._value(sheet.kind, key if sheet.kind.names else "", record, agreement)
        a = r if record is agreement else self._value(AGREEMENT, project, agreement or Agreement(), agreement)
        context = Context(
            words=Labels(records=self._records, schemas=self._schemas),
            key=key,
            today=day if sheet.dated else None,
            approved=approved_as_of(self._approved, day) if sheet.dated and day else {},
            boxes=self._boxes,
            wrapped=r,
            wrap=self._wrap,
            amended=self.amended,
        )
        ids = dict(zip(sheet.names, key.split("/"), strict=True)) if sheet.names else {}
        facts = {**ids, "name": context.words.project(project), **sheet.facts(context)}
        blocks = self._blocks(sheet, record, r, a, agreement, facts)
        number = a.number.printed().text if record is agreement else ""
        body = Body(title=_title(blocks), number=number, blocks=blocks)
        return Document(kind=sheet.kind.name, layout=sheet.layout, body=body, frame=sheet.frame(body))

    def amended(self, key: str) -> Amended | None:
        """The agreement before and after an amendment; None where the college has not composed it itself."""
        last = self._last  # the comparison asks first, and then the redline beside it
        if last is None or last[0] != key:
            last = self._last = key, amended(self._records, key, self._agreement_of)
        return last[1]

    def _agreement_of(self, records: Records, project: str) -> Document:
        """A project's agreement as other records have it, in the same wordings."""
        return self.over(records).agreement(project)

    def over(self, records: Records, today: date | None = None) -> Composer:
        """The same composer, with the wordings it has compiled, over other records; on another day if one is given."""
        if records is self._records and today in (None, self._today):
            return self
        other = copy(self)
        other._records = records
        other._today = today or self._today
        other._last = None
        return other

    def _wrap(self, kind: Kind, key: str) -> Value:
        """Any record as wording sees it."""
        record = kind.of(self._records)[key]
        return self._value(kind, key, record, self._records.agreements.get(getattr(record, "project", "")))

    def _value(self, kind: Kind, key: str, record: object, agreement: Agreement | None) -> Value:
        printed = PrintedRecord(
            file=kind.file(key or NOWHERE),
            records=self._records,
            roles=roles(agreement) if agreement else {},
            declined=getattr(record, "declined", {}),
        )
        return Value(record, (), self._schemas[kind.name].root, printed)

    def _blocks(
        self,
        sheet: Sheet,
        record: object,
        r: Value,
        a: Value,
        agreement: Agreement | None,
        facts: Mapping[str, object],
    ) -> tuple[Block, ...]:
        wording = sheet.wording(record)
        parties = list(party_views(agreement, a, self._records, self._schemas)) if agreement else []
        college = self._value(COLLEGE, "", self._records.college, None)
        context = {**facts, "r": r, "a": a, "college": college, "parties": parties, **_sides(parties)}
        text, values = self._wordings.render(wording, context)
        blocks = self._built(wording, text, values, a, sheet.numbering)
        # What is approved stays as it was composed when it was frozen.
        return (
            blocks if sheet.kind.approved or sheet.numbering == "article" else without_empty_columns(blocks)
        )

    def _built(
        self, wording: str, text: str, values: list[Printed], a: Value, numbering: str
    ) -> tuple[Block, ...]:
        file = self._wordings.file(wording)
        scope = InlineScope(values=values, origin=Origin(file=file))
        try:
            return Builder(scope, lambda name: _drawn(name, a), numbering).build(text)
        except BlockError as error:
            raise WordingError(file, error.line, error.message) from error
        except UnsupportedError as error:
            raise WordingError(
                file, line_at(text, error.line), f"文书里排不出来的格式：{error.what}"
            ) from error


def _drawn(name: str, a: Value) -> tuple[Block, ...] | None:
    return ANNEXES[name](a) if name in ANNEXES else None


def _sides(parties: Sequence[PartyView]) -> Mapping[str, object]:
    """The school among the parties, whatever it is designated, and all the others."""
    school = next((party for party in parties if party.college), None)
    return {"school": school, "others": [party for party in parties if party is not school]}


def _title(blocks: tuple[Block, ...]) -> str:
    """The title as it stands in the text; a wording without one prints none in its header either."""
    return next((plain(block.runs) for block in blocks if isinstance(block, Title)), "")
