"""`python -m tests.bench [COUNT…]`: measure and print; an aim that is missed is told, not punished."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.at_the_desk import typed
from tests.bench.checking import against_bare_load, faulty_against_clean
from tests.bench.pdf import against_bare_call
from tests.bench.printing import against_plain_loop
from tests.bench.remembering import after_a_change, against_other_checkers, twice_as_many
from tests.bench.rows import Row, table
from tests.bench.site import against_copying
from tests.bench.trail import against_git_and_keygen

COUNTS = (10, 100, 1000)
PDFS = 100
FEW, MANY = 3, 9
"""Rounds for large and for small colleges."""


def measured(counts: tuple[int, ...], folder: Path) -> Iterator[Row]:
    """All rows, smallest college first."""
    for count in counts:
        rounds = FEW if count >= 1000 else MANY
        yield against_bare_load(folder / f"check-{count}", count, rounds)
    for count in counts:
        yield from against_plain_loop(folder / f"word-{count}", count, FEW)
    yield from against_copying(folder / "site", counts[-1], FEW)
    for count in counts[1:]:
        yield from after_a_change(folder / f"make-{count}", count, FEW)
    yield twice_as_many(folder / "twice", counts[-1], FEW)
    if len(counts) > 1:
        yield typed(folder / "desk", counts[0], counts[-1], MANY)
    yield from against_other_checkers(folder / "others", counts[-1])
    made = against_bare_call(folder / "pdf", PDFS)
    if made is not None:
        yield made
    yield from against_git_and_keygen(folder / "trail", counts[-1], FEW)
    yield faulty_against_clean(folder, counts[-1], FEW)


def main(arguments: list[str]) -> None:
    """Measure, for the counts given or the usual ones."""
    counts = tuple(int(argument) for argument in arguments) or COUNTS
    rows = []
    with TemporaryDirectory() as folder:
        for row in measured(counts, Path(folder)):
            rows.append(row)
            sys.stderr.write(f"{row.count:,}: {row.what}: {row.ratio:.2f}×\n")
    system = f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}"
    sys.stdout.write(f"{table(rows)}\n\nProcessor time per agreement, best of several rounds. {system}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
