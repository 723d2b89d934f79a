"""Keeping Python's garbage collector out of the way of work that makes no garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

_YOUNG = 200_000
"""Objects made and not let go between two collections: some tens of megabytes, where Python would look at 700."""


def seldom() -> None:
    """Let the collector look seldom in a process that does one thing and ends: most of what it makes stays to the end."""
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])


@contextmanager
def paused(*, when: bool = True) -> Iterator[None]:
    """Pause the collector for a stretch of work that keeps nearly all it makes.

    It would go through millions of young objects over and over, take half the time and find nothing. Where it is
    paused already it stays so. What was made is old afterwards: as young it would be gone through again at once.
    """
    pause = when and gc.isenabled()
    if pause:
        gc.disable()
    try:
        yield
    finally:
        if pause:
            if not _aside:
                _grow_old()
            gc.enable()


def _grow_old() -> None:
    """Count all there is among what is old, unseen; in a process that stays, what little was garbage is let go at times."""
    if next(_pauses) % _PAUSES:
        gc.freeze()
        gc.unfreeze()
    else:
        gc.collect()


_pauses = count(1)
_PAUSES = 32
"""After so many pauses the collector goes through everything: more than a command has that ends."""


@contextmanager
def settled() -> Iterator[None]:
    """Leave what is there out of every later collection, as long as some work goes on beside it."""
    leave_out()
    try:
        yield
    finally:
        gc.unfreeze()
        _aside.clear()


def leave_out() -> None:
    """Leave what is there out of every later collection, to the end of the process or of what it is left out for."""
    _aside.append(True)
    gc.freeze()


_aside: list[bool] = []
"""Whether anything is left out; to ask Python how much would take as long as to look at all of it."""


def at_the_end() -> None:
    """Leave all that is there to the system, before a process ends: Python would look through it once more for garbage."""
    gc.freeze()
