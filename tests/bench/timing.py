"""Timing two or more ways of doing one thing, so that they can be compared on a busy machine."""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Callable, Mapping

Clock = Callable[[], float]


def with_children() -> float:
    """Processor time in seconds of this process and of the programs that it started and waited for."""
    mine, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


def best(
    ways: Mapping[str, Callable[[], object]], rounds: int, clock: Clock = time.process_time
) -> dict[str, float]:
    """The least processor time of each way in seconds; the ways take turns, every other round backwards.

    Processor time of this process leaves out what others do on the machine; garbage is collected between
    the measurements and not during them.
    """
    found = dict.fromkeys(ways, float("inf"))
    names = list(ways)
    for number in range(rounds):
        for name in names if number % 2 == 0 else reversed(names):
            found[name] = min(found[name], _once(ways[name], clock))
    return found


def _once(way: Callable[[], object], clock: Clock) -> float:
    gc.collect()
    gc.disable()
    try:
        start = clock()
        way()
        return clock() - start
    finally:
        gc.enable()
