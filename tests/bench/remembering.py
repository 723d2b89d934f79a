"""What is remembered: nothing changed, one project changed, twice as many projects; and checkers of other projects."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from pipeline.check.run import check
from pipeline.record import schema
from tests.bench.colleges import lay_out
from tests.bench.rows import Row
from tests.bench.timing import best, with_children
from tests.college import ROOT

_ANY_JSON = '{"type": "object"}'
_ANY_YAMALE = "any()\n"
"""Schemas that demand nothing: whatever ours asks for, theirs asks for less."""


def after_a_change(folder: Path, count: int, rounds: int) -> Iterator[Row]:
    """`coop make` as people call it, in a process of its own: idle, and with one project changed."""
    root = _repository(folder, count)
    coop = (sys.executable, "-m", "pipeline", "make", "--today", "2026-11-29")
    for _ in range(2):
        _run(coop, root)
    changed = next((root / "agreements" / "projects").glob("*/agreement.yaml"))

    def one() -> None:
        text = changed.read_text(encoding="utf-8")
        changed.write_text(text.replace("年", "年 ", 1), encoding="utf-8")
        _run(coop, root)

    bare = best(
        {"git": lambda: _run(("git", "status"), root), "start": lambda: _run(_START, root)},
        rounds,
        with_children,
    )
    idle = best({"idle": lambda: _run(coop, root)}, rounds, with_children)["idle"]
    after = best({"one": one}, 2, with_children)["one"]
    yield _row(count, "make, nothing changed / git status and a start of Python", idle, sum(bare.values()), 3)
    everything = best({"all": lambda: _run((*coop, "--no-cache"), root)}, 1, with_children)["all"]
    yield _row(count, "make, one project changed / make, all looked at anew", after, everything, 0.5)


def twice_as_many(folder: Path, count: int, rounds: int) -> Row:
    """A cold check of twice as many projects."""
    some, twice = lay_out(folder / "some", count), lay_out(folder / "twice", 2 * count)
    found = best({"some": lambda: _check(some), "twice": lambda: _check(twice)}, rounds)
    return _row(2 * count, "check of twice as many / of half", found["twice"], found["some"], 2.1)


def against_other_checkers(folder: Path, count: int) -> Iterator[Row]:
    """Checkers of YAML that are installed, on the same files, with schemas that demand nothing."""
    root = lay_out(folder / "college", count)
    ours = (sys.executable, "-m", "pipeline", "--no-cache", "check", "--today", "2026-11-29")
    took = best({"ours": lambda: _run(ours, root)}, 1, with_children)["ours"]
    (folder / "any.json").write_text(_ANY_JSON, encoding="utf-8")
    (folder / "any.yaml").write_text(_ANY_YAMALE, encoding="utf-8")
    files = [os.fspath(path) for path in sorted((root / "agreements").rglob("*.yaml"))]
    others = {
        "yamale": ("-s", str(folder / "any.yaml"), str(root / "agreements")),
        "check-jsonschema": ("--schemafile", str(folder / "any.json"), *files),
    }
    for name, rest in others.items():
        program = shutil.which(name)
        if program is not None:
            theirs = best({name: partial(_run, (program, *rest), root)}, 1, with_children)[name]
            yield Row(
                count=count,
                what=f"{name} / check, in processes of their own",
                ours=took * 1000 / count,
                theirs=theirs * 1000 / count,
                aim=1,
                faster=True,
            )


_START = (sys.executable, "-c", "pass")


def _repository(folder: Path, count: int) -> Path:
    root = lay_out(folder, count)
    for step in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "样例")):
        _run(("git", "-c", "user.name=x", "-c", "user.email=x@example.org", *step), root)
    return root


def _run(command: Sequence[str], root: Path) -> None:
    around = {**os.environ, "PYTHONPATH": str(ROOT), "COOP_CACHE": str(root.parent / f"{root.name}-memory")}
    subprocess.run(
        command, cwd=root, env=around, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )


def _check(root: Path) -> object:
    return check(root, schema.load(ROOT / "schemas"))


def _row(count: int, what: str, ours: float, theirs: float, aim: float) -> Row:
    return Row(
        count=count, what=what, ours=ours * 1000 / count, theirs=theirs * 1000 / count, aim=aim, faster=False
    )
