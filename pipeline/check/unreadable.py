"""What is found whatever was meant by a number or a day that could not be read, by a key or an id that is none.

It is told of where it stands. That a sum with it comes to another number, or that nothing is there yet, says the same
mistake again, and may be gone as soon as it is mended.
"""

from __future__ import annotations

from collections import ChainMap, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

from pipeline.kernel.codes.placing import UNKNOWN_NAME
from pipeline.kernel.finding import DataPath, Finding
from pipeline.kernel.structs import replace
from pipeline.kernel.visible import nearest
from pipeline.record.kinds import AGREEMENT, COLLEGE, POLICY
from pipeline.record.model.records import with_changed
from pipeline.record.places import project_of
from pipeline.record.register import Entry, Register
from pipeline.record.register.examined import Subject, SubjectFindings
from pipeline.record.register.held import Held
from pipeline.record.register.perhaps import perhaps_meant

_OF_NAMES = frozenset({UNKNOWN_NAME.code, "R01", "R02", "R03"})
"""What tells of the misspelt names themselves."""


def _misspelt(register: Register) -> Mapping[str, list[tuple[DataPath, str, bool]]]:
    """The ids of each file that name nothing and are written much like one that names something.

    In agreements rules look after them, which say what a wrong party or person does to the agreement.
    """
    found = defaultdict[str, list[tuple[DataPath, str, bool]]](list)
    for one in chain(register.records.unknown, *register.unknown.values()):
        near = nearest(one.id, one.choices) if AGREEMENT.key_in(one.file) is None else None
        if near:
            found[one.file].append((one.path, near, one.key))
    return found


def _about(record: Any) -> str:
    """The project that a record is about which lies in no project's folder."""
    project = getattr(record, "project", "")
    return project if isinstance(project, str) else ""


class Whatever:
    """The findings of a register that are there whatever was meant by what could not be read."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._meant: dict[str, tuple[Any, ...]] = {}
        self._misspelt = _misspelt(register)
        unread = set[str]()
        for name, entry in register.entries.items():
            # Of one that is known in brief nothing is found in reading it.
            broken = entry.broken if entry.brief is None else frozenset()
            if (broken or name in self._misspelt) and not (entry.held.empty or entry.draft):
                written = entry.source.data if broken else None
                meant = perhaps_meant(entry.record, broken, written, self._misspelt.get(name, ()))
                if meant:
                    self._meant[name] = meant
                    unread |= {name} if broken else set()
        self._around = {*map(project_of, unread), *(_about(self._meant[name][0]) for name in unread)}
        self._everywhere = not unread.isdisjoint((COLLEGE.file(), POLICY.file()))

    def of(self, subject: Subject, found: SubjectFindings) -> SubjectFindings:
        """What of that which was `found` of a subject stays, whatever was meant.

        What is found in a project does not rest on what stands in another; on the college it may. What a misspelt
        name spoils is looked for in its own file.
        """
        doubtful = frozenset(filter(self._concerns, found.findings)) if self._meant else frozenset()
        sure = doubtful
        for other in self._others if doubtful else ():
            sure = sure.intersection(subject.examine(other).findings)
        gone = doubtful - sure
        return (
            replace(found, findings=tuple(one for one in found.findings if one not in gone))
            if gone
            else found
        )

    def _concerns(self, finding: Finding) -> bool:
        file, project = finding.place.file, project_of(finding.place.file)
        if file in self._misspelt and finding.code not in _OF_NAMES:
            return True
        if not self._around:
            return False
        return not project or project in self._around or self._everywhere

    @cached_property
    def _others(self) -> Sequence[Register]:
        """The register as it might be, in two ways; in one where nothing is known to be meant but one thing."""
        alike = all(meant[0] == meant[1] for meant in self._meant.values())
        return [
            self._with([(name, meant[way]) for name, meant in self._meant.items()])
            for way in ((0,) if alike else (0, 1))
        ]

    def _with(self, some: Iterable[tuple[str, Any]]) -> Register:
        entries = dict[str, Entry]()
        changed = dict[str, Any]()
        shelves = defaultdict[str, dict[str, Any]](dict)
        for name, record in some:
            entry = self._register.entries[name]
            entries[name] = replace(entry, held=Held(type(record), b"", record=record))
            if entry.kind.names:
                shelves[entry.kind.within][entry.id] = record
            else:
                changed[entry.kind.within] = record
        records = self._register.records
        for within, inner in shelves.items():
            changed[within] = ChainMap(inner, getattr(records, within))
        return replace(
            self._register,
            entries={**self._register.entries, **entries},
            records=with_changed(records, **changed),
        )
