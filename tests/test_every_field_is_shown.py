"""Nothing is written for nobody: what stands in any field of any record is read in a document, a ledger or a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.check.handbook.conformity import provisions
from pipeline.record.kinds import KINDS
from pipeline.record.register import load
from pipeline.site import engine
from tests.college import SCHEMAS
from tests.outputs_read import Outputs
from tests.planted import FEW, TODAY, Mark, relabelled
from tests.planted_college import plant, write

STEERS = {
    **{f"{kind.name}.stage": "记录走到哪一步：草稿哪里也不列，别的由状态和下一步说出来" for kind in KINDS},
    "amendment.changes.0.field": "改的是协议的哪个字段，供修改前后对照排出条款",
}
"""Fields that only steer what is shown, and how."""

ELSEWHERE = {"agreement.term.basis": "期限的起算，由协议文书的检查来看"}
"""Fields of agreements that stand in for others: tests/compose/test_every_field.py looks at their papers."""


@pytest.fixture
def outputs(monkeypatch: pytest.MonkeyPatch) -> tuple[list[Mark], Outputs]:
    marks: list[Mark] = []
    monkeypatch.setattr(engine, "environment", cache(engine.environment))
    return marks, Outputs(relabelled(marks), TODAY)


def test_what_stands_in_any_field_is_read_somewhere(
    outputs: tuple[list[Mark], Outputs], tmp_path: Path
) -> None:
    marks, reader = outputs
    plant(tmp_path, marks)
    assert load(tmp_path, SCHEMAS).findings == ()
    text = "\n".join(reader.read(tmp_path).values())
    lost = {one.field for one in marks if not any(writing in text for writing in one.writings)}
    assert len(marks) > 700
    assert lost == STEERS.keys() | ELSEWHERE.keys()


def test_what_is_ticked_or_counted_on_few_fingers_changes_what_is_read(
    outputs: tuple[list[Mark], Outputs], tmp_path: Path
) -> None:
    marks, reader = outputs
    files = plant(tmp_path, marks)
    before = reader.read(tmp_path)
    silent = []
    for name, steps in _small(files):
        *above, last = steps
        holder: Any = files[name]
        for step in above:
            holder = holder[step]
        kept = holder[last]
        holder[last] = (not kept) if isinstance(kept, bool) else kept - 1
        write(tmp_path, {name: files[name]})
        if reader.read(tmp_path) == before:
            silent.append(".".join(map(str, (name, *steps))))
        holder[last] = kept
        write(tmp_path, {name: files[name]})
    assert silent == []


NOT_PLANTED = {"agreement-uniform", "agreement-apprenticeship", "apprentice-agreement", "dossier"}
"""Documents of agreements of another form, and the one that a dossier begins with."""


def test_what_the_register_says_of_a_clause_is_read_where_it_says(
    outputs: tuple[list[Mark], Outputs], tmp_path: Path
) -> None:
    """`docs/conformity.md` is made of the register: no clause is said to be served where none of its fields stands."""
    marks, reader = outputs
    plant(tmp_path, marks)
    read = reader.read(tmp_path)
    wrong = []
    for one in provisions():
        mine = [mark for mark in marks if any(_within(mark.field, record) for record in one.records)]
        places = {name for name, text in read.items() if any(w in text for m in mine for w in m.writings)}
        said = [*(set(one.documents) - NOT_PLANTED), *(v for v in one.views if not v.startswith("coop/"))]
        wrong += [f"{one.shown}: {name}" for name in said if one.records and not _stands(name, places)]
        if one.records and not (said or NOT_PLANTED.intersection(one.documents)):
            wrong.append(f"{one.shown}: nowhere, of {sorted(places)}")
    assert not wrong, "\n".join(wrong)


def _within(field: str, record: str) -> bool:
    """Whether a field is what a clause names, or inside of it."""
    steps, wanted = field.split("."), record.split(".")
    return len(steps) >= len(wanted) and all(
        step == want or "*" in (step, want) for step, want in zip(steps, wanted, strict=False)
    )


def _stands(name: str, places: set[str]) -> bool:
    kind, _, part = name.rpartition("/")
    if kind == "site":
        return any(re.fullmatch(rf"{part}\.html|{part}s/[^/]+\.html", place) for place in places)
    if kind == "ledger":
        return any(re.fullmatch(rf"{part}[0-9]*", place) for place in places)
    return any(place.startswith(f"{name}: ") for place in places)


def _small(files: dict[str, dict[str, Any]]) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Every tick and small number of the planted records: they cannot hold a word of their own."""
    for name, record in files.items():
        yield from ((name, path) for path in _ticks(record, ()))


def _ticks(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _ticks(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _ticks(inner, (*path, index))
    elif isinstance(value, bool) or (value == FEW and isinstance(value, int)):
        yield path
