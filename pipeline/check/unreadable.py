"""What is found whatever was meant by a number or a day that could not be read, or by a key that is none.

It is told of where it stands. That a sum with it comes to another number, or that nothing is there yet, says the same
mistake again, and may be gone as soon as it is mended.
"""

from __future__ import annotations

from collections import ChainMap, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from pipeline.kernel.finding import Finding
from pipeline.kernel.structs import replace
from pipeline.record.kinds import COLLEGE, POLICY
from pipeline.record.model.records import with_changed
from pipeline.record.places import project_of
from pipeline.record.register import Entry, Register
from pipeline.record.register.examined import Subject, SubjectFindings
from pipeline.record.register.held import Held
from pipeline.record.register.perhaps import perhaps_meant


class Whatever:
    """The findings of a register that are there whatever was meant by what could not be read."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._unread: dict[str, tuple[Any, ...]] = {}
        for name, entry in register.entries.items():
            # Of one that is known in brief nothing is found in reading it.
            if entry.brief is None and entry.broken and not (entry.held.empty or entry.draft):
                meant = perhaps_meant(entry.record, entry.broken, entry.source.data)
                if meant:
                    self._unread[name] = meant
        self._around = set(map(project_of, self._unread))
        self._everywhere = not self._unread.keys().isdisjoint((COLLEGE.file(), POLICY.file()))

    def of(self, subject: Subject, found: SubjectFindings) -> SubjectFindings:
        """What of that which was `found` of a subject stays, whatever was meant.

        What is found in a project does not rest on what stands in another; on the college it may.
        """
        doubtful = frozenset(filter(self._concerns, found.findings)) if self._unread else frozenset()
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
        project = project_of(finding.place.file)
        return not project or project in self._around or self._everywhere

    @cached_property
    def _others(self) -> Sequence[Register]:
        """The register as it might be, in two ways."""
        return [self._with([(name, meant[way]) for name, meant in self._unread.items()]) for way in (0, 1)]

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
