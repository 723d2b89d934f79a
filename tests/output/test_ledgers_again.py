"""Ledgers with a memory: left as they lie as long as nothing changes that they tell of, and always what they would be anew."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline.cli.build_command import ledgers_of
from pipeline.cli.location import Here, Seen
from pipeline.kernel.recall import Resident
from pipeline.memory.trace import Tracing
from pipeline.output.ledger_files import left_as_they_lie, made_anew, write
from pipeline.record.register import load
from tests.college import SCHEMAS
from tests.memory.college import EDITS, laid_out

DAY = date(2026, 11, 23)


def _place(root: Path, today: date) -> Here:
    return Here(root=root, today=today, seen=Seen(register=load(root, SCHEMAS)))


def _files(out: Path) -> dict[str, bytes]:
    some = (*sorted((out / "ledgers").iterdir()), out / "calendar.ics")
    return {path.name: path.read_bytes() for path in some}


def _written(root: Path, out: Path, recall: Resident, today: date = DAY) -> bool:
    place = _place(root, today)
    return write(ledgers_of(place, today, {}), out, recall, Tracing(place.register, recall))


def test_after_any_edits_the_ledgers_are_those_made_anew(tmp_path: Path) -> None:
    chance, recall, root = random.Random(3), Resident(), laid_out(tmp_path / "college", 6)
    for step in range(12):
        today = DAY + timedelta(days=chance.choice((0, 0, 0, 40)))
        _written(root, tmp_path / "warm", recall, today)
        place = _place(root, today)
        write(ledgers_of(place, today, {}), tmp_path / f"cold-{step}")
        assert _files(tmp_path / "warm") == _files(tmp_path / f"cold-{step}")
        chance.choice(EDITS)(root, chance)


def _edit(root: Path, change: Callable[[str], str]) -> None:
    path = next(
        path
        for path in sorted((root / "agreements" / "projects").glob("*/agreement.yaml"))
        if "recitals:" in path.read_text(encoding="utf-8")
    )
    before = path.read_text(encoding="utf-8")
    path.write_text(change(before), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != before


def test_an_edited_recital_leaves_them_as_they_lie_and_an_edited_title_does_not(tmp_path: Path) -> None:
    recall, root, out = Resident(), laid_out(tmp_path / "college", 6), tmp_path / "build"
    assert _written(root, out, recall)
    assert not _written(root, out, recall)
    _edit(root, lambda text: re.sub(r"(?m)^(recitals:\n *- )", r"\1经过协商，", text))
    assert not _written(root, out, recall)
    _edit(root, lambda text: re.sub(r"(?m)^(title: )", r"\1新", text))
    assert _written(root, out, recall)


def test_what_an_amendment_says_in_words_stands_in_them_with_a_memory_too(tmp_path: Path) -> None:
    root, handed = laid_out(tmp_path / "college", 11), "信息工程系"
    path = root / "agreements" / "projects" / "2025-im-001" / "amendments" / "01.yaml"
    text = re.sub(
        r"field: inputs\n(.*\n)(.*\n) *now: .*",
        rf"field: responsible.implementer\n\1\2    now: {handed}",
        path.read_text(encoding="utf-8"),
    )
    _written(root, tmp_path / "before", Resident())
    path.write_text(text, encoding="utf-8")
    _written(root, tmp_path / "warm", Resident())
    place = _place(root, DAY)
    write(ledgers_of(place, DAY, {}), tmp_path / "cold")
    assert _files(tmp_path / "warm") == _files(tmp_path / "cold") != _files(tmp_path / "before")


@pytest.mark.parametrize("name", ["ledgers/协议台账.xlsx", "calendar.ics"])
def test_what_somebody_has_altered_is_made_again(tmp_path: Path, name: str) -> None:
    recall, root, out = Resident(), laid_out(tmp_path / "college", 2), tmp_path / "build"
    _written(root, out, recall)
    before = _files(out)
    (out / name).write_bytes(b"x")
    assert _written(root, out, recall)
    assert _files(out) == before


def test_those_that_lie_there_after_a_change_are_held_against_what_they_would_be(tmp_path: Path) -> None:
    recall, root, out = Resident(), laid_out(tmp_path / "college", 6), tmp_path / "build"
    _written(root, out, recall)
    _edit(root, lambda text: re.sub(r"(?m)^(recitals:\n *- )", r"\1经过协商，", text))
    place = _place(root, DAY)
    ledgers, tracing = ledgers_of(place, DAY, {}), Tracing(place.register, recall)
    assert left_as_they_lie(ledgers, out, tracing) and not left_as_they_lie(ledgers, out, None)
    assert {name.rpartition("/")[2] for name in made_anew(ledgers, out, tracing)} == _files(out).keys()
    assert made_anew(ledgers, out, None) == {}
