"""Lines are broken where a reader of Chinese would break them, and never wider than the terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.kernel.chinese import display_width
from pipeline.kernel.wrap import shown_width, wrapped


def test_a_line_that_fits_stays_as_it_is() -> None:
    assert wrapped("一共  四 个字 ", 20) == ["一共  四 个字 "]


def test_what_follows_is_indented() -> None:
    lines = wrapped("错误 E08 各方分担合计 90%，应为 100%，请补足各方比例", 30, "    ")
    assert lines == ["错误 E08 各方分担合计 90%，应", "    为 100%，请补足各方比例"]


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    text = "甲乙丙丁戊己庚辛壬癸，（甲乙丙丁）。“子丑寅卯”；"
    for width in range(20, 46):
        for line in wrapped(text, width):
            assert line[0] not in "，）。”；" and line[-1] not in "（“"


def test_a_path_and_a_number_stay_whole() -> None:
    lines = wrapped("见甲乙丙丁戊 agreements/projects/2026-im-001/agreement.yaml 第 17 行", 56, "  ")
    assert any("agreements/projects/2026-im-001/agreement.yaml" in line for line in lines)


def test_a_word_wider_than_the_line_is_cut_and_nothing_is_lost() -> None:
    assert "".join(wrapped("a" * 95, 40)) == "a" * 95


def test_colours_take_no_columns() -> None:
    assert shown_width("\x1b[31m错误\x1b[0m") == 4
    assert len(wrapped("\x1b[31m错误\x1b[0m " + "甲" * 17, 40)) == 1


@pytest.mark.parametrize("width", [30, 80, 120])
@given(text=st.text(st.sampled_from("甲乙，。（）“”ab1 %/-"), max_size=300))
def test_nothing_is_lost_and_nothing_is_wider(width: int, text: str) -> None:
    lines = wrapped(text, width, "  ")
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(display_width(line.rstrip()) <= width for line in lines)
