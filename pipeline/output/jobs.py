"""What there is to build: one job per output folder, with the documents in it and the files they are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from pipeline.check.run import Report
from pipeline.compose.sheet import Sheet
from pipeline.compose.sheets import SHEETS
from pipeline.kernel.finding import Severity
from pipeline.kernel.recall import NOTHING_KEPT, Recall, digest
from pipeline.kernel.structs import Struct, field, replace
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
    stage, made beside the others, and `held` those that an error in their own record bars. Papers print the names of the
    enterprises `named` in any of these files.
    """

    folder: str
    documents: tuple[tuple[int, str], ...]
    sources: tuple[str, ...]
    reads: tuple[str, ...] = ()
    ground: tuple[str, ...] = ()
    drafts: tuple[tuple[int, str], ...] = ()
    held: tuple[tuple[int, str], ...] = ()
    named: tuple[str, ...] = ()

    @property
    def project(self) -> str:
        """The project's id where the folder is a project's, else ""."""
        return self.folder.removeprefix(PROJECTS) if self.folder.startswith(PROJECTS) else ""

    @property
    def dated(self) -> bool:
        """Whether any document in it depends on today."""
        return any(SHEETS[index].dated for index, _ in self.documents)


def jobs(report: Report, recall: Recall = NOTHING_KEPT) -> tuple[Job, ...]:
    """Every job there is, by folder; a project whose agreement cannot be read has one too, to be refused.

    A project's job is worked out of its own records, the college's and the partners': it is as `recall` knows it where
    all these are as they were.
    """
    behind = _Behind(report)
    common = digest(*(behind.mark(name) for name in behind.others if behind.entries[name].kind in _COMMON))
    kept = recall.latest(_SORT, "", common, dict[str, tuple[bytes, tuple[Job, ...]]]) or {}
    known: dict[str, tuple[bytes, tuple[Job, ...]]] = {}
    for project, names in behind.projects.items():
        mark = digest(*map(behind.mark, names))
        before = kept.get(project)
        known[project] = before if before and before[0] == mark else (mark, _jobs(behind, names))
    if len(known) != len(kept) or any(one is not kept.get(project) for project, one in known.items()):
        recall.keep(_SORT, "", common, known)
    found = (*(job for _, some in known.values() for job in some), *_jobs(behind, behind.others))
    return tuple(sorted(found, key=lambda job: job.folder))


_SORT = "jobs"
_COMMON = frozenset(
    {COLLEGE, ENTERPRISE, *(kind for sheet in SHEETS if "project" in sheet.names for kind in sheet.reads)}
)
"""Kinds of records beside a project's own that have a part in which papers it has and what they are made of."""


class _Folder(Struct):
    """What is gathered for one folder: papers to be made, those of drafts and of what cannot be read, and their files."""

    documents: list[tuple[int, str]] = field(default_factory=list)
    drafts: list[tuple[int, str]] = field(default_factory=list)
    unread: list[tuple[int, str]] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)
    reads: set[str] = field(default_factory=set)


def _jobs(behind: _Behind, names: Sequence[str]) -> tuple[Job, ...]:
    """The jobs of some files: all of a project, or all that belong to none."""
    entries = {name: behind.entries[name] for name in names}
    folders: dict[str, _Folder] = {}
    for entry in entries.values():
        if entry.kind is AGREEMENT:
            folders[f"{PROJECTS}{entry.id}"] = _Folder()
    for where, index, key in _papers(behind, entries):
        sheet = SHEETS[index]
        one = folders.setdefault(sheet.place(key)[0], _Folder())
        getattr(one, where).append((index, key))
        one.sources.add(sheet.source(key))
        one.reads.update(behind.files(sheet.reads), behind.named(sheet, key))
    return tuple(_job(behind, folder, one) for folder, one in folders.items())


def _job(behind: _Behind, folder: str, one: _Folder) -> Job:
    sources = {*one.sources, *behind.around(folder)}
    reads = one.reads - sources
    return Job(
        folder=folder,
        documents=tuple(one.documents),
        sources=tuple(sorted(sources)),
        reads=tuple(sorted(reads)),
        ground=tuple(sorted(behind.ground(folder))),
        drafts=tuple(one.drafts),
        held=tuple(one.unread),
        named=named_by(behind.register, sorted(sources | reads)),
    )


def _papers(behind: _Behind, entries: Mapping[str, Entry]) -> Iterator[tuple[str, int, str]]:
    """The papers of some files, by their part in a folder: the sheet's place and the record's key."""
    for index, sheet in enumerate(SHEETS):
        if sheet.years is not None:
            if sheet.kind.file() in entries:
                yield from (("documents", index, key) for key in sheet.records(behind.records))
        else:
            mine = (one for one in entries.values() if one.kind is sheet.kind)
            read = (one for one in mine if not (one.held.empty or one.draft))
            yield from (("documents", index, one.id) for one in read if sheet.prints(one.record))
    for _, entry in sorted(entries.items()):
        if entry.held.empty or entry.draft:
            yield from _unfinished(entry)


def _unfinished(entry: Entry) -> Iterator[tuple[str, int, str]]:
    """The papers of a record in its draft stage, or those that a file which cannot be read might have been printed as."""
    if not entry.held.empty:
        some = (index for index, sheet in _sheets_of(entry) if sheet.prints(entry.record))
        yield from (("drafts", index, entry.id) for index in some)
    elif entry.kind in _OWN_PAPER and not list(entry.kind.faults(entry.id)):
        yield from (("unread", index, entry.id) for index, _ in _sheets_of(entry))


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
        self.register = report.register
        self.records = report.register.records
        self.entries = report.register.entries
        self.others: list[str] = []
        self.projects: dict[str, list[str]] = {}
        self._kinds: dict[str, list[str]] = defaultdict(list)
        for name, entry in self.entries.items():
            self._kinds[entry.kind.name].append(name)
            if "project" in entry.kind.names:
                self.projects.setdefault(entry.id.partition("/")[0], []).append(name)
            else:
                self.others.append(name)

    def mark(self, name: str) -> bytes:
        """The mark of a file; of one that cannot be read, that it is there."""
        return self.entries[name].digest or name.encode(errors="surrogatepass")

    def files(self, kinds: tuple[Kind, ...]) -> Iterator[str]:
        """Every file of some kinds."""
        for kind in kinds:
            yield from self._kinds[kind.name]

    def named(self, sheet: Sheet, key: str) -> Iterable[str]:
        """The files that the record of a paper names and that have a part in it, be they there or not."""
        entry = self.entries.get(sheet.source(key))
        return () if entry is None or entry.held.empty else sheet.names_files(entry.record)

    def ground(self, folder: str) -> Iterator[str]:
        """What every paper of a folder stands on: of what is around it, all that has no paper of its own."""
        for name in self.around(folder):
            kind = self.entries[name].kind if name in self.entries else None
            if kind not in _OWN_PAPER:
                yield name

    def around(self, folder: str) -> Iterator[str]:
        """The files around a folder: the college, and for a project its whole dossier and partners."""
        yield COLLEGE.file()
        if not folder.startswith(PROJECTS):
            return
        project = folder.removeprefix(PROJECTS)
        yield AGREEMENT.file(project)
        yield from self.projects.get(project, ())
        yield from map(ENTERPRISE.file, self._enterprises(project))

    def _enterprises(self, project: str) -> tuple[str, ...]:
        """The partners of an agreement, of its amendments and of its survey, and who has taken them over."""
        records = self.records
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
    return tuple(job for job in some if job.project in unread or _is_barred(job, wrong))


def _is_barred(job: Job, wrong: Set[str]) -> bool:
    if wrong.isdisjoint(job.sources):
        return False
    return not wrong.isdisjoint(job.ground) or (bool(job.documents) and not _sound(job, wrong))


def parted(report: Report, some: Sequence[Job]) -> tuple[Job, ...]:
    """The jobs with those papers `held` of which an error in their own record bars that paper alone."""
    wrong = _wrong(report)
    return tuple(job if wrong.isdisjoint(job.sources) else _parted(job, wrong) for job in some)


def _parted(job: Job, wrong: Set[str]) -> Job:
    return replace(
        job,
        documents=_sound(job, wrong),
        drafts=tuple(one for one in job.drafts if _source(one) not in wrong),
        held=(*job.held, *(one for one in (*job.documents, *job.drafts) if _source(one) in wrong)),
    )


def _wrong(report: Report) -> set[str]:
    return {finding.place.file for finding in report.findings if finding.severity is Severity.ERROR}


def _sound(job: Job, wrong: Set[str]) -> tuple[tuple[int, str], ...]:
    return tuple(one for one in job.documents if _source(one) not in wrong)


def _source(paper: tuple[int, str]) -> str:
    index, key = paper
    return SHEETS[index].source(key)
