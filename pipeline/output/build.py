"""The build: what is due, made in one process or several, and put in place folder by folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.check.gap_report import Gaps
from pipeline.check.run import Report
from pipeline.compose.composer import Composer
from pipeline.kernel.collector import leave_out, paused, settled
from pipeline.kernel.document import Frame
from pipeline.kernel.finding import Finding
from pipeline.kernel.home import HOME, PROGRAM
from pipeline.kernel.program import files_digest, program_digest
from pipeline.kernel.recall import NOTHING_KEPT, Recall, digest
from pipeline.kernel.store import replace_folder
from pipeline.kernel.structs import Struct, replace
from pipeline.memory.made_folders import MadeFolders
from pipeline.memory.trace import Tracing
from pipeline.output.formats import PDF
from pipeline.output.gap_files import beside
from pipeline.output.jobs import Job, barred, document_name, parted
from pipeline.output.kept_papers import KeptPapers
from pipeline.output.make import Made, Workshop, composer, make
from pipeline.record.kinds import AGREEMENT
from pipeline.record.schema import Schema, Schemas

if TYPE_CHECKING:
    from concurrent.futures import Executor

_BATCH = 8
"""Jobs a worker takes at a time: enough that sending costs little, few enough that all stay busy."""

_BATCH_PDF = 200
"""Jobs for one call of LibreOffice at most: what it holds of them, and what a hang would cost, stays bounded."""


class JobState(Enum):
    """What became of a job."""

    BUILT = "built"
    REFUSED = "refused"


class JobOutcome(Struct, frozen=True, kw_only=True):
    """What became of one job; `findings` are those that building itself made."""

    job: Job
    state: JobState
    findings: tuple[Finding, ...] = ()


class BuildPlan(Struct, frozen=True, kw_only=True):
    """What is to be built: jobs that are `due`, those already `fresh`, and those `refused` for their errors.

    `beside` holds by folder what is put there besides the documents, and `lying` what is known of all folders.
    """

    due: tuple[Job, ...]
    fresh: tuple[Job, ...]
    refused: tuple[Job, ...]
    keys: Mapping[str, str]
    beside: Mapping[str, Mapping[str, bytes]]
    lying: MadeFolders


def plan(
    report: Report,
    workshop: Workshop,
    out: Path,
    some: Sequence[Job],
    recall: Recall = NOTHING_KEPT,
    *,
    anew: bool = False,
) -> BuildPlan:
    """Decide what is due: what the program, the schemas and the templates say is part of the key.

    What lies there is taken for what it was made as, as far as `recall` knows of it; with `anew` nothing is.
    """
    lying = MadeFolders(out, recall)
    tools = tools_digest(workshop.schemas, workshop.templates)
    marks = FileMarks(report)
    around = f"{tools} {','.join(workshop.formats)} {sorted(workshop.boxes.items())}"
    keys = {job.folder: _key(report, workshop, job, around, marks) for job in some}
    refused = barred(report, some)
    without = set(refused)
    wanted = parted(report, [job for job in some if job not in without])
    fresh = tuple(job for job in wanted if not anew and lying.fresh(job.folder, keys[job.folder]))
    lying.keep()
    without.update(fresh)
    due = tuple(job for job in wanted if job not in without)
    gaps = Gaps(report, workshop.schemas[AGREEMENT.name])
    extra = {job.folder: beside(gaps, job) for job in due}
    return BuildPlan(due=due, fresh=fresh, refused=refused, keys=keys, beside=extra, lying=lying)


def build(
    plan: BuildPlan,
    workshop: Workshop,
    out: Path,
    workers: int = 1,
    made: Iterable[Made] | None = None,
    tracing: Tracing | None = None,
) -> Iterator[JobOutcome]:
    """Make everything due, or take what others `made` of it, yielding each job as it is in place: written here alone.

    In a folder that is due the papers are taken as they lie of which `tracing` knows that they would come out the same.
    Raises OSError where nothing can be written.
    """
    kept = None
    if tracing is not None and plan.due:
        kept = KeptPapers(out, tracing, tools_digest(workshop.schemas, workshop.templates))
    try:
        for job, files, findings in _made(plan.due, workshop, workers, kept) if made is None else made:
            # Nothing made although there was something to make: the old files stay, for half a folder is
            # worse than an old one.
            if not files and (job.documents or job.drafts):
                yield JobOutcome(job=job, state=JobState.REFUSED, findings=findings)
                continue
            files |= {**plan.beside[job.folder], **_kept(out / job.folder, job)}
            replace_folder(out / job.folder, files)
            # What was built with a complaint (no PDF, a lost letter) is due again, else the complaint is
            # heard once only.
            if not findings:
                plan.lying.put(job.folder, plan.keys[job.folder], files)
            yield JobOutcome(job=job, state=JobState.BUILT, findings=findings)
    finally:
        plan.lying.keep()


def _kept(folder: Path, job: Job) -> dict[str, bytes]:
    """The papers made earlier of records that have an error now: an old one is worth more than none."""
    names = {document_name(one)[2] for one in job.held}
    earlier = [path for name in names for path in folder.glob(f"{name}.*") if path.is_file()]
    return {path.name: path.read_bytes() for path in earlier}


def _made(some: Sequence[Job], workshop: Workshop, workers: int, kept: KeptPapers | None) -> Iterator[Made]:
    size = _batch(some, workshop, workers)
    if workers <= 1 or len(some) <= size:
        composed = composer(workshop)
        for start in range(0, len(some), size):
            # What a batch leaves behind is gone through once, after it; PDFs come in batches too large for that.
            with settled(), paused(when=PDF not in workshop.formats):
                made = make(workshop, composed, some[start : start + size], kept)
            yield from made
        return
    from concurrent.futures import ProcessPoolExecutor  # few builds have so much to make

    folders = {job.folder for job in some}
    given = {folder: ready for folder, ready in workshop.given.items() if folder in folders}
    args = (replace(workshop, given=given),)
    with ProcessPoolExecutor(workers, initializer=_start, initargs=args) as pool:
        yield from _spread(pool, some, size)


def _batch(some: Sequence[Job], workshop: Workshop, workers: int) -> int:
    """How many jobs go in a batch: PDFs are made in one call of LibreOffice for each worker, whose start costs most."""
    if PDF not in workshop.formats:
        return _BATCH
    return max(_BATCH, min(_BATCH_PDF, -(-len(some) // max(1, workers))))


def _spread(pool: Executor, some: Sequence[Job], size: int) -> Iterator[Made]:
    """Hand the jobs out in batches to whatever executor there is."""
    batches = [some[start : start + size] for start in range(0, len(some), size)]
    for made in pool.map(_make_batch, batches):
        yield from made


_worker: list[tuple[Workshop, Composer]] = []
"""A worker process's own workshop, filled once by `_start`."""


def _start(workshop: Workshop) -> None:
    _worker[:] = [(workshop, composer(workshop))]
    leave_out()  # what is shared with the parent would be gone through, and so copied


def _make_batch(some: Sequence[Job]) -> list[Made]:
    workshop, composed = _worker[0]
    with paused(when=PDF not in workshop.formats):
        return make(workshop, composed, some)


class FileMarks:
    """One digest for each file of what it says and of what was found in it: most stand behind many folders."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._known: dict[str, bytes] = {}

    def of(self, name: str) -> bytes:
        """That of a file, be it there or not."""
        if name not in self._known:
            entry = self._report.register.entries.get(name)
            found = self._report.mark_of_file(name)
            self._known[name] = digest(name, entry.digest if entry else b"", found)
        return self._known[name]


def _key(report: Report, workshop: Workshop, job: Job, around: str, marks: FileMarks) -> str:
    frames = [workshop.frames.get(name) for name in job.sources]
    shown = [_framed_text(frame) for frame in frames if frame]
    today = (workshop.today, sorted(workshop.approved.items())) if job.dated else None
    given = sorted((name, one.mark) for name, one in workshop.given.get(job.folder, {}).items())
    names = [report.register.records.party_name(one) for one in job.named]
    head = f"{around} {today} {shown} {given} {names}"
    key = hashlib.sha256(head.encode(errors="surrogatepass"))  # a file's name need not be UTF-8
    for name in (*job.sources, *job.reads):
        key.update(marks.of(name))
    return key.hexdigest()


def _framed_text(frame: Frame) -> tuple[str, ...]:
    return (frame.header, frame.footer, frame.status, frame.watermark)


def tools_digest(schemas: Mapping[str, Schema], templates: Path) -> str:
    """One digest of the program, the schemas and the templates: a change in any makes everything due."""
    fields = schemas.digest if isinstance(schemas, Schemas) else ""
    # The templates are read anew: who edits them beside a running program sees what they say now.
    return digest(fields, program_digest(PROGRAM, HOME), files_digest(templates)).hex()
