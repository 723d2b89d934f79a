"""Writing the site of a whole college, against copying the same bytes to other files."""

from __future__ import annotations

import itertools
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline.check import check
from pipeline.site.world import World
from pipeline.site.write import see, write
from tests.bench.colleges import lay_out
from tests.bench.rows import Row
from tests.bench.timing import best
from tests.college import SCHEMAS, TEMPLATES

DAY = date(2026, 11, 23)
AIM = 40.0
"""Times the processor time of copying: for a thousand projects, two seconds on two cores."""

AGAIN = 30.0
"""The same where nothing has changed: every page is made and compared, none is written."""


def against_copying(folder: Path, count: int, rounds: int) -> tuple[Row, Row]:
    """The first writing and one without a change, each against a copy of the site, file by file."""
    college = see(check(lay_out(folder / "college", count), SCHEMAS, TEMPLATES), SCHEMAS, DAY, folder)
    write(college, folder / "site", folder)
    numbers = itertools.count()
    ways = {
        "write": lambda: write(_fresh(college), folder / f"new-{next(numbers)}", folder),
        "again": lambda: write(_fresh(college), folder / "site", folder),
        "copy": lambda: shutil.copytree(folder / "site", folder / f"copy-{next(numbers)}"),
    }
    found = {name: seconds * 1000 / count for name, seconds in best(ways, rounds).items()}
    return (
        _row(count, "site: all pages / copying them", found["write"], found["copy"], AIM),
        _row(count, "site: nothing changed / copying", found["again"], found["copy"], AGAIN),
    )


def _fresh(world: World) -> World:
    """The same world without what it has already worked out."""
    return replace(world)


def _row(count: int, what: str, ours: float, theirs: float, aim: float) -> Row:
    return Row(count=count, what=what, ours=ours, theirs=theirs, aim=aim, faster=False)
