"""Reading every word of a record once, however many rules look for something in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Generic, TypeVar

from pipeline.kernel.finding import DataPath
from pipeline.kernel.structs import Struct
from pipeline.prose.passages import Prose
from pipeline.record.model import Agreement
from pipeline.record.model.after_signing import Amendment
from pipeline.record.model.texts import Texts, texts

Kept = TypeVar("Kept")
_QUOTABLE = 4
"""Characters of an old text that name the sentence they stand in."""
_LABELS = frozenset({"number", "stage", "title", "kind", "reason"})
"""Of an amendment: what names it and tells why."""
_DONE_WITH = frozenset({"was", "field", "clause"})
"""Of a change: what was agreed before, and where."""


class Same(Generic[Kept]):
    """A record compared by identity: its fields cannot be hashed, and need not be."""

    __slots__ = ("record",)

    def __init__(self, record: Kept) -> None:
        self.record = record

    def __hash__(self) -> int:
        return id(self.record)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.record is self.record


@lru_cache(maxsize=1)
def _read(same: Same[object]) -> tuple[Texts, str, list[int]]:
    """All texts with their paths, all of them as one text, and where in it each begins."""
    found = texts(same.record)
    whole = "\0".join([text for _, text in found])
    starts = list(accumulate((len(text) + 1 for _, text in found), initial=0))
    return found, whole, starts


class RecordProse(Struct, frozen=True, kw_only=True):
    """A record's texts folded into one prose; `paths` lead to them by their number there.

    `fields` tell which field of an agreement each text speaks of: of an agreement's own, the one it stands in.
    `beside` is what an amendment leaves as it was: the agreement's texts, and the file they stand in.
    """

    paths: tuple[DataPath, ...]
    fields: tuple[DataPath, ...]
    prose: Prose
    beside: tuple[RecordProse, str] | None = None


@lru_cache(maxsize=1)
def _prose(same: Same[object]) -> RecordProse:
    found = _read(same)[0]
    amendment = same.record
    if not isinstance(amendment, Amendment):
        return _proses(found)
    agreed = tuple(
        (path, text) for path, text in found if path[0] not in _LABELS and path[-1] not in _DONE_WITH
    )
    return _proses(agreed, tuple(_spoken_of(amendment, path) for path, _ in agreed))


def _proses(found: Texts, fields: tuple[DataPath, ...] = ()) -> RecordProse:
    paths = tuple(path for path, _ in found)
    return RecordProse(paths=paths, fields=fields or paths, prose=Prose([text for _, text in found]))


def prose_of(record: object) -> RecordProse:
    """All texts of a record as prose, with the paths to them; of an amendment what it makes the parties agree to."""
    return _prose(Same(record))


def _spoken_of(amendment: Amendment, path: DataPath) -> DataPath:
    """The field that a text of an amendment speaks of: that which a change names, unless the amendment gives it anew."""
    field = tuple(amendment.changes[int(path[1])].field.split(".")) if path[0] == "changes" else path
    return path if gives(amendment, field[0]) else field


def left_by(amendment: Amendment, agreement: Agreement) -> RecordProse:
    """The texts of an agreement that an amendment does not change."""
    changed = [tuple(one.field.split(".")) for one in amendment.changes if one.field != "other_terms"]
    was = [one.was for one in amendment.changes if len(one.was) >= _QUOTABLE]
    found = tuple(
        (path, text)
        for path, text in texts(agreement)
        if not any(tuple(map(str, path[: len(field)])) == field for field in changed)
        and not any(words in text for words in was)
    )
    return _proses(found)


def gives(amendment: Amendment, field: str | int) -> bool:
    """Whether an amendment has a field of the agreement as its own: then its words are held against that."""
    return (field == "term" and amendment.term is not None) or (
        field == "inputs" and amendment.inputs is not None
    )


def words_of(record: object) -> tuple[Texts, str]:
    """All texts of a record with their paths, and all of them as one text, to look for what is rare."""
    found, whole, _ = _read(Same(record))
    return found, whole


def readable(record: object, *words: str) -> Iterator[tuple[DataPath, str]]:
    """The texts of a record that hold one of some words, with their paths.

    The words only save the time of looking closer: what is looked for must hold one of them.
    """
    found, whole, starts = _read(Same(record))
    hit: set[int] = set()
    for word in words:
        offset = whole.find(word)
        while offset >= 0:
            number = bisect_right(starts, offset) - 1
            hit.add(number)
            offset = whole.find(word, starts[number + 1])
    yield from (found[number] for number in sorted(hit))
