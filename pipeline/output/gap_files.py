"""Gap reports beside the documents: in a project's own folder, or apart where the project is refused."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from pipeline.check.gap_report import FILE, Gaps
from pipeline.kernel.store import replace_file
from pipeline.output.jobs import Job

APART = "gaps"
"""The folder of the reports of refused projects: a project with errors gets no file among its documents."""


def beside(gaps: Gaps, job: Job) -> dict[str, bytes]:
    """The gap report that belongs into a job's folder: a project's with its working documents, no other's."""
    return {FILE: gaps.page(job.project).encode()} if job.project and job.documents else {}


def settle(gaps: Gaps, some: Iterable[Job], refused: Iterable[Job], out: Path) -> None:
    """Write the reports of refused projects apart, and take away those of projects no longer refused.

    Raises OSError where nothing can be written.
    """
    kept = {job.folder for job in refused}
    there = {path.name for path in (out / APART).glob("*.md")}
    for job in some:
        if not job.project:
            continue
        name = f"{job.project}.md"
        if job.folder in kept:
            _write(out / APART / name, gaps.page(job.project).encode())
        elif name in there:
            (out / APART / name).unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    with contextlib.suppress(OSError):
        if path.read_bytes() == content:
            return
    replace_file(path, content)
