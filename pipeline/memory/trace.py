"""Findings that verify themselves: kept with all that was read to find them, and good as long as that has not changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import fields
from typing import Any, Generic, TypeVar

from pipeline.kernel.recall import Recall, digest
from pipeline.kernel.structs import Struct
from pipeline.memory.watched_records import FILES, HAS, KEYS, ONE, Read, watched
from pipeline.record.model import Records
from pipeline.record.register import Register
from pipeline.record.register.examined import Subject, SubjectFindings

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
        self.recall = recall
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
            kept = self.recall.latest("findings", subject.name, b"", Trace)
            if kept is not None and kept.mark == subject.mark and self._holds(kept):
                self._found[asked] = kept.result
        return asked in self._found

    def take(self, name: str, trace: Trace) -> bool:
        """What others found of a subject with a part of the register; only if with all of it every read gives the same."""
        if not self._holds(trace):
            return False
        self._found[name, trace.mark] = trace.result
        self.recall.keep("findings", name, b"", trace)
        return True

    def _examine(self, subject: Subject) -> SubjectFindings:
        if self.knows(subject):
            return self._found[subject.name, subject.mark]
        self.examined += 1
        trace = self._traced(subject.mark, subject.examine)
        self.recall.keep("findings", subject.name, b"", trace)
        return trace.result

    def worked_out(
        self, sort: str, name: str, mark: str, kind: Any, work: Callable[[Register], Result]
    ) -> Result:
        """What work on the records gives, or gave where every read gives the same; `kind` is `Traced` of its type.

        What was worked out of another state of the records is as good, if that state says the same.
        """
        found: Result | None = self.known(sort, name, mark, kind)
        return self.work_out(sort, name, mark, work) if found is None else found

    def known(self, sort: str, name: str, mark: str, kind: Any) -> Any:
        """What work on the records gave, of this state of them or another; None where any read gives something else."""
        for called in (self._called, "" if self._called else COMMITTED):
            kept = self.recall.latest(_sort(sort, called), name, b"", kind)
            if kept is not None and kept.mark == mark and self._holds(kept):
                return kept.result
        return None

    def work_out(self, sort: str, name: str, mark: str, work: Callable[[Register], Result]) -> Result:
        """What work on the records gives, kept with all that was read for it."""
        trace = self._traced(mark, work)
        self.recall.keep(_sort(sort, self._called), name, b"", trace)
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
