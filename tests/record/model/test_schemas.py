"""What a schema lets an editor write has its place in the record, with the type the record calculates with."""

from __future__ import annotations

import dataclasses
import datetime
import types
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from pipeline.record.register.kinds import KINDS, Kind
from pipeline.record.schema import Field
from tests.college import SCHEMAS

PLAIN = {
    "text": str,
    "markdown": str,
    "id": str,
    "number": Decimal,
    "money": Decimal,
    "percent": Decimal,
    "integer": int,
    "flag": bool,
    "date": datetime.date,
}
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.name))


def _bare(hint: Any) -> Any:
    """A type without its None."""
    if get_origin(hint) is types.UnionType:
        return next(part for part in get_args(hint) if part is not type(None))
    return hint


def _misfits(path: str, field: Field, hint: Any) -> Iterator[str]:
    hint = _bare(hint)
    inner = get_args(hint)[-1 if get_origin(hint) is Mapping else 0] if get_args(hint) else None
    if field.type == "list" and field.each:
        yield from _misfits(f"{path}[]", field.each, inner) if get_origin(hint) is tuple else [path]
    elif field.type == "dict" and get_origin(hint) is Mapping:
        named = field.children.items() or ([("*", field.each)] if field.each else [])
        for key, child in named:
            yield from _misfits(f"{path}.{key}", child, inner)
    elif field.type == "dict":
        yield from _unplaced(path, field, hint)
    elif hint is not PLAIN[field.type]:
        yield f"{path}: {field.type} / {hint}"


def _unplaced(path: str, field: Field, record: Any) -> Iterator[str]:
    hints = get_type_hints(record) if dataclasses.is_dataclass(record) else {}
    for key, child in field.children.items():
        if key in hints:
            yield from _misfits(f"{path}.{key}", child, hints[key])
        else:
            yield f"{path}.{key}"


@each_kind
def test_every_field_of_a_schema_fits_the_record(kind: Kind) -> None:
    assert list(_unplaced(kind.name, SCHEMAS[kind.name].root, kind.record)) == []


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
