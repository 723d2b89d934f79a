"""The outcome of a measurement as a line of a table."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from tests.bench.timing import Took


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One comparison: both in milliseconds per agreement, the ratio that counts, and what it should be.

    `faster` tells that the ratio says how many times faster we are; else it says how many times as long we take. The
    ratio is of processor time, or `by_wall` of the clock on the wall, as where several processes share the work.
    """

    count: int
    what: str
    ours: Took
    theirs: Took
    aim: float
    faster: bool
    by_wall: bool = False

    @property
    def ratio(self) -> float:
        """The ratio that the aim is about."""
        return self.of_wall if self.by_wall else self._ratio(self.ours.cpu, self.theirs.cpu)

    @property
    def of_wall(self) -> float:
        """The ratio by the clock on the wall."""
        return self._ratio(self.ours.wall, self.theirs.wall)

    @property
    def met(self) -> bool:
        """Whether the aim is met."""
        return self.ratio >= self.aim if self.faster else self.ratio <= self.aim

    def _ratio(self, ours: float, theirs: float) -> float:
        return theirs / ours if self.faster else ours / theirs


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmeasured:
    """A comparison that could not be made here, and why."""

    count: int
    what: str
    why: str


_HEAD = ("agreements", "what", "ours ms", "theirs ms", "ratio", "by wall", "aim", "")


def table(rows: list[Row | Unmeasured]) -> str:
    """The rows as plain text, columns aligned."""
    cells = [_HEAD, *map(_cells, rows)]
    widths = [max(_width(row[column]) for row in cells) for column in range(len(_HEAD))]
    return "\n".join(_line(row, widths) for row in cells)


def said(row: Row | Unmeasured) -> str:
    """A row while the others are still measured."""
    if isinstance(row, Unmeasured):
        return f"{row.count:,}: {row.what}: not measured, {row.why}"
    return f"{row.count:,}: {row.what}: {row.ratio:.2f}× (by wall {row.of_wall:.2f}×)"


def _cells(row: Row | Unmeasured) -> tuple[str, ...]:
    if isinstance(row, Unmeasured):
        return f"{row.count:,}", f"{row.what}: {row.why}", "–", "–", "–", "–", "–", "not measured"
    sign = "≥" if row.faster else "≤"
    return (
        f"{row.count:,}",
        row.what,
        *(f"{took.wall if row.by_wall else took.cpu:.2f}" for took in (row.ours, row.theirs)),
        f"{row.ratio:.2f}×",
        f"{row.of_wall:.2f}×",
        f"{sign} {row.aim:g}×{' wall' if row.by_wall else ''}",
        "ok" if row.met else "MISSED",
    )


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    left = (1,)
    padded = [
        text + " " * (width - _width(text)) if column in left else " " * (width - _width(text)) + text
        for column, (text, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
