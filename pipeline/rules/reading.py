"""Reading every word of a record once, however many rules look for something in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.finding import DataPath
from pipeline.model.walk import Texts, texts
from pipeline.rules.words import sentences


@dataclass(frozen=True, slots=True)
class _Same:
    """A record compared by identity: its fields cannot be hashed, and need not be."""

    record: object

    def __hash__(self) -> int:
        return id(self.record)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.record is self.record


@lru_cache(maxsize=1)
def _read(same: _Same) -> tuple[Texts, str]:
    found = texts(same.record)
    return found, "\0".join(text for _, text in found)


def words_of(record: object) -> tuple[Texts, str]:
    """All texts of a record with their paths, and all of them as one text, to look for what is rare."""
    return _read(_Same(record))


def readable(record: object, *words: str) -> Iterator[tuple[DataPath, str]]:
    """The texts of a record that hold one of some words, with their paths.

    The words only save the time of looking closer: what is looked for must hold one of them.
    """
    found, whole = words_of(record)
    present = [word for word in words if word in whole]
    if present:
        yield from ((path, text) for path, text in found if any(word in text for word in present))


def readable_sentences(record: object, *words: str) -> Iterator[tuple[DataPath, int, str]]:
    """The sentences that hold one of some words, with the path of their text and their offset in it."""
    for path, text in readable(record, *words):
        for start, sentence in sentences(text):
            if any(word in sentence for word in words):
                yield path, start, sentence
