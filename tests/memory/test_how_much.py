"""How much of a college stays in memory: no more than 25 KB for each record's file, with a memory of facts or without."""

from __future__ import annotations

import gc
import tracemalloc
from pathlib import Path

import pytest

from pipeline.check.run import examine
from pipeline.kernel.recall import NOTHING_KEPT, Recall
from pipeline.memory.database import Facts
from pipeline.memory.remembering import Remembering
from pipeline.record.register import Register, load
from tests.bench.colleges import lay_out
from tests.college import ROOT, SCHEMAS
from tests.memory.college import same

COUNT = 300
MOST = 25 * 1024


@pytest.fixture(scope="module")
def college(tmp_path_factory: pytest.TempPathFactory) -> Path:
    load(ROOT, SCHEMAS)  # what is kept once, however many records there are
    return lay_out(tmp_path_factory.mktemp("large"), COUNT)


def _held(root: Path, recall: Recall) -> tuple[Register, float]:
    """A register, and the bytes of memory it takes for each file, what was remembered for it included."""
    gc.collect()
    tracemalloc.start()
    try:
        register = load(root, SCHEMAS, recall)
        gc.collect()
        return register, tracemalloc.get_traced_memory()[0] / len(register.entries)
    finally:
        tracemalloc.stop()


def test_a_file_takes_little_once_it_is_loaded(college: Path) -> None:
    register, size = _held(college, NOTHING_KEPT)
    assert size < MOST
    entry = register.entries["agreements/projects/b-00299/agreement.yaml"]
    assert entry.source.content == (college / entry.source.name).read_bytes()


def test_neither_does_a_file_whose_facts_are_noted_or_known(college: Path, tmp_path: Path) -> None:
    found = []
    for _ in ("first", "again"):
        recall = Remembering(Facts(tmp_path), b"program")
        register, size = _held(college, recall)
        assert size < MOST
        found.append(examine(register, SCHEMAS))
        recall.save()
        recall.close()
    same(*found)


def test_what_was_judged_is_told_though_the_file_has_changed_since(tmp_path: Path) -> None:
    root = lay_out(tmp_path, COUNT)
    register = load(root, SCHEMAS)
    before = {name: entry.source.text for name, entry in register.entries.items()}
    for path in root.rglob("*.yaml"):
        path.write_text("title: 别的\n", encoding="utf-8")
    assert {name: entry.source.text for name, entry in register.entries.items()} == before
    assert all(one.place.line == 1 or before[one.place.file] for one in examine(register, SCHEMAS).findings)
