"""Official numbers: the next one is proposed, none is given out twice."""

from __future__ import annotations

import pytest

from pipeline.approval.trail.numbers import next_number
from tests.approval.story import RECORD, SUBJECT, Story

USED = ("样校合〔2025〕14号", "样校合〔2026〕2号", "样校合〔2026〕9号", "样校合〔2025〕3号补1", "旧式编号")


@pytest.mark.parametrize(
    ("used", "year", "expected"),
    [
        (USED, 2026, "样校合〔2026〕10号"),
        (USED, 2027, "样校合〔2027〕1号"),
        (("示院〔2026〕007号",), 2026, "示院〔2026〕008号"),
        (("示院〔2026〕007号",), 2027, "示院〔2027〕001号"),
        (("XQ-2026-31",), 2026, "XQ-2026-32"),
        ((*USED, "样校合〔2030〕1号"), 2026, "样校合〔2026〕10号"),
        (("旧式编号",), 2026, ""),
        ((), 2026, ""),
    ],
)
def test_the_next_number_goes_on_in_the_colleges_own_form(
    used: tuple[str, ...], year: int, expected: str
) -> None:
    assert next_number(used, year) == expected


def test_an_agreement_without_a_number_is_told_the_line_to_write(story: Story) -> None:
    story.change(RECORD, "number: 样校合〔2026〕1号\n", "")
    code, said = story.coop("submit", SUBJECT, "--today", "2026-11-23")
    assert code == 2 and RECORD in said and "number: 样校合〔2026〕3号" in said


def test_a_number_that_was_ever_submitted_stays_taken(story: Story) -> None:
    """Also where the record has been given another since: the paper with the first one is in somebody's drawer."""
    story.edit("agreements/projects/second/agreement.yaml", "样校合〔2026〕2号", "样校合〔2026〕5号")
    story.change(RECORD, "样校合〔2026〕1号", "样校合〔2026〕2号")
    code, said = story.coop("submit", SUBJECT, "--today", "2026-11-23")
    assert code == 2 and "projects/second/agreement" in said and "number: 样校合〔2026〕6号" in said


def test_words_that_are_still_to_be_filled_in_are_sent_to_nobody(story: Story) -> None:
    """Leaders approved a text in which 【待补充】 stood."""
    story.change(RECORD, "copies: {", "# copies: {")
    code, said = story.coop("submit", SUBJECT)
    assert code == 2 and "没有写：【待补充：" in said
