"""The unified social credit code: both check digits are checked, and nothing is corrected in silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.kernel.chinese import credit_code_fault

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def credit_code(authority: str, region: str, organisation: str) -> str:
    """A code that passes: two characters of authority, six of region, eight of organisation, then both checks."""
    weights = [pow(3, place, 31) for place in range(17)]
    inner = sum(
        int(character, 36) * weight
        for character, weight in zip(organisation, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)
    )
    first = authority + region + organisation + "0123456789X"[-inner % 11]
    outer = sum(ALPHABET.index(character) * weight for character, weight in zip(first, weights, strict=True))
    return first + ALPHABET[-outer % 31]


CODES = st.builds(
    credit_code,
    st.tuples(st.sampled_from("123456789ANY"), st.sampled_from("1239")).map("".join),
    st.from_regex(r"[1-8][0-9]{5}", fullmatch=True),
    st.text(ALPHABET, min_size=8, max_size=8),
)


@given(CODES)
def test_a_code_with_both_digits_right_passes(code: str) -> None:
    assert credit_code_fault(code) is None


def test_a_check_character_x_passes() -> None:
    code = credit_code("91", "140700", "MA000003")
    assert code[16] in "0123456789X"
    assert credit_code_fault(code) is None
    found = {credit_code("91", "140700", f"MA{number:06}")[16] for number in range(40)}
    assert "X" in found and "0" in found


@pytest.mark.parametrize("authority", "123456789ANY")
def test_every_registering_authority_is_known(authority: str) -> None:
    assert credit_code_fault(credit_code(f"{authority}1", "140700", "MA0TEST1".replace("S", "5"))) is None


@given(CODES, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_found(code: str, place: int, character: str) -> None:
    wrong = code[:place] + character + code[place + 1 :]
    assert (credit_code_fault(wrong) is None) == (wrong == code)


@given(CODES, st.integers(8, 15))
def test_two_exchanged_characters_are_found(code: str, place: int) -> None:
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (credit_code_fault(wrong) is None) == (wrong == code)


GOOD = credit_code("91", "140700", "MA0TEXT1")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", "有 0 位，应为 18 位"),
        (GOOD[:17], "有 17 位，应为 18 位"),
        (GOOD + "1", "有 19 位，应为 18 位"),
        (GOOD + "\n", "有 19 位"),
        (GOOD.lower(), "不能用"),
        ("O" + GOOD[1:], "第 1 位“O”不能用"),
        (GOOD[:9] + "I" + GOOD[10:], "第 10 位“I”不能用"),
        (GOOD.replace("1", "１", 1), "第 2 位“１”不能用"),
        ("0" + GOOD[1:], "登记管理部门"),
        ("L" + GOOD[1:], "登记管理部门"),
        (GOOD[:4] + "A" + GOOD[5:], "行政区划"),
        (GOOD[:16] + ("0" if GOOD[16] != "0" else "1") + GOOD[17], "第 17 位"),
        (GOOD[:17] + ("0" if GOOD[17] != "0" else "1"), "第 18 位"),
    ],
)
def test_the_reason_says_which_character_is_wrong(code: str, reason: str) -> None:
    fault = credit_code_fault(code)
    assert fault is not None and reason in fault
