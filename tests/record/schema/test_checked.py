"""What stands in a record goes on to the model: the wrong is taken out, what is right keeps its place."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from pipeline.memory.database import Facts
from pipeline.memory.remembering import Remembering
from pipeline.record.model import Agreement
from pipeline.record.schema import SchemaError, folder, load
from pipeline.record.schema.validate import check
from pipeline.source import Source
from pipeline.source import load as load_source
from tests.college import ROOT, SCHEMAS
from tests.record.schema.told import SUBMITTED, checked, read


def test_a_sound_record_passes_untouched() -> None:
    source = read(SUBMITTED + "interns: 30\n")
    result = check(source, SCHEMAS["agreement"])
    assert result.data == source.data
    assert (result.findings, result.broken, result.declined) == ((), frozenset(), {})


def test_a_wrong_item_leaves_an_empty_one_so_that_the_others_keep_their_numbers() -> None:
    text = (
        SUBMITTED
        + "forms: [major, 3, order-class]\ncontents: [{code: C1, text: 甲}, 乙, {code: C9, text: 丙}]\n"
    )
    result = checked(text)
    assert result.data["forms"] == ["major", "", "order-class"]
    assert result.data["contents"] == [{"code": "C1", "text": "甲"}, {}, {"text": "丙"}]
    assert {("forms", 1), ("contents", 1), ("contents", 2, "code")} <= result.broken


def test_a_wrong_value_is_taken_out_of_its_mapping() -> None:
    result = checked(SUBMITTED + "inputs: {mode: 无偿, total: 3}\ncosts: [{shares: {college: 60, B: 40}}]\n")
    assert result.data["inputs"] == {"mode": "无偿"}
    assert result.data["costs"] == [{"shares": {"college": 60}}]
    assert {("inputs", "total"), ("costs", 0, "shares", "B")} <= result.broken


def test_blank_text_of_an_element_stays_as_blank_and_other_blanks_go() -> None:
    result = checked(SUBMITTED + "title:\nforms:\nterm: {start: }\ntermination: {conditions: [甲, '']}\n")
    assert result.data["title"] == ""
    assert "forms" not in result.data
    assert result.data["term"] == {}
    assert result.data["termination"] == {"conditions": ["甲", ""]}
    assert result.broken == frozenset()


def test_a_misspelt_key_speaks_for_the_one_that_was_meant() -> None:
    assert {("titel",), ("title",)} <= checked(SUBMITTED + "titel: 甲\n").broken
    assert {("breach", "College"), ("breach", "college")} <= checked(
        SUBMITTED + "breach: {College: [甲]}\n"
    ).broken


def test_a_declaration_is_taken_out_with_its_reason() -> None:
    result = checked(SUBMITTED + "resources: {none: 不占用}\nrevenue: {none: }\n")
    assert result.declined == {"resources": "不占用", "revenue": ""}
    assert {"resources", "revenue"}.isdisjoint(result.data)


def test_a_declaration_beside_content_does_not_count() -> None:
    result = checked(SUBMITTED + "resources: {none: 不占用, total: 1.00}\n")
    assert result.declined == {}
    assert result.data["resources"] == {"total": Decimal("1.00")}


def test_the_source_is_left_as_it_was_read() -> None:
    source = read(SUBMITTED + "forms: [3]\nrevenue: {none: 无}\ntitel: 甲\n")
    check(source, SCHEMAS["agreement"])
    assert source.data is not None
    assert source.data["forms"] == [3]
    assert source.data["revenue"] == {"none": "无"}


@pytest.mark.parametrize(
    "junk", ["3", "true", "甲", "2026-09-01", "1.00", "[3]", "[[3]]", "{a: 3}", "{a: {b: [3]}}", ""]
)
def test_whatever_stands_under_a_key_what_is_left_of_it_makes_a_record(junk: str) -> None:
    for key in SCHEMAS["agreement"].fields:
        result = checked(f"{key}: {junk}\n")
        msgspec.convert(dict(result.data), Agreement)


def test_two_threads_with_a_schema_each_for_itself_do_not_mix_their_records() -> None:
    texts = [SUBMITTED + f"interns: {'many' if number % 2 else number}\n" for number in range(200)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: len(checked(text).findings), texts))
    assert found == [number % 2 for number in range(200)]


def _schemas(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"thing": "a: {type: text}\n"}, "shapes.yaml"),
        ({"shapes": "a: [\n", "thing": "a: {type: text}\n"}, "shapes.yaml:"),
        ({"shapes": "a: {}\n", "thing": "a: {type: dict, schema: nowhere}\n"}, "nowhere"),
        ({"shapes": "a: {}\n", "thing": "a: {meta: {label: 甲}}\n"}, "type"),
        ({"shapes": "a: {}\n", "thing": "a: text\n"}, "thing.yaml"),
    ],
    ids=["no-shapes", "broken-yaml", "unknown-shape", "no-type", "no-mapping"],
)
def test_a_broken_schema_is_named_and_is_no_fault_of_the_records(
    files: dict[str, str], told: str, tmp_path: Path
) -> None:
    with pytest.raises(SchemaError, match=told):
        load(_schemas(tmp_path, **files))["thing"]


def test_a_schema_knows_the_field_of_every_path() -> None:
    schema = load(ROOT / "schemas")["agreement"]
    labels = {
        ("title",): "合作项目名称",
        ("contents", 3): "合作具体内容",
        ("contents", 3, "code"): "内容类别",
        ("obligations", "any-party", "duties", 0): "义务",
        ("inputs", "equipment", 0, "unit_price"): "单价（元）",
    }
    for path, label in labels.items():
        field = schema.at(path)
        assert field is not None
        assert field.label == label
    assert schema.at(("title", "more")) is None
    assert schema.at(("nothing", "at", "all")) is None


def test_a_file_full_of_wrong_keys_gives_a_finding_for_each_and_the_work_grows_no_faster_than_the_file() -> (
    None
):
    def steps(keys: int) -> int:
        """How many lines of code run for so many wrong keys: a measure that no clock disturbs."""
        text = SUBMITTED + "".join(f"wrong_{number}: 1\n" for number in range(keys))
        source = read(text)
        count = 0

        def trace(frame: object, event: str, argument: object) -> None:
            nonlocal count
            count += 1

        sys.setprofile(trace)
        try:
            found = check(source, SCHEMAS["agreement"]).findings
        finally:
            sys.setprofile(None)
        assert len(found) == keys
        return count

    assert steps(4000) < 3 * steps(2000)


def test_what_a_shipped_file_states_is_taken_from_a_memory_as_long_as_the_file_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in (ROOT / "schemas").glob("*.yaml"):
        (tmp_path / one.name).write_bytes(one.read_bytes())
    facts, program = Facts(tmp_path / "memory"), b"program"
    first = load(tmp_path, recall=Remembering(facts, program))
    told = {kind: first[kind] for kind in first}
    parsed: list[str] = []

    def counted(name: str, content: bytes) -> Source:
        parsed.append(name)
        return load_source(name, content)

    monkeypatch.setattr("pipeline.record.schema.folder.load_yaml", counted)
    folder._parsed.cache_clear()
    folder._shipped.cache_clear()
    again = load(tmp_path, recall=Remembering(facts, program))
    assert ({kind: again[kind] for kind in again}, parsed) == (told, [])
    text = (tmp_path / "visit.yaml").read_text(encoding="utf-8")
    (tmp_path / "visit.yaml").write_text(text.replace("label:", "label: 新的", 1), encoding="utf-8")
    later = load(tmp_path, recall=Remembering(facts, program))
    assert later["visit"] != told["visit"] and later["plan"] == told["plan"]
    assert sorted(parsed) == ["shapes.yaml", "visit.yaml"]
