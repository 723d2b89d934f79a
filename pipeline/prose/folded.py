"""One text folded to one way of writing and divided into sentences, every place kept; the same text is read once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from threading import Lock
from typing import Any, TypeVar

from pipeline.kernel.late_pattern import late

Read = TypeVar("Read")

END = "\0"
"""What stands between two texts; no text that was read holds it."""
_DROPPED = " *\t\r\u3000\u00a0\x01"
_DROP = late(f"[{_DROPPED}]+")
_SOFT = late(r"\n(?<=[^\s。；;：:！|\0]\n)(?=[ ]*[^\s\-+*#>|0-9\0（(一二三四五六七八九十])")
_FOLD = {
    **{
        code: code - 0xFEE0
        for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
    },
    **{ord(wide): ord(narrow) for wide, narrow in ("％%", "﹪%", "￥¥", "圆元", "．.", "／/", "号号")},
}
_FOLDED = late(f"[{''.join(map(chr, _FOLD))}]")
_STOP = late(r"[。；;！!？?\n\0]")
LONGEST = 400
"""Characters of the longest sentence; what goes on without a stop is divided after a comma, or just there.

No rule looks across so many, and what it looks for in a sentence may cost more than the sentence is long.
"""
_PAUSES = "，,、：:"


Hits = dict[str, list[int]]
"""Where words stand in a text, by the words, in order."""

Reading = Callable[[str, str], Any]
"""What makes something of a sentence and the one before it, or nothing; it must look at nothing else."""


ONE_AT_A_TIME = Lock()
"""Held by who adds to the vocabulary, and by who brings texts up to it: the desk answers in several threads."""


class Vocabulary:
    """The words that are looked for in every text, by their first letter; it grows with each rule that asks.

    Readers of sentences are counted, each with the words it goes by.
    """

    def __init__(self) -> None:
        self.words: list[str] = []
        self.readers: list[tuple[Reading, tuple[str, ...]]] = []
        self.readers_by: dict[str, list[int]] = {}
        self._asked: set[tuple[str, ...]] = set()
        self._numbers: dict[Reading, int] = {}

    def learn(self, words: tuple[str, ...]) -> None:
        """Look for some words from now on, too."""
        if words not in self._asked:
            self._asked.add(words)
            known = set(self.words)
            self.words.extend(word for word in dict.fromkeys(words) if word and word not in known)

    def number(self, read: Reading, words: tuple[str, ...]) -> int:
        """The number of a reader, which it has from its first question on."""
        found = self._numbers.get(read)
        return self._numbered(read, words) if found is None else found

    def _numbered(self, read: Reading, words: tuple[str, ...]) -> int:
        with ONE_AT_A_TIME:
            if read not in self._numbers:
                self.learn(words)
                number = len(self.readers)
                self.readers.append((read, words))
                for word in words:
                    self.readers_by.setdefault(word, []).append(number)
                self._numbers[read] = number
            return self._numbers[read]

    def by_letter(self, since: int) -> dict[str, tuple[str, ...]]:
        """The words learnt since there were so many, by their first letter."""
        return _by_letter(tuple(self.words[since:]))


@lru_cache(maxsize=64)
def _by_letter(words: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    letters: dict[str, tuple[str, ...]] = {}
    for word in words:
        letters[word[0]] = (*letters.get(word[0], ()), word)
    return letters


VOCABULARY = Vocabulary()


class Passage:
    """One text folded and divided. What agreements have in common, standard paragraphs say, is one passage of them all."""

    __slots__ = ("_kept", "_raw", "begins", "ends", "found", "held", "known", "newest", "text")

    def __init__(self, written: str) -> None:
        raw = written.replace(END, " ")  # what divides the texts would lead offsets into another text
        if not raw.isascii():
            raw = _FOLDED.sub(lambda match: chr(_FOLD[ord(match[0])]), raw)
        self._raw = _SOFT.sub("\x01", raw) if "\n" in raw else raw
        text = self._raw
        for dropped in _DROPPED:
            text = text.replace(dropped, "")
        self.text = text
        self.begins, self.ends = _divided(text)
        self.held: dict[str, tuple[int, ...]] = {}
        """The sentences that hold each word of the vocabulary."""
        self.found: dict[int, tuple[tuple[int, Any], ...] | None] = {}
        """By the number of a reader in which sentences it has found something, and what; None where it has yet to read.

        Of most readers there is nothing: they find none of their words here, or nothing behind them.
        """
        self.newest = -1
        """The newest of these readers."""
        self.known = 0, 0
        """So many words of the vocabulary have been looked for, and of so many readers it is known whether to expect them."""
        self._kept: tuple[list[int], list[int]] | None = None

    def hits(self, letters: Mapping[str, Sequence[str]]) -> Hits:
        """Where some words stand, given by their first letters: each letter of the text is looked at once."""
        found: Hits = {}
        for at, letter in enumerate(self.text):
            for word in letters.get(letter, ()):
                if self.text.startswith(word, at):
                    found.setdefault(word, []).append(at)
        return found

    def hold(self, found: Hits) -> None:
        """Take note of where new words stand."""
        for word, places in found.items():
            self.held[word] = tuple(dict.fromkeys(map(self.index, places)))

    def expect(self, readers: Iterable[int]) -> None:
        """Expect readers that have come since the last time, now that all words have been looked for."""
        for reader in readers:
            self.found[reader] = None
            self.newest = max(self.newest, reader)

    def expect_all(self) -> None:
        """Expect whichever of all readers has a word that is held."""
        for word in self.held:
            self.expect(VOCABULARY.readers_by.get(word, ()))

    def index(self, at: int) -> int:
        """The sentence that a place lies in."""
        return max(bisect_right(self.begins, at) - 1, 0)

    def sentence(self, index: int) -> tuple[str, str]:
        """A sentence and the one before it."""
        before = self.text[self.begins[index - 1] : self.ends[index - 1]] if index else ""
        return self.text[self.begins[index] : self.ends[index]], before

    def places(self, words: tuple[str, ...]) -> Sequence[int]:
        """The sentences that hold one of some words, in order."""
        found = [self.held[word] for word in words if word in self.held]
        return found[0] if len(found) == 1 else sorted(set().union(*found))

    def found_by(self, reader: int) -> tuple[tuple[int, Any], ...]:
        """What a reader makes of the sentences that hold one of its words: it reads each passage once."""
        known = self.found.get(reader, ())
        if known is None:
            read, words = VOCABULARY.readers[reader]
            made = ((place, read(*self.sentence(place))) for place in self.places(words))
            known = tuple((place, result) for place, result in made if result)
            if known:
                self.found[reader] = known
            else:
                self.found.pop(reader, None)  # another thread may have been quicker
        return known

    def offset(self, at: int) -> int:
        """Where a place stands in the text as it was written."""
        if self._kept is None:
            self._kept = _kept(self._raw)
        places, lost = self._kept
        return at + lost[bisect_right(places, at) - 1]


passage_of = lru_cache(maxsize=8192)(Passage)

_LETTERS = 4
"""So many letters are looked at in the time that it takes to look for a word at all."""


def catch_up(passages: Sequence[Passage]) -> None:
    """Look for words, and expect readers, that there are since the last time."""
    now = len(VOCABULARY.words), len(VOCABULARY.readers)
    behind: dict[tuple[int, int], list[Passage]] = {}
    for passage in dict.fromkeys(passages):  # the same paragraph may stand in a record twice
        if passage.known != now:
            behind.setdefault(passage.known, []).append(passage)
            passage.known = now
    for (words, readers), some in behind.items():
        new = VOCABULARY.words[words:]
        if len(new) * _LETTERS < sum(len(passage.text) for passage in some):
            _look_together(some, new)
        else:
            letters = VOCABULARY.by_letter(words)
            for passage in some:
                passage.hold(passage.hits(letters))
        if readers:
            _expect_together(some, readers)
        else:
            for passage in some:
                passage.expect_all()


def _expect_together(passages: Sequence[Passage], since: int) -> None:
    """Expect the readers that there are since there were so many."""
    for number, (_, words) in enumerate(VOCABULARY.readers[since:], since):
        for passage in passages:
            if not passage.held.keys().isdisjoint(words):
                passage.expect((number,))


def _look_together(passages: Sequence[Passage], words: Iterable[str]) -> None:
    """Look for words in many texts at once: a single reader brings few."""
    whole = END.join([passage.text for passage in passages])
    starts = list(accumulate((len(passage.text) + 1 for passage in passages[:-1]), initial=0))
    found: list[Hits] = [{} for _ in passages]
    for word in words:
        at = whole.find(word)
        while at >= 0:
            number = bisect_right(starts, at) - 1
            found[number].setdefault(word, []).append(at - starts[number])
            at = whole.find(word, at + 1)
    for passage, hits in zip(passages, found, strict=True):
        passage.hold(hits)


def _divided(text: str) -> tuple[list[int], list[int]]:
    """Where each sentence begins and where it ends, without the stop behind it."""
    begins, ends = [0], []
    for stop in (*(match.start() for match in _STOP.finditer(text)), len(text)):
        # Text without any stop, pasted from a table, would make every pattern walk all of it from every letter.
        while stop - begins[-1] > LONGEST:
            ends.append(_pause(text, begins[-1]))
            begins.append(ends[-1])
        ends.append(stop)
        begins.append(stop + 1)
    return begins[:-1], ends


def _kept(raw: str) -> tuple[list[int], list[int]]:
    """Where, in characters that are kept, something was dropped, and how much in all up to there."""
    places, lost, gone = [-1], [0], 0
    for match in _DROP.finditer(raw):
        places.append(match.start() - gone)
        gone += match.end() - match.start()
        lost.append(gone)
    return places, lost


def _pause(text: str, begin: int) -> int:
    """Where a sentence that is too long is divided: behind the last comma of its second half, else where it must."""
    end = begin + LONGEST
    return max(text.rfind(mark, begin + LONGEST // 2, end) for mark in _PAUSES) + 1 or end
