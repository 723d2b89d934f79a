"""What there is to build: one job per output folder, with the documents in it and the files they are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.check.run import Report
from pipeline.compose.sheet import Sheet
from pipeline.compose.sheets import SHEETS
from pipeline.kernel.finding import Severity
from pipeline.record.kinds import AGREEMENT, COLLEGE, ENTERPRISE, Kind

PROJECTS = "projects/"
"""Where the folders of projects stand, in `agreements/` and in the build folder alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One output folder, replaced as a whole: `documents` are sheets (by place in `SHEETS`) with record keys.

    `sources` are the files all of it is made of: a change in one makes the job due, an error in one bars it. A
    change in what it `reads` besides makes it due as well, but an error there is told there.
    """

    folder: str
    documents: tuple[tuple[int, str], ...]
    sources: tuple[str, ...]
    reads: tuple[str, ...] = ()

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
    sources: dict[str, set[str]] = {folder: set() for folder in documents}
    reads: dict[str, set[str]] = {}
    behind = _Behind(report)
    for index, sheet in enumerate(SHEETS):
        for key, record in sheet.records(report.register.records).items():
            if sheet.prints(record):
                folder, _ = sheet.place(key)
                documents.setdefault(folder, []).append((index, key))
                sources.setdefault(folder, set()).add(sheet.source(key))
                reads.setdefault(folder, set()).update(behind.files(sheet.reads))
    return tuple(
        Job(
            folder=folder,
            documents=tuple(documents[folder]),
            sources=tuple(sorted(files)),
            reads=tuple(sorted(reads.get(folder, set()) - files)),
        )
        for folder in sorted(documents)
        for files in [{*sources[folder], *behind.around(folder)}]
    )


def document_name(job_document: tuple[int, str]) -> tuple[Sheet, str, str]:
    """The sheet, the record's key and the file name (without ending) of a job's document."""
    index, key = job_document
    return SHEETS[index], key, SHEETS[index].place(key)[1]


class _Behind:
    """Which files stand behind a folder; all of them are sorted by kind and by project once."""

    def __init__(self, report: Report) -> None:
        self._records = report.register.records
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

    def around(self, folder: str) -> Iterator[str]:
        """The files around a folder: the college, and for a project its whole dossier and partners."""
        yield COLLEGE.file()
        if not folder.startswith(PROJECTS):
            return
        project = folder.removeprefix(PROJECTS)
        yield AGREEMENT.file(project)
        yield from self._projects[project]
        agreement, survey = self._records.agreements.get(project), self._records.surveys.get(project)
        if agreement and agreement.parties:
            yield from (ENTERPRISE.file(party) for party in agreement.parties.enterprises)
        yield from (ENTERPRISE.file(party) for party in (survey.enterprises if survey else ()))


def barred(report: Report, some: Sequence[Job]) -> tuple[Job, ...]:
    """The jobs that an error in their sources keeps from being built."""
    wrong = {finding.place.file for finding in report.findings if finding.severity is Severity.ERROR}
    unread = set(report.register.projects) - set(report.register.records.agreements)
    return tuple(job for job in some if wrong & set(job.sources) or job.project in unread)
