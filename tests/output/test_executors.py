"""Work spread over processes of this machine: this one is among them, and what only it can do it does in the meantime."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from pipeline.output.executors import spread, workers


def _by_whom(number: int) -> tuple[int, int]:
    time.sleep(0.02)
    return number, os.getpid()


@pytest.mark.parametrize("others", [1, 2])
def test_of_processes_that_were_asked_for_this_is_one(others: int) -> None:
    with workers(f"local:{others + 1}") as executor:
        done = dict(spread(executor, _by_whom, range(40)))
    assert [number for number, _ in map(done.__getitem__, range(40))] == list(range(40))
    processes = {process for _, process in done.values()}
    assert os.getpid() in processes
    assert len(processes) == others + 1


def _begun(marker: str) -> int:
    Path(marker).touch()
    return os.getpid()


def test_what_is_done_meanwhile_is_done_while_others_work(tmp_path: Path) -> None:
    marker = tmp_path / "begun"

    def meanwhile() -> None:
        for _ in range(500):
            if marker.exists():
                return
            time.sleep(0.01)
        pytest.fail("nobody had begun")

    with workers("local:2") as executor:
        [(place, process)] = spread(executor, _begun, [str(marker)], meanwhile)
    assert place == 0
    assert process != os.getpid()


def test_where_nobody_helps_all_is_done_here_one_after_another() -> None:
    order: list[str] = []

    def work(job: str) -> str:
        order.append(job)
        return job

    done = list(spread(None, work, ("a", "b"), lambda: order.append("meanwhile")))
    assert done == [(0, "a"), (1, "b")]
    assert order == ["a", "b", "meanwhile"]
