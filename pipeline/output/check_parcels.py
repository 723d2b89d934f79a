"""A check shared out: files to be read and records to be examined, each with what that takes; findings come back.

Nothing that comes back is believed because somebody sent it: what was read to find it is compared with all records.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from pipeline.check.run import subjects_of_all, subjects_of_files
from pipeline.kernel.collector import paused
from pipeline.kernel.sharing import HandOut
from pipeline.kernel.structs import replace
from pipeline.memory.trace import Trace, Tracing
from pipeline.output.file_parcels import FileParcels, grouped, packed, taken_apart, told_of, traced
from pipeline.output.jobs import named_by
from pipeline.record.kinds import AGREEMENT, COLLEGE, ENTERPRISE, POLICY, kind_of
from pipeline.record.model import Records
from pipeline.record.model.records import UnknownId
from pipeline.record.places import project_of
from pipeline.record.register import Entry, Register
from pipeline.record.register.file_shape import FileShape
from pipeline.record.register.listed import Ahead
from pipeline.record.register.load import part_of
from pipeline.record.schema import Schema

_SUBJECTS = 8
"""Files in a parcel: few, so that all are busy to the end."""


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


def traces_of(parcel: SubjectParcel) -> list[tuple[str, Trace]]:
    """What is found of each file that is asked about, with everything that was read for it."""
    register = part_of(parcel.entries, parcel.told)
    with paused():
        return traced(replace(register, unknown=parcel.unknown), parcel.schemas, parcel.today, parcel.asked)


class CheckHelpers:
    """Others who do the parts of a check that need few files."""

    def __init__(self, share: HandOut, schemas: Mapping[str, Schema], today: date | None) -> None:
        self._share = share
        self._schemas = schemas
        self._today = today
        self._brought: list[tuple[str, Trace]] = []

    def shapes(self, ahead: Ahead, due: Sequence[tuple[str, bytes]]) -> Iterator[tuple[str, FileShape]]:
        """The shapes of files given by name and bytes; what is found in them is brought along."""
        self._make_ready(name for name, _ in due)
        parcels = FileParcels(ahead, dict(due), self._schemas, self._today)
        for _, (shapes, traces) in self._share(taken_apart, parcels, len(parcels)):
            self._brought += traces
            yield from shapes

    def _make_ready(self, names: Iterable[str]) -> None:
        """Load what everybody needs before anybody is begun: who is a copy of this process has it then."""
        from pipeline.compose.lint import Linter  # it brings Markdown along, and most files are known already

        kinds = {known[0].name for name in names if (known := kind_of(name))}
        Linter({kind: self._schemas[kind] for kind in kinds})

    def examine(self, register: Register, tracing: Tracing) -> None:
        """Have examined whatever is not known; `tracing` takes what holds for the whole register, and examines the rest."""
        tried = {name.partition(" ")[2] for name, trace in self._brought if not tracing.take(name, trace)}
        self._brought.clear()
        due = (name for name in self._due(register, tracing) if name not in tried)
        groups = list(packed(grouped(due), _SUBJECTS))
        files = _Files(register)
        packages = (self._packed(register, asked, files.around(asked)) for asked in groups)
        meanwhile = partial(_of_all, self._today, tracing)
        for _, found in self._share(traces_of, packages, len(groups), meanwhile):
            for name, trace in found:
                tracing.take(name, trace)

    def _due(self, register: Register, tracing: Tracing) -> Iterator[str]:
        """The files of which anything is unknown."""
        for name in register.entries:
            if not all(map(tracing.knows, subjects_of_files(register, self._schemas, self._today, (name,)))):
                yield name

    def _packed(
        self, register: Register, asked: tuple[str, ...], entries: Mapping[str, Entry]
    ) -> SubjectParcel:
        return SubjectParcel(
            schemas=self._schemas,
            today=self._today,
            entries=entries,
            asked=asked,
            told=told_of(register.records, entries, _ids(entries)),
            unknown={name: register.unknown[name] for name in asked if name in register.unknown},
        )


def _of_all(today: date | None, tracing: Tracing) -> None:
    """Find what needs all records."""
    for subject in subjects_of_all(today):
        tracing.findings_of(subject)


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


def _ids(entries: Mapping[str, Entry]) -> frozenset[str]:
    """The ids that stand in some files."""
    return frozenset(spot.id for entry in entries.values() for spot in entry.spots)
