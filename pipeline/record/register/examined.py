"""What is examined by itself, and what is found in it: so that it can be said again without examining it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from pipeline.kernel.finding import Finding
from pipeline.kernel.structs import Struct, replace
from pipeline.record.register.load import Register
from pipeline.source.counted import MOST


class SubjectFindings(Struct, frozen=True, kw_only=True):
    """The findings of one subject; of one code and file only the first, and `further` how many more.

    Findings that are not counted stand `apart` from those that are.
    """

    apart: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()
    further: tuple[tuple[str, str, int], ...] = ()

    @classmethod
    def of(cls, found: Iterable[Finding], apart: int = 0) -> SubjectFindings:
        """What is found, the first `apart` of it uncounted."""
        every = tuple(found)
        kept: list[Finding] = []
        counts: Counter[tuple[str, str]] = Counter()
        for finding in every[apart:]:
            kind = (finding.code, finding.place.file)
            counts[kind] += 1
            if counts[kind] <= MOST + 1:
                kept.append(finding)
        further = ((*kind, count - MOST - 1) for kind, count in counts.items() if count > MOST + 1)
        return cls(apart=every[:apart], findings=tuple(kept), further=tuple(further))


class Tally:
    """All findings: of one code and file the first `MOST` one by one, and how many more there are."""

    def __init__(self) -> None:
        self._apart: list[Finding] = []
        self._kept: list[Finding] = []
        self._counts: Counter[tuple[str, str]] = Counter()
        self._last: dict[tuple[str, str], Finding] = {}

    def add(self, more: SubjectFindings) -> None:
        """The findings of one more subject."""
        self._apart += more.apart
        for finding in more.findings:
            kind = (finding.code, finding.place.file)
            self._counts[kind] += 1
            if self._counts[kind] <= MOST:
                self._kept.append(finding)
            else:
                self._last.setdefault(kind, finding)
        for code, file, count in more.further:
            self._counts[code, file] += count

    def findings(self) -> Iterator[Finding]:
        """Everything, once all is added."""
        yield from self._apart
        yield from self._kept
        for kind, finding in self._last.items():
            message = f"同类问题从这里起还有 {self._counts[kind] - MOST} 处，没有一一列出"
            yield replace(finding, message=message)


class Subject(Struct, frozen=True, kw_only=True):
    """Something that is examined by itself: a function of the register, and of what its `mark` names (the day, say).

    One that is `of_all` looks at all records, and of each at little.
    """

    name: str
    examine: Callable[[Register], SubjectFindings]
    mark: str = ""
    of_all: bool = False


class Traces(Protocol):
    """Who examines a subject, or knows that nothing has changed that it depends on."""

    def findings_of(self, subject: Subject) -> SubjectFindings:
        """What is found in a subject."""
        ...

    def keep(self) -> None:
        """Remember what was found, now that all subjects have been asked for."""
        ...


class Untraced:
    """Examines every subject."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def findings_of(self, subject: Subject) -> SubjectFindings:
        """What is found in a subject."""
        return subject.examine(self._register)

    def keep(self) -> None:
        """Keep nothing."""
