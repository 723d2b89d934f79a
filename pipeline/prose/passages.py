"""Many texts read as one: folded to one way of writing, divided into sentences, every place kept."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from pipeline.prose.facts import Fact
from pipeline.prose.reader import facts


@lru_cache(maxsize=4096)
def _facts(sentence: str) -> tuple[Fact, ...]:
    return tuple(facts(sentence))


END = "\0"
"""What stands between two texts; no text that was read holds it."""
_DROPPED = " *\t\r\u3000\u00a0\x01"
_DROP = re.compile(f"[{_DROPPED}]+")
_SOFT = re.compile(r"\n(?<=[^\s。；;：:！|\0]\n)(?=[ ]*[^\s\-+*#>|0-9\0（(一二三四五六七八九十])")
_FOLD = {
    **{
        code: code - 0xFEE0
        for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
    },
    **{ord(wide): ord(narrow) for wide, narrow in ("％%", "﹪%", "￥¥", "圆元", "．.", "／/", "号号")},
}
_FOLDED = re.compile(f"[{''.join(map(chr, _FOLD))}]")
_STOP = re.compile(r"[。；;！!？?\n\0]")
LONGEST = 400
"""Characters of the longest sentence; what goes on without a stop is divided after a comma, or just there.

No rule looks across so many, and what it looks for in a sentence may cost more than the sentence is long.
"""
_PAUSES = "，,、：:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence with where it begins in the whole, the number of its text, and what stands before it there."""

    text: str
    start: int
    number: int
    before: str = ""

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts of the sentence, their places counted in it; read once however many ask."""
        return _facts(self.text)


class Prose:
    """Several texts folded and joined, so that each thing is looked for once in all of them.

    Folding writes full-width digits, letters and signs narrow, and drops blanks, stars and the line ends
    inside a sentence; `offset` leads back to the text as written.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        raw = END.join(texts)
        # One of the texts holds the character that divides them, and offsets would lead into another text.
        if raw.count(END) >= len(texts) > 0:
            raw = END.join([text.replace(END, " ") for text in texts])
        raw = _FOLDED.sub(lambda match: chr(_FOLD[ord(match[0])]), raw)
        self._raw = _SOFT.sub("\x01", raw)
        text = self._raw
        for dropped in _DROPPED:
            text = text.replace(dropped, "")
        self.text = text
        self._made: dict[int, Sentence] = {}
        self._holding: dict[str, tuple[int, ...]] = {}
        self._letters = set(text)
        self.starts = [0, *(match.end() for match in re.finditer(END, text))]

    @cached_property
    def _bounds(self) -> tuple[list[int], list[int]]:
        """Where each sentence begins and where it ends, without the stop behind it."""
        begins, ends = [0], []
        for stop in (*(match.start() for match in _STOP.finditer(self.text)), len(self.text)):
            # Text without any stop, pasted from a table, would make every pattern walk all of it from every
            # letter.
            while stop - begins[-1] > LONGEST:
                ends.append(_pause(self.text, begins[-1]))
                begins.append(ends[-1])
            ends.append(stop)
            begins.append(stop + 1)
        return begins[:-1], ends

    @cached_property
    def _kept(self) -> tuple[list[int], list[int]]:
        """Where, in characters that are kept, something was dropped, and how much in all up to there."""
        places, lost, gone = [-1], [0], 0
        for match in _DROP.finditer(self._raw):
            places.append(match.start() - gone)
            gone += match.end() - match.start()
            lost.append(gone)
        return places, lost

    def number(self, at: int) -> int:
        """The number of the text that a place of the whole lies in."""
        return bisect_right(self.starts, at) - 1

    def offset(self, at: int) -> int:
        """Where a place of the whole stands in its own text, as it was written."""
        places, lost = self._kept
        place = at + lost[bisect_right(places, at) - 1]
        return place - (self._raw.rfind(END, 0, place) + 1)

    def sentence(self, at: int) -> Sentence:
        """The sentence that a place of the whole lies in; a stop, and the end of all, belong to what they end."""
        return self._sentence(self._index(at))

    def _index(self, at: int) -> int:
        return max(bisect_right(self._bounds[0], at) - 1, 0)

    def _sentence(self, index: int) -> Sentence:
        made = self._made.get(index)
        if made is None:
            made = self._made[index] = self._make(index)
        return made

    def _make(self, index: int) -> Sentence:
        begins, ends = self._bounds
        start = begins[index]
        number = self.number(start)
        before = ""
        if index and start > self.starts[number]:
            before = self.text[begins[index - 1] : ends[index - 1]]
        return Sentence(text=self.text[start : ends[index]], start=start, number=number, before=before)

    def sentences(self, *words: str) -> Iterator[Sentence]:
        """The sentences that hold one of some words, once each, in order.

        The words only save the time of looking closer: what is looked for must hold one of them.
        """
        hit = {index for word in words for index in self._with(word)}
        return (self._sentence(index) for index in sorted(hit))

    def _with(self, word: str) -> tuple[int, ...]:
        """The places of the sentences that hold a word, looked for once however many rules ask."""
        held = self._holding.get(word)
        if held is None:
            found: list[int] = []
            ends = self._bounds[1]
            at = self.text.find(word) if word and self._letters.issuperset(word) else -1
            while at >= 0:
                found.append(self._index(at))
                at = self.text.find(word, max(ends[found[-1]], at + 1))
            held = self._holding[word] = tuple(dict.fromkeys(found))
        return held


def _pause(text: str, begin: int) -> int:
    """Where a sentence that is too long is divided: behind the last comma of its second half, else where it must."""
    end = begin + LONGEST
    return max(text.rfind(mark, begin + LONGEST // 2, end) for mark in _PAUSES) + 1 or end


def clauses(sentence: str) -> Iterator[tuple[int, str]]:
    """The clauses of a sentence with their offsets: commas and colons divide them."""
    marks = [-1, *(match.start() for match in _COMMA.finditer(sentence)), len(sentence)]
    for before, after in pairwise(marks):
        if after > before + 1:
            yield before + 1, sentence[before + 1 : after]


_COMMA = re.compile(r"[，：:]|,(?![0-9]{3})")


def joined(words: Iterable[str]) -> str:
    """Words as one pattern, the longest first, so that none hides behind its beginning."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
