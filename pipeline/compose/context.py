"""What a document is made with beside its own record: the facts that stand in no single one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from pipeline.compose.amended import Amended
from pipeline.compose.values import Value
from pipeline.kernel.chinese import date_words, grouped
from pipeline.kernel.chinese import yuan as in_yuan
from pipeline.kernel.structs import Struct
from pipeline.record.kinds import Kind
from pipeline.record.model import Records
from pipeline.standing.annual import in_wan
from pipeline.standing.labels import Labels
from pipeline.standing.proof import Approved

NOTHING = "—"
"""Stands in a table where there is nothing to tell."""


class Context(Struct, frozen=True, kw_only=True):
    """One document being composed: its record's key, and where the document depends on the day, `today`.

    Such a document is told what the trail knows, too (`approved`); to any other that is not known.
    `boxes` are those of the approval form by the names of the roles, as the rules of approval give them.
    `wrapped` is the record itself as wording sees it, `wrap` gives any other; `amended` tells an agreement around an
    amendment.
    """

    words: Labels
    key: str
    today: date | None
    approved: Approved
    boxes: Mapping[str, str]
    wrapped: Value
    wrap: Callable[[Kind, str], Value]
    amended: Callable[[str], Amended | None]

    @property
    def records(self) -> Records:
        """All records."""
        return self.words.records

    @property
    def day(self) -> date:
        """Today, for a dated document; a wording's fault where it is not one."""
        if self.today is None:
            raise ValueError("这份文书要按日期计算，但没有给出日期")
        return self.today


Facts = Callable[[Context], Mapping[str, object]]
"""What a wording is told besides its record: final texts, numbers as texts, and wrapped records, by name."""


def no_facts(context: Context) -> Mapping[str, object]:
    """Most wordings are told by their record alone."""
    return {}


def number(figure: Decimal | int | None) -> str:
    """A count or amount as text, in thousands; — where it is unknown."""
    return NOTHING if figure is None else grouped(figure)


def rate(figure: Decimal | None) -> str:
    """A percentage as text; — where it is unknown."""
    return NOTHING if figure is None else f"{figure}%"


def score(figure: Decimal | None) -> str:
    """A mark with its one decimal; — where there is none."""
    return NOTHING if figure is None else str(figure)


def yuan(figure: Decimal | None) -> str:
    """An amount in yuan for a column whose head names the unit."""
    return NOTHING if figure is None else in_yuan(figure)


def some(figure: Decimal | None) -> str:
    """An amount in yuan for a sentence or a narrow column, without cents where there are none; empty where it is nothing.

    No paper says 0.00.
    """
    if not figure:
        return ""
    return grouped(figure) if figure == int(figure) else in_yuan(figure)


def wan(figure: Decimal) -> str:
    """An amount in units of ten thousand yuan for a column or sentence that names the unit; nothing is 0."""
    return f"{in_wan(figure):,}" if figure else "0"


def day(day: date | None) -> str:
    """A day as documents write it; — where there is none."""
    return date_words(day) if day else NOTHING


def text(words: str) -> str:
    """A text, or — where there is none."""
    return words or NOTHING
