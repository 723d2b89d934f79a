"""What was found of every subject: good for each as long as nothing changes that was read for it.

What a thousand subjects read is not looked at read by read. All digests of a place are kept as they were when the
findings were; what differs now leads to the reads that give something else, and these to the subjects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

from pipeline.kernel.recall import NOTHING_KEPT, Recall
from pipeline.kernel.structs import Struct, field
from pipeline.memory.present import Present
from pipeline.memory.watched_records import ALL, HAS, KEYS, ONE, UNDER, Read
from pipeline.record.register.examined import SubjectFindings

_SORT = "examined"

_NOTHING = SubjectFindings()

_Numbers = dict[str, dict[str, int]]
"""The reads in a place: the number of each by its way and its name."""


class KeptExamination(Struct, frozen=True, kw_only=True):
    """All places that were read with what they held, the reads in them, and by subject its mark, its reads, its findings.

    Of a mapping the digests are kept by key, of a set its members.
    """

    places: dict[str, dict[str, bytes]] = field(default_factory=dict)
    sets: dict[str, frozenset[str]] = field(default_factory=dict)
    reads: dict[str, _Numbers] = field(default_factory=dict)
    subjects: dict[str, tuple[str, tuple[int, ...]]] = field(default_factory=dict)
    findings: dict[str, SubjectFindings] = field(default_factory=dict)


class Examination:
    """What `recall` knows of the subjects of a register, and what is found of them now."""

    def __init__(self, present: Present, recall: Recall) -> None:
        self._present = present
        self._recall = recall
        self._kept = recall.latest(_SORT, "", b"", KeptExamination) or KeptExamination()
        self._changed = frozenset(_changed(self._kept, present))
        self._fresh: dict[str, tuple[str, tuple[Read, ...], SubjectFindings]] = {}

    def found(self, name: str, mark: str) -> SubjectFindings | None:
        """What was found of a subject under a mark; None where any read gives something else now."""
        known = self._kept.subjects.get(name)
        if known is None or known[0] != mark or not self._changed.isdisjoint(known[1]):
            return None
        return self._kept.findings.get(name, _NOTHING)

    def put(self, name: str, mark: str, reads: tuple[Read, ...], found: SubjectFindings) -> None:
        """Take what is found of a subject now, having read what there is now."""
        self._fresh[name] = mark, reads, found

    def keep(self) -> None:
        """Remember what holds now: what is new, and what nothing has changed of."""
        if not self._fresh or self._recall is NOTHING_KEPT:
            return
        holding = {
            name: one
            for name, one in self._kept.subjects.items()
            if name not in self._fresh and self._changed.isdisjoint(one[1])
        }
        findings = {name: one for name, one in self._kept.findings.items() if name in holding}
        reads = _only(self._kept.reads, {number for _, some in holding.values() for number in some})
        following = 1 + max((number for *_, number in _each(reads)), default=-1)
        for name, (mark, some, found) in self._fresh.items():
            numbers = []
            for way, place, key in some:
                known = reads.setdefault(place, {}).setdefault(way, {})
                if key not in known:
                    known[key] = following
                    following += 1
                numbers.append(known[key])
            holding[name] = mark, tuple(numbers)
            if found != _NOTHING:
                findings[name] = found
        present = self._present
        made = KeptExamination(
            places={place: dict(present.held(place)) for place in reads if place not in present.sets},
            sets={place: frozenset(present.sets[place]) for place in reads if place in present.sets},
            reads=reads,
            subjects=holding,
            findings=findings,
        )
        self._recall.keep(_SORT, "", b"", made)
        # From now on it is this that is known, of what there is now.
        self._kept, self._changed = made, frozenset()
        self._fresh.clear()


def _each(reads: Mapping[str, _Numbers]) -> Iterator[tuple[str, str, str, int]]:
    for place, ways in reads.items():
        for way, names in ways.items():
            yield from ((place, way, name, number) for name, number in names.items())


def _only(reads: Mapping[str, _Numbers], wanted: Set[int]) -> dict[str, _Numbers]:
    """The reads that anybody still has; a place that nobody reads is none any more."""
    kept: dict[str, _Numbers] = {}
    for place, way, name, number in _each(reads):
        if number in wanted:
            kept.setdefault(place, {}).setdefault(way, {})[name] = number
    return kept


def _changed(kept: KeptExamination, present: Present) -> Iterator[int]:
    """The numbers of the reads that give something else than they gave."""
    for place, ways in kept.reads.items():
        if place in present.sets:
            yield from _changed_set(ways, kept.sets.get(place), present.sets[place])
        else:
            yield from _changed_mapping(ways, kept.places.get(place), present.held(place))


def _changed_set(ways: _Numbers, before: Set[str] | None, now: Set[str]) -> Iterator[int]:
    if before is None:
        yield from _all_of(ways)
    elif before != now:
        other = before ^ now
        yield from (number for name, number in ways.get(HAS, {}).items() if name in other)
        for way, names in ways.items():
            if way != HAS:
                yield from names.values()


def _changed_mapping(
    ways: _Numbers, before: Mapping[str, bytes] | None, now: Mapping[str, bytes]
) -> Iterator[int]:
    if before is None:
        yield from _all_of(ways)
        return
    other = {key for key, mark in now.items() if before.get(key) != mark} | (before.keys() - now.keys())
    moved = list(before) != list(now)
    if moved and [key for key in before if key in now] != [key for key in now if key in before]:
        yield from _all_of(ways)  # the same in another order
        return
    yield from _named(ways.get(ONE, {}), other)
    yield from _named(ways.get(UNDER, {}), {start for key in other for start in _starts(key)})
    yield from ways.get(KEYS, {}).values() if moved else ()
    yield from ways.get(ALL, {}).values() if other else ()


def _named(numbers: Mapping[str, int], names: Iterable[str]) -> Iterator[int]:
    yield from (numbers[name] for name in names if name in numbers)


def _all_of(ways: _Numbers) -> Iterator[int]:
    yield from (number for names in ways.values() for number in names.values())


def _starts(key: str) -> Iterator[str]:
    """Under which ids a key lies: what it begins with, each with the stroke behind it."""
    yield from (key[: place + 1] for place, sign in enumerate(key) if sign == "/")
