"""Nothing that is filled in is lost: each field of an agreement is printed, or a finding says that it is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest
import yaml

from pipeline.check.rules.runner import concerning, of_record
from pipeline.check.rules.table import RULES
from pipeline.compose.composer import Composer
from pipeline.record.register import load
from pipeline.record.schema import Field
from tests.college import AGREEMENT, SCHEMAS, TEMPLATES, SmallCollege
from tests.compose.samples import runs_of

ENTERPRISE = "chenguang-cnc"
IDS = {"party": "college", "person": "bai-yangben", "department": "mechanical", "enterprise": ENTERPRISE}
FORMS = {
    "full": (["training-base", "other"], "full"),
    "uniform": (["internship", "other"], "uniform"),
    "apprenticeship": (["apprenticeship", "other"], "full"),
    "letter": (["framework"], "full"),
}
WAYS = {
    "a term with its days": ("basis", "months", "open"),
    "a term that is counted": ("start", "end", "open"),
}
LEFT_OUT = {"origin", "renews"}


class Marks:
    """A word of its own for each text, an amount of its own for each sum, with the path where it stands."""

    def __init__(self) -> None:
        self.paths: dict[str, tuple[str, ...]] = {}

    def text(self, path: tuple[str, ...]) -> str:
        """A text nobody else wrote, with signs that a formatted field or a table might take for its own."""
        word = f"哨{len(self.paths):03}*2*3_a_~b~<c>[d]|{{e}}&位"
        self.paths[word] = path
        return word

    def amount(self, path: tuple[str, ...]) -> str:
        """An amount nobody else wrote; its figure is what is looked for."""
        amount = 1001 + len(self.paths)
        self.paths[f"{amount:,}.00"] = path
        return f"{amount}.00"


def filled(field: Field, path: tuple[str, ...], marks: Marks) -> Any:
    """A value for a field, and for all that is under it."""
    if field.type == "list" and field.each:
        return [filled(field.each, (*path, "0"), marks)]
    if field.children:
        return {
            key: value
            for key, child in field.children.items()
            if (value := filled(child, (*path, key), marks)) is not None
        }
    if field.each:
        keys = ("college", ENTERPRISE) if field.keys and field.keys.reference == "party" else ("goal-1",)
        return {key: filled(field.each, (*path, key), marks) for key in keys}
    return scalar(field, path, marks)


def scalar(field: Field, path: tuple[str, ...], marks: Marks) -> Any:
    """A value of a field that holds one."""
    if field.values:
        return next(iter(field.values))
    if field.reference:
        return IDS.get(field.reference)
    plain = {"integer": 2027, "number": 3, "percent": 50, "flag": True, "date": date(2027, 3, 1)}
    if field.type == "money":
        return marks.amount(path)
    if field.type in plain:
        return plain[field.type]
    return {"phone": "0351-0000000", "email": "a@example.com", "number": "6200 0000 0001"}.get(path[-1]) or (
        marks.text(path)
    )


def document(
    home: SmallCollege, kind: str, without: tuple[str, ...]
) -> tuple[Marks, str, set[tuple[str, ...]]]:
    """An agreement with every field filled in: its marks, its printed text, the paths that findings name."""
    marks = Marks()
    root = SCHEMAS["agreement"].root
    record = {
        key: filled(child, (key,), marks) for key, child in root.children.items() if key not in LEFT_OUT
    }
    record["forms"], record["wording"] = FORMS[kind]
    record["parties"] = {"college": {"signatory": "bai-yangben"}, "enterprises": [ENTERPRISE]}
    record["term"] = {key: value for key, value in record["term"].items() if key not in without}
    text = yaml.safe_dump(record, allow_unicode=True, sort_keys=False)
    home.write(text.replace("'", "") if "'" in text else text)
    records = load(home.root, SCHEMAS).records
    made = Composer(TEMPLATES, SCHEMAS, records).agreement("example")
    agreement = records.agreements["example"]
    found = of_record(concerning(RULES, agreement), agreement, AGREEMENT, records, None, due=False)
    printed = "".join(run.text for run in runs_of(made.body.blocks))
    return marks, printed, {tuple(map(str, fault.at)) for _, fault in found}


def lost(marks: Mapping[str, tuple[str, ...]], printed: str, told: set[tuple[str, ...]]) -> Iterator[str]:
    """The fields that are neither printed nor told of, nor stated never to be printed."""
    schema = SCHEMAS["agreement"]
    for mark, path in marks.items():
        above = [path[:length] for length in range(1, len(path) + 1)]
        if mark in printed or told.intersection(above):
            continue
        steps = [schema.at(tuple(int(s) if s.isdigit() else s for s in one)) for one in above]
        if not any(field and field.unprinted for field in steps):
            yield ".".join(path)


@pytest.mark.parametrize("without", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("kind", FORMS)
def test_a_field_that_is_filled_in_is_printed_or_told_of(
    home: SmallCollege, kind: str, without: tuple[str, ...]
) -> None:
    marks, printed, told = document(home, kind, without)
    assert len(marks.paths) > 90
    assert sorted(lost(marks.paths, printed, told)) == []
