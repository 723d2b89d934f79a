"""`python -m tests.bench [COUNT…]`: measure and print; an aim that is missed is told, not punished."""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import peers, remembering, sharing, sizes
from tests.bench.at_the_desk import typed
from tests.bench.checking import against_bare_load, faulty_against_clean
from tests.bench.pdf import against_bare_call
from tests.bench.printing import against_plain_loop
from tests.bench.rows import Row, Unmeasured, said, table
from tests.bench.site import against_copying
from tests.bench.trail import against_git_and_keygen

COUNTS = (10, 100, 1000)
PDFS = 100
"""So many agreements at most are printed as PDF."""
FEW, MANY = 3, 9
"""Rounds for large and for small colleges."""
LARGE = 1000
"""Above so many only what is said of ten thousand is measured."""

_HELP = (
    "Measure at these sizes (without any: 10, 100, 1000; about half an hour, in which peers are installed from their "
    "packages). 10000 adds the rows of ten thousand agreements, nothing changed, one changed and ten times as many, and "
    "takes more than an hour longer: python -m tests.bench 10 100 1000 10000."
)


def measured(counts: tuple[int, ...], folder: Path) -> Iterator[Row | Unmeasured]:
    """All rows, smallest college first."""
    usual = tuple(count for count in counts if count <= LARGE)
    yield from remembering.of_the_sample(folder / "sample", MANY)
    for count in usual[1:] or usual:
        yield from remembering.after_a_change(folder / f"make-{count}", count, FEW)
    for count in usual:
        yield against_bare_load(folder / f"check-{count}", count, FEW if count >= LARGE else MANY)
    for count in usual:
        yield from against_plain_loop(folder / f"word-{count}", count, FEW)
    if usual:
        yield from _of_the_largest(folder, usual)
    for count in counts[len(usual) :]:
        yield from remembering.after_a_change(folder / f"make-{count}", count, FEW)
        yield against_bare_load(folder / f"check-{count}", count, 1)
        yield from sizes.many_times(folder / f"sizes-{count}", LARGE, (count // LARGE,))


def _of_the_largest(folder: Path, counts: tuple[int, ...]) -> Iterator[Row | Unmeasured]:
    """What is measured at one size alone, the largest."""
    most = counts[-1]
    yield sharing.by_two_processes(folder / "two", most, FEW)
    yield from sharing.by_dask(folder / "dask", most)
    yield from sizes.many_times(folder / "sizes", most, (2,))
    yield from against_copying(folder / "site", most, FEW)
    if len(counts) > 1:
        yield typed(folder / "desk", counts[0], most, MANY)
    yield from peers.checking(folder / "checkers", most)
    yield from peers.writing(folder / "writers", most)
    made = against_bare_call(folder / "pdf", min(most, PDFS))
    if made is None:
        yield Unmeasured(
            count=most, what="PDF / bare LibreOffice over the same files", why="no LibreOffice here"
        )
    else:
        yield made
    yield from against_git_and_keygen(folder / "trail", most, FEW)
    yield faulty_against_clean(folder / "faults", most, FEW)


def main(arguments: list[str]) -> None:
    """Measure, for the counts given or the usual ones."""
    reader = argparse.ArgumentParser(prog="python -m tests.bench", description=_HELP)
    reader.add_argument("counts", nargs="*", type=int, metavar="COUNT", help="agreements in a college")
    given = reader.parse_args(arguments).counts
    counts = tuple(sorted({count for count in given if count > 0})) or COUNTS
    rows = []
    with TemporaryDirectory() as folder:
        for row in measured(counts, Path(folder)):
            rows.append(row)
            sys.stderr.write(f"{said(row)}\n")
    system = f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}"
    sys.stdout.write(f"{table(rows)}\n\nProcessor time per agreement, best of several rounds. {system}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
