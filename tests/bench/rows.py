"""The outcome of a measurement as a line of a table."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One comparison: both in milliseconds per agreement, the ratio that counts, and what it should be.

    `faster` tells that the ratio says how many times faster we are; else it says how many times as long we take.
    """

    count: int
    what: str
    ours: float
    theirs: float
    aim: float
    faster: bool

    @property
    def ratio(self) -> float:
        """The ratio that the aim is about."""
        return self.theirs / self.ours if self.faster else self.ours / self.theirs

    @property
    def met(self) -> bool:
        """Whether the aim is met."""
        return self.ratio >= self.aim if self.faster else self.ratio <= self.aim


_HEAD = ("agreements", "what", "ours ms", "theirs ms", "ratio", "aim", "")


def table(rows: list[Row]) -> str:
    """The rows as plain text, columns aligned."""
    cells = [_HEAD, *map(_cells, rows)]
    widths = [max(_width(row[column]) for row in cells) for column in range(len(_HEAD))]
    return "\n".join(_line(row, widths) for row in cells)


def _cells(row: Row) -> tuple[str, ...]:
    sign = "≥" if row.faster else "≤"
    return (
        f"{row.count:,}",
        row.what,
        f"{row.ours:.2f}",
        f"{row.theirs:.2f}",
        f"{row.ratio:.2f}×",
        f"{sign} {row.aim:g}×",
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
