"""Findings that verify themselves: kept with all that was read to find them, and good as long as that has not changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, TypeVar

from pipeline.kernel.recall import Recall
from pipeline.kernel.structs import Struct
from pipeline.memory.examination import Examination
from pipeline.memory.present import Present
from pipeline.memory.watched_fields import watched_by_field
from pipeline.memory.watched_records import Read, watched
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
        self._register = register
        self._present = Present(register, recall, called)
        self._log: dict[Read, None] = {}
        self._view = watched(register, self._see)
        self._found: dict[tuple[str, str], SubjectFindings] = {}
        self.examined = 0

    @cached_property
    def _examination(self) -> Examination:
        return Examination(self._present, self.recall)

    def findings_of(self, subject: Subject) -> SubjectFindings:
        """What is found of a subject."""
        return self._found[subject.name, subject.mark] if self.knows(subject) else self._examine(subject)

    def knows(self, subject: Subject) -> bool:
        """Whether a subject need not be examined: every read gives what it gave when it was."""
        asked = subject.name, subject.mark
        if asked not in self._found:
            found = self._examination.found(*asked)
            if found is None:
                return False
            self._found[asked] = found
        return True

    def examine(self, subject: Subject) -> Trace:
        """What is found of a subject, whatever is known of it, and all that was read for that with its digests."""
        return self._traced(subject.mark, subject.examine, self._view)

    def _examine(self, subject: Subject) -> SubjectFindings:
        self.examined += 1
        view = self._by_field(of_all=True) if subject.of_all else self._view
        found, reads = self._noted(subject.examine, view)
        self._take(subject.name, subject.mark, reads, found)
        return found

    def take(self, name: str, trace: Trace) -> bool:
        """What others found of a subject with a part of the register; only if with all of it every read gives the same."""
        if not self._holds(trace):
            return False
        reads = tuple((way, place, key) for way, place, key, _ in trace.reads)
        self._take(name, trace.mark, reads, trace.result)
        return True

    def _take(self, name: str, mark: str, reads: tuple[Read, ...], found: SubjectFindings) -> None:
        self._found[name, mark] = found
        self._examination.put(name, mark, reads, found)

    def keep(self) -> None:
        """Remember what was found of the subjects."""
        self._examination.keep()

    def known(self, sort: str, name: str, mark: str, kind: Any) -> Any:
        """What work on the records gave, of this state of them or another; None where any read gives something else.

        `kind` is `Traced` of its type.
        """
        kept = self._holding(sort, name, mark, kind)
        return kept and kept.result

    def _holding(self, sort: str, name: str, mark: str, kind: Any) -> Traced[Any] | None:
        for called in (self._called, "" if self._called else COMMITTED):
            kept: Traced[Any] | None = self.recall.latest(_sort(sort, called), name, b"", kind)
            if kept is not None and kept.mark == mark and self._holds(kept):
                return kept
        return None

    def work_out(
        self,
        sort: str,
        name: str,
        mark: str,
        work: Callable[[Register], Result],
        brief: Callable[[Result], bytes] | None = None,
        *,
        of_all: bool = False,
    ) -> Result:
        """What work on the records gives, kept with all that was read for it; and in `brief` beside it, for `known_brief`.

        It is done again only where a field has changed that it looks at: work on all records, in any of them.
        """
        trace = self._traced(mark, work, self._by_field(of_all=of_all))
        self.recall.keep(_sort(sort, self._called), name, b"", trace)
        if brief is not None:
            short = Traced(mark=mark, result=brief(trace.result), reads=trace.reads)
            self.recall.keep(_sort(f"{sort} in brief", self._called), name, b"", short)
        return trace.result

    def known_brief(self, sort: str, name: str, mark: str) -> bytes | None:
        """What work on the records gave, in brief: whoever only compares need not have it whole."""
        found: bytes | None = self.known(f"{sort} in brief", name, mark, Traced[bytes])
        return found

    def told(
        self, sort: str, mark: str, kind: Any, work: Callable[[Register], Result], name: str = ""
    ) -> Result:
        """What work on all records gives: what it gave, where that is known, else worked out and kept."""
        kept: Traced[Result] | None = self._holding(sort, name, mark, kind)
        return self.work_out(sort, name, mark, work, of_all=True) if kept is None else kept.result

    def _by_field(self, *, of_all: bool) -> Register:
        return watched_by_field(self._register, self._see, of_all=of_all)

    def _traced(self, mark: str, work: Callable[[Register], Result], view: Register) -> Traced[Result]:
        result, reads = self._noted(work, view)
        present = self._present
        return Traced(mark=mark, result=result, reads=tuple((*read, present.digest(read)) for read in reads))

    def _noted(self, work: Callable[[Register], Result], view: Register) -> tuple[Result, tuple[Read, ...]]:
        self._log.clear()
        result = work(view)
        return result, tuple(self._log)

    def _holds(self, trace: Traced[Any]) -> bool:
        present = self._present
        return all(present.digest((way, place, name)) == mark for way, place, name, mark in trace.reads)

    def _see(self, way: str, place: str, name: str = "") -> None:
        self._log[way, place, name] = None
