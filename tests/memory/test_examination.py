"""What was found is told again exactly as long as every read would give the same; whatever else changes."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pipeline.kernel.finding import Finding, Place, Severity
from pipeline.memory.database import Facts
from pipeline.memory.remembering import Remembering
from pipeline.memory.trace import Tracing
from pipeline.record.model import Records, under
from pipeline.record.register import Register
from pipeline.record.register.examined import Subject, SubjectFindings

Read = Callable[[Records], object]

NAMES = tuple("abcd")
KEYS = tuple(f"{project}/{period}" for project in NAMES for period in ("1", "1/x", "2"))
SETS = ("known_projects", "drafts")


def _get(place: str, key: str, records: Records) -> object:
    return getattr(records, place).get(key)


def _has(place: str, key: str, records: Records) -> object:
    return key in getattr(records, place)


def _all(place: str, look: Callable[[Any], object], records: Records) -> object:
    return look(getattr(records, place))


def _under(ids: tuple[str, ...], records: Records) -> object:
    return under(records.progress, *ids)


def _items(some: Any) -> object:
    return list(some.items())


def _values(some: Any) -> object:
    return list(some.values())


def _reads() -> Iterable[Read]:
    """Every way in which records can be read, in every place of which there is one."""
    for place, keys in (("enterprises", NAMES), ("progress", KEYS), ("consents", NAMES)):
        for key in (*keys, "none"):
            yield partial(_get, place, key)
            yield partial(_has, place, key)
        for look in (list, len, _items, _values):
            yield partial(_all, place, look)
    for project in NAMES:
        yield partial(_under, (project,))
        yield partial(_under, (project, "1"))
    for place in SETS:
        for key in NAMES:
            yield partial(_has, place, key)
        yield partial(_all, place, sorted)
    yield partial(_all, "governed_since", repr)


READS = tuple(_reads())


class _World:
    """Records that change at random, and subjects each of which reads a few things and tells what it has read."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.kept: dict[str, Any] = {
            "enterprises": {},
            "progress": {},
            "consents": {},
            "governed_since": None,
        }
        self.kept |= {place: frozenset() for place in SETS}
        self.subjects = [
            Subject(
                name=f"s{number}",
                examine=partial(self._tell, chance.sample(READS, chance.choice((1, 1, 2, 4)))),
            )
            for number in range(60)
        ]
        self.quiet = {one.name for one in chance.sample(self.subjects, 20)}

    def _tell(self, reads: list[Read], register: Register) -> SubjectFindings:
        said = repr([read(register.records) for read in reads])
        if len(said) % 3 == 0:
            return SubjectFindings()  # nothing is wrong
        return SubjectFindings(
            findings=(Finding(code="X01", severity=Severity.ERROR, place=Place(file="a"), message=said),)
        )

    def change(self) -> None:
        """Something comes, goes, is another, or stands in another order."""
        place = self.chance.choice(tuple(self.kept))
        value = self.kept[place]
        if isinstance(value, dict):
            key, value = self.chance.choice(KEYS if place == "progress" else NAMES), dict(value)
            if key in value and self.chance.random() < 0.4:
                del value[key]
            elif self.chance.random() < 0.1:
                value = dict(sorted(value.items(), reverse=True))
            else:
                value[key] = self.chance.randrange(3)
                value = dict(sorted(value.items()))
            self.kept[place] = value
        elif isinstance(value, frozenset):
            self.kept[place] = value ^ {self.chance.choice(NAMES)}
        else:
            self.kept[place] = date(2025, 1, self.chance.randrange(1, 4))

    def register(self) -> Register:
        return Register(entries={}, records=Records(**self.kept), found=())


@pytest.mark.parametrize("seed", range(8))
def test_whatever_changes_each_subject_says_what_it_would_say_anew(tmp_path: Path, seed: int) -> None:
    world, told = _World(random.Random(seed)), 0
    for _ in range(60):
        register = world.register()
        memory = Remembering(Facts(tmp_path), b"")
        tracing = Tracing(register, memory)
        some = [one for one in world.subjects if one.name not in world.quiet or world.chance.random() < 0.3]
        for subject in some:
            found = tracing.findings_of(subject)
            assert found == subject.examine(register), subject.name
        told += len(some) - tracing.examined
        tracing.keep()
        memory.save()
        memory.close()
        for _ in range(world.chance.choice((0, 1, 1, 3))):
            world.change()
    assert told > 1000  # most are told again


def test_nothing_is_examined_again_that_reads_nothing_else(tmp_path: Path) -> None:
    def one(key: str) -> Subject:
        def examine(register: Register) -> SubjectFindings:
            register.records.enterprises.get(key)
            return SubjectFindings()

        return Subject(name=key, examine=examine)

    def examined(**enterprises: Any) -> int:
        memory = Remembering(Facts(tmp_path), b"")
        tracing = Tracing(Register(entries={}, records=Records(enterprises=enterprises), found=()), memory)
        for key in NAMES:
            tracing.findings_of(one(key))
        tracing.keep()
        memory.save()
        memory.close()
        return tracing.examined

    assert examined(a=1, b=1) == 4
    assert examined(a=1, b=1) == 0
    assert examined(a=2, b=1) == 1
    assert examined(a=2, b=1, c=1) == 1
    assert examined(b=1, c=1, e=1) == 1


def test_another_day_or_program_is_not_told_what_this_one_found(tmp_path: Path) -> None:
    register = Register(entries={}, records=Records(), found=())

    def examined(mark: str, program: bytes) -> int:
        memory = Remembering(Facts(tmp_path), program)
        tracing = Tracing(register, memory)
        tracing.findings_of(Subject(name="a", mark=mark, examine=lambda _: SubjectFindings()))
        tracing.keep()
        memory.save()
        memory.close()
        return tracing.examined

    assert [examined(*one) for one in (("1", b"x"), ("1", b"x"), ("2", b"x"), ("2", b"y"), ("2", b"y"))] == [
        1,
        0,
        1,
        1,
        0,
    ]
