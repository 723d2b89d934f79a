"""What every element shares: it is missing, blank or only a placeholder (clause 8.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.check.rules.placeholders import blank, placeholders
from pipeline.check.rules.rule import Fault, Way, fault, later
from pipeline.record.model import Agreement
from pipeline.standing.proof import legacy

MISSING = later("没有写{what}")
BLANK = later("{what}是空的{shown}")
PLACEHOLDER = later("{what}里还留着“{word}”，没有定下来")


def gap_ways(**more: Way | str) -> dict[str, Way | str]:
    """The three ways every text can be lacking, and a rule's own ways after them."""
    return {"missing": MISSING, "blank": BLANK, "placeholder": PLACEHOLDER, **more}


def worded(text: str, what: str, *path: str | int) -> Iterator[Fault]:
    """Faults of a text that is there: blank, or holding a place for words still to come."""
    if blank(text):
        yield fault("blank", *path, what=what, shown=f"，只有“{text.strip()}”" if text.strip() else "")
        return
    for offset, word in placeholders(text):
        yield Fault(way="placeholder", at=path, values={"what": what, "word": word}, offset=offset)


def written(text: str | None, what: str, *path: str | int) -> Iterator[Fault]:
    """Faults of a text that must be there."""
    if text is None:
        yield fault("missing", *path, what=what)
    else:
        yield from worded(text, what, *path)


def given(value: object, what: str, *path: str | int) -> Iterator[Fault]:
    """The fault of a number, date or id that must be there."""
    if value is None:
        yield fault("missing", *path, what=what)


def listed(texts: Sequence[str], what: str, *path: str | int) -> Iterator[Fault]:
    """Faults of the texts of a list; `what` names one of them, its number is added."""
    for index, text in enumerate(texts):
        yield from worded(text, f"{what}第 {index + 1} 条", *path, index)


def refusal(agreement: Agreement, field: str, what: str) -> Iterator[Fault]:
    """Faults of the reason given where a field is declared not to apply (`{none: …}`)."""
    yield from worded(agreement.declined[field], f"{what}的理由", field, "none")


def is_framework(record: object) -> bool:
    """Whether this is a letter of intent, of which no agreement's content is demanded."""
    return isinstance(record, Agreement) and record.framework


def is_not_sorted_yet(record: object) -> bool:
    """Whether nobody asks yet what sort of cooperation this is: a letter of intent, or an old paper being entered.

    Of an old paper one line says what is still to be found in it (G12); the rest is asked once it is entered.
    """
    entered = isinstance(record, Agreement) and legacy(record) and record.stage == "draft"
    return entered or is_framework(record)
