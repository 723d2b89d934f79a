"""Many texts read as one: folded to one way of writing, divided into sentences, every place kept."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import accumulate, pairwise

from pipeline.kernel.late_pattern import late
from pipeline.kernel.structs import Struct
from pipeline.prose.facts import Fact
from pipeline.prose.folded import END, ONE_AT_A_TIME, VOCABULARY, Read, catch_up, passage_of
from pipeline.prose.reader import facts


@lru_cache(maxsize=8192)
def facts_of(sentence: str) -> tuple[Fact, ...]:
    """The facts of a folded sentence, in order; read once however many ask."""
    return tuple(facts(sentence))


@cache
def _whether(test: Callable[[str], object]) -> Callable[[str, str], bool]:
    return lambda text, before: bool(test(text))


@cache
def _all_that_hold(words: tuple[str, ...]) -> Callable[[str, str], bool]:
    """What finds something in every sentence that holds one of its words."""
    return lambda text, before: True


class Sentence(Struct, frozen=True, kw_only=True):
    """A sentence with where it begins in the whole, the number of its text, and what stands before it there."""

    text: str
    start: int
    number: int
    before: str = ""

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts of the sentence, their places counted in it; read once however many ask."""
        return facts_of(self.text)


class Prose:
    """Several texts folded, so that each thing is looked for once in all of them.

    Folding writes full-width digits, letters and signs narrow, and drops blanks, stars and the line ends
    inside a sentence; `offset` leads back to the text as written. Places are counted in `text`, all texts joined.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._passages = [passage_of(text) for text in texts or ("",)]
        lengths = [len(passage.text) + 1 for passage in self._passages]
        self.starts = list(accumulate(lengths[:-1], initial=0))
        # Together, for whoever reads it does not wait for who is gathering.
        self._gathered: tuple[int, Mapping[int, Sequence[int]]] = 0, {}

    @cached_property
    def text(self) -> str:
        """All texts as they were folded."""
        return END.join([passage.text for passage in self._passages])

    def number(self, at: int) -> int:
        """The number of the text that a place of the whole lies in."""
        return bisect_right(self.starts, at) - 1

    def offset(self, at: int) -> int:
        """Where a place of the whole stands in its own text, as it was written."""
        number = self.number(at)
        return self._passages[number].offset(at - self.starts[number])

    def sentence(self, at: int) -> Sentence:
        """The sentence that a place of the whole lies in; a stop, and the end of all, belong to what they end."""
        number = self.number(at)
        return self._sentence(number, self._passages[number].index(at - self.starts[number]))

    def _sentence(self, number: int, place: int) -> Sentence:
        passage = self._passages[number]
        text, before = passage.sentence(place)
        start = self.starts[number] + passage.begins[place]
        return Sentence(text=text, start=start, number=number, before=before)

    def sentences(self, *words: str) -> Iterator[Sentence]:
        """The sentences that hold one of some words, once each, in order.

        The words only save the time of looking closer: what is looked for must hold one of them.
        """
        return (sentence for sentence, _ in self.readings(_all_that_hold(words), words))

    def readings(
        self, read: Callable[[str, str], Read | None], words: tuple[str, ...]
    ) -> Iterator[tuple[Sentence, Read]]:
        """What a reader makes of the sentences that hold one of some words, and of what stands before each.

        The reader must look at nothing else: a passage is read by it once, whichever records have it.
        """
        reader = VOCABULARY.number(read, words)
        known, reading = self._gathered
        if known <= reader:
            with ONE_AT_A_TIME:
                reading = self._expect()
        for number in reading.get(reader, ()):
            for place, result in self._passages[number].found_by(reader):
                yield self._sentence(number, place), result

    def _expect(self) -> Mapping[int, Sequence[int]]:
        """Gather for each new reader the passages in which it finds something, or has yet to read."""
        (known, before), now = self._gathered, len(VOCABULARY.readers)
        new: dict[int, list[int]] = {}
        catch_up(self._passages)
        for number, passage in enumerate(self._passages):
            if passage.newest < known:
                continue
            for reader in tuple(passage.found):
                if known <= reader < now:
                    new.setdefault(reader, []).append(number)
        reading = {**before, **new}
        self._gathered = now, reading
        return reading

    def having(self, test: Callable[[str], object], *words: str) -> Iterator[Sentence]:
        """The sentences that hold one of some words and pass a test, which must look at nothing else."""
        return (sentence for sentence, _ in self.readings(_whether(test), words))

    def naming(self, name: str) -> Iterator[Sentence]:
        """The sentences that hold a name: a word of one record, which no other is searched for."""
        at = self.text.find(name) if name else -1
        while at >= 0:
            sentence = self.sentence(at)
            yield sentence
            at = self.text.find(name, max(sentence.start + len(sentence.text), at + 1))


def clauses(sentence: str) -> Iterator[tuple[int, str]]:
    """The clauses of a sentence with their offsets: commas and colons divide them."""
    marks = [-1, *(match.start() for match in _COMMA.finditer(sentence)), len(sentence)]
    for before, after in pairwise(marks):
        if after > before + 1:
            yield before + 1, sentence[before + 1 : after]


_COMMA = late(r"[，：:]|,(?![0-9]{3})")


def joined(words: Iterable[str]) -> str:
    """Words as one pattern, the longest first, so that none hides behind its beginning."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
