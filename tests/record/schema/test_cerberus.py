"""The quick validator tells what Cerberus as it comes tells, whatever is done to a record."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

import cerberus
import pytest
from cerberus import errors
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.kernel.chinese import credit_code_fault
from pipeline.record.schema.validator import Validator
from pipeline.record.schema.value_types import TYPES
from pipeline.source import load
from tests.college import ROOT, SCHEMAS

FILES = {
    path.relative_to(ROOT).as_posix(): kind
    for kind, pattern in (
        ("college", "college.yaml"),
        ("enterprise", "enterprises/*.yaml"),
        ("agreement", "projects/*/agreement.yaml"),
    )
    for path in sorted((ROOT / "agreements").glob(pattern))
}


def record(name: str) -> dict[str, Any]:
    """A record of the sample, without what it declares not to apply: Cerberus never sees that."""
    data = load(name, (ROOT / name).read_bytes()).data or {}
    return {key: item for key, item in data.items() if not (isinstance(item, dict) and "none" in item)}


RECORDS = {name: record(name) for name in FILES}
ODD: tuple[object, ...] = (
    None,
    "",
    "　",
    "甲\n乙",
    "draft",
    "xx",
    "college",
    0,
    -1,
    3,
    True,
    Decimal("1.5"),
    Decimal("480000.00"),
    Decimal("-0.01"),
    Decimal("1E+14"),
    date(2026, 9, 1),
    [],
    {},
    ["甲"],
    [[]],
    {"college": 60},
    {"name": "甲", "quantity": 2},
)


class AsItComes(cerberus.Validator):  # type: ignore[misc]  # Cerberus ships no types
    """Cerberus with our types and our one rule, and nothing made quicker: children, copies, trees and all."""

    types_mapping: ClassVar = {name: cerberus.TypeDefinition(name, (object,), ()) for name in TYPES}
    mandatory_validations = ()
    priority_validations = ("type",)

    def _validate_type(self, data_type: str, field: Any, value: Any) -> None:
        """The rule's arguments are validated against this schema: {'type': 'string'}"""  # noqa: D400, D415
        if not TYPES[data_type](value):
            self._error(field, errors.BAD_TYPE)
            self._drop_remaining_rules()

    def _validate_credit_code(self, wanted: bool, field: Any, value: Any) -> None:
        """The rule's arguments are validated against this schema: {'type': 'boolean'}"""  # noqa: D400, D415
        if wanted and (reason := credit_code_fault(value)):
            self._error(field, reason)


QUICK = {kind: Validator(schema.constraints) for kind, schema in SCHEMAS.items()}
"""One of each for all records, as a command has it: what one record leaves behind must not tell in the next."""

SLOW = {kind: AsItComes(schema.constraints) for kind, schema in SCHEMAS.items()}


def quick(kind: str, data: dict[str, Any]) -> list[str]:
    """What the project's validator complains of."""
    return _told(QUICK[kind].problems(copy.deepcopy(data)))


def slow(kind: str, data: dict[str, Any]) -> list[str]:
    """What Cerberus complains of."""
    SLOW[kind].validate(copy.deepcopy(data), normalize=False)
    return _told(_single(SLOW[kind]._errors))


def _single(found: Any) -> list[errors.ValidationError]:
    return [
        one for error in found for one in (_single(error.child_errors) if error.child_errors else [error])
    ]


def _told(found: list[errors.ValidationError]) -> list[str]:
    """All that is known of each complaint, in one order."""
    return sorted(
        repr((one.document_path, one.schema_path, one.code, one.rule, one.constraint, one.value, one.info))
        for one in found
    )


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container of a record with each of its keys or indices."""
    found: list[tuple[Any, Any]] = []
    if isinstance(value, dict | list):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            found += [(value, key), *places(value[key])]
    return found


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(FILES)), st.integers(0, 2**32), st.integers(1, 3))
def test_both_tell_the_same_of_a_spoilt_record(name: str, seed: int, changes: int) -> None:
    chance = random.Random(seed)
    data = copy.deepcopy(RECORDS[name])
    for _ in range(changes):
        container, key = chance.choice(places(data) or [(data, "title")])
        if isinstance(container, dict) and chance.random() < 0.4:
            container.pop(key, None)
            if chance.random() < 0.5:
                container["titel"] = copy.deepcopy(chance.choice(ODD))
        else:
            container[key] = copy.deepcopy(chance.choice(ODD))
    assert quick(FILES[name], data) == slow(FILES[name], data)


@pytest.mark.parametrize("name", sorted(FILES))
def test_neither_complains_of_a_record_of_the_sample(name: str) -> None:
    assert quick(FILES[name], RECORDS[name]) == slow(FILES[name], RECORDS[name]) == []


def test_every_rule_of_a_schema_is_one_that_the_quick_validator_asks_as_cerberus_does() -> None:
    alone = {"type", "allowed", "regex", "min", "max", "minlength", "maxlength", "credit_code"}
    inside = {"schema", "keysrules", "valuesrules"}
    said = {rule for schema in SCHEMAS.values() for rules in _every(schema.constraints) for rule in rules}
    assert said - alone - inside <= {"required", "meta"}
    assert said >= inside | alone


def _every(fields: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The rules of every value of a record."""
    for rules in fields.values():
        yield from _below(rules)


def _below(rules: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield rules
    for name in ("keysrules", "valuesrules"):
        if name in rules:
            yield from _below(rules[name])
    if "schema" in rules:
        yield from _every(rules["schema"]) if rules["type"] == "dict" else _below(rules["schema"])
