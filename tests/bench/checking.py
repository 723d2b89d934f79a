"""`check` against the bare load of the same files: what every rule, place and hint costs beside the parsing."""

from __future__ import annotations

from pathlib import Path

import yaml

from pipeline.check.run import check
from pipeline.record import schema
from tests.bench.colleges import lay_out
from tests.bench.rows import Row
from tests.bench.timing import Took, best
from tests.college import ROOT


def against_bare_load(folder: Path, count: int, rounds: int) -> Row:
    """Our whole check, schemas loaded anew, against nothing but `yaml.load` with the C loader."""
    root = lay_out(folder, count)
    files = sorted(root.rglob("*.yaml"))
    found = best({"ours": lambda: _check(root), "theirs": lambda: _bare(files)}, rounds)
    return Row(
        count=count,
        what="check / bare yaml.load (CSafeLoader)",
        ours=_each(found["ours"], count),
        theirs=_each(found["theirs"], count),
        aim=2.5,
        faster=False,
    )


def faulty_against_clean(folder: Path, count: int, rounds: int) -> Row:
    """A college in which every project has a fault against one in which none has."""
    faulty = lay_out(folder / "faulty", count, faulty=True)
    clean = lay_out(folder / "clean", count)
    found = best({"faulty": lambda: _check(faulty), "clean": lambda: _check(clean)}, rounds)
    return Row(
        count=count,
        what="check, a fault in every project / none",
        ours=_each(found["faulty"], count),
        theirs=_each(found["clean"], count),
        aim=2.0,
        faster=False,
    )


def _check(root: Path) -> object:
    return check(root, schema.load(ROOT / "schemas"))


def _bare(files: list[Path]) -> list[object]:
    return [yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader) for path in files]


def _each(took: Took, count: int) -> Took:
    return took * 1000 / count
