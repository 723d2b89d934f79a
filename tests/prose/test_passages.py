"""Texts that several readers ask about at once: each finds a thing where it stands, and once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.prose.folded import VOCABULARY
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


def _readers(words: list[tuple[str, ...]]) -> list[tuple[Callable[[str, str], str], tuple[str, ...]]]:
    """Readers that nobody has asked yet, each by some words: they give back the sentence and the one before it."""

    def reader() -> Callable[[str, str], str]:
        return lambda text, before: f"{before}/{text}"

    return [(reader(), some) for some in words]


def test_whoever_asks_later_finds_the_same_as_whoever_asks_first() -> None:
    texts = [
        f"第{number}条：甲方交付{number}台。乙方验收，验收后付款。付款后甲方开票。" for number in range(40)
    ]
    texts += ["", "没有这些词的一段。", texts[3], "\n".join(texts[:3])]
    words = [
        ("验收",),
        ("付款", "验收"),
        ("甲方",),
        ("开票", "从来没有"),
        ("从来没有",),
        ("台。", "段"),
        ("乙方",),
    ]
    prose = Prose([f"甲：{text}" for text in texts])
    one_by_one = [list(prose.readings(read, some)) for read, some in _readers(words)]
    others = _readers(words)
    for read, some in others:  # all of them are known before the first text is looked at
        VOCABULARY.number(read, some)
    fresh = Prose([f"乙：{text}" for text in texts])
    at_once = [list(fresh.readings(read, some)) for read, some in others]
    assert [[(one.start, one.number) for one, _ in found] for found in one_by_one] == [
        [(one.start, one.number) for one, _ in found] for found in at_once
    ]
    assert [[result.replace("甲：", "乙：") for _, result in found] for found in one_by_one] == [
        [result for _, result in found] for found in at_once
    ]
    assert [bool(found) for found in one_by_one] == [True, True, True, True, False, True, True]


def test_a_paragraph_that_stands_twice_is_found_twice() -> None:
    prose = Prose(["甲方付款两次。", "别的。", "甲方付款两次。"])
    found = [sentence.number for sentence, _ in prose.readings(lambda text, before: text, ("付款",))]
    assert found == [0, 2]
