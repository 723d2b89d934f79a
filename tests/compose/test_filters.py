"""The filters of wordings: amounts in words, the length of a term, the parties' roles."""

from __future__ import annotations

import pytest

from tests.college import SmallCollege
from tests.compose.samples import blocks, lines, record_path, runs_of

TERM = "term: {start: 2026-09-01, end: 2029-08-31,"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-09-01", "2029-08-31", "三年"),
        ("2026-09-01", "2027-02-28", "六个月"),
        ("2026-01-01", "2028-06-30", "二年六个月"),
        ("2026-09-01", "2026-09-30", "一个月"),
        ("2026-09-01", "2026-09-15", "15日"),
        ("2026-09-01", "2027-09-01", "366日"),
        ("2024-02-29", "2025-02-28", "366日"),
        ("2026-09-01", "2046-08-31", "二十年"),
        ("2026-09-01", "2026-09-01", "1日"),
        ("1980-01-01", "2099-12-31", "一百二十年"),
    ],
)
def test_a_term_counts_both_its_days(home: SmallCollege, start: str, end: str, expected: str) -> None:
    home.change(TERM, f"term: {{start: {start}, end: {end},")
    (run,) = runs_of(blocks(home, "{{ a.term | years }}"))
    assert (run.text, record_path(run)) == (expected, "term.end")


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("1020000.00", "人民币壹佰零贰万元整"),
        ("0.50", "人民币伍角整"),
        ("1409.05", "人民币壹仟肆佰零玖元零伍分"),
        ("9999999999999.99", "人民币玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_an_amount_is_told_in_words_too(home: SmallCollege, amount: str, expected: str) -> None:
    home.change("total: 1020000.00", f"total: {amount}")
    (run,) = runs_of(blocks(home, "{{ a.inputs.total | words }}"))
    assert (run.text, record_path(run)) == (expected, "inputs.total")


def test_several_parties_are_named_by_their_roles(home: SmallCollege) -> None:
    home.change("enterprises: [chenguang-cnc]", "enterprises: [chenguang-cnc, yunfan-software]")
    wording = "{{ parties | roles }}；{{ others | roles }}"
    assert lines(blocks(home, wording)) == ["甲方、乙方、丙方；乙方、丙方"]


def test_a_list_is_joined_and_knows_its_field(home: SmallCollege) -> None:
    (run,) = runs_of(blocks(home, "{{ a.forms | join_words }}"))
    assert (run.text, record_path(run)) == ("共建实训基地、订单培养", "forms")


@pytest.mark.parametrize(
    ("count", "expected"), [("4", "四"), ("12", "十二"), ("20", "二十"), ("99", "九十九")]
)
def test_copies_are_counted_in_numerals(home: SmallCollege, count: str, expected: str) -> None:
    home.change("copies: {total: 4,", f"copies: {{total: {count},")
    (run,) = runs_of(blocks(home, "{{ a.copies.total | numeral }}"))
    assert (run.text, record_path(run)) == (expected, "copies.total")


def test_copies_that_nobody_counted_stay_a_gap(home: SmallCollege) -> None:
    home.change("copies: {total: 4, each: {college: 2, chenguang-cnc: 2}}\n", "")
    (run,) = runs_of(blocks(home, "{{ a.copies.total | numeral }}"))
    assert run.gap
