"""Texts that several readers ask about at once: each finds a thing where it stands, and once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.prose.passages import Prose


@pytest.fixture
def taking_turns_quickly() -> Iterator[None]:
    """Let threads interrupt each other as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_whoever_asks_while_another_asks_finds_each_sentence_once(taking_turns_quickly: None) -> None:
    for turn in range(20):
        prose = Prose([f"第{turn}次：第{number}台归甲方，其余归乙方。" for number in range(60)])

        def asked(reader: int, prose: Prose = prose) -> int:
            return sum(1 for _ in prose.readings(lambda text, before: text or reader, ("归甲方",)))

        with ThreadPoolExecutor(6) as pool:
            assert list(pool.map(asked, range(6))) == [60] * 6
