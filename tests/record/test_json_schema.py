"""What editors are told of the records: no valid record is called wrong, and a slip in a key or a choice is."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from jsonschema import Draft7Validator

from pipeline.record.kinds import KINDS, Kind, kind_of
from pipeline.record.schema.json_schema import json_schema
from pipeline.record.skeleton import skeleton
from pipeline.source import load
from tests.college import ROOT, SCHEMAS

MADE = {kind.name: json_schema(SCHEMAS[kind.name], kind.label) for kind in KINDS}
RECORDS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "agreements").rglob("*.yaml")
    if kind_of(path.relative_to(ROOT).as_posix())
)


def as_an_editor_reads(value: Any) -> Any:
    """A record as a plug-in has it: days are text."""
    if isinstance(value, dict):
        return {str(key): as_an_editor_reads(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_an_editor_reads(one) for one in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def faults(name: str, data: Any) -> list[str]:
    known = kind_of(name)
    assert known is not None
    return [error.message for error in Draft7Validator(MADE[known[0].name]).iter_errors(data)]


@pytest.mark.parametrize("kind", sorted(MADE))
def test_each_is_a_json_schema_and_explains_every_field(kind: str) -> None:
    Draft7Validator.check_schema(MADE[kind])
    assert all(one["description"] for one in MADE[kind]["properties"].values())


def test_no_record_of_the_sample_is_called_wrong() -> None:
    found = {
        name: faults(name, as_an_editor_reads(load(name, (ROOT / name).read_bytes()).data))
        for name in RECORDS
    }
    assert len(found) > 100
    assert {name: said for name, said in found.items() if said} == {}


def test_a_wrong_key_and_a_wrong_choice_are_shown_while_typing() -> None:
    name = "agreements/projects/2026-im-002/agreement.yaml"
    data = as_an_editor_reads(load(name, (ROOT / name).read_bytes()).data)
    assert faults(name, {**data, "titel": "写错的键"}) != []
    assert faults(name, {**data, "stage": "done"}) != []
    assert faults(name, {**data, "revenue": {"none": "不对外开放服务"}}) == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.names], ids=lambda kind: kind.name)
def test_a_draft_just_begun_is_not_called_wrong(kind: Kind) -> None:
    schema = SCHEMAS[kind.name]
    if "stage" not in schema.fields or "draft" not in schema.fields["stage"].values:
        pytest.skip("no drafts of this kind")
    name = kind.file("/".join("2026-01-01" if one == "date" else "2026" for one in kind.names))
    begun = load(name, skeleton(schema, name).encode()).data
    assert begun is not None and begun["stage"] == "draft"
    assert faults(name, as_an_editor_reads(begun)) == []
    assert faults(name, {"stage": "draft"}) == []
    finished = next(one for one in schema.fields["stage"].values if one != "draft")
    needs = any(one.required and not one.ruled for one in schema.fields.values())
    assert bool(faults(name, {"stage": finished})) == needs
