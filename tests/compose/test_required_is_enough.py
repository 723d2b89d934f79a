"""A paper asks for nothing that may be left out: what is called 可不填 leaves no 【待补充】 on what is finished."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.compose.composer import Composer
from pipeline.compose.sheets import SHEETS
from pipeline.paper.markdown import render
from pipeline.record.kinds import AGREEMENT, KINDS, Kind, kind_of
from pipeline.record.register import load
from pipeline.record.schema import Field
from tests.college import SCHEMAS, TEMPLATES
from tests.planted import TODAY
from tests.planted_college import plant, write

PRINTED = [
    kind
    for kind in KINDS
    if kind is not AGREEMENT and any(sheet.kind is kind and not sheet.years for sheet in SHEETS)
]
"""Kinds with papers of their own; of agreements rules tell each gap."""

_TOLD = {"appraisal": {"date", "experts", "conclusion", "waiver"}}
"""What G03 demands of a record that might say instead that there is no appraisal."""


def _required(value: Any, field: Field) -> Any:
    """A value without all that may be left out."""
    if isinstance(value, list) and field.each:
        return [_required(one, field.each) for one in value]
    if isinstance(value, dict) and field.children:
        return {
            key: _required(one, field.children[key])
            for key, one in value.items()
            if field.children[key].required or key == "stage"
        }
    if isinstance(value, dict) and field.each:
        return {key: _required(one, field.each) for key, one in value.items()}
    return value


@pytest.mark.parametrize("kind", PRINTED, ids=lambda kind: kind.name)
def test_what_may_be_left_out_leaves_no_gap(kind: Kind, tmp_path: Path) -> None:
    files = plant(tmp_path, [])
    told = _TOLD.get(kind.name, set())
    mine = {
        name: {
            **_required(record, SCHEMAS[kind.name].root),
            **{key: value for key, value in record.items() if key in told},
        }
        for name, record in files.items()
        if (found := kind_of(name)) and found[0] is kind
    }
    assert mine
    write(tmp_path, mine)
    records = load(tmp_path, SCHEMAS).records
    composer = Composer(TEMPLATES, SCHEMAS, records, TODAY)
    papers = {
        "/".join(sheet.place(key)): render(composer.compose(sheet, key))
        for sheet in SHEETS
        if sheet.kind is kind and not sheet.years
        for key, record in sheet.records(records).items()
        if sheet.prints(record)
    }
    gaps = [(name, line) for name, text in papers.items() for line in text.split("\n") if "待补充" in line]
    assert papers
    assert gaps == []
