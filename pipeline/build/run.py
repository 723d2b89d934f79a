"""The build: what is due, composed, rendered, read back and put in place, project by project."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path

from pipeline.build import codes
from pipeline.build.formats import FORMATS, LostTextError
from pipeline.check import Report
from pipeline.compose.codes import WordingError
from pipeline.compose.composer import Composer
from pipeline.finding import Finding, Place, Severity
from pipeline.model import Records
from pipeline.register.kinds import AGREEMENT, COLLEGE, ENTERPRISE
from pipeline.render.layout_error import LayoutError
from pipeline.render.view import UnprintableError
from pipeline.schema import Schema
from pipeline.store import Memory, replace_folder

_BATCH = 8
"""Projects a worker takes at a time: enough that sending costs little, few enough that all stay busy."""


class State(Enum):
    """What became of a project."""

    BUILT = "built"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one project; `findings` are those that building itself made."""

    project: str
    state: State
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be built: `due` projects, those already `fresh`, and those `refused` for their errors."""

    due: tuple[str, ...]
    fresh: tuple[str, ...]
    refused: tuple[str, ...]
    keys: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What a worker needs to make any project's files; plain data, sent once to each."""

    templates: Path
    schemas: Mapping[str, Schema]
    records: Records
    formats: tuple[str, ...]


Made = tuple[str, Mapping[str, bytes] | tuple[Finding, ...]]


def plan(
    report: Report, home: Path, templates: Path, out: Path, projects: Sequence[str], formats: Sequence[str]
) -> Plan:
    """Decide what is due. `home` is where the pipeline and schemas live: what they say is part of the key."""
    memory = Memory(out)
    tools = _tools_digest(home, templates)
    keys = {project: _key(report, project, tools, formats) for project in projects}
    wrong = {finding.place.file for finding in report.findings if finding.severity is Severity.ERROR}
    refused, fresh, due = [], [], []
    for project in projects:
        if _unfit(report, project, wrong):
            refused.append(project)
        elif memory.fresh(f"projects/{project}", keys[project]):
            fresh.append(project)
        else:
            due.append(project)
    return Plan(due=tuple(due), fresh=tuple(fresh), refused=tuple(refused), keys=keys)


def build(plan: Plan, workshop: Workshop, out: Path, jobs: int = 1) -> Iterator[Outcome]:
    """Make everything due, yielding each project as it is in place; raises OSError where nothing can be written."""
    memory = Memory(out)
    try:
        for project, made in _made(plan.due, workshop, jobs):
            if isinstance(made, tuple):
                yield Outcome(project=project, state=State.REFUSED, findings=made)
                continue
            replace_folder(out / "projects" / project, made)
            memory.keep(f"projects/{project}", plan.keys[project], made)
            yield Outcome(project=project, state=State.BUILT)
    finally:
        if plan.due:
            memory.save()


def _made(projects: Sequence[str], workshop: Workshop, jobs: int) -> Iterator[Made]:
    if jobs <= 1 or len(projects) <= _BATCH:
        yield from map(partial(_make, workshop, _composer(workshop)), projects)
        return
    with ProcessPoolExecutor(jobs, initializer=_start, initargs=(workshop,)) as pool:
        yield from _spread(pool, projects)


def _spread(pool: Executor, projects: Sequence[str]) -> Iterator[Made]:
    """Hand the projects out in batches to whatever executor there is."""
    batches = [projects[start : start + _BATCH] for start in range(0, len(projects), _BATCH)]
    for made in pool.map(_make_batch, batches):
        yield from made


_worker: list[tuple[Workshop, Composer]] = []
"""A worker process's own workshop, filled once by `_start`."""


def _start(workshop: Workshop) -> None:
    _worker[:] = [(workshop, _composer(workshop))]


def _make_batch(projects: Sequence[str]) -> list[Made]:
    workshop, composer = _worker[0]
    return [_make(workshop, composer, project) for project in projects]


def _composer(workshop: Workshop) -> Composer:
    return Composer(workshop.templates, workshop.schemas, workshop.records)


def _make(workshop: Workshop, composer: Composer, project: str) -> Made:
    """All files of a project, or the findings that keep them from being written."""
    place = Place(file=AGREEMENT.file(project))
    try:
        document = composer.agreement(project)
        files = {
            f"{document.kind}.{name}": FORMATS[name](document, workshop.templates)
            for name in workshop.formats
        }
    except WordingError as error:
        return project, (error.finding,)
    except LayoutError as error:
        return project, (codes.BAD_LAYOUT.at(place, str(error)),)
    except LostTextError as error:
        return project, tuple(codes.LOST_TEXT.at(place, difference) for difference in error.differences)
    except UnprintableError as error:
        return project, (codes.UNPRINTABLE.at(place, str(error)),)
    return project, files


def _files_of(report: Report, project: str) -> tuple[str, ...]:
    """The files a project's documents are made of."""
    agreement = report.register.records.agreements.get(project)
    enterprises = agreement.parties.enterprises if agreement and agreement.parties else ()
    return (AGREEMENT.file(project), COLLEGE.file(), *(ENTERPRISE.file(party) for party in enterprises))


def _unfit(report: Report, project: str, wrong: set[str]) -> bool:
    """Whether a project's agreement could not be read, or one of its files is among the `wrong` ones."""
    readable = project in report.register.records.agreements
    return not readable or not wrong.isdisjoint(_files_of(report, project))


def _key(report: Report, project: str, tools: str, formats: Sequence[str]) -> str:
    digest = hashlib.sha256(f"{tools} {','.join(formats)}".encode())
    for name in _files_of(report, project):
        source = report.register.source(name)
        digest.update(f"\0{name}\0{source.text if source else ''}".encode())
    return digest.hexdigest()


def _tools_digest(home: Path, templates: Path) -> str:
    """One digest of the program, the schemas and the templates: a change in any makes everything due."""
    digest = hashlib.sha256()
    for folder, pattern in (
        (home / "pipeline", "**/*.py"),
        (home / "schemas", "*.yaml"),
        (templates, "**/*"),
    ):
        for path in sorted(folder.glob(pattern)):
            if path.is_file():
                digest.update(f"\0{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()
