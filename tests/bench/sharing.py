"""Work that is shared: a check by two processes against a bare load, and a build by Dask workers against none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from pipeline.cli.approved_papers import known
from pipeline.cli.location import Here
from pipeline.output.jobs import jobs
from pipeline.output.parcels import Parcel, made_of, parcels
from tests.bench.colleges import lay_out
from tests.bench.commands import coop, run
from tests.bench.rows import Row
from tests.bench.timing import Took, best, once, with_children
from tests.college import ROOT

_BARE = """
import pathlib, yaml
for path in sorted(pathlib.Path("agreements").rglob("*.yaml")):
    yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
"""


def by_two_processes(folder: Path, count: int, rounds: int) -> Row:
    """A cold check by two processes of this machine against a bare load by one, both with their start."""
    root = lay_out(folder, count)
    ways = {
        "ours": lambda: run(coop("--no-cache", "check", "--executor", "local:2"), root),
        "theirs": lambda: run((sys.executable, "-c", _BARE), root, must=True),
    }
    found = best(ways, rounds, with_children)
    what = "check, two processes / bare yaml.load (CSafeLoader), one"
    return _row(count, what, found["ours"], found["theirs"], 1.3, faster=False)


def by_dask(folder: Path, count: int) -> Iterator[Row]:
    """A build by two workers of a cluster, against one worker and against this process alone."""
    root = lay_out(folder / "college", count)
    alone = once(lambda: run(coop("--no-cache", "build", "--jobs", "1", "-o", "alone"), root))
    took = {}
    for workers in (1, 2):
        with _cluster(folder / f"cluster-{workers}", workers) as address:
            build = coop("--no-cache", "build", "-o", f"by-{workers}", "--executor", f"dask://{address}")
            took[workers] = once(lambda build=build: run(build, root))  # type: ignore[misc]
    made = [
        sum(1 for path in (root / name).rglob("*") if path.is_file()) for name in ("alone", "by-1", "by-2")
    ]
    assert made[0] == made[1] == made[2] > count, made
    yield _row(count, "build, one Dask worker / two", took[2], took[1], 1.8, faster=True)
    yield _row(count, "build, this process alone / two Dask workers", took[2], alone, 1.6, faster=True)


@contextmanager
def _cluster(folder: Path, workers: int) -> Iterator[str]:
    """A scheduler and workers, each a process with a folder of its own; gives the address."""
    about = folder / "scheduler.json"
    running: list[subprocess.Popen[bytes]] = []

    def start(name: str, *arguments: str) -> None:
        home = folder / name
        home.mkdir(parents=True)
        command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard", "--scheduler-file", str(about)]
        quiet = subprocess.DEVNULL
        running.append(subprocess.Popen(command, cwd=home, env=_around(), stdout=quiet, stderr=quiet))

    try:
        start("scheduler", "scheduler", "--host", "127.0.0.1", "--port", "0")
        while not about.exists():
            time.sleep(0.1)
        for number in range(workers):
            start(f"worker-{number}", "worker", "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")
        address: str = json.loads(about.read_text(encoding="utf-8"))["address"].removeprefix("tcp://")
        _wait_for(address, workers, folder)
        yield address
    finally:
        for process in running:
            process.kill()
            process.wait()


def _around() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}


def _wait_for(address: str, workers: int, folder: Path) -> None:
    """Until all workers are there and have made something: they stay, so that their first papers are nobody's work."""
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(workers)
        client.run(made_of, _few_papers(folder))


def _few_papers(folder: Path) -> Parcel:
    """A parcel of a college with a handful of agreements."""
    today = date(2026, 11, 29)
    place = Here(root=lay_out(folder / "few", 5), today=today)
    workshop = known(place, "", ()).workshop(place, ("docx", "md"), today)
    return next(parcels(jobs(place.report), workshop, place.register, {}))


def _row(count: int, what: str, ours: Took, theirs: Took, aim: float, *, faster: bool) -> Row:
    scale = 1000 / count
    return Row(
        count=count, what=what, ours=ours * scale, theirs=theirs * scale, aim=aim, faster=faster, by_wall=True
    )
