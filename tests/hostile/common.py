"""A small college whose agreement is anything at all, checked within a breath and shown in every format."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.check.run import Report
from pipeline.output.reporters import FORMATS
from tests.college import EXAMPLES, SmallCollege, college
from tests.output.reporters.readers import COUNTS
from tests.output.reporters.samples import result

WHOLE = (EXAMPLES / "E01" / "pass.yaml").read_text(encoding="utf-8")
BREATH = 5.0
"""Seconds of processor time after which a check counts as hanging; a busy machine does not use them up."""


@contextmanager
def no_hang() -> Iterator[None]:
    """Interrupt what computes for longer than a breath."""

    def stop(number: int, frame: object) -> None:
        raise AssertionError("hangs")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, BREATH)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@cache
def _home() -> tuple[SmallCollege, TemporaryDirectory[str]]:
    folder = TemporaryDirectory()
    return college(Path(folder.name)), folder


def checked(content: str | bytes) -> Report:
    """The check of a college whose agreement is this; every format has shown what was found."""
    home, _ = _home()
    home.write(content)
    with no_hang():
        report = home.check()
        kinds = Counter((one.code, one.place.file) for one in report.findings)
        # For people a hundred of a kind are shown, and a line for the rest.
        read = sum(min(number, 101) for number in kinds.values())
        for form, count in COUNTS.items():
            shown = FORMATS[form](result(*report.findings, text=WHOLE))
            found = read if form == "text" else len(report.findings) or (form == "junit")
            assert count(shown) == found
    return report
