"""A new agreement is a form that an editor can fill in without reading anything else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.kernel.finding import DataPath, Severity
from pipeline.record.schema import Field
from pipeline.record.schema.definition import EACH
from pipeline.record.skeleton import skeleton
from pipeline.source import load
from tests.college import AGREEMENT, SCHEMAS, college

SCHEMA = SCHEMAS["agreement"]
TEXT = skeleton(SCHEMA, "2026-im-003")


def _demanded(field: Field, path: DataPath = ()) -> Iterator[tuple[DataPath, Field]]:
    """The required fields whose parents are required (or asked for by law) too."""
    for child in field.children.values():
        if child.required or (child.law and not path):
            yield (*path, child.key), child
            yield from _demanded(child, (*path, child.key))


def test_it_is_a_draft_of_the_project_and_nothing_but_well_written_yaml() -> None:
    source = load(AGREEMENT, TEXT.encode())
    assert source.findings == ()
    assert source.data is not None
    assert source.data["stage"] == "draft"
    assert TEXT.startswith("# 2026-im-003 合作协议（草稿）\n")
    assert TEXT.endswith("\n")
    assert all(line == line.rstrip() for line in TEXT.splitlines())


@pytest.mark.parametrize(("path", "field"), list(_demanded(SCHEMA.root)), ids=lambda value: str(value)[:40])
def test_what_is_demanded_stands_open_with_label_clause_and_hint_above_it(
    path: DataPath, field: Field
) -> None:
    place = load(AGREEMENT, TEXT.encode()).key_place(path)
    lines = TEXT.splitlines()
    assert re.match(rf" *(- )?{field.key}:", lines[place.line - 1])
    above = lines[place.line - 2]
    above = lines[place.line - 3] if above.strip().startswith("#   可写") else above
    assert f"# {field.label}（" in above
    assert field.clause in above
    assert field.hint in above


def test_every_choice_of_an_open_field_is_listed_with_its_chinese_word() -> None:
    for _, field in _demanded(SCHEMA.root):
        values = field.values or (field.each.values if field.each else {})
        assert all(f"{key}（{word}）" in TEXT for key, word in values.items())


def test_what_may_be_left_out_is_there_as_a_comment() -> None:
    for key, field in SCHEMA.fields.items():
        if not field.required and not field.law:
            assert re.search(rf"^# {key}:", TEXT, re.MULTILINE)
            assert f"# {field.label}（可不填" in TEXT


def test_a_mapping_by_party_begins_with_the_school_and_any_other_with_a_key_to_be_replaced() -> None:
    for path, field in SCHEMA.walk():
        if field.type == "dict" and field.keys and EACH not in path and len(path) == 1:
            first = TEXT.split(f"{field.key}:\n")[1].split("\n")[1]
            assert first.strip("# ").startswith("college:" if field.keys.reference == "party" else "x1:")


def test_a_fresh_form_gives_warnings_of_what_is_still_to_write_and_no_error(tmp_path: Path) -> None:
    home = college(tmp_path)
    home.write(TEXT)
    findings = home.check().findings
    assert {finding.severity for finding in findings} <= {Severity.WARNING, Severity.INFO}
    told = {finding.code for finding in findings}
    assert {"E01", "E02", "E03", "E04", "E05", "E06", "E07", "E08", "E09", "E10", "E11", "E12"} <= told


def test_every_other_kind_of_record_makes_a_form_that_can_be_read() -> None:
    for kind, schema in SCHEMAS.items():
        told = {finding.code for finding in load(kind, skeleton(schema, "x").encode()).findings}
        assert told <= {"Y15"}, kind  # a kind of which nothing is required begins as comments alone


def test_what_only_some_records_must_have_is_not_called_optional() -> None:
    """V04 asks for every indicator that has a weight, for a mark or a reason, and for the ground of a mark."""
    text = skeleton(SCHEMAS["evaluation"], "2026", "绩效评价")
    assert text.count("（学校给了权重的必填）") == len(SCHEMAS["evaluation"].fields["scores"].children)
    assert (
        "# 得分（适用的必填）" in text
        and "# 依据（打了分的必填）" in text
        and "# 不适用的理由（不打分的必填）" in text
    )
