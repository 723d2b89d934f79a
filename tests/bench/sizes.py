"""Twice and ten times as many projects: check, build and site, everything from nothing, in processes of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.bench.colleges import lay_out
from tests.bench.commands import coop, run
from tests.bench.rows import Row
from tests.bench.timing import Took, once

_COMMANDS = {
    "check": coop("--no-cache", "check", "--executor", "local:1"),
    "build": coop("--no-cache", "build", "--jobs", "1"),
    "site": coop("--no-cache", "site"),
}
"""In the order in which people call them: the site shows what was built."""

_MORE = 1.05
"""What starting, and what is sorted, may cost beside the projects themselves."""


def many_times(folder: Path, count: int, times: tuple[int, ...]) -> Iterator[Row]:
    """A row for each command and each number of `times` so many agreements."""
    few = _took(folder / "few", count)
    for more in times:
        many = _took(folder / f"times-{more}", count * more)
        for name, took in many.items():
            yield Row(
                count=count * more,
                what=f"{name} of {more} times as many / of {count:,} (each in all)",
                ours=took * 1000,
                theirs=few[name] * 1000,
                aim=_MORE * more,
                faster=False,
            )


def _took(folder: Path, count: int) -> dict[str, Took]:
    root = lay_out(folder, count)
    return {name: once(lambda command=command: run(command, root)) for name, command in _COMMANDS.items()}  # type: ignore[misc]
