"""What the eye cannot see is written out; what the hand misspelt is guessed."""

from __future__ import annotations

import pytest

from pipeline.kernel.visible import escape_controls, nearest


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("甲方 A&B　乙方", "甲方 A&B　乙方"),
        ("甲\u202e乙", "甲<U+202E>乙"),
        ("甲\u200b\ufeff乙", "甲<U+200B><U+FEFF>乙"),
        ("\x1b[31m红", "<U+001B>[31m红"),
        ("甲\x00\x7f\x9b", "甲<U+0000><U+007F><U+009B>"),
        ("甲\u2028\x85\r乙", "甲<U+2028><U+0085><U+000D>乙"),
        ("\udc80", "<U+DC80>"),
        ("\U000e0041", "<U+E0041>"),
        ("甲\u0627\u05d0乙", "甲<U+0627><U+05D0>乙"),
        ("1\u03360", "1<U+0336>0"),
        ("\uffff", "<U+FFFF>"),
        ("一\n二\t三", "一\n二\t三"),
    ],
)
def test_what_cannot_be_seen_is_shown_by_its_number(text: str, shown: str) -> None:
    assert escape_controls(text) == shown


def test_a_file_name_cannot_forge_a_line_of_the_report() -> None:
    assert escape_controls("a\nb\t.yaml", keep="") == "a<U+000A>b<U+0009>.yaml"


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("purpos", "purpose"),
        ("Unit-Price", "unit_price"),
        ("unitprice", "unit_price"),
        ("", None),
        ("xyz", None),
        ("合作目的", None),
    ],
)
def test_a_misspelt_word_finds_its_neighbour(word: str, meant: str | None) -> None:
    assert nearest(word, ["title", "purpose", "unit_price", "term"]) == meant
    assert nearest(word, []) is None


def test_a_very_long_word_is_no_reason_to_wait() -> None:
    assert nearest("a" * 1_000_000, ["b" * 30] * 200) is None
