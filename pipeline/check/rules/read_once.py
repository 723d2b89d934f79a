"""Reading every word of a record once, however many rules look for something in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from pipeline.check.rules.placeholders import sentences
from pipeline.kernel.finding import DataPath
from pipeline.prose.passages import Prose
from pipeline.record.model.texts import Texts, texts


@dataclass(frozen=True, slots=True)
class _Same:
    """A record compared by identity: its fields cannot be hashed, and need not be."""

    record: object

    def __hash__(self) -> int:
        return id(self.record)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.record is self.record


@lru_cache(maxsize=1)
def _read(same: _Same) -> tuple[Texts, str, list[int]]:
    """All texts with their paths, all of them as one text, and where in it each begins."""
    found = texts(same.record)
    whole = "\0".join([text for _, text in found])
    starts = list(accumulate((len(text) + 1 for _, text in found), initial=0))
    return found, whole, starts


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordProse:
    """A record's texts folded into one prose; `paths` lead to them by their number there."""

    paths: tuple[DataPath, ...]
    prose: Prose


@lru_cache(maxsize=1)
def _prose(same: _Same) -> RecordProse:
    found, _, _ = _read(same)
    return RecordProse(paths=tuple(path for path, _ in found), prose=Prose([text for _, text in found]))


def prose_of(record: object) -> RecordProse:
    """All texts of a record as prose, with the paths to them."""
    return _prose(_Same(record))


def words_of(record: object) -> tuple[Texts, str]:
    """All texts of a record with their paths, and all of them as one text, to look for what is rare."""
    found, whole, _ = _read(_Same(record))
    return found, whole


def readable(record: object, *words: str) -> Iterator[tuple[DataPath, str]]:
    """The texts of a record that hold one of some words, with their paths.

    The words only save the time of looking closer: what is looked for must hold one of them.
    """
    found, whole, starts = _read(_Same(record))
    hit: set[int] = set()
    for word in words:
        offset = whole.find(word)
        while offset >= 0:
            number = bisect_right(starts, offset) - 1
            hit.add(number)
            offset = whole.find(word, starts[number + 1])
    yield from (found[number] for number in sorted(hit))


def readable_sentences(record: object, *words: str) -> Iterator[tuple[DataPath, int, str]]:
    """The sentences that hold one of some words, with the path of their text and their offset in it."""
    for path, text in readable(record, *words):
        for start, sentence in sentences(text):
            if any(word in sentence for word in words):
                yield path, start, sentence
