"""The report for the eye: the caret under the spot, nothing that moves the cursor, colours where they are wanted."""

from __future__ import annotations

import pytest

from pipeline.kernel.chinese import display_width
from pipeline.kernel.finding import Place
from pipeline.kernel.structs import replace
from pipeline.output.reporters import text
from tests.output.reporters.samples import DUE, SPLIT, result


def _excerpt(line: str, column: int) -> tuple[str, str]:
    finding = replace(DUE, place=Place(file="a.yaml", line=2, column=column))
    lines = text.report(result(finding, text=f"第一行: x\n{line}\n")).splitlines()
    return lines[1], lines[2]


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("title: plain text", "plain"),
        ("title: 实训基地共建", "基"),
        ("title: ｆｕｌｌ宽 é e\u0301 字", "字"),
        ("a:\t\tb", "b"),
        ("title: 甲\u202e乙\u200b丙", "丙"),
        (f"title: {'很长的话' * 300}这里{'再来一些' * 300}", "这里"),
        (f"title: {'x' * 5000}这里", "这里"),
        ("终点", "点"),
    ],
)
def test_the_caret_stands_under_the_spot(line: str, mark: str) -> None:
    shown, caret = _excerpt(line, line.index(mark) + 1)
    before = shown[: shown.index(mark)]
    assert caret == " " * display_width(before) + "^"
    assert display_width(shown) < 115


def test_a_file_of_a_million_characters_in_one_line_is_shown_without_delay() -> None:
    line = "长" * 1_000_000
    shown, caret = _excerpt(line, len(line))
    assert shown.endswith("长") and caret.endswith("^")


def test_an_empty_line_or_a_place_outside_the_file_shows_no_excerpt() -> None:
    for place in (Place(file="a", line=2), Place(file="a", line=99)):
        report = text.report(result(replace(DUE, place=place), text="a\n\nb\n"))
        assert "^" not in report and "|" not in report


def test_a_second_line_of_a_message_cannot_pass_for_another_finding() -> None:
    lines = text.report(result(SPLIT)).splitlines()
    assert lines[1] == "      ::error file=x::伪造的一行"


def test_the_other_places_the_clause_and_the_remedy_follow() -> None:
    report = text.report(result(SPLIT))
    assert "   另见：agreements/college.yaml:2:1\n" in report
    assert "   依据：指南（草案）8.4    改法：补足比例: 甲, 乙\n" in report


def test_colours_only_where_asked_for() -> None:
    assert "\x1b" not in text.report(result(SPLIT))
    assert "\x1b[31m错误 E08\x1b[0m" in text.report(result(SPLIT, colour=True))


def test_the_last_line_counts() -> None:
    assert text.report(result(SPLIT, DUE)).endswith("\n检查了 3 个文件：1 个错误，1 个到期。\n")
