"""Numbers in Chinese: a figure in words prevails over one in digits, so every zero counts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.kernel.chinese import (
    MOST_YUAN,
    amount_in_words,
    article_number,
    date_words,
    display_width,
    money,
    numeral,
    parenthesised,
    percent,
    plain_number,
)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        # The published examples of the payment and settlement rules.
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        # The ends of the range and the places of zero.
        ("0", "零元整"),
        ("0.01", "壹分"),
        ("0.10", "壹角整"),
        ("0.11", "壹角壹分"),
        ("1", "壹元整"),
        ("1.00", "壹元整"),
        ("10", "壹拾元整"),
        ("11.01", "壹拾壹元零壹分"),
        ("101", "壹佰零壹元整"),
        ("1001", "壹仟零壹元整"),
        ("10001", "壹万零壹元整"),
        ("10010", "壹万零壹拾元整"),
        ("11000", "壹万壹仟元整"),
        ("100010", "壹拾万零壹拾元整"),
        ("480000.00", "肆拾捌万元整"),
        ("1000000", "壹佰万元整"),
        ("10050000", "壹仟零伍万元整"),
        ("100000000", "壹亿元整"),
        ("100000001", "壹亿零壹元整"),
        ("100010000", "壹亿零壹万元整"),
        ("110000000", "壹亿壹仟万元整"),
        ("1000010000.09", "壹拾亿零壹万元零玖分"),
        ("999900000000", "玖仟玖佰玖拾玖亿元整"),
        ("1000000000000", "壹万亿元整"),
        ("1000100000000", "壹万零壹亿元整"),
        ("1234500006789", "壹万贰仟叁佰肆拾伍亿零陆仟柒佰捌拾玖元整"),
        (f"{MOST_YUAN}.99", "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_an_amount_reads_as_the_rules_write_it(amount: str, words: str) -> None:
    assert amount_in_words(Decimal(amount)) == f"人民币{words}"


@pytest.mark.parametrize(
    "amount",
    [
        "-1",
        "-0.01",
        "0.005",
        "1.999",
        "0.001",
        "1E-1000000",
        "1E+16",
        "1E+1000000",
        "NaN",
        "Infinity",
        "-Infinity",
    ],
)
def test_what_has_no_exact_words_has_none(amount: str) -> None:
    with pytest.raises(ValueError, match="amount"):
        amount_in_words(Decimal(amount))


def test_a_long_tail_is_not_rounded_away() -> None:
    with pytest.raises(ValueError, match="two decimals"):
        amount_in_words(Decimal("1." + "0" * 40 + "1"))
    assert amount_in_words(Decimal("1." + "0" * 40)) == "人民币壹元整"


DIGITS = {character: value for value, character in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1000, "万": 10**4, "亿": 10**8}


def _heard(words: str) -> int:
    """A whole number understood from its words, by another way than the one that made them."""
    for unit in "亿万仟佰拾":
        if unit in words:
            before, _, after = words.rpartition(unit)
            return _heard(before) * UNITS[unit] + (_heard(after) if after else 0)
    return DIGITS[words[-1]]


@given(st.integers(0, MOST_YUAN))
def test_words_are_understood_as_the_amount(yuan: int) -> None:
    words = amount_in_words(Decimal(yuan))
    assert _heard(words.removeprefix("人民币").removesuffix("元整")) == yuan
    assert "零零" not in words
    assert "零万" not in words
    assert "零元" not in words or yuan == 0


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_different_amounts_have_different_words(one: int, other: int) -> None:
    same = amount_in_words(Decimal(one).scaleb(-2)) == amount_in_words(Decimal(other).scaleb(-2))
    assert same == (one == other)


@pytest.mark.parametrize(
    ("amount", "figure"),
    [
        ("1234", "¥1,234.00"),
        ("480000.00", "¥480,000.00"),
        ("0", "¥0.00"),
        ("0.5", "¥0.50"),
        ("-1234.5", "-¥1,234.50"),
        ("-0.05", "-¥0.05"),
        ("-0", "¥0.00"),
        ("1E+6", "¥1,000,000.00"),
    ],
)
def test_money_has_two_places_and_commas(amount: str, figure: str) -> None:
    assert money(Decimal(amount)) == figure


def test_money_is_never_rounded() -> None:
    for amount in ("1.005", "NaN", "1E+20"):
        with pytest.raises(ValueError, match="amount"):
            money(Decimal(amount))


def test_a_date_has_no_leading_zeros() -> None:
    assert date_words(date(2026, 9, 1)) == "2026年9月1日"
    assert date_words(date(2026, 12, 31)) == "2026年12月31日"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (21, "二十一"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (112, "一百一十二"),
        (205, "二百零五"),
        (999, "九百九十九"),
    ],
)
def test_articles_are_numbered_in_everyday_numerals(number: int, words: str) -> None:
    assert numeral(number) == words
    assert article_number(number) == f"第{words}条"
    assert parenthesised(number) == f"（{words}）"


def test_there_is_no_article_nought_and_no_thousandth() -> None:
    assert numeral(0) == "零"
    for number in (0, -1, 1000):
        with pytest.raises(ValueError):
            article_number(number)
        with pytest.raises(ValueError):
            parenthesised(number)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("12.50", "12.5"),
        ("60.00", "60"),
        ("1E+3", "1000"),
        ("0.000", "0"),
        ("-0.0", "0"),
        ("0.0001", "0.0001"),
    ],
)
def test_numbers_and_shares_drop_what_says_nothing(number: str, text: str) -> None:
    assert plain_number(Decimal(number)) == text
    assert percent(Decimal(number)) == f"{text}%"


def test_whole_numbers_keep_their_zeros() -> None:
    assert plain_number(100) == plain_number(Decimal(100)) == "100"
    assert percent(60) == "60%"
    with pytest.raises(ValueError):
        plain_number(Decimal("NaN"))


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("合作", 4), ("，：", 4), ("“”", 2), ("e\u0301", 1), ("１", 2), ("A&B公司", 7), ("", 0)],
)
def test_wide_characters_take_two_columns(text: str, width: int) -> None:
    assert display_width(text) == width
