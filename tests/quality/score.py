"""Precision and recall of the reading rules over the phrases, by kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tests.quality.phrases import HALVES, Phrase, found, phrases


@dataclass(slots=True, kw_only=True)
class Score:
    """How many bad phrases there are and were found, how many good ones there are and were flagged."""

    bad: int = 0
    hit: int = 0
    good: int = 0
    false: int = 0

    @property
    def recall(self) -> float:
        """The part of the bad phrases that was found."""
        return self.hit / self.bad if self.bad else 1.0

    @property
    def precision(self) -> float:
        """The part of what was flagged that is bad."""
        flagged = self.hit + self.false
        return self.hit / flagged if flagged else 1.0

    def add(self, phrase: Phrase, codes: set[str]) -> bool:
        """Count a phrase; whether it was judged rightly."""
        if phrase.bad:
            self.bad += 1
            right = phrase.code in codes if phrase.code else bool(codes)
            self.hit += right
            return right
        self.good += 1
        self.false += bool(codes)
        return not codes


def scores(of: Iterable[Phrase]) -> tuple[dict[str, Score], list[tuple[Phrase, set[str]]]]:
    """The scores by kind, and the phrases that were judged wrongly with the codes found in them."""
    kinds: dict[str, Score] = {}
    wrong = []
    for phrase in of:
        codes = found(phrase)
        name = f"{phrase.code or '—'} {phrase.kind}"
        if not kinds.setdefault(name, Score()).add(phrase, codes):
            wrong.append((phrase, codes))
    return kinds, wrong


def total(kinds: Iterable[Score]) -> Score:
    """Scores added up."""
    whole = Score()
    for score in kinds:
        whole.bad += score.bad
        whole.hit += score.hit
        whole.good += score.good
        whole.false += score.false
    return whole


def half(name: str) -> Score:
    """The score of one half of the phrases."""
    return total(scores(phrases(name))[0].values())


ALL = tuple(phrase for name in HALVES for phrase in phrases(name))
"""All phrases of both halves."""
