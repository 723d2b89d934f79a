"""Every kind of record goes into a workbook and comes back as it was, wherever people have filled nothing."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.desk.named import names
from pipeline.desk.sheet_import import SheetReader
from pipeline.desk.sheet_plan import fill_in, planned
from pipeline.paper.fill_book import render
from pipeline.record.kinds import KINDS, Kind
from pipeline.record.model import Records
from pipeline.record.register import load as load_register
from pipeline.record.register.by_name import Named
from pipeline.returned.filled_book import read_book
from pipeline.source import load
from pipeline.source.edit.operations import same
from tests.college import ROOT, SCHEMAS


@pytest.fixture(scope="module")
def records() -> Records:
    return load_register(ROOT, SCHEMAS).records


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind.name != "waivers"], ids=lambda kind: kind.name
)
def test_nothing_filled_is_nothing_changed(kind: Kind, records: Records) -> None:
    key = sorted(kind.of(records))[-1]
    file = kind.file(key)
    content = (ROOT / file).read_bytes()
    data: Any = load(file, content).data
    words, schema = names(records), SCHEMAS[kind.name]
    plan = planned(schema, data, words)
    made = render(fill_in(kind.label, file, content, data, plan, words, {}))
    book = read_book(made)
    wanted = SheetReader(data, plan, words, lambda word, reference: Named(names={}), ()).read(book)
    assert (book.record, book.base) == (file, content)
    assert same(wanted.data, data) and not wanted.asked and not wanted.refused
