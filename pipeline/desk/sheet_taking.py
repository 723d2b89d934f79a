"""A workbook of a record that came back filled: what would change, what is asked, and the file as it would be."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.desk.cell_meaning import Known
from pipeline.desk.named import names
from pipeline.desk.sheet_import import Doubt, SheetReader
from pipeline.desk.sheet_plan import planned
from pipeline.desk.words import described
from pipeline.record.change import FileEdit, Planned, digest, plan
from pipeline.record.kinds import kind_of
from pipeline.record.merging import merged
from pipeline.record.model import Records
from pipeline.record.register.by_name import Named, named
from pipeline.record.schema import Schema
from pipeline.record.schema.label_at import label_at
from pipeline.returned.filled_book import FilledBook
from pipeline.source import load
from pipeline.source.edit.steps import steps


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTaken:
    """What a workbook would change; with `clashes` (labels of fields that both sides changed) nothing is written.

    `questions` counts what may be agreed to, also what is only asked after another yes.
    """

    clashes: Sequence[str]
    changes: Sequence[Mapping[str, str]]
    asked: Sequence[Doubt]
    refused: Sequence[Doubt]
    planned: Planned
    questions: int


def take_sheet(
    root: Path,
    schemas: Mapping[str, Schema],
    records: Records,
    book: FilledBook,
    content: bytes,
    agreed: Container[int],
) -> SheetTaken:
    """What a workbook of ours wants of its record, whose file holds `content` now, with these numbers agreed to."""
    found = kind_of(book.record)
    assert found is not None
    kind, key = found
    schema, words = schemas[kind.name], names(records)
    old, now = (load(book.record, one).data or {} for one in (book.base, content))
    reader = SheetReader(old, planned(schema, old, words), words, _known(records, key, words), agreed)
    wanted = reader.counted(book)
    both = merged(old, wanted.data, now)
    change = FileEdit(file=book.record, base=digest(content), operations=tuple(steps((), now, both.ours)))
    changes: list[Any] = list(described(schema, now, both.ours, words))
    return SheetTaken(
        clashes=[label_at(schema, path, words) for path in both.clashes],
        changes=changes,
        asked=wanted.asked,
        refused=wanted.refused,
        questions=len(reader.numbers),
        planned=Planned() if both.clashes else plan(root, (change,), schemas),
    )


def _known(records: Records, key: str, words: Mapping[str, str]) -> Known:
    """The ids a cell may mean: by what the workbook calls them, or by what people do."""

    def known(word: str, reference: str) -> Named:
        found = named(word, reference, records, key.split("/")[0])
        called = {one: name for one, name in words.items() if name == word}
        return found if found.names and (found.whole or not called) else Named(names=called)

    return known
