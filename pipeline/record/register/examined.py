"""What is examined by itself, and what is found in it: so that it can be said again without examining it."""

from __future__ import annotations

from collections import Counter, defaultdict
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
        self._by_file = defaultdict[str, list[Finding]](list)
        self._further: Counter[tuple[str, str]] = Counter()

    def add(self, more: SubjectFindings) -> None:
        """The findings of one more subject."""
        self._apart += more.apart
        for finding in more.findings:
            self._by_file[finding.place.file].append(finding)
        for code, file, count in more.further:
            self._further[code, file] += count

    def findings(self) -> Iterator[Finding]:
        """Everything, once all is added."""
        yield from self._apart
        for file, some in self._by_file.items():
            yield from some if len(some) <= MOST else self._limited(file, some)

    def _limited(self, file: str, some: Iterable[Finding]) -> Iterator[Finding]:
        """The findings of a file in which there are so many that one code may have too many of them."""
        counts: Counter[str] = Counter()
        last: dict[str, Finding] = {}
        for finding in some:
            counts[finding.code] += 1
            if counts[finding.code] <= MOST:
                yield finding
            else:
                last.setdefault(finding.code, finding)
        for code, finding in last.items():
            untold = counts[code] + self._further[code, file] - MOST
            yield replace(finding, message=f"同类问题从这里起还有 {untold} 处，没有一一列出")


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
