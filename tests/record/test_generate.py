"""The record classes are what the schemas state: nobody writes a field down twice."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.record.generate import modules
from pipeline.record.schema import SchemaError, load
from tests.college import ROOT, SCHEMAS

FOLDER = ROOT / "pipeline" / "record" / "model"


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[str, str, str], dict[str, str]]:
    """The modules as they come of schemas with one spot altered."""
    folder = tmp_path / "schemas"
    shutil.copytree(ROOT / "schemas", folder)

    def make(name: str, old: str, new: str) -> dict[str, str]:
        path = folder / f"{name}.yaml"
        text = path.read_text(encoding="utf-8")
        assert text.count(old) >= 1
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return dict(modules(load(folder)))

    return make


def test_the_committed_classes_are_made_of_these_schemas() -> None:
    stale = [
        name for name, text in modules(SCHEMAS).items() if (FOLDER / name).read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run `coop docs`"


def test_a_new_field_is_a_line_of_its_class(changed: Callable[[str, str, str], dict[str, str]]) -> None:
    made = changed("agreement", "notices:\n", "hours: {type: integer, meta: {label: 学时}}\nnotices:\n")
    assert "\n    hours: int | None = None  # 学时\n    notices: Notices" in made["agreement.py"]


def test_a_mapping_says_which_class_holds_it(changed: Callable[[str, str, str], dict[str, str]]) -> None:
    with pytest.raises(SchemaError, match=r"agreement\.term（合同期限）没有写 record"):
        changed("agreement", "label: 合同期限, record: clauses.Term, ", "label: 合同期限, ")


def test_one_class_cannot_hold_two_things_under_one_key(
    changed: Callable[[str, str, str], dict[str, str]],
) -> None:
    with pytest.raises(SchemaError, match=r"clauses\.Term 的 start 在 amendment\.term 里与别处不一样"):
        changed("amendment", "start: {type: date", "start: {type: text")
