"""A field that leaves its absence to a rule names one that exists; else nobody would miss it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.check.rules.table import RULES
from pipeline.record.schema import SchemaError, load
from tests.college import ROOT

CODES = {rule.info.code for rule in RULES}


@pytest.mark.parametrize(("old", "new"), [("element: E10", "element: E13"), ("law: L02", "law: L99")])
def test_a_rule_that_does_not_exist_is_an_error_when_the_schema_is_read(
    old: str, new: str, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    file = tmp_path / "schemas" / "agreement.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(SchemaError, match=f"agreement.yaml 的 .* 写了 {new}，没有这条规则"):
        load(tmp_path / "schemas", CODES)["agreement"]


def test_all_schemas_name_rules_that_exist() -> None:
    schemas = load(ROOT / "schemas", CODES)
    assert [schemas[kind].kind for kind in schemas] == list(schemas)
