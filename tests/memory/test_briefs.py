"""What every file tells in brief: enough to load a college by, and not a word of it out of date."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from pipeline.kernel.recall import NOTHING_KEPT
from pipeline.memory.database import Facts
from pipeline.memory.remembering import Remembering
from pipeline.record.register import Register, load
from tests.bench.colleges import lay_out
from tests.college import SCHEMAS

COUNT = 12
PARTNER = "agreements/enterprises/lizi-robot.yaml"


@pytest.fixture
def college(tmp_path: Path) -> Path:
    return lay_out(tmp_path / "college", COUNT)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often the memory is asked for facts of each sort."""
    counts: Counter[str] = Counter()
    get = Facts.get

    def counted(facts: Facts, sort: str, name: str, mark: bytes) -> bytes | None:
        counts[sort] += 1
        return get(facts, sort, name, mark)

    monkeypatch.setattr(Facts, "get", counted)
    return counts


def _loaded(root: Path) -> Register:
    memory = Remembering(Facts(root.parent / "memory"), b"program")
    register = load(root, SCHEMAS, memory)
    memory.save()
    memory.close()
    return register


def _alike(register: Register, root: Path) -> None:
    """The same as whoever remembers nothing has it."""
    other = load(root, SCHEMAS, NOTHING_KEPT)
    assert register.findings == other.findings
    assert register.records == other.records
    for name, entry in register.entries.items():
        there = other.entries[name]
        assert (entry.source, entry.spots, entry.broken) == (there.source, there.spots, there.broken)
        assert (entry.record, entry.numbers, entry.draft) == (there.record, there.numbers, there.draft)


def test_only_of_what_has_changed_more_is_asked_than_the_brief(college: Path, asked: Counter[str]) -> None:
    _loaded(college)
    _loaded(college)  # from here on every brief is known
    asked.clear()
    register = _loaded(college)
    told = [entry for entry in register.entries.values() if entry.brief is not None]
    assert len(told) >= COUNT
    assert asked["shape"] == len(register.entries) - len(told)
    path = college / "agreements/projects/b-00003/agreement.yaml"
    path.write_text(path.read_text("utf-8").replace("年", "年 ", 1), encoding="utf-8")
    before = asked["shape"]
    asked.clear()
    register = _loaded(college)
    assert asked["shape"] == before + 1
    _alike(register, college)


def test_a_partner_that_is_gone_is_missed_in_files_that_are_known(college: Path) -> None:
    _loaded(college)
    (college / PARTNER).unlink()
    register = _loaded(college)
    assert any(one.id == "lizi-robot" for one in register.records.unknown)
    _alike(register, college)
    assert any(one.brief is not None for one in register.entries.values())


def test_somebody_who_is_gone_from_the_college_is_missed_in_files_that_are_known(college: Path) -> None:
    _loaded(college)
    path = college / "agreements/college.yaml"
    text = path.read_text("utf-8")
    person = re.findall(r"(?m)^  ([a-z-]+):\n    name:", text)[0]
    path.write_text(text.replace(f"  {person}:\n", f"  {person}-x:\n", 1), encoding="utf-8")
    register = _loaded(college)
    assert any(one.id == person for one in register.records.unknown)
    _alike(register, college)


def test_which_agreement_goes_on_with_which_is_known(college: Path) -> None:
    path = college / "agreements/projects/b-00004/agreement.yaml"
    path.write_text(f"renews: b-00003\n{path.read_text('utf-8')}", encoding="utf-8")
    for _ in range(3):
        register = _loaded(college)
        assert register.records.renewals == {"b-00003": ("b-00004",)}
        _alike(register, college)
    path.unlink()
    assert _loaded(college).records.renewals == {}
