"""An end to templates that have none: what still runs after its share of processor time is stopped where it stands.

Templates are reviewed by the people who review the code, so nothing in them is counted; but a slip (loops inside
loops over a long record) must end in a sentence and not in a machine that has to be switched off.
"""

from __future__ import annotations

import contextvars
import ctypes
import threading
from collections.abc import Callable
from time import process_time
from typing import Generic, TypeVar

from jinja2.exceptions import SecurityError

SECONDS = 5.0
"""Processor time for one document, some hundred times what a long one takes. Waiting does not count: a busy
machine must not turn a sound template into a broken one."""
_EVERY = 0.1
"""Seconds between two looks at what is running."""
_TRIES = 50
"""How often it is asked to stop: code that swallows every exception swallows this one as well."""

_Made = TypeVar("_Made")


class TookTooLongError(SecurityError):
    """A template did not come to an end; made without arguments, because the interpreter makes it."""

    def __init__(self) -> None:
        super().__init__(f"循环停不下来：算了 {SECONDS:g} 秒还没有印完一份文书，已经停止")


def in_time(work: Callable[[], _Made]) -> _Made:
    """What `work` gives, or the error it raises; raises TookTooLongError after `SECONDS` of processor time."""
    running = _Running(work)
    running.start()
    ends, stops = process_time() + SECONDS, 0
    while running.is_alive() and stops <= _TRIES:
        running.join(_EVERY)
        if running.is_alive() and process_time() > ends:
            stops += 1
            running.stop()
    return running.result()


class _Running(threading.Thread, Generic[_Made]):
    """Work in a thread of its own, which does nothing else and ends with it.

    Only from outside can an endless loop be left: by an exception that the interpreter raises in its thread at
    the next opportunity. That may come a moment after the work has ended, and whoever runs on in the same thread
    would be hit by it somewhere, perhaps while it holds a lock. Here nobody runs on.
    """

    def __init__(self, work: Callable[[], _Made]) -> None:
        super().__init__(name="template", daemon=True)
        self._work = work
        self._context = contextvars.copy_context()
        self._made: tuple[_Made] | None = None
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            self._made = (self._context.run(self._work),)
        except BaseException as error:  # raised again for whoever waits
            self._error = error

    def stop(self) -> None:
        """Raise the error in the thread; again where an earlier one was swallowed."""
        thread, error = ctypes.c_ulong(self.ident or 0), ctypes.py_object(TookTooLongError)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, error)

    def result(self) -> _Made:
        """What was made; raises what was raised, and TookTooLongError where it came to no end."""
        if self._made is not None:
            return self._made[0]
        raise self._error or TookTooLongError()
