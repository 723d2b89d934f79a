"""Who helps with a command: nobody, some processes of this machine, or a cluster; hired once, let go at its end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from pipeline.kernel.sharing import HandOut

Job = TypeVar("Job")
Done = TypeVar("Done")

_wanted: list[str] = [""]
_hired: list[tuple[Executor | None, ExitStack]] = []

executor_option: Callable[[Any], Any] = click.option(
    "--executor",
    "spec",
    default="",
    metavar="谁来做",
    help="local:4 用本机 4 个进程；dask://主机:8786 交给 Dask 集群",
)
"""Who does the work; with nothing said, this machine alone."""


def begin(spec: str = "") -> None:
    """Begin a command with those who are to help; they are hired when there is work."""
    _wanted[:] = [spec]


def settle() -> None:
    """Let everybody go, whoever was asked for."""
    _wanted[:] = [""]
    while _hired:
        _hired.pop()[1].close()


def at_hand() -> bool:
    """Whether anybody helps just now."""
    return bool(_hired) and _hired[0][0] is not None


def share(label: str) -> HandOut | None:
    """How to hand out work, with a bar of this `label` on a terminal; None where this process does it all.

    Nobody helps who was not asked for: together they work longer than one alone, and what else the machine has to do
    only its user knows. Raises ClickException where those who were named cannot be had.
    """
    if not _hired and _wanted[0]:
        _hire(_wanted[0])
    executor = _hired[0][0] if _hired else None
    return None if executor is None else _Sharing(executor, label)


def _hire(spec: str) -> None:
    from pipeline.output.executors import ExecutorError, workers  # most commands do all by themselves

    stack = ExitStack()
    try:
        _hired.append((stack.enter_context(workers(spec)), stack))
    except ExecutorError as error:
        raise click.ClickException(str(error)) from error


class _Sharing:
    """Hands out work to an executor, and shows how far it is."""

    def __init__(self, executor: Executor, label: str) -> None:
        self._executor = executor
        self._label = label

    def __call__(
        self,
        work: Callable[[Job], Done],
        jobs: Iterable[Job],
        length: int,
        meanwhile: Callable[[], None] | None = None,
    ) -> Iterator[tuple[int, Done]]:
        """Each job's place with what came of it, as they are done."""
        from pipeline.output.executors import spread

        done = spread(self._executor, work, jobs, meanwhile)
        if not self._label or not sys.stderr.isatty():
            yield from done
            return
        with click.progressbar(done, length=length, label=self._label, file=sys.stderr) as bar:
            yield from bar
