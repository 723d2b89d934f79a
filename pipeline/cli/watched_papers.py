"""The papers of a college that is watched: what a saved file is printed in is made again, as a build makes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from pipeline.check.run import Report
from pipeline.cli.approved_papers import known
from pipeline.cli.build_command import put_in_place
from pipeline.cli.location import Here
from pipeline.cli.remember import settle
from pipeline.kernel.finding import Finding
from pipeline.kernel.recall import Resident
from pipeline.kernel.store import put_file
from pipeline.kernel.structs import replace
from pipeline.memory.stamps import NO_HISTORY, history_stamp
from pipeline.output.build import BuildPlan, JobOutcome
from pipeline.output.formats import FORMATS
from pipeline.output.jobs import Job, barred, document_name, jobs, parted
from pipeline.output.make import composer, make
from pipeline.record.kinds import ENTERPRISE, kind_of

BUILD = "build"
"""The folder of what is built, in the college's."""


_AT_A_TIME = 8
"""Folders of which the papers only mention what was saved, made before somebody looks again whether more was."""


class Done(NamedTuple):
    """What was put in place: the Word files of single papers, or whole folders: what was due, and what became of it."""

    papers: tuple[str, ...] = ()
    due: BuildPlan | None = None
    outcomes: Sequence[JobOutcome] = ()


@dataclass(slots=True)
class WatchedPapers:
    """What the papers were made of when they were last looked at, and the folders that still wait for theirs.

    Those that come `next` are made of what was saved, those `waiting` mention it.
    """

    pin: str = ""
    waiting: set[str] = field(default_factory=set)
    next: set[str] = field(default_factory=set)
    place: Here | None = None
    memory: Resident = field(default_factory=Resident)
    _jobs: tuple[Job, ...] = ()
    _history: bytes | None = None
    _day: date | None = None
    _own: tuple[Mapping[str, bytes], Mapping[str, bytes]] = ({}, {})

    def look(self, place: Here) -> Done | None:
        """Make the papers of the records that have changed since the last look; all else that is due is left to `more`.

        None the first time, and where nothing is to be made at once.
        """
        # As in a build, what only the calendar says of the records is no part of what papers are made of.
        place, today = Here(root=place.root, seen=place.seen), place.today
        before, self.place = self.place, place
        day, self._day = self._day, today
        earlier, self._jobs = self._jobs, jobs(place.report, self.memory)
        was, self._history = self._history, history_stamp(place.root)
        own, self._own = self._own, (place.own_templates, place.own_schemas)
        there = self._history not in (None, NO_HISTORY)
        if before is None:
            return None
        if there and was == self._history:
            place.seen.trails = before.seen.trails  # of one commit everything has been said
        elif there:
            self.waiting.update(job.folder for job in self._jobs)
        if own != self._own:
            self.waiting.update(job.folder for job in self._jobs)
        if day != today:
            self.waiting.update(job.folder for job in self._jobs if job.dated)
        saved: set[str] = set()
        for one, other, some in ((before, place, earlier), (place, before, self._jobs)):
            files = _differing(one.report, other.report)
            saved |= files
            self.next.update(job.folder for job in some if not files.isdisjoint(job.sources))
            self.waiting.update(_mentioning(one.report, some, files))
        return self._first(place, saved)

    def more(self) -> Done | None:
        """Make the folders that come next, or else some of those that wait."""
        folders = self.next or set(sorted(self.waiting)[:_AT_A_TIME])
        self.waiting -= folders
        some = tuple(job for job in self._jobs if job.folder in folders)
        self.next = self.next - folders
        if self.place is None or self._day is None or not some:
            return None
        papers = known(self.place, self.pin, (), folders)
        workshop = papers.workshop(self.place, tuple(FORMATS), self._day)
        done = Done((), *put_in_place(self.place, workshop, some, self.place.root / BUILD))
        # Another command may build meanwhile: it is to know of these, and its own are to be known here.
        settle()
        return done

    def _first(self, place: Here, saved: Set[str]) -> Done | None:
        """Put in place the papers of the saved records themselves, where their folder is there; it is made whole next.

        Whoever writes looks at this paper, and a folder may hold twenty.
        """
        out = place.root / BUILD
        near = [one for one in self._jobs if one.folder in self.next and (out / one.folder).is_dir()]
        wrong = barred(place.report, near)
        sound = parted(place.report, [one for one in near if one not in wrong])
        some = [one for job in sound if (one := _own(job, saved)).documents or one.drafts]
        if self._day is None or not some:
            return None
        given = known(place, self.pin, (), {job.folder for job in some}, saved)
        workshop = given.workshop(place, tuple(FORMATS), self._day)
        made = make(workshop, composer(workshop), some)
        written = [
            f"{job.folder}/{name}"
            for job, files, _ in made
            for name, content in files.items()
            if put_file(out / job.folder / name, content)
        ]
        words = tuple(name for name in written if name.endswith(".docx"))
        return Done(words) if words else None


def _own(job: Job, files: Set[str]) -> Job:
    """A folder with those papers alone that are about some records."""

    def of(some: tuple[tuple[int, str], ...]) -> tuple[tuple[int, str], ...]:
        return tuple(one for one in some if (name := document_name(one))[0].source(name[1]) in files)

    return replace(job, documents=of(job.documents), drafts=of(job.drafts), held=())


def _mentioning(report: Report, some: tuple[Job, ...], files: Set[str]) -> Iterator[str]:
    """The folders whose papers read a file, or name an enterprise whose file it is."""
    partners = {kind[1] for name in files if (kind := kind_of(name)) and kind[0] is ENTERPRISE}
    for job in some:
        if not files.isdisjoint(job.reads) or not partners.isdisjoint(job.named):
            yield job.folder


def _differing(report: Report, other: Report) -> Set[str]:
    """The files of which the other report has other bytes or other findings, or none."""
    entries = other.register.entries
    return {
        name
        for name, entry in report.register.entries.items()
        if name not in entries
        or entries[name].digest != entry.digest
        or _said(other.by_file, name) != _said(report.by_file, name)
    }


def _said(found: Mapping[str, tuple[Finding, ...]], name: str) -> tuple[Finding, ...]:
    return found.get(name, ())
