"""Helpers for work that is shared out: in this process as though it were elsewhere, and one that is killed at its work."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from typing import TypeVar

from pipeline.output.executors import spread

Job = TypeVar("Job")
Done = TypeVar("Done")


def by_post(
    work: Callable[[Job], Done],
    jobs: Iterable[Job],
    length: int,
    meanwhile: Callable[[], None] | None = None,
) -> Iterator[tuple[int, Done]]:
    """Every job as bytes, and what comes of it as bytes too; the last one first."""
    sent = [pickle.dumps(job) for job in jobs]
    assert len(sent) == length
    if meanwhile is not None:
        meanwhile()
    for place in reversed(range(length)):
        yield place, pickle.loads(pickle.dumps(work(pickle.loads(sent[place]))))


class Killed:
    """Hands jobs to an executor; whoever takes the first of them is killed at it."""

    def __init__(self, executor: Executor, marker: Path) -> None:
        self._executor = executor
        self.marker = marker

    def __call__(
        self,
        work: Callable[[Job], Done],
        jobs: Iterable[Job],
        length: int,
        meanwhile: Callable[[], None] | None = None,
    ) -> Iterator[tuple[int, Done]]:
        """Each job's place with what came of it."""
        return spread(self._executor, partial(_dies_once, self.marker, os.getpid(), work), jobs, meanwhile)


def _dies_once(marker: Path, home: int, work: Callable[[Job], Done], job: Job) -> Done:
    """Kill the process that does this, unless one has been killed here before, or it is the one that asked."""
    if os.getpid() != home and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return work(job)
