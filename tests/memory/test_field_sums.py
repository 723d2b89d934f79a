"""Who looks at all agreements looks again when a field has changed that he reads, in whichever of them, and else not."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
import pytest

from pipeline.kernel.finding import Finding, Place, Severity
from pipeline.kernel.structs import replace
from pipeline.memory.database import Facts
from pipeline.memory.remembering import Remembering
from pipeline.memory.trace import Tracing
from pipeline.memory.watched_fields import WatchedRecord, records_by_field
from pipeline.record.model import Agreement, Records
from pipeline.record.model.clauses import Parties
from pipeline.record.register import Register
from pipeline.record.register.examined import Subject, SubjectFindings
from pipeline.record.register.held import Held, shelf

PROJECTS = tuple("abcde")
TEXTS = ("title", "scope", "number", "stage")

Look = Callable[[Records], object]


def _register(agreements: dict[str, Agreement]) -> Register:
    held = {
        key: Held(Agreement, b"", one, mark=msgspec.msgpack.encode(one)) for key, one in agreements.items()
    }
    return Register(entries={}, records=Records(agreements=shelf(held)), found=())


def _column(name: str, records: Records) -> object:
    return [getattr(one, name) for one in records.agreements.values()]


def _single(key: str, name: str, records: Records) -> object:
    one = records.agreements.get(key)
    return one and getattr(one, name)


def _derived(records: Records) -> object:
    return {key: (one.party_ids, one.submitted) for key, one in records.agreements.items()}


def _altered(records: Records) -> object:
    return [replace(one, title="") for one in records.agreements.values()]


def _alike(records: Records) -> object:
    every = list(records.agreements.values())
    return [every.index(one) for one in every]


LOOKS: tuple[Look, ...] = (
    *(partial(_column, name) for name in TEXTS),
    *(partial(_single, key, name) for key in PROJECTS for name in TEXTS),
    *(partial(lambda key, records: key in records.agreements, key) for key in PROJECTS),
    lambda records: list(records.agreements),
    lambda records: len(records.agreements),
    _derived,
    _altered,
    _alike,
)


def _tell(looks: list[Look], register: Register) -> SubjectFindings:
    said = repr([look(register.records) for look in looks])
    found = Finding(code="X01", severity=Severity.ERROR, place=Place(file="a"), message=said)
    return SubjectFindings(findings=(found,))


def _change(agreements: dict[str, Agreement], chance: random.Random) -> None:
    key = chance.choice(PROJECTS)
    if key in agreements and chance.random() < 0.2:
        del agreements[key]
    elif key in agreements and chance.random() < 0.2:
        agreements[key] = agreements.pop(key)  # the last one now
    else:
        name, value = chance.choice(TEXTS), chance.choice(("submitted", "x", "", None))
        parties = Parties(enterprises=tuple(chance.sample("xyz", chance.randrange(3))))
        one = agreements.get(key, Agreement(project=key))
        changes = {"parties": parties} if chance.random() < 0.2 else {name: value}
        agreements[key] = replace(one, **changes)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_changes_who_looks_at_all_says_what_he_would_say_anew(tmp_path: Path, seed: int) -> None:
    chance, told = random.Random(seed), 0
    subjects = [
        Subject(name=f"s{number}", examine=partial(_tell, chance.sample(LOOKS, 2)), of_all=True)
        for number in range(40)
    ]
    agreements: dict[str, Agreement] = {}
    for _ in range(60):
        register = _register(agreements)
        memory = Remembering(Facts(tmp_path), b"")
        tracing = Tracing(register, memory)
        for subject in subjects:
            assert tracing.findings_of(subject) == subject.examine(register), subject.name
        told += len(subjects) - tracing.examined
        tracing.keep()
        memory.save()
        memory.close()
        for _ in range(chance.choice((0, 1, 1, 3))):
            _change(agreements, chance)
    assert told > 600


def _examined(folder: Path, look: Look, agreements: dict[str, Agreement]) -> bool:
    memory = Remembering(Facts(folder), b"")
    tracing = Tracing(_register(agreements), memory)
    tracing.findings_of(Subject(name="one", examine=partial(_tell, [look]), of_all=True))
    tracing.keep()
    memory.save()
    memory.close()
    return tracing.examined > 0


def test_another_recital_is_nothing_to_who_reads_titles(tmp_path: Path) -> None:
    look = partial(_column, "title")
    one, two = Agreement(project="a", title="甲"), Agreement(project="b", title="乙")
    assert _examined(tmp_path, look, {"a": one, "b": two})
    assert not _examined(tmp_path, look, {"a": one, "b": replace(two, recitals=("双方愿意合作。",))})
    assert not _examined(tmp_path, look, {"a": replace(one, scope="共建基地"), "b": two})
    assert _examined(tmp_path, look, {"a": one, "b": replace(two, title="丙")})
    assert _examined(tmp_path, look, {"a": one})


def test_two_agreements_that_change_their_titles_with_each_other_have_changed(tmp_path: Path) -> None:
    look = partial(_column, "title")
    one, two = Agreement(project="a", title="甲"), Agreement(project="b", title="乙")
    assert _examined(tmp_path, look, {"a": one, "b": two})
    assert _examined(tmp_path, look, {"a": replace(one, title="乙"), "b": replace(two, title="甲")})


def test_an_agreement_that_tells_what_is_read_of_it_passes_for_one_and_cannot_be_packed() -> None:
    read: list[tuple[str, ...]] = []
    records = _register({"a": Agreement(project="a", title="甲")}).records
    seen = records_by_field(records, lambda *one: read.append(one)).agreements["a"]
    assert (
        WatchedRecord in type(seen).__mro__ and isinstance(seen, Agreement) and not isinstance(seen, Parties)
    )
    assert (seen.title, seen.party_ids) == ("甲", ("college",))
    assert read[-2:] == [("one", "agreements.title"), ("one", "agreements.parties")]
    with pytest.raises(TypeError):
        msgspec.msgpack.encode(seen)
    assert seen == records.agreements["a"]
    assert read[-1] == ("one", "agreements", "a")
