"""The short answer says yes only where Cerberus finds nothing, whatever is done to a record."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.record.schema.fits import Fit, value_fit
from pipeline.record.schema.validator import TYPES, Validator
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


class Thorough(Validator):
    """Cerberus without any short answer."""

    def _fit(self, rules: object, make: Callable[[], Fit]) -> Fit:
        return lambda value: False


QUICK = {kind: Validator(schema.constraints) for kind, schema in SCHEMAS.items()}
THOROUGH = {kind: Thorough(schema.constraints) for kind, schema in SCHEMAS.items()}


def told(validator: Validator, data: dict[str, Any]) -> list[tuple[object, object, object]]:
    """What a validator complains of: path, rule and value."""
    return [(one.document_path, one.rule, one.value) for one in validator.problems(copy.deepcopy(data))]


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container of a record with each of its keys or indices."""
    found: list[tuple[Any, Any]] = []
    if isinstance(value, dict | list):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            found += [(value, key), *places(value[key])]
    return found


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(FILES)), st.integers(0, 2**32), st.integers(1, 3))
def test_the_short_answer_and_the_thorough_one_agree(name: str, seed: int, changes: int) -> None:
    chance = random.Random(seed)
    data = copy.deepcopy(RECORDS[name])
    for _ in range(changes):
        container, key = chance.choice(places(data) or [(data, "title")])
        if isinstance(container, dict) and chance.random() < 0.4:
            container.pop(key, None)
            if chance.random() < 0.5:
                container["titel"] = chance.choice(ODD)
        else:
            container[key] = copy.deepcopy(chance.choice(ODD))
    assert told(QUICK[FILES[name]], data) == told(THOROUGH[FILES[name]], data)


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_record_of_the_sample_needs_no_second_look(name: str) -> None:
    assert told(QUICK[FILES[name]], RECORDS[name]) == told(THOROUGH[FILES[name]], RECORDS[name]) == []


@pytest.mark.parametrize(
    "rules",
    [
        {"type": "text", "dependencies": "other"},
        {"type": "list", "allowed": ["甲"]},
        {"type": "unheard-of"},
        {"allowed": ["甲"]},
        {"type": "dict", "schema": {"a": {"type": "text", "anyof": []}}},
    ],
)
def test_a_rule_that_is_not_known_gets_no_short_answer(rules: dict[str, Any]) -> None:
    for value in ("甲", ["甲"], {"a": "甲"}):
        assert value_fit(rules, TYPES)(value) is False
