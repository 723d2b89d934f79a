"""Who looks at agreements looks again when a field has changed that he reads, in that one or in any of all, and else not."""

from __future__ import annotations

import copy
import pickle
import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
import pytest

from pipeline.kernel.finding import Finding, Place, Severity
from pipeline.kernel.structs import field_names, replace
from pipeline.memory.database import Facts
from pipeline.memory.remembering import Remembering
from pipeline.memory.trace import Traced, Tracing
from pipeline.memory.watched_fields import WatchedRecord, records_by_field
from pipeline.record.model import Agreement, Records
from pipeline.record.model.clauses import Parties
from pipeline.record.model.records import with_one
from pipeline.record.model.texts import texts
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


def _altered(name: str, records: Records) -> object:
    some = [replace(replace(one, title=f"新{one.scope}"), number="") for one in records.agreements.values()]
    return [getattr(one, name) for one in some]


def _hidden(key: str, records: Records) -> object:
    others = with_one(records, "agreements", key, Agreement(project=key)).agreements
    return {one: others[one].title for one in (key, "a") if one in others}


def _whole(key: str, make: Callable[[Agreement], object], records: Records) -> object:
    one = records.agreements.get(key)
    return one and make(one)


def _pickled(one: Agreement) -> object:
    return pickle.loads(pickle.dumps(one))


def _alike(records: Records) -> object:
    every = list(records.agreements.values())
    return [every.index(one) for one in every]


LOOKS: tuple[Look, ...] = (
    *(partial(_column, name) for name in TEXTS),
    *(partial(_single, key, name) for key in PROJECTS for name in TEXTS),
    *(partial(lambda key, records: key in records.agreements, key) for key in PROJECTS),
    lambda records: list(records.agreements),
    lambda records: len(records.agreements),
    *(partial(_altered, name) for name in TEXTS),
    *(partial(_hidden, key) for key in PROJECTS),
    *(partial(_whole, key, make) for key in PROJECTS for make in (texts, repr, copy.copy, _pickled)),
    _derived,
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


@pytest.mark.parametrize("of_all", [True, False])
@pytest.mark.parametrize("seed", range(4))
def test_whatever_changes_who_looks_says_what_he_would_say_anew(
    tmp_path: Path, seed: int, of_all: bool
) -> None:
    chance, told, looks = random.Random(seed), 0, range(40)
    works = [partial(_tell, chance.sample(LOOKS, 2)) for _ in looks]
    agreements: dict[str, Agreement] = {}
    for _ in range(60):
        register = _register(agreements)
        memory = Remembering(Facts(tmp_path), b"")
        tracing = Tracing(register, memory)
        for number in looks:
            found = tracing.known("look", str(number), "", Traced[SubjectFindings])
            told += found is not None
            found = found or tracing.work_out("look", str(number), "", works[number], of_all=of_all)
            assert found == works[number](register), number
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


def test_who_asks_for_one_agreement_looks_again_for_another_field_of_that_one_alone(tmp_path: Path) -> None:
    one, two = Agreement(project="a", title="甲"), Agreement(project="b", title="乙")
    looks: list[str] = []

    def title(register: Register) -> str:
        looks.append("a")
        return str(_single("a", "title", register.records))

    def told(agreements: dict[str, Agreement]) -> tuple[str, int]:
        memory = Remembering(Facts(tmp_path), b"")
        tracing = Tracing(_register(agreements), memory)
        found = tracing.known("paper", "one", "", Traced[str]) or tracing.work_out("paper", "one", "", title)
        memory.save()
        memory.close()
        return found, len(looks)

    assert told({"a": one}) == ("甲", 1)
    assert told({"a": replace(one, scope="共建基地"), "b": two}) == ("甲", 1)
    assert told({"a": replace(one, title="丙"), "b": two}) == ("丙", 2)
    assert told({"b": two}) == ("None", 3)
    assert told({"a": Agreement(project="a"), "b": two}) == ("None", 4)


def test_who_goes_through_all_agreements_is_told_of_fields_of_all_from_then_on() -> None:
    read: list[tuple[str, ...]] = []
    some = {key: Agreement(project=key, title=key) for key in PROJECTS}
    seen = records_by_field(_register(some).records, lambda *one: read.append(one), of_all=False).agreements
    assert (seen["a"].title, seen["b"].title) == ("a", "b")
    assert [one for one in read if one[0] == "one"] == [
        ("one", "agreements.title", "a"),
        ("one", "agreements.title", "b"),
    ]
    read.clear()
    assert [(key, seen[key].scope) for key in seen] == [(key, None) for key in PROJECTS]
    assert set(read) == {("keys", "agreements"), ("one", "agreements.scope", "")}


def test_an_agreement_that_tells_what_is_read_of_it_passes_for_one_and_cannot_be_packed() -> None:
    read: list[tuple[str, ...]] = []
    records = _register({"a": Agreement(project="a", title="甲")}).records
    seen = records_by_field(records, lambda *one: read.append(one), of_all=True).agreements["a"]
    assert (
        WatchedRecord in type(seen).__mro__ and isinstance(seen, Agreement) and not isinstance(seen, Parties)
    )
    assert (seen.title, seen.party_ids) == ("甲", ("college",))
    assert read[-2:] == [("one", "agreements.title", ""), ("one", "agreements.parties", "")]
    with pytest.raises(TypeError):
        msgspec.msgpack.encode(seen)
    assert field_names(seen.__class__) == field_names(Agreement)
    with pytest.raises(TypeError, match="__class__"):
        field_names(type(seen))
    assert seen == records.agreements["a"]
    assert read[-1] == ("one", "agreements", "a")
