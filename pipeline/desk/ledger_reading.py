"""A workbook of ledgers against a college: what each sheet brings, what is asked, and the files as they would be."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.desk.headcounts import Headcount, HeadcountSheet, counts_students
from pipeline.desk.ledger_bases import BaseIntake
from pipeline.desk.ledger_changes import Intake, LedgerIntake
from pipeline.desk.ledger_heads import Heads
from pipeline.desk.ledger_layout import LedgerLayout, layout
from pipeline.desk.ledger_rows import LedgerCell, LedgerRow, ledger_rows
from pipeline.desk.ledger_words import BASES
from pipeline.desk.named import names
from pipeline.desk.words import described
from pipeline.record.change import FileEdit, Planned, Refusal, plan
from pipeline.record.kinds import kind_of
from pipeline.record.model import Records
from pipeline.record.register import Register, load
from pipeline.record.register.by_name import Named, named
from pipeline.record.schema import Schema
from pipeline.record.tree import Overlaid
from pipeline.returned.filled_book import FilledBook
from pipeline.source import load as load_source

_ORDER = ("enterprise", "people", "agreement", "placement", "meeting", "base")
"""Companies and people before what names them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerCollege:
    """The college that ledgers are taken into, as it lies there; `begun` adds the ids of what is not saved yet."""

    root: Path
    schemas: Mapping[str, Schema]
    register: Register
    today: date
    begun: Callable[[Records], Records] = lambda records: records


@dataclass(slots=True, kw_only=True)
class LedgerSheet:
    """What one sheet brings; `numbered` are all its questions with their numbers and whether they are agreed to."""

    title: str
    layout: LedgerLayout
    rows: Sequence[LedgerRow]
    intake: Intake
    numbered: list[tuple[int, LedgerCell, bool]] = field(default_factory=list)

    @property
    def refused(self) -> list[LedgerCell]:
        """The cells that nobody could read."""
        return [cell for row in self.rows for cell in row.refused]

    @property
    def sure(self) -> int:
        """How many cells are taken without a question, or with one that was answered."""
        return sum(len(row.values) for row in self.rows)

    @property
    def left(self) -> bool:
        """Whether something of the sheet is not taken in."""
        open_ones = any(not taken and not cell.chosen for _, cell, taken in self.numbered)
        return bool(open_ones or self.refused or self.intake.barred)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgersTaken:
    """What a workbook brings: its sheets, the lists of students among them, the files as they would be.

    `filled` tells of each known record what is written into it; `refusals` what cannot be written, whose rows are
    left out of `planned`; `questions` counts what may be agreed to.
    """

    sheets: Sequence[LedgerSheet]
    students: Sequence[HeadcountSheet]
    planned: Planned
    refusals: Sequence[Refusal]
    filled: Sequence[tuple[str, str]]
    questions: int


@dataclass(slots=True, kw_only=True)
class _Answers:
    """The questions of a file under one count, and which of them are agreed to.

    They are counted with every answer given, before anything is asked of anybody: the numbers that somebody was
    shown go on meaning the same questions, whatever else is agreed to.
    """

    agreed: Container[int]
    named: Container[int]
    counting: bool = True
    sheet: str = ""
    numbers: dict[tuple[str, ...], int] = field(default_factory=dict)
    given: list[tuple[int, LedgerCell, bool]] = field(default_factory=list)

    def __call__(self, cell: LedgerCell) -> bool:
        """Whether a question is agreed to; a choice only by its own number."""
        key = (self.sheet, cell.where, str(cell.path), cell.reason, str(cell.value))
        if self.counting:
            self.numbers.setdefault(key, len(self.numbers) + 1)
            return not cell.reason.endswith("另建一份")
        number = self.numbers.get(key, 0)
        taken = number > 0 and number in (self.named if cell.chosen else self.agreed)
        self.given.append((number, cell, taken))
        return taken


class LedgerReader:
    """Reads the ledgers of one workbook; `wanted` is the kind where somebody named it, `only` one sheet."""

    def __init__(
        self,
        college: LedgerCollege,
        book: FilledBook,
        wanted: str = "",
        only: str = "",
        given: Heads | None = None,
    ) -> None:
        self._college = college
        self._book = book
        chosen = {title: rows for title, rows in book.sheets.items() if only in ("", title)}
        self.students = [title for title, rows in chosen.items() if counts_students(rows)]
        found = [
            (title, made)
            for title, rows in chosen.items()
            if title not in self.students and (made := layout(rows, wanted, given)) is not None
        ]
        self.layouts = sorted(found, key=lambda pair: _ORDER.index(pair[1].kind.name))

    def take(self, agreed: Container[int], named_ones: Container[int]) -> LedgersTaken:
        """What comes in with these numbers agreed to; `named_ones` are those that were typed as numbers."""
        answers = _Answers(agreed=agreed, named=named_ones)
        self._sheets(answers)
        self._students(answers)
        answers.counting = False
        sheets, changes = self._sheets(answers)
        students = self._students(answers)
        changes += [change for one in students for change in one.changes]
        planned, refusals = self._planned(changes)
        return LedgersTaken(
            sheets=sheets,
            students=students,
            planned=planned,
            refusals=refusals,
            filled=tuple(self._filled(planned)),
            questions=len(answers.numbers),
        )

    def _sheets(self, answers: _Answers) -> tuple[list[LedgerSheet], list[tuple[FileEdit, ...]]]:
        changes: list[tuple[FileEdit, ...]] = []
        made = []
        register = self._college.register
        for place, (title, found) in enumerate(self.layouts):
            if place and changes:
                # What the sheets before brought is known to this one.
                over = Overlaid(self._college.root, self._planned(changes)[0].files)
                register = load(over, self._college.schemas)
            answers.sheet, answers.given = title, []
            sheet = self._sheet(title, found, register, answers)
            changes += sheet.intake.changes
            made.append(sheet)
        return made, changes

    def _students(self, answers: _Answers) -> list[HeadcountSheet]:
        made = []
        register = self._college.register
        data = {name: entry.source.data for name, entry in register.entries.items()}
        for title in self.students:
            answers.sheet, answers.given = title, []
            sheet = Headcount(register.records, data, answers).take(title, self._book.sheets[title])
            sheet.numbered = answers.given
            made.append(sheet)
        return made

    def _sheet(self, title: str, found: LedgerLayout, register: Register, answers: _Answers) -> LedgerSheet:
        records = self._college.begun(register.records)
        called = register.nameable

        def known(word: str, reference: str) -> Named:
            return named(word, reference, called)

        schema = self._college.schemas[found.kind.kind.name]
        rows = list(ledger_rows(self._book.sheets[title], found, schema, known))
        for row in rows:
            row.values |= {cell.path: cell.value for cell in row.asked if answers(cell)}
        data: dict[str, Any] = {name: entry.source.data for name, entry in register.entries.items()}
        worker = BaseIntake if found.kind is BASES else LedgerIntake
        intake = worker(records, data, self._college.today, answers).take(found.kind, rows)
        return LedgerSheet(title=title, layout=found, rows=rows, intake=intake, numbered=answers.given)

    def _planned(self, changes: Sequence[tuple[FileEdit, ...]]) -> tuple[Planned, tuple[Refusal, ...]]:
        """The files of all rows; a row that cannot be written is left out whole and stops no other."""
        root, schemas = self._college.root, self._college.schemas
        planned = plan(root, [one for row in changes for one in row], schemas)
        if not planned.refusals:
            return planned, ()
        alone = [(row, plan(root, row, schemas).refusals) for row in changes]
        fit = [one for row, refusals in alone if not refusals for one in row]
        return plan(root, fit, schemas), tuple(one for _, refusals in alone for one in refusals)

    def _filled(self, planned: Planned) -> Iterator[tuple[str, str]]:
        words = names(self._college.register.records)
        for name, content in planned.files.items():
            before, kind = planned.before[name], kind_of(name)
            if before is None or content is None or kind is None:
                continue
            old, new = (load_source(name, one).data or {} for one in (before, content))
            for one in described(self._college.schemas[kind[0].name], old, new, words):
                was = f"“{one['old']}” → " if one["old"] else ""
                yield name, f"{one['where']}：{one['sort']} {was}“{one['new']}”"
