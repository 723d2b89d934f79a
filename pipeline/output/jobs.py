"""What there is to build: one job per output folder, with the documents in it and the files they are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set

from pipeline.check.run import Report
from pipeline.compose.sheet import Sheet
from pipeline.compose.sheets import SHEETS
from pipeline.kernel.finding import Severity
from pipeline.kernel.structs import Struct, replace
from pipeline.record.kinds import AGREEMENT, COLLEGE, ENTERPRISE, Kind
from pipeline.record.register import Entry, Register
from pipeline.standing.as_agreed import agreement_of
from pipeline.standing.former_names import with_successors

PROJECTS = "projects/"
"""Where the folders of projects stand, in `agreements/` and in the build folder alike."""


class Job(Struct, frozen=True, kw_only=True):
    """One output folder, replaced as a whole: `documents` are sheets (by place in `SHEETS`) with record keys.

    `sources` are the files all of it is made of: a change in one makes the job due. An error in one that many papers
    stand on (`ground`) bars them all, in a record with a paper of its own it bars that. A change in what it `reads`
    besides makes it due as well, but an error there is told there. `drafts` are the papers of records in their draft
    stage, made beside the others, and `held` those that an error in their own record bars.
    """

    folder: str
    documents: tuple[tuple[int, str], ...]
    sources: tuple[str, ...]
    reads: tuple[str, ...] = ()
    ground: tuple[str, ...] = ()
    drafts: tuple[tuple[int, str], ...] = ()
    held: tuple[tuple[int, str], ...] = ()

    @property
    def project(self) -> str:
        """The project's id where the folder is a project's, else ""."""
        return self.folder.removeprefix(PROJECTS) if self.folder.startswith(PROJECTS) else ""

    @property
    def dated(self) -> bool:
        """Whether any document in it depends on today."""
        return any(SHEETS[index].dated for index, _ in self.documents)


def jobs(report: Report) -> tuple[Job, ...]:
    """Every job there is, by folder; a project whose agreement cannot be read has one too, to be refused."""
    documents: dict[str, list[tuple[int, str]]] = {
        f"{PROJECTS}{name}": [] for name in report.register.projects
    }
    drafts: dict[str, list[tuple[int, str]]] = defaultdict(list)
    unread: dict[str, list[tuple[int, str]]] = defaultdict(list)
    sources: dict[str, set[str]] = {folder: set() for folder in documents}
    reads: dict[str, set[str]] = {}
    behind = _Behind(report)
    for index, key, papers in (
        *((*one, documents) for one in _printed(report)),
        *((*one, drafts) for one in _drafted(report)),
        *((*one, unread) for one in _unread(report)),
    ):
        sheet = SHEETS[index]
        folder, _ = sheet.place(key)
        documents.setdefault(folder, [])
        papers[folder] = [*papers.get(folder, ()), (index, key)]
        sources.setdefault(folder, set()).add(sheet.source(key))
        reads.setdefault(folder, set()).update(behind.files(sheet.reads), behind.named(sheet, key))
    return tuple(
        Job(
            folder=folder,
            documents=tuple(documents[folder]),
            sources=tuple(sorted(files)),
            reads=tuple(sorted(reads.get(folder, set()) - files)),
            ground=tuple(sorted(behind.ground(folder))),
            drafts=tuple(drafts[folder]),
            held=tuple(unread[folder]),
        )
        for folder in sorted(documents)
        for files in [{*sources[folder], *behind.around(folder)}]
    )


def _printed(report: Report) -> Iterator[tuple[int, str]]:
    """Every paper of the college's records: its sheet's place and its record's key."""
    for index, sheet in enumerate(SHEETS):
        for key, record in sheet.records(report.register.records).items():
            if sheet.prints(record):
                yield index, key


def _drafted(report: Report) -> Iterator[tuple[int, str]]:
    """The papers of records in their draft stage."""
    for name in sorted(report.register.records.drafts):
        entry = report.register.entries[name]
        for index, sheet in _sheets_of(entry):
            if sheet.prints(entry.record):
                yield index, entry.id


def _unread(report: Report) -> Iterator[tuple[int, str]]:
    """The papers that files which cannot be read might have been printed as."""
    for name in sorted(report.register.records.broken):
        entry = report.register.entries[name]
        if entry.kind in _OWN_PAPER and not list(entry.kind.faults(entry.id)):
            yield from ((index, entry.id) for index, _ in _sheets_of(entry))


def _sheets_of(entry: Entry) -> Iterator[tuple[int, Sheet]]:
    for index, sheet in enumerate(SHEETS):
        if sheet.kind is entry.kind and sheet.years is None:
            yield index, sheet


def document_name(job_document: tuple[int, str]) -> tuple[Sheet, str, str]:
    """The sheet, the record's key and the file name (without ending) of a job's document."""
    index, key = job_document
    return SHEETS[index], key, SHEETS[index].place(key)[1]


_OWN_PAPER = frozenset(sheet.kind for sheet in SHEETS if sheet.kind is not AGREEMENT and sheet.years is None)
"""Kinds whose records are printed by themselves, but the agreement: everything in its project speaks of it."""


class _Behind:
    """Which files stand behind a folder; all of them are sorted by kind and by project once."""

    def __init__(self, report: Report) -> None:
        self._records = report.register.records
        self._entries = report.register.entries
        self._kinds: dict[str, list[str]] = defaultdict(list)
        self._projects: dict[str, list[str]] = defaultdict(list)
        for name, entry in report.register.entries.items():
            self._kinds[entry.kind.name].append(name)
            if "project" in entry.kind.names:
                self._projects[entry.id.partition("/")[0]].append(name)

    def files(self, kinds: tuple[Kind, ...]) -> Iterator[str]:
        """Every file of some kinds."""
        for kind in kinds:
            yield from self._kinds[kind.name]

    def named(self, sheet: Sheet, key: str) -> Iterable[str]:
        """The files that the record of a paper names and that have a part in it, be they there or not."""
        entry = self._entries.get(sheet.source(key))
        return () if entry is None or entry.held.empty else sheet.names_files(entry.record)

    def ground(self, folder: str) -> Iterator[str]:
        """What every paper of a folder stands on: of what is around it, all that has no paper of its own."""
        for name in self.around(folder):
            kind = self._entries[name].kind if name in self._entries else None
            if kind not in _OWN_PAPER:
                yield name

    def around(self, folder: str) -> Iterator[str]:
        """The files around a folder: the college, and for a project its whole dossier and partners."""
        yield COLLEGE.file()
        if not folder.startswith(PROJECTS):
            return
        project = folder.removeprefix(PROJECTS)
        yield AGREEMENT.file(project)
        yield from self._projects[project]
        yield from map(ENTERPRISE.file, self._enterprises(project))

    def _enterprises(self, project: str) -> tuple[str, ...]:
        """The partners of an agreement, of its amendments and of its survey, and who has taken them over."""
        records = self._records
        agreement, survey = records.agreements.get(project), records.surveys.get(project)
        some = [*agreement.party_ids, *agreement_of(records, project).party_ids] if agreement else []
        return with_successors(records, (*some, *(survey.enterprises if survey else ())))


def named_by(register: Register, files: Iterable[str]) -> tuple[str, ...]:
    """The enterprises that some files name anywhere, and who has taken them over: papers print their names."""
    entries = (register.entries[name] for name in files if name in register.entries)
    return with_successors(register.records, (spot.id for entry in entries for spot in entry.spots))


def barred(report: Report, some: Sequence[Job]) -> tuple[Job, ...]:
    """The jobs of which errors bar every paper."""
    wrong = _wrong(report)
    unread = set(report.register.projects) - set(report.register.records.agreements)
    return tuple(
        job
        for job in some
        if wrong & set(job.ground) or job.project in unread or (job.documents and not _sound(job, wrong))
    )


def parted(report: Report, some: Sequence[Job]) -> tuple[Job, ...]:
    """The jobs with those papers `held` of which an error in their own record bars that paper alone."""
    wrong = _wrong(report)
    return tuple(
        replace(
            job,
            documents=_sound(job, wrong),
            drafts=tuple(one for one in job.drafts if _source(one) not in wrong),
            held=(
                *job.held,
                *(one for one in (*job.documents, *job.drafts) if _source(one) in wrong),
            ),
        )
        for job in some
    )


def _wrong(report: Report) -> set[str]:
    return {finding.place.file for finding in report.findings if finding.severity is Severity.ERROR}


def _sound(job: Job, wrong: Set[str]) -> tuple[tuple[int, str], ...]:
    return tuple(one for one in job.documents if _source(one) not in wrong)


def _source(paper: tuple[int, str]) -> str:
    index, key = paper
    return SHEETS[index].source(key)
