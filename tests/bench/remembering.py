"""What is remembered: `make` with nothing changed and with one project changed, at several sizes and for the sample."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.bench.colleges import lay_out
from tests.bench.commands import START, coop, git, run
from tests.bench.rows import Row
from tests.bench.timing import Took, best, with_children
from tests.college import ROOT

_SOON, _LATER = 0.5, 1.5
"""Seconds in which one changed project should be there again, among a thousand and among ten thousand."""


def of_the_sample(folder: Path, rounds: int) -> Iterator[Row]:
    """The sample college, whole dossiers and approvals."""
    shutil.copytree(ROOT / "agreements", folder / "agreements")
    yield from _after_a_change(folder, sum(1 for _ in folder.glob("agreements/projects/*")), rounds)


def after_a_change(folder: Path, count: int, rounds: int) -> Iterator[Row]:
    """So many agreements."""
    yield from _after_a_change(lay_out(folder, count), count, rounds)


def _after_a_change(root: Path, count: int, rounds: int) -> Iterator[Row]:
    """`coop make` as people call it, in a process of its own: idle, and with one project changed."""
    git(root)
    make = coop("make")
    for _ in range(2):
        run(make, root)
    changed = next((root / "agreements" / "projects").glob("*/agreement.yaml"))

    def one() -> None:
        text = changed.read_text(encoding="utf-8")
        changed.write_text(text.replace("年", "年 ", 1), encoding="utf-8")
        run(make, root)

    ways = {
        "git": lambda: run(("git", "status"), root),
        "start": lambda: run(START, root),
        "idle": lambda: run(make, root),
    }
    found = best(ways, rounds, with_children)
    after = best({"one": one}, min(rounds, 3), with_children)["one"]
    bare = found["git"] + found["start"]
    yield _row(count, "make, nothing changed / git status and a start of Python", found["idle"], bare, 3)
    everything = best({"all": lambda: run(coop("--no-cache", "make"), root)}, 1, with_children)["all"]
    yield _row(count, "make, one project changed / make, all looked at anew", after, everything, 0.5)
    seconds = _LATER if count > 1000 else _SOON
    promised = Took(cpu=seconds, wall=seconds)
    yield _row(count, f"make, one project changed / {seconds:g} s", after, promised, 1)


def _row(count: int, what: str, ours: Took, theirs: Took, aim: float) -> Row:
    return Row(
        count=count, what=what, ours=ours * 1000 / count, theirs=theirs * 1000 / count, aim=aim, faster=False
    )
