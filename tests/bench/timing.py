"""Timing two or more ways of doing one thing, so that they can be compared on a busy machine."""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """What something took in processor time, of all processes where it starts any, and by the clock on the wall."""

    cpu: float
    wall: float

    def __mul__(self, factor: float) -> Took:
        """So many times as much."""
        return Took(cpu=self.cpu * factor, wall=self.wall * factor)

    def __truediv__(self, parts: float) -> Took:
        """One part of so many."""
        return self * (1 / parts)

    def __add__(self, other: Took) -> Took:
        """Both one after the other."""
        return Took(cpu=self.cpu + other.cpu, wall=self.wall + other.wall)


def with_children() -> float:
    """Processor time in seconds of this process and of the programs that it started and waited for."""
    mine, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


def best(
    ways: Mapping[str, Callable[[], object]], rounds: int, clock: Clock = time.process_time
) -> dict[str, Took]:
    """The least that each way took in seconds; the ways take turns, every other round backwards.

    Processor time of this process leaves out what others do on the machine, the wall does not; garbage is collected
    between the measurements and not during them.
    """
    never = Took(cpu=float("inf"), wall=float("inf"))
    found = dict.fromkeys(ways, never)
    names = list(ways)
    for number in range(rounds):
        for name in names if number % 2 == 0 else reversed(names):
            took, before = once(ways[name], clock), found[name]
            found[name] = Took(cpu=min(before.cpu, took.cpu), wall=min(before.wall, took.wall))
    return found


def once(way: Callable[[], object], clock: Clock = with_children) -> Took:
    """What one way takes once."""
    gc.collect()
    gc.disable()
    try:
        wall, cpu = time.perf_counter(), clock()
        way()
        return Took(cpu=clock() - cpu, wall=time.perf_counter() - wall)
    finally:
        gc.enable()
