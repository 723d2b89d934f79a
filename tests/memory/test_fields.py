"""Whatever rules can read of the records enters their traces: no field can be added and forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from pipeline.kernel.finding import Place
from pipeline.kernel.structs import replace
from pipeline.memory.present import Present
from pipeline.memory.watched_records import Read, watched
from pipeline.record.model import Records
from pipeline.record.model.consents import RoundConsent
from pipeline.record.model.governance import Governance
from pipeline.record.model.records import FoundNumber, UnknownId
from pipeline.record.register import Register
from pipeline.record.register import load as load_register
from pipeline.record.tree import Overlaid
from tests.college import ROOT, SCHEMAS

EMPTY = Register(entries={}, records=Records(), found=())
SAMPLE = load_register(
    Overlaid(ROOT, {"agreements/projects/2026-im-001/waivers.yaml": b"waivers: {}\n"}), SCHEMAS
)
"""The sample college, and what it has none of."""

WORKED_OUT: Mapping[str, tuple[Any, Any]] = {
    "governance": (Governance(version=1), Governance(version=2)),
    "governed_since": (date(2025, 1, 1), date(2026, 1, 1)),
    "ruled_at": ((Place(file="a"),), (Place(file="a", line=2),)),
    "consents": ({"a": (RoundConsent(number=1),)}, {"a": (RoundConsent(number=1, lacking="缺法务"),)}),
    "known_enterprises": ({"a"}, {"b"}),
    "known_projects": ({"a"}, {"b"}),
    "broken": ({"a"}, {"b"}),
    "drafts": ({"a"}, {"b"}),
    "renewals": ({"a": ("b",)}, {"a": ("c",)}),
    "unknown": ((UnknownId(id="a"),), (UnknownId(id="b"),)),
    "numbers": ((FoundNumber(file="a"),), (FoundNumber(file="b"),)),
}
"""What no single file tells: two values of each."""

each_field = pytest.mark.parametrize("name", [one.name for one in fields(Records)])


def _reads(register: Register, name: str) -> list[list[Read]]:
    """For each way in which a field can be read, what is seen of it."""
    log: list[Read] = []
    view = watched(register, lambda way, place, key="": log.append((way, place, key)))
    ways: list[list[Read]] = []

    def by(read: Any) -> None:
        log.clear()
        read(getattr(view.records, name))
        ways.append(list(log))

    value = getattr(register.records, name)
    if isinstance(value, Mapping):
        for key in value:
            by(lambda some, key=key: some.get(key))
            by(lambda some, key=key: some[key])
        by(lambda some: list(some.values()))
        by(lambda some: list(some.items()))
    elif isinstance(value, Set):
        for key in value:
            by(lambda some, key=key: key in some)
        by(list)
    else:
        by(lambda _: None)
    return ways


def _only(name: str, value: Any) -> Register:
    """A register of which nothing but one field tells anything."""
    kept: dict[str, Any] = {name: frozenset(value) if isinstance(value, set) else value}
    return replace(EMPTY, records=Records(**kept))


@each_field
def test_every_field_is_one_that_files_tell_or_that_is_worked_out(name: str) -> None:
    of_files = {entry.kind.within for entry in SAMPLE.entries.values()}
    assert (name in of_files) != (name in WORKED_OUT), f"{name}: say in WORKED_OUT how it may change"


@each_field
def test_however_a_field_is_read_it_is_seen_and_a_change_of_it_too(name: str) -> None:
    if name in WORKED_OUT:
        one, other = (_only(name, value) for value in WORKED_OUT[name])
    else:
        one, other = SAMPLE, EMPTY
    ways = _reads(one, name)
    assert ways
    for seen in ways:
        assert seen
        assert [Present(one).digest(read) for read in seen] != [Present(other).digest(read) for read in seen]
        assert [Present(one).digest(read) for read in seen] != [Present(EMPTY).digest(read) for read in seen]
        assert [Present(one).digest(read) for read in seen] == [Present(one).digest(read) for read in seen]
