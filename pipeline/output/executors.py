"""Who does a long list of like jobs: this process, some processes of this machine, or the workers of a Dask cluster.

Nothing is written by whoever works: a job is bytes in and plain data out, and only the caller keeps what comes back.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from itertools import islice
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from threading import active_count
from typing import Any, TypeVar

from pipeline.kernel.home import HOME, PROGRAM
from pipeline.kernel.program import program_digest

Job = TypeVar("Job")
Done = TypeVar("Done")

_LOCAL = re.compile(r"local:([1-9][0-9]{0,2})\Z")
_DASK = re.compile(r"dask(\+tls)?://([^\s/:]+|\[[0-9a-fA-F:]+\]):([0-9]{1,5})\Z")
_AT_ONCE = 64
"""So many jobs are handed out before the first of them is waited for: they need not all be in memory."""
_MOST = 61 if sys.platform == "win32" else 999
"""So many processes a pool may have: Windows waits for no more."""
_AHEAD = 3
"""So many jobs each process of this machine has before it: one in hand, and others that it need not wait for."""
_TURN = 0.0002
"""Seconds for which this process works on while a thread of its own waits to hand on a job or to take in a result: with
the usual 0.005 the others wait for it so long that a check by two took a tenth longer."""
_PATIENCE = "20s"
"""How long a cluster may take to answer."""
_SHORT_PATIENCE = 1
"""Seconds that a worker has to answer this machine."""


class ExecutorError(Exception):
    """Nobody to do the work; the message says why and what to type (Chinese)."""


class LocalProcesses(ProcessPoolExecutor):
    """Processes of this machine beside this one, which does its part of the work."""

    def __init__(self, others: int, context: BaseContext) -> None:
        super().__init__(others, context)
        self.ahead = others * _AHEAD
        self._before = sys.getswitchinterval()
        sys.setswitchinterval(_TURN)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the processes go; this one takes its time again."""
        sys.setswitchinterval(self._before)
        super().shutdown(wait, cancel_futures=cancel_futures)


@contextmanager
def workers(spec: str) -> Iterator[Executor | None]:
    """The executor that a text names; None for this process alone. Raises ExecutorError."""
    if spec in ("", "local:1"):
        yield None
        return
    local, dask = _LOCAL.match(spec), _DASK.match(spec)
    if local:
        with LocalProcesses(min(int(local[1]), _MOST) - 1, get_context(_way_to_begin())) as pool:
            yield pool
    elif dask:
        with _cluster(f"{'tls' if dask[1] else 'tcp'}://{dask[2]}:{dask[3]}") as pool:
            yield pool
    else:
        raise ExecutorError(
            f"认不出 --executor {spec}：写 local:4（本机 4 个进程）或 dask://主机:8786（Dask 集群；"
            "加密连接写 dask+tls://主机:8786）"
        )


def _way_to_begin() -> str:
    """How a process is begun: where it is safe as a copy of this one, which has the program and the schemas loaded.

    A copy made beside other threads may inherit a lock that nobody will open; not every system can make one.
    """
    return "fork" if sys.platform == "linux" and active_count() == 1 else "spawn"


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError as error:
        raise ExecutorError("没有装 Dask：运行 pip install 'coop-college[dask]' 再试") from error
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ExecutorError(
            f"连不上 {address}：{error}。先在那台机器上运行 dask scheduler，再运行 dask worker {address}"
        ) from error
    try:
        # What workers make that this machine reaches itself need not go through the scheduler as well.
        client.direct_to_workers = all(map(partial(_reached, client), _with_the_same_program(client)))
        yield client.get_executor(pure=False)
    finally:
        client.close()


def _with_the_same_program(client: Any) -> list[str]:
    """The addresses of the workers; with another version one would find and print other things, and nobody could tell."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError as error:
        raise ExecutorError("集群里没有工作机：先运行 dask worker 再试") from error
    try:
        found = client.run(our_program)
    except Exception as error:
        raise ExecutorError(f"工作机上没有装好 coop：{error}") from error
    other = sorted(name for name, mark in found.items() if mark != our_program())
    if other:
        raise ExecutorError(f"工作机 {'、'.join(other)} 装的 coop 与这里不是同一版，先装成同一版")
    return list(found)


def _reached(client: Any, address: str) -> bool:
    """Whether a worker answers at its address, as it gives it to the scheduler, from here too."""
    try:
        connection = client.sync(client.rpc.connect, address, timeout=_SHORT_PATIENCE)
    except (OSError, ValueError):
        return False
    client.rpc.reuse(address, connection)
    return True


def our_program() -> bytes:
    """The digest of the program, with its schemas and templates, in the process that is asked."""
    return program_digest(PROGRAM, HOME)


def spread(
    executor: Executor | None,
    work: Callable[[Job], Done],
    jobs: Iterable[Job],
    meanwhile: Callable[[], None] | None = None,
) -> Iterator[tuple[int, Done]]:
    """Each job's place in the list with what came of it, as they are done; only a few are taken up at a time.

    What is to be done `meanwhile` is done here, once the others have enough before them. What was in the hands of a
    worker that died is done here: no result is lost and none comes twice. An error of the work itself is raised.
    """
    waiting: dict[Future[Done], tuple[int, Job]] = {}
    rest = enumerate(jobs)
    most = executor.ahead if isinstance(executor, LocalProcesses) else _AT_ONCE
    if meanwhile is not None:
        for place, job in islice(rest, most):
            if not _handed_out(executor, waiting, work, place, job):
                yield place, work(job)
        meanwhile()
    # Processes of this machine are one fewer than are to work: the last of them is this one.
    helping = executor is None or isinstance(executor, LocalProcesses)
    for place, job in rest:
        if len(waiting) >= most:
            yield from _finished(waiting, work, patience=0 if helping else None)
        if len(waiting) >= most or not _handed_out(executor, waiting, work, place, job):
            yield place, work(job)
    while waiting:
        yield from _finished(waiting, work)


def _handed_out(
    executor: Executor | None,
    waiting: dict[Future[Done], tuple[int, Job]],
    work: Callable[[Job], Done],
    place: int,
    job: Job,
) -> bool:
    """Whether a job is with somebody else now; it is not where nobody is there, or any more."""
    if executor is None:
        return False
    try:
        waiting[executor.submit(work, job)] = place, job
    except (BrokenProcessPool, CancelledError, RuntimeError):
        return False
    return True


def _finished(
    waiting: dict[Future[Done], tuple[int, Job]], work: Callable[[Job], Done], patience: float | None = None
) -> Iterator[tuple[int, Done]]:
    """What is done by now, or after so many seconds; with no limit one at least. It is taken from what is waited for."""
    for future in wait(waiting, patience, return_when=FIRST_COMPLETED).done:
        place, job = waiting.pop(future)
        try:
            done = future.result()
        except BaseException as error:
            if not _of_a_dead_worker(error):
                raise
            done = work(job)
        yield place, done


def _of_a_dead_worker(error: BaseException) -> bool:
    """Whether the work was lost with its worker, and not spoilt by what it was given."""
    lost = ("KilledWorker", "CommClosedError", "FutureCancelledError")
    return isinstance(error, BrokenProcessPool | CancelledError) or type(error).__name__ in lost
