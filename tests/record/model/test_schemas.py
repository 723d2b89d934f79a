"""The schemas and the records made of them, seen together."""

from __future__ import annotations

from typing import get_type_hints

import pytest

from pipeline.record.kinds import KINDS, Kind
from tests.college import SCHEMAS

each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.name))


@each_kind
def test_every_id_of_a_path_has_its_place_in_the_record(kind: Kind) -> None:
    assert set(kind.names) <= set(get_type_hints(kind.record))


@each_kind
def test_what_may_be_declared_not_to_apply_is_remembered_with_its_reason(kind: Kind) -> None:
    declinable = any(field.none for field in SCHEMAS[kind.name].fields.values())
    assert declinable <= ("declined" in get_type_hints(kind.record))


@each_kind
def test_every_field_has_a_chinese_label(kind: Kind) -> None:
    for path, field in SCHEMAS[kind.name].walk():
        assert any("\u4e00" <= character <= "\u9fff" for character in field.label), path


@each_kind
def test_an_id_that_refers_says_to_what(kind: Kind) -> None:
    known = {
        "person",
        "department",
        "enterprise",
        "party",
        "project",
        "goal",
        "milestone",
        "attachment",
        "amendment",
        "criterion",
        "task",
    }
    for path, field in SCHEMAS[kind.name].walk():
        assert {field.reference, field.key_reference} - {""} <= known, path
