"""The files in `schemas/` are sound: valid Cerberus, complete in Chinese, and one with the records they describe."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import cerberus
import pytest
from cerberus.schema import SchemaRegistry

from pipeline.compose.values import Value
from pipeline.kernel.finding import DataPath
from pipeline.record.register import KINDS
from pipeline.record.schema import Field
from pipeline.record.schema.definition import EACH, META
from pipeline.record.schema.value_types import TYPES
from pipeline.source import load as read_yaml
from tests.college import ROOT, SCHEMAS

FOLDER = ROOT / "schemas"
ELEMENTS = {f"E{number:02}" for number in range(1, 13)}
PLACES = [(kind, path, field) for kind, schema in SCHEMAS.items() for path, field in schema.walk()]


class Plain(cerberus.Validator):  # type: ignore[misc]  # Cerberus ships no types
    """Cerberus as it comes, with nothing added but the names of our types and of our one rule."""

    types_mapping: ClassVar = {name: cerberus.TypeDefinition(name, (object,), ()) for name in TYPES}

    def _validate_credit_code(self, wanted: bool, field: str, value: object) -> None:
        """The rule's arguments are validated against this schema: {'type': 'boolean'}"""  # noqa: D400, D415


def _raw(name: str) -> dict[str, Any]:
    source = read_yaml(name, (FOLDER / name).read_bytes())
    assert source.data is not None
    assert source.findings == ()
    return _fields(dict(source.data)) if name != "shapes.yaml" else dict(source.data)


def _fields(raw: dict[str, Any]) -> dict[str, Any]:
    """The fields alone, without what is told of their record."""
    return {key: rules for key, rules in raw.items() if key != META}


def _plain(raw: dict[str, Any]) -> Plain:
    shapes = {name: _fields(shape) for name, shape in _raw("shapes.yaml").items()}
    return Plain(_fields(raw), schema_registry=SchemaRegistry(shapes))


def _name(place: tuple[str, DataPath, Field]) -> str:
    return ".".join(map(str, (place[0], *place[1])))


each_place = pytest.mark.parametrize("place", PLACES, ids=_name)


def test_every_kind_of_record_has_a_schema() -> None:
    assert {kind.name for kind in KINDS} <= set(SCHEMAS)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_file_is_what_cerberus_itself_takes_for_a_schema(kind: str) -> None:
    _plain(_raw(f"{kind}.yaml"))


@pytest.mark.parametrize("shape", _raw("shapes.yaml"))
def test_a_shared_shape_is_a_schema_too(shape: str) -> None:
    _plain(_raw("shapes.yaml")[shape])


@pytest.mark.parametrize("kind", SCHEMAS)
def test_what_is_made_of_a_file_for_the_checking_is_still_valid_cerberus(kind: str) -> None:
    Plain(copy.deepcopy(dict(SCHEMAS[kind].constraints)))


@pytest.mark.parametrize(
    "wrong",
    [{"requird": True}, {"type": "txt"}, {"credit_code": 1}, {"allowed": 3}, {"schema": "contct"}],
    ids=str,
)
def test_a_slip_in_a_schema_would_not_pass_this_examination(wrong: dict[str, Any]) -> None:
    raw = _raw("enterprise.yaml")
    raw["profile"] = {**raw["profile"], **wrong}
    with pytest.raises(cerberus.SchemaError):
        _plain(raw).validate({"profile": "x"}, normalize=False)


def _patterns(constraints: Any) -> Iterator[str]:
    if isinstance(constraints, Mapping):
        for rule, value in constraints.items():
            yield from [value] if rule == "regex" and isinstance(value, str) else _patterns(value)


def test_regular_expressions_work_and_are_not_fooled_by_full_width_digits() -> None:
    patterns = [found for schema in SCHEMAS.values() for found in _patterns(schema.constraints)]
    assert patterns
    for pattern in patterns:
        assert re.fullmatch(pattern, "１２３４５６") is None
        assert not re.search(r"\\[dws]", pattern)


@each_place
def test_a_field_is_named_in_chinese(place: tuple[str, DataPath, Field]) -> None:
    assert re.search("[\u4e00-\u9fff]", place[2].label)


@each_place
def test_a_choice_is_explained_in_chinese(place: tuple[str, DataPath, Field]) -> None:
    assert all(re.search("[\u4e00-\u9fff]", word) for word in place[2].values.values())


@each_place
def test_a_key_is_small_latin_and_its_type_is_known(place: tuple[str, DataPath, Field]) -> None:
    field = place[2]
    assert field.key == EACH or re.fullmatch("[a-z0-9]+([_-][a-z0-9]+)*", field.key)
    assert field.type in TYPES


def test_every_element_of_clause_8_4_is_claimed_by_a_field_and_no_other_code_is() -> None:
    claimed = {field.element for _, _, field in PLACES if field.element}
    assert claimed == ELEMENTS


def test_only_top_level_fields_can_be_declared_not_to_apply() -> None:
    declarable = {(kind, *path) for kind, path, field in PLACES if field.none}
    assert {("agreement", key) for key in ("inputs", "resources", "costs", "revenue")} <= declarable
    assert {len(way) for way in declarable} == {2}


def test_no_key_hides_behind_something_a_wording_calls_a_value_by() -> None:
    public = {name for name in dir(Value) if not name.startswith("_")}
    assert {"at", "none", "printed", "raw"} <= public
    assert public & {field.key for _, _, field in PLACES} == set()


def test_whoever_fills_in_a_form_is_not_told_how_yaml_is_typed() -> None:
    typed = re.compile(r"引号|\bnone\b|\b[a-z]+_[a-z_]+\b|\b(true|false)\b|\.ya?ml|两位小数")
    assert {field.ask for _, _, field in PLACES if typed.search(field.ask)} == set()


def test_the_colleges_policy_knows_the_same_forms_as_the_agreements() -> None:
    deep = SCHEMAS["policy"].root.children["shallow"].children["forms"].below(0)
    known = SCHEMAS["agreement"].root.children["forms"].below(0)
    assert deep and known and deep.values == known.values
