"""Findings that verify themselves: kept with all that was read to find them, and good as long as that has not changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import fields
from typing import Any, Generic, TypeVar

from pipeline.kernel.recall import Recall, digest
from pipeline.kernel.structs import Struct
from pipeline.record.model import Records
from pipeline.record.model.records import Grouping
from pipeline.record.register import Entry, Register
from pipeline.record.register.examined import Subject, SubjectFindings

Read = tuple[str, str, str]
"""Something read: the way it was read, the place it stands in, and its name there."""

ONE, KEYS, ALL, UNDER, HAS = "one", "keys", "all", "under", "has"
"""A record or its absence, all keys of a mapping, all its records, those below an id, whether a set holds an id."""

FILES = "files"
"""The place of all entries by file name."""

SINGLE = frozenset(
    one.name for one in fields(Records) if not isinstance(getattr(Records(), one.name), Mapping | Set)
)
"""What of the records is read as one thing: whatever is neither a mapping nor a set."""


Result = TypeVar("Result")


class Traced(Struct, Generic[Result], frozen=True, kw_only=True):
    """What was worked out, and everything that was read for it with the digest it had; `mark` is all it depends on else."""

    mark: str
    result: Result
    reads: tuple[tuple[str, str, str, bytes], ...]


Trace = Traced[SubjectFindings]
"""What was found of a subject."""


class Present:
    """What a register holds now, as digests: the other side of every read."""

    def __init__(self, register: Register) -> None:
        self._digests: dict[str, dict[str, bytes]] = {FILES: {}}
        for name, entry in register.entries.items():
            mark = (
                digest(entry.digest, *map(repr, entry.source.findings)) if not entry.digest else entry.digest
            )
            self._digests[FILES][name] = mark
            if not entry.held.empty:
                self._digests.setdefault(entry.kind.within, {})[entry.id] = mark
        self._records = register.records
        self._sets: Mapping[str, Set[str]] = {
            one.name: kept
            for one in fields(Records)
            if isinstance(kept := getattr(register.records, one.name), Set)
        }
        self._known: dict[Read, bytes] = {}

    def digest(self, read: Read) -> bytes:
        """What a read gives now."""
        found = self._known.get(read)
        if found is None:
            found = self._known[read] = self._digest(*read)
        return found

    def _digest(self, way: str, place: str, name: str) -> bytes:
        if way == HAS:
            return b"1" if name in self._sets[place] else b"0"
        if place in self._sets:
            return digest(*sorted(self._sets[place]))
        kept = self._of(place)
        if way == ONE:
            return kept.get(name, b"")
        if way == KEYS:
            return digest(*kept)
        return digest(*(part for key in kept if key.startswith(name) for part in (key, kept[key])))

    def _of(self, place: str) -> Mapping[str, bytes]:
        """The digests in a place: of files, or else (of what was worked out from several) of the values themselves."""
        if place not in self._digests:
            value = getattr(self._records, place)
            worked_out = value if isinstance(value, Mapping) else {"": value}
            self._digests[place] = {key: digest(repr(one)) for key, one in worked_out.items()}
        return self._digests[place]


COMMITTED = "committed"
"""What the state of the records is called that a commit holds."""


def _sort(sort: str, called: str) -> str:
    return f"{sort} {called}" if called else sort


class Tracing:
    """Examines the subjects of a register, or tells again what was found where every read gives the same."""

    def __init__(self, register: Register, recall: Recall, called: str = "") -> None:
        """`called` names the state of the records that is looked at, where it is not the work tree's."""
        self._recall = recall
        self._called = called
        self._present = Present(register)
        self._log: dict[Read, None] = {}
        self._view = watched(register, self._see)
        self._found: dict[tuple[str, str], SubjectFindings] = {}
        self.examined = 0

    def findings_of(self, subject: Subject) -> SubjectFindings:
        """What is found of a subject."""
        asked = subject.name, subject.mark
        if asked not in self._found:
            self._found[asked] = self._examine(subject)
        return self._found[asked]

    def knows(self, subject: Subject) -> bool:
        """Whether a subject need not be examined: every read gives what it gave when it was."""
        asked = subject.name, subject.mark
        if asked not in self._found:
            kept = self._recall.latest("findings", subject.name, b"", Trace)
            if kept is not None and kept.mark == subject.mark and self._holds(kept):
                self._found[asked] = kept.result
        return asked in self._found

    def take(self, name: str, trace: Trace) -> bool:
        """What others found of a subject with a part of the register; only if with all of it every read gives the same."""
        if not self._holds(trace):
            return False
        self._found[name, trace.mark] = trace.result
        self._recall.keep("findings", name, b"", trace)
        return True

    def _examine(self, subject: Subject) -> SubjectFindings:
        if self.knows(subject):
            return self._found[subject.name, subject.mark]
        self.examined += 1
        trace = self._traced(subject.mark, subject.examine)
        self._recall.keep("findings", subject.name, b"", trace)
        return trace.result

    def worked_out(
        self, sort: str, name: str, mark: str, kind: Any, work: Callable[[Register], Result]
    ) -> Result:
        """What work on the records gives, or gave where every read gives the same; `kind` is `Traced` of its type.

        What was worked out of another state of the records is as good, if that state says the same.
        """
        own, other = (_sort(sort, self._called), _sort(sort, "" if self._called else COMMITTED))
        for one in (own, other):
            kept: Traced[Result] | None = self._recall.latest(one, name, b"", kind)
            if kept is not None and kept.mark == mark and self._holds(kept):
                return kept.result
        trace = self._traced(mark, work)
        self._recall.keep(own, name, b"", trace)
        return trace.result

    def _traced(self, mark: str, work: Callable[[Register], Result]) -> Traced[Result]:
        self._log.clear()
        result = work(self._view)
        reads = tuple((*read, self._present.digest(read)) for read in self._log)
        return Traced(mark=mark, result=result, reads=reads)

    def _holds(self, trace: Traced[Any]) -> bool:
        present = self._present
        return all(present.digest((way, place, name)) == mark for way, place, name, mark in trace.reads)

    def _see(self, way: str, place: str, name: str = "") -> None:
        self._log[way, place, name] = None


See = Callable[..., None]


def watched(register: Register, see: See) -> Register:
    """A register that tells what is read in it; whoever reads it cannot know."""
    records = watched_records(register.records, see)
    return Register(entries=_Entries(register.entries, FILES, see), records=records, found=())


def watched_records(records: Records, see: See) -> Records:
    """Records that tell what is read of them."""
    kept: dict[str, Any] = {}
    for one in fields(Records):
        value = getattr(records, one.name)
        if isinstance(value, Mapping):
            kept[one.name] = _Records(value, one.name, see)
        elif isinstance(value, Set):
            kept[one.name] = _Ids(value, one.name, see)
    return _Whole(see, records, **kept)


class _Whole(Records):
    """Records whose single files are watched as well."""

    __slots__ = ("_see", "_single")

    def __init__(self, see: See, records: Records, **kept: Any) -> None:
        object.__setattr__(self, "_see", see)
        object.__setattr__(self, "_single", records)
        super().__init__(**kept)

    def __getattribute__(self, name: str) -> Any:
        if name in SINGLE:
            object.__getattribute__(self, "_see")(ONE, name, "")
            return getattr(object.__getattribute__(self, "_single"), name)
        return object.__getattribute__(self, name)


class WatchedMapping(Mapping[str, Any]):
    """A mapping that tells what is read in it."""

    def __init__(self, inner: Mapping[str, Any], place: str, see: See) -> None:
        self._inner = inner
        self._place = place
        self._see = see

    def __getitem__(self, key: str) -> Any:
        self._see(ONE, self._place, key)
        return self._inner[key]

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key, or something else."""
        self._see(ONE, self._place, key)
        return self._inner.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._see(ONE, self._place, str(key))
        return key in self._inner

    def __iter__(self) -> Iterator[str]:
        self._see(KEYS, self._place)
        return iter(self._inner)

    def __len__(self) -> int:
        self._see(KEYS, self._place)
        return len(self._inner)

    def items(self) -> Any:
        """All keys and values, all of them read."""
        self._see(ALL, self._place)
        return self._inner.items()

    def values(self) -> Any:
        """All values, all of them read."""
        self._see(ALL, self._place)
        return self._inner.values()


class _Entries(WatchedMapping):
    """Files by name."""

    def __getitem__(self, key: str) -> Entry:
        self._see(ONE, self._place, key)
        found: Entry = self._inner[key]
        return found


class _Records(WatchedMapping, Grouping[Any]):
    """Records by key, which know what is below an id."""

    def under(self, *ids: str) -> tuple[Any, ...]:
        """The records whose key begins with these ids, in order."""
        from pipeline.record.model.records import under

        self._see(UNDER, self._place, "/".join(ids) + "/")
        return under(self._inner, *ids)


class _Ids(Set[str]):
    """A set of ids that tells what it is asked for."""

    def __init__(self, inner: Set[str], place: str = "", see: See = lambda *_: None) -> None:
        self._inner = inner
        self._place = place
        self._see = see

    @classmethod
    def _from_iterable(cls, it: Any) -> Any:
        return frozenset(it)

    def __contains__(self, key: object) -> bool:
        self._see(HAS, self._place, str(key))
        return key in self._inner

    def __iter__(self) -> Iterator[str]:
        self._see(ALL, self._place)
        return iter(self._inner)

    def __len__(self) -> int:
        self._see(ALL, self._place)
        return len(self._inner)
