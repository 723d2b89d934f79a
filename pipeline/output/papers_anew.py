"""Documents and ledgers that are left as they lie there, held against the same ones made anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.check.gap_report import Gaps
from pipeline.check.run import Report
from pipeline.kernel.recall import Recall
from pipeline.output.build import plan
from pipeline.output.gap_files import beside
from pipeline.output.jobs import Job
from pipeline.output.make import Workshop, composer, make
from pipeline.record.kinds import AGREEMENT


def untrue_papers(
    report: Report, workshop: Workshop, out: Path, some: Sequence[Job], recall: Recall
) -> tuple[int, tuple[str, ...]]:
    """How many folders a build that asks `recall` would leave as they are, and which files would come out otherwise."""
    fresh = plan(report, workshop, out, some, recall).fresh
    gaps, composed = Gaps(report, workshop.schemas[AGREEMENT.name]), composer(workshop)
    wrong: list[str] = []
    for job, files, _ in make(workshop, composed, fresh):
        wrong += untrue_files(out, job.folder, {**files, **beside(gaps, job)})
    return len(fresh), tuple(wrong)


def untrue_files(out: Path, folder: str, files: Mapping[str, bytes]) -> Iterator[str]:
    """The files of a folder that are not there as they were made anew."""
    for name, content in files.items():
        path = out / folder / name
        if not path.is_file() or path.read_bytes() != content:
            yield path.relative_to(out).as_posix()
