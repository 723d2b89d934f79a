"""A check shared out: files to be read and records to be examined, each with what that takes; findings come back.

Nothing that comes back is believed because somebody sent it: what was read to find it is compared with all records.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import local

from pipeline.check.run import subjects_of_all, subjects_of_files
from pipeline.kernel.collector import paused
from pipeline.kernel.recall import NOTHING_KEPT, Resident
from pipeline.kernel.sharing import HandOut
from pipeline.kernel.structs import replace
from pipeline.memory.trace import Trace, Tracing
from pipeline.output.jobs import named_by
from pipeline.record.kinds import AGREEMENT, COLLEGE, ENTERPRISE, POLICY, kind_of
from pipeline.record.model import Records
from pipeline.record.model.records import UnknownId
from pipeline.record.places import project_of, subject_of
from pipeline.record.register import Entry, Register
from pipeline.record.register.entry import FileShape, Readers
from pipeline.record.register.load import records_of
from pipeline.record.schema import Schema

_FILES, _SUBJECTS = 16, 24
"""Files in a parcel: few, so that all are busy to the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileParcel:
    """Some files by name and bytes, with the schemas they are held against."""

    schemas: Mapping[str, Schema]
    files: Sequence[tuple[str, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectParcel:
    """Files that are `asked` about, among all files whose records the rules on them read.

    `told` holds what all files together tell of these: which ids there are, and what the trail says.
    """

    schemas: Mapping[str, Schema]
    today: date | None
    entries: Mapping[str, Entry]
    asked: tuple[str, ...]
    told: Records
    unknown: Mapping[str, tuple[UnknownId, ...]]


_mine = local()
"""The readers of this thread: to make them anew for each parcel would take as long as to read it."""


def shapes_of(parcel: FileParcel) -> list[tuple[str, FileShape]]:
    """All that the path and bytes of each file tell."""
    if getattr(_mine, "schemas", None) is not parcel.schemas:
        _mine.schemas, _mine.readers = parcel.schemas, Readers(parcel.schemas, NOTHING_KEPT)
    found = []
    with paused():
        for name, content in parcel.files:
            known = kind_of(name)
            if known is not None:
                found.append((name, _mine.readers.shape(name, *known, content)))
    return found


def traces_of(parcel: SubjectParcel) -> list[tuple[str, Trace]]:
    """What is found of each file that is asked about, with everything that was read for it."""
    records = records_of(parcel.entries)
    told = parcel.told
    records = replace(
        records,
        governance=told.governance,
        governed_since=told.governed_since,
        consents=told.consents,
        known_enterprises=told.known_enterprises,
        known_projects=told.known_projects,
    )
    register = Register(entries=parcel.entries, records=records, found=(), unknown=parcel.unknown)
    kept = Resident()
    tracing = Tracing(register, kept)
    found = []
    with paused():
        for subject in subjects_of_files(register, parcel.schemas, parcel.today, parcel.asked):
            tracing.findings_of(subject)
            trace = kept.latest("findings", subject.name, b"", Trace)
            if trace is not None:
                found.append((subject.name, trace))
    return found


class CheckHelpers:
    """Others who do the parts of a check that need few files."""

    def __init__(self, share: HandOut, schemas: Mapping[str, Schema]) -> None:
        self._share = share
        self._schemas = schemas

    def shapes(self, due: Sequence[tuple[str, bytes]]) -> Iterator[tuple[str, FileShape]]:
        """The shapes of files given by name and bytes."""
        self._make_ready(name for name, _ in due)
        parcels = [
            FileParcel(schemas=self._schemas, files=due[start : start + _FILES])
            for start in range(0, len(due), _FILES)
        ]
        for _, found in self._share(shapes_of, parcels, len(parcels)):
            yield from found

    def _make_ready(self, names: Iterable[str]) -> None:
        """Load what everybody needs before anybody is begun: who is a copy of this process has it then."""
        from pipeline.compose.lint import Linter  # it brings Markdown along, and most files are known already

        kinds = {known[0].name for name in names if (known := kind_of(name))}
        Linter({kind: self._schemas[kind] for kind in kinds})

    def examine(self, register: Register, today: date | None, tracing: Tracing) -> None:
        """Have examined whatever is not known; `tracing` takes what holds for the whole register, and examines the rest."""
        groups = list(_groups(self._due(register, today, tracing)))
        files = _Files(register)
        packed = (self._packed(register, today, asked, files.around(asked)) for asked in groups)
        for number, (_, found) in enumerate(self._share(traces_of, packed, len(groups))):
            for name, trace in found:
                tracing.take(name, trace)
            if number == 0:
                # The others have their parcels; what needs all records is found here in the meantime.
                for subject in subjects_of_all(today):
                    tracing.findings_of(subject)

    def _due(self, register: Register, today: date | None, tracing: Tracing) -> Iterator[str]:
        """The files of which anything is unknown."""
        for name in register.entries:
            if not all(map(tracing.knows, subjects_of_files(register, self._schemas, today, (name,)))):
                yield name

    def _packed(
        self, register: Register, today: date | None, asked: tuple[str, ...], entries: Mapping[str, Entry]
    ) -> SubjectParcel:
        return SubjectParcel(
            schemas=self._schemas,
            today=today,
            entries=entries,
            asked=asked,
            told=_told(register.records, entries),
            unknown={name: register.unknown[name] for name in asked if name in register.unknown},
        )


def _groups(due: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Files in parcels; those of one project are not torn apart, for they are read together."""
    together: dict[str, list[str]] = defaultdict(list)
    for name in due:
        together[project_of(name) or name].append(name)
    group: list[str] = []
    for some in together.values():
        group += some
        if len(group) >= _SUBJECTS:
            yield tuple(group)
            group = []
    if group:
        yield tuple(group)


class _Files:
    """The files of a register, sorted out once for all parcels."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._places = {name: place for place, name in enumerate(register.entries)}
        self._projects: dict[str, list[str]] = defaultdict(list)
        for name in register.entries:
            self._projects[project_of(name)].append(name)

    def around(self, asked: Sequence[str]) -> Mapping[str, Entry]:
        """Some files with those that rules on them read: of their projects, of partners, of agreements they name."""
        register = self._register
        named = {spot.id for name in asked for spot in register.entries[name].spots}
        wanted = {*asked, COLLEGE.file(), POLICY.file()}
        for project in {project_of(name) for name in asked} - {""}:
            wanted.update(self._projects[project])
        wanted.update(map(AGREEMENT.file, named & register.records.agreements.keys()))
        wanted.update(map(ENTERPRISE.file, named_by(register, tuple(wanted))))
        # In the order of the register, for rules go through records in it.
        there = sorted(wanted & self._places.keys(), key=self._places.__getitem__)
        return {name: register.entries[name] for name in there}


def _told(records: Records, entries: Mapping[str, Entry]) -> Records:
    """What no single file tells, as far as these files ask for it."""
    ids = {spot.id for entry in entries.values() for spot in entry.spots}
    ids.update(entry.id.partition("/")[0] for entry in entries.values())
    subjects = set(map(subject_of, entries))
    return Records(
        governance=records.governance,
        governed_since=records.governed_since,
        consents={name: records.consents[name] for name in records.consents if name in subjects},
        known_enterprises=records.known_enterprises & ids,
        known_projects=records.known_projects & ids,
    )
