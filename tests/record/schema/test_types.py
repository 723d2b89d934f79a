"""What each type of the schemas takes and refuses, as an editor writes it in YAML."""

from __future__ import annotations

import pytest

from pipeline.record.schema.validator import Validator
from pipeline.record.schema.value_types import TYPES, is_id
from pipeline.source import load

TAKEN = {
    "text": ["数控实训", "'480'", "'true'", '"2026-09-01"'],
    "markdown": ["一行", "|\n  一段\n\n  又一段"],
    "id": ["a", "2026-im-001", "'2026'"],
    "number": ["0", "-3", "2.5"],
    "integer": ["0", "-3", "12"],
    "money": ["0.00", "480000.00", "-1.50", "9999999999999.99"],
    "percent": ["0", "100", "33.33", "12.5", "100.00"],
    "flag": ["true", "false"],
    "date": ["2026-09-01", "2028-02-29"],
    "list": ["[]", "[1, a]"],
    "dict": ["{}", "{a: 1}"],
}
REFUSED = {
    "text": ["", "''", "'  '", '"　"', "480", "true", "2026-09-01", "[a]", "|\n  一行\n", '"一行\\n"'],
    "markdown": ["", "''", "|\n\n", "1.5", "{a: b}"],
    "id": [
        "A",
        "a--b",
        "-a",
        "a-",
        "a_b",
        "a.b",
        "甲",
        "a b",
        "2026",
        "con",
        "lpt1",
        '"a\\n"',
        '"１２"',
        "''",
    ],
    "number": ["true", "'3'", "三", "２.５", ".nan", "nan", ".inf", "1e3", "0x10", ""],
    "integer": ["true", "false", "3.0", "'3'", "３", "1_000", "1,000", ""],
    "money": [
        "480000",
        "480000.0",
        "480000.000",
        "'480000.00'",
        "４８０.００",
        "1e400",
        ".inf",
        "10000000000000.00",
    ],
    "percent": ["-1", "100.01", "33.333", "101", "true", "'50'", "50%"],
    "flag": ["'true'", "True", "yes", "on", "1", "是", ""],
    "date": [
        "'2026-09-01'",
        "20260901",
        "2026/9/1",
        "2026-9-1",
        "2026-02-30",
        "0001-01-01",
        "9999-12-31",
        "1926-09-01",
        "2026-09-01 08:00:00",
        "２０２６-09-01",
    ],
    "list": ["{}", "a", ""],
    "dict": ["[]", "a", ""],
}


def _fits(kind: str, written: str) -> bool:
    data = load("record.yaml", f"value: {written}\n".encode()).data
    assert data is not None
    return not Validator({"value": {"type": kind}}).problems(dict(data))


def _cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(kind, written) for kind, all_written in table.items() for written in all_written]


def test_every_type_has_something_it_takes_and_something_it_refuses() -> None:
    assert set(TAKEN) == set(REFUSED) == set(TYPES)


@pytest.mark.parametrize(("kind", "written"), _cases(TAKEN))
def test_a_type_takes_what_is_written_properly(kind: str, written: str) -> None:
    assert _fits(kind, written)


@pytest.mark.parametrize(("kind", "written"), _cases(REFUSED))
def test_a_type_refuses_what_is_not(kind: str, written: str) -> None:
    assert not _fits(kind, written)


def test_an_id_ends_where_it_ends() -> None:
    assert is_id("a-b")
    assert not is_id("a-b\n")
    assert not is_id(None)
