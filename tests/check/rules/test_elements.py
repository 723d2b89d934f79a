"""What the schemas leave to the rules, the rules take up: every required field that is marked with an element."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline.check.rules.table import RULES
from pipeline.kernel.finding import DataPath
from pipeline.kernel.structs import replace
from pipeline.record import schema
from pipeline.record.model import Agreement, Records
from pipeline.record.model.agreement import Inputs, Resources
from pipeline.record.model.names import itemised
from pipeline.record.register import load
from tests.check.rules.found import faults

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "tests" / "examples"
SCHEMAS = schema.load(ROOT / "schemas")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Records:
    """A college with one complete agreement, as its loading gives it."""
    root = tmp_path_factory.mktemp("college")
    shutil.copytree(EXAMPLES / "_college", root, dirs_exist_ok=True)
    project = root / "agreements" / "projects" / "example"
    project.mkdir(parents=True, exist_ok=True)
    shutil.copy(EXAMPLES / "E01" / "pass.yaml", project / "agreement.yaml")
    records = load(root, SCHEMAS).records
    return replace(records, agreements={"example": _with_every_kind(records.agreements["example"])})


def _with_every_kind(agreement: Agreement) -> Agreement:
    """The same agreement with one line of each kind of input and of resource."""
    assert agreement.inputs and agreement.resources
    machine, room = agreement.inputs.equipment[0], agreement.resources.premises[0]
    inputs = Inputs(
        mode=agreement.inputs.mode,
        total=(machine.amount or 0) * Decimal(len(itemised(Inputs))),
        **dict.fromkeys(itemised(Inputs), (machine,)),  # type: ignore[arg-type]
    )
    resources = Resources(**dict.fromkeys(itemised(Resources), (room,)))  # type: ignore[arg-type]
    return replace(agreement, inputs=inputs, resources=resources)


LEFT_TO_RULES = [path for path, field in SCHEMAS["agreement"].walk() if field.required and field.element]


def _taken_out(data: Any, path: DataPath) -> DataPath:
    """Take a field out and tell where it was; a step through any key or item takes the first there is."""
    exact: list[str | int] = []
    for step in path[:-1]:
        key = step if step != "*" else next(iter(data)) if isinstance(data, dict) else 0
        exact.append(key)
        data = data[key]
    del data[path[-1]]
    return (*exact, path[-1])


def _without(records: Records, path: DataPath) -> tuple[Records, DataPath]:
    data = msgspec.to_builtins(records.agreements["example"])
    exact = _taken_out(data, path)
    agreement = msgspec.convert(data, Agreement, strict=False)
    return replace(records, agreements={"example": agreement}), exact


@pytest.mark.parametrize("path", LEFT_TO_RULES, ids=lambda path: ".".join(path))
def test_a_required_field_that_is_missing_is_told_once_by_its_own_code(
    path: DataPath, whole: Records
) -> None:
    records, exact = _without(whole, path)
    field = SCHEMAS["agreement"].at(path)
    assert field is not None
    found = [(rule.info.code, fault.at) for rule, _, _, fault in faults(RULES, records)]
    assert found == [(field.element, exact)]


@pytest.mark.parametrize("path", LEFT_TO_RULES, ids=lambda path: ".".join(path))
def test_what_is_missing_is_called_by_the_label_the_schema_gives_it(path: DataPath, whole: Records) -> None:
    records, exact = _without(whole, path)
    field = SCHEMAS["agreement"].at(path)
    assert field is not None
    for rule, _, _, fault in faults(RULES, records):
        message = rule.ways[fault.way].message.format(**fault.values)
        assert field.label.split("（")[0] in message or fault.at != exact
