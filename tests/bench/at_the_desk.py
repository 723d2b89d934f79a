"""At the desk: what an editor waits for after typing, whatever the size of the college."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count as numbers
from pathlib import Path

from pipeline.desk.actions import ACTIONS
from tests.bench.colleges import lay_out
from tests.bench.rows import Row
from tests.bench.timing import best
from tests.desk.serving import desk


def typed(folder: Path, few: int, many: int, rounds: int) -> Row:
    """A field of one record changed: draft kept, file drawn, findings, paper and differences told; of both sizes in all."""
    ways = {str(count): _typing(lay_out(folder / str(count), count)) for count in (few, many)}
    for way in ways.values():
        way()  # the paper's wording is compiled, and names are read, once
    found = best(ways, rounds)
    return Row(
        count=many,
        what=f"desk, a field typed / among {few} agreements (each in all)",
        ours=found[str(many)] * 1000,
        theirs=found[str(few)] * 1000,
        aim=4,
        faster=False,
    )


def _typing(root: Path) -> Callable[[], object]:
    opened = desk(root)
    first = min((root / "agreements" / "projects").glob("*/agreement.yaml"))
    file = first.relative_to(root).as_posix()
    told = ACTIONS["form"](opened, {"file": file})
    given = {"file": file, "form": told["form"], "base": told["base"], "touched": True, "paper": True}
    ACTIONS["check"](opened, given)
    turn = numbers()

    def typing() -> object:
        given["form"]["scope"] = f"第 {next(turn)} 次改的范围"
        return ACTIONS["check"](opened, {**given, "quick": True})

    return typing
