"""An end to templates that have none: what still runs after its share of processor time is stopped where it stands.

Templates are reviewed by the people who review the code, so nothing in them is counted; but a slip (loops inside
loops over a long record) must end in a sentence and not in a machine that has to be switched off.
"""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import process_time

from jinja2.exceptions import SecurityError

SECONDS = 5.0
"""Processor time for one document, some hundred times what a long one takes. Waiting does not count: a busy
machine must not turn a sound template into a broken one."""
_EVERY = 0.1
"""Seconds between two looks at what is running."""
_TRIES = 50
"""How often one run is told to stop: code that swallows every exception swallows this one as well."""


class TookTooLongError(SecurityError):
    """A template did not come to an end; made without arguments, because the interpreter makes it."""

    def __init__(self) -> None:
        super().__init__(f"循环停不下来：算了 {SECONDS:g} 秒还没有印完一份文书，已经停止")


@dataclass(slots=True, kw_only=True, eq=False)
class _Run:
    """Something that runs in a thread until `ends` (processor time) at the latest; `stops` counts the stops sent."""

    thread: int
    ends: float
    stops: int = 0


class _Watch:
    """One thread that looks after all runs; it begins with the first of them and lasts as long as the process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._runs: set[_Run] = set()
        self._waiting = threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, run: _Run) -> None:
        with self._lock:
            self._runs.add(run)
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="template-limit", daemon=True)
                self._thread.start()
        self._waiting.set()

    def remove(self, run: _Run) -> None:
        with self._lock:
            self._runs.discard(run)
            if run.stops:  # a stop on its way would hit whatever this thread does next
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(run.thread), None)

    def _watch(self) -> None:
        while self._waiting.wait():
            threading.Event().wait(_EVERY)
            with self._lock:
                now = process_time()
                for run in [run for run in self._runs if run.ends < now]:
                    _stop(run)
                    if run.stops > _TRIES:
                        self._runs.discard(run)
                if (
                    not self._runs
                ):  # nothing to look after: sleep without waking the machine ten times a second
                    self._waiting.clear()


def _stop(run: _Run) -> None:
    """Raise the error in the run's own thread; only there can its loop be left."""
    run.stops += 1
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(run.thread), ctypes.py_object(TookTooLongError))


_watch = _Watch()


def _anew() -> None:
    """A forked process has neither the thread nor whoever held the lock."""
    global _watch
    _watch = _Watch()


if hasattr(os, "register_at_fork"):  # Windows does not fork
    os.register_at_fork(after_in_child=_anew)


@contextmanager
def limited() -> Iterator[None]:
    """Run what is inside for `SECONDS` of processor time at most; raises TookTooLongError after that."""
    watch, run = _watch, _Run(thread=threading.get_ident(), ends=process_time() + SECONDS)
    watch.add(run)
    try:
        yield
    finally:
        watch.remove(run)
