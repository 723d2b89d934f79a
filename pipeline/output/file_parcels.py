"""Files handed out before anybody has read them, each with those that the rules on it will ask for, as far as names tell.

Whoever takes a file apart examines it as well where all of its project is in the parcel. What is found with too few
files is not taken: everything that was read to find it is compared with all records.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from threading import local

from pipeline.check.run import subjects_of_files
from pipeline.kernel.collector import paused
from pipeline.kernel.recall import NOTHING_KEPT
from pipeline.memory.trace import Trace, Tracing
from pipeline.record.kinds import AGREEMENT, COLLEGE, ENTERPRISE, POLICY, Kind, kind_of
from pipeline.record.model import Records
from pipeline.record.places import project_of, subject_of
from pipeline.record.register import Entry, Register
from pipeline.record.register.entry import Readers
from pipeline.record.register.file_shape import FileShape
from pipeline.record.register.listed import Ahead
from pipeline.record.register.load import part_of
from pipeline.record.schema import Schema

_FILES, _LAST = 24, 6
"""Files in a parcel, and in each of the last: few, so that all are busy to the end."""
_LEFT = 12
"""Of so many projects one is only read at first: the others examine it while rules on all records run here."""
_IN_IDS = b"abcdefghijklmnopqrstuvwxyz0123456789-"
_APART = bytes(code if code in _IN_IDS else 0x20 for code in range(256))
"""What parts ids from all else in a text: whatever no id holds becomes a blank."""
_MOST_BESIDE = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class FileParcel:
    """Files by name and bytes in the order of the register, with the schemas they are held against.

    Of those that are `due` the shapes are wanted, and where they are `examined` what is found in them; the rest is
    there to be read by rules on these. `told` holds what all files together tell of them.
    """

    schemas: Mapping[str, Schema]
    today: date | None
    files: Sequence[tuple[str, bytes]]
    due: Set[str]
    examined: bool
    told: Records


FileTraces = tuple[list[tuple[str, FileShape]], list[tuple[str, Trace]]]
"""The shapes of files by name, and what was found in them by subject."""


class _Reading:
    """The readers of a process, and the entries of files that many parcels have beside their own."""

    def __init__(self, schemas: Mapping[str, Schema]) -> None:
        self.schemas = schemas
        self._readers = Readers(schemas, NOTHING_KEPT)
        self._beside: dict[tuple[str, bytes], Entry] = {}

    def shape(self, name: str, content: bytes) -> FileShape:
        """All that the path and bytes of a file tell."""
        kind, key = _kind(name)
        return self._readers.shape(name, kind, key, content)

    def entry(self, name: str, content: bytes, shape: FileShape) -> Entry:
        """The entry of a file that has this shape."""
        file = (name, *_kind(name), content)
        self._readers.ask(lambda _: [(name, shape)], [file])
        return self._readers.entry(*file)[0]

    def beside(self, name: str, content: bytes) -> Entry:
        """The entry of a file that is only read."""
        found = self._beside.get((name, content))
        if found is None:
            if len(self._beside) >= _MOST_BESIDE:
                self._beside.clear()
            found = self._beside[name, content] = self.entry(name, content, self.shape(name, content))
        return found


def _kind(name: str) -> tuple[Kind, str]:
    known = kind_of(name)
    assert known is not None, name  # only records are handed out
    return known


_mine = local()
"""The readers of this thread: to make them anew for each parcel would take as long as to read it."""


def taken_apart(parcel: FileParcel) -> FileTraces:
    """All that the path and bytes of each file tell, and where it is examined what is found in it."""
    if getattr(_mine, "reading", None) is None or _mine.reading.schemas is not parcel.schemas:
        _mine.reading = _Reading(parcel.schemas)
    reading: _Reading = _mine.reading
    with paused():
        shapes = {name: reading.shape(name, content) for name, content in parcel.files if name in parcel.due}
        if not parcel.examined:
            return list(shapes.items()), []
        entries = {
            name: reading.entry(name, content, shapes[name])
            if name in shapes
            else reading.beside(name, content)
            for name, content in parcel.files
        }
        register = part_of(entries, parcel.told)
        return list(shapes.items()), traced(register, parcel.schemas, parcel.today, parcel.due)


def traced(
    register: Register, schemas: Mapping[str, Schema], today: date | None, names: Iterable[str]
) -> list[tuple[str, Trace]]:
    """What is found in some files of a register, with everything that was read for it."""
    tracing = Tracing(register, NOTHING_KEPT)
    subjects = subjects_of_files(register, schemas, today, names)
    return [(subject.name, tracing.examine(subject)) for subject in subjects]


class FileParcels:
    """The files that are due in parcels, packed one by one; those that are read together are not torn apart."""

    def __init__(
        self, ahead: Ahead, due: Mapping[str, bytes], schemas: Mapping[str, Schema], today: date | None
    ) -> None:
        self._due, self._schemas, self._today, self._told = due, schemas, today, ahead.told
        self._files = _FilesByName(ahead)
        groups = grouped(due)
        first = groups[: len(groups) - len(groups) // _LEFT]
        whole = [group for group in first if self._files.whole(group)]
        torn = [group for group in first if not self._files.whole(group)] + groups[len(first) :]
        self._examined = list(packed(whole, _FILES))
        self._only_read = list(packed(([name] for group in torn for name in group), _LAST))

    def __len__(self) -> int:
        return len(self._examined) + len(self._only_read)

    def __iter__(self) -> Iterator[FileParcel]:
        for names in self._examined:
            around = self._files.around(names)
            told = told_of(self._told, names, self._files.named(name for name, _ in around))
            yield self._parcel(names, around, told, examined=True)
        for names in self._only_read:
            yield self._parcel(names, [(name, self._due[name]) for name in names], Records(), examined=False)

    def _parcel(
        self, names: Iterable[str], files: Sequence[tuple[str, bytes]], told: Records, *, examined: bool
    ) -> FileParcel:
        return FileParcel(
            schemas=self._schemas,
            today=self._today,
            files=files,
            due=frozenset(names),
            examined=examined,
            told=told,
        )


def grouped(names: Iterable[str]) -> list[list[str]]:
    """Names of files by what is read together."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        groups[_together(name)].append(name)
    return list(groups.values())


def _together(name: str) -> str:
    """What a file is read with: its project; of other records (meetings, plans) rules on one look at all of its kind."""
    project = project_of(name)
    if project:
        return project
    kind, _ = _kind(name)
    return name if kind is ENTERPRISE else kind.name


def packed(groups: Iterable[Sequence[str]], size: int) -> Iterator[tuple[str, ...]]:
    """Groups together, so many names or a few more at a time."""
    some: list[str] = []
    for group in groups:
        some += group
        if len(some) >= size:
            yield tuple(some)
            some = []
    if some:
        yield tuple(some)


class _FilesByName:
    """The files of a college by their names, sorted out once for all parcels."""

    def __init__(self, ahead: Ahead) -> None:
        self._contents = ahead.contents
        self._places = {name: place for place, name in enumerate(ahead.contents)}
        self._ids = {one.encode(): one for one in ahead.told.known_enterprises | ahead.told.known_projects}
        self._counts = Counter(map(_together, ahead.contents))
        self._named: dict[str, Set[str]] = {}

    def whole(self, group: Sequence[str]) -> bool:
        """Whether a group is all that is read together with any of it."""
        return self._counts[_together(group[0])] == len(group)

    def named(self, names: Iterable[str]) -> Set[str]:
        """The partners and projects whose ids stand anywhere in some files."""
        found: set[str] = set()
        for name in names:
            if name not in self._named:
                said = set(self._contents[name].translate(_APART).split())
                self._named[name] = {self._ids[one] for one in said & self._ids.keys()}
            found |= self._named[name]
        return found

    def around(self, names: Sequence[str]) -> list[tuple[str, bytes]]:
        """Some files with those that rules on them read: of partners, and of agreements they name."""
        wanted = {*names, COLLEGE.file(), POLICY.file()}
        named = self.named(names)
        partners = {ENTERPRISE.file(one) for one in named} & self._places.keys()
        # A partner may have been taken over by another.
        partners |= {ENTERPRISE.file(one) for one in self.named(partners)}
        wanted |= partners | {AGREEMENT.file(one) for one in named}
        # In the order of the register, for rules go through records in it.
        there = sorted(wanted & self._places.keys(), key=self._places.__getitem__)
        return [(name, self._contents[name]) for name in there]


def told_of(told: Records, names: Iterable[str], ids: Set[str]) -> Records:
    """What no single file tells, as far as some files ask for it, and ids that stand in them."""
    subjects = {subject_of(name) for name in names}
    own = {one for subject in subjects for one in subject.split("/")}
    return Records(
        governance=told.governance,
        governed_since=told.governed_since,
        consents={name: told.consents[name] for name in told.consents if name in subjects},
        known_enterprises=told.known_enterprises & (ids | own),
        known_projects=told.known_projects & (ids | own),
    )
