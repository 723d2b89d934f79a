"""`python -m tests.fuzz [SECONDS]`: look for an input that the loader cannot take, for a bounded time.

Begins with the examples of the tests; an input that raises, or takes more than two seconds, is written to
`fuzz-crashes/` and ends the run with a status other than 0.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["pipeline"]):
    from tests.fuzz.target import read_and_check

EXAMPLES = Path(__file__).parents[1] / "examples"
CRASHES = Path("fuzz-crashes")
USUAL = 60
"""Seconds a run takes when nothing else is asked for."""


def main(arguments: list[str]) -> None:
    """Fuzz for so many seconds; libFuzzer ends the process itself."""
    seconds = int(arguments[0]) if arguments else USUAL
    CRASHES.mkdir(exist_ok=True)
    with TemporaryDirectory() as corpus:
        options = [f"-max_total_time={seconds}", "-max_len=4096", "-timeout=2", "-print_final_stats=1"]
        options += [
            f"-artifact_prefix={CRASHES}/",
            "-verbosity=0",
            corpus,
            *map(str, sorted(EXAMPLES.glob("Y*"))),
        ]
        atheris.Setup([sys.argv[0], *options], read_and_check)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
