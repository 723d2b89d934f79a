"""What is read is read well enough: in the phrases the rules were written with, and in those kept back."""

from __future__ import annotations

import pytest

from tests.quality.phrases import HALVES, phrases
from tests.quality.score import half


@pytest.mark.parametrize("name", HALVES)
def test_what_is_flagged_is_wrong_and_most_of_what_is_wrong_is_flagged(name: str) -> None:
    score = half(name)
    assert score.precision >= 0.95
    assert score.recall >= 0.9


def test_there_are_enough_phrases_to_tell() -> None:
    told = [phrase for name in HALVES for phrase in phrases(name)]
    assert sum(phrase.bad for phrase in told) >= 200
    assert sum(not phrase.bad for phrase in told) >= 200
    assert len({phrase.text for phrase in told}) > len(told) * 0.95
