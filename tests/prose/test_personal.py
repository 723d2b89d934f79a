"""Numbers of people are found however they are spelled, and other numbers are left in peace."""

from __future__ import annotations

import random

import pytest

from pipeline.prose.personal import personal_numbers

NUMBER = "990000199003070013"
WITH_X = "99000019900307003X"
"""Invented: no place of China begins with 99."""
CARD = "6222021234567890128"


def _full(text: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) for one in text)


def _in_words(text: str, digits: str) -> str:
    return "".join(digits[int(one)] if one.isdigit() else one for one in text)


SPELLINGS = {
    "plain": NUMBER,
    "with X": WITH_X,
    "with a small x": WITH_X.lower(),
    "with a times sign": WITH_X.replace("X", "×"),
    "with a wide X": WITH_X.replace("X", "Ｘ"),
    "with a Cyrillic X": WITH_X.replace("X", "Х"),
    "with a star": WITH_X.replace("X", "*"),
    "with a wide star": WITH_X.replace("X", "＊"),
    "with a Roman ten": WITH_X.replace("X", "Ⅹ"),
    "with the X apart": f"{WITH_X[:-1]} ×",
    "in groups": f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}",
    "in fours": " ".join(NUMBER[at : at + 4] for at in range(0, 18, 4)),
    "with hyphens": f"{NUMBER[:6]}-{NUMBER[6:14]}-{NUMBER[14:]}",
    "with dashes": f"{NUMBER[:6]}–{NUMBER[6:14]}—{NUMBER[14:]}",
    "with dots": f"{NUMBER[:6]}.{NUMBER[6:14]}.{NUMBER[14:]}",
    "with middle dots": f"{NUMBER[:6]}·{NUMBER[6:14]}·{NUMBER[14:]}",
    "with slashes": f"{NUMBER[:6]}/{NUMBER[6:14]}/{NUMBER[14:]}",
    "with underscores": f"{NUMBER[:6]}_{NUMBER[6:14]}_{NUMBER[14:]}",
    "with Chinese commas": f"{NUMBER[:6]}，{NUMBER[6:14]}、{NUMBER[14:]}",
    "with the birthday as a date": f"{NUMBER[:6]} 1990-03-07 {NUMBER[14:]}",
    "every digit apart": " ".join(NUMBER),
    "with ideographic spaces": "\u3000".join((NUMBER[:6], NUMBER[6:14], NUMBER[14:])),
    "with a zero-width space": f"{NUMBER[:9]}\u200b{NUMBER[9:]}",
    "with wide tildes": "～".join((NUMBER[:6], NUMBER[6:14], NUMBER[14:])),
    "with plus signs": "+".join((NUMBER[:6], NUMBER[6:14], NUMBER[14:])),
    "with dots for something left out": "……".join((NUMBER[:6], NUMBER[6:14], NUMBER[14:])),
    "with arrows": "→".join((NUMBER[:6], NUMBER[6:14], NUMBER[14:])),
    "in curly brackets": f"{NUMBER[:6]}{{{NUMBER[6:14]}}}{NUMBER[14:]}",
    "in corner brackets": f"{NUMBER[:6]}「{NUMBER[6:14]}」{NUMBER[14:]}",
    "in wide square brackets": f"{NUMBER[:6]}［{NUMBER[6:14]}］{NUMBER[14:]}",
    "with thin spaces": "\u2009".join(NUMBER),
    "with narrow spaces that do not break": "\u202f".join(NUMBER),
    "with marks of direction": "\u200e".join(NUMBER),
    "on keys": "".join(f"{one}\ufe0f\u20e3" for one in NUMBER),
    "with several signs each time": "，.".join(NUMBER),
    "with a wide sign among others": f"{NUMBER[:6]} -—- {NUMBER[6:]}",
    "in the digits of formulas": _in_words(NUMBER, "".join(chr(0x1D7CE + one) for one in range(10))),
    "in the digits of a display": _in_words(NUMBER, "".join(chr(0x1FBF0 + one) for one in range(10))),
    "full-width": _full(NUMBER),
    "full-width with X": _full(WITH_X),
    "circled": _in_words(NUMBER, "⓪①②③④⑤⑥⑦⑧⑨"),
    "in Chinese": _in_words(NUMBER, "〇一二三四五六七八九"),
    "in Chinese with X": _in_words(WITH_X, "零一二三四五六七八九"),
    "in capital numerals": _in_words(NUMBER, "零壹贰叁肆伍陆柒捌玖"),
    "with letters for digits": NUMBER.replace("0", "O").replace("1", "l"),
    "over two lines": f"{NUMBER[:10]}\n    {NUMBER[10:]}",
    "over two lines of a comment": f"# {NUMBER[:10]}\n  # {NUMBER[10:]}",
    "over two lines in quotes": f'"{NUMBER[:10]}\\\n    {NUMBER[10:]}"',
    "partly bold": f"**{NUMBER[:6]}**{NUMBER[6:]}",
    "behind letters": f"ID{NUMBER}",
    "behind a list number": f"1. {NUMBER}",
    "before a year": f"{NUMBER} 2026年",
    "mistyped, but called so": f"身份证号：{NUMBER[:-1]}2",
}


@pytest.mark.parametrize("text", SPELLINGS.values(), ids=SPELLINGS)
def test_an_identity_number_is_found_in_every_spelling(text: str) -> None:
    (found,) = personal_numbers(f"联系人 {text}，见附件")
    assert found.kind == "identity"
    assert found.digits[:17] in (NUMBER[:17], WITH_X[:17])


def test_a_number_is_found_beside_telephones_of_noughts() -> None:
    for text in (
        f"电话 0000-0000207\n身份证 {NUMBER}",
        f"0000-0000207 {NUMBER}",
        f"0000000000{NUMBER}，{CARD}",
    ):
        assert any(one.digits in (NUMBER, CARD) for one in personal_numbers(text)), text


def test_it_is_found_where_it_begins_and_told_by_its_last_four_places() -> None:
    text = f"第一行\n身份证号码 {_full(WITH_X)}。"
    (found,) = personal_numbers(text)
    assert text[found.start : found.end] == _full(WITH_X)
    assert found.tail == "003X"


@pytest.mark.parametrize(
    "text",
    [
        "身份证 990000900307001",
        "身份证号：990000 90 03 07 001",
        "330102900307001",
        "330102 900307 001",
        "老人的证件号 330102-351231-001",
    ],
)
def test_an_old_number_of_fifteen_digits_is_found_by_its_birthday(text: str) -> None:
    assert [one.kind for one in personal_numbers(text)] == ["old"]


@pytest.mark.parametrize(
    "text",
    [
        CARD,
        "6222 0212 3456 7890 128",
        f"卡号{CARD}",
        "工资卡：6217-0000-0000-0000-004",
        "4111 1111 1111 1111",
        "银行卡 9558800000000000000",
        _full(CARD),
    ],
)
def test_a_bank_card_is_found_by_its_check_digit(text: str) -> None:
    assert [one.kind for one in personal_numbers(text)] == ["card"]


@pytest.mark.parametrize(
    "text",
    [
        "学生张某某 13800000000",
        "学生联系方式：李某，138-0000-0000",
        "实习生王某，手机 138 0000 0000",
        "学徒家长电话：+86 13800000000",
        "同学们的手机（8613800000000）",
        "13800000000（学生李某）",
        "学生名单：\n- 张某 13800000000",
        "# 学生手机 １３８００００００００",
    ],
)
def test_a_students_mobile_is_found_by_the_words_around_it(text: str) -> None:
    assert [one.kind for one in personal_numbers(text)] == ["mobile"]


OTHERS = [
    "编号：样校合〔2026〕1号，合同编号 202609010000123456",
    "合同编号：XQHZ-2026-0001-2026-09-01",
    "资产编号 4202603100123456",
    "资产编号 6222 0212 3456 7890 128",
    "固定资产 20260901-0001-0002-0003",
    "credit_code: 91330100MA0000000X",
    "统一社会信用代码 911101051990030705",
    "注册号 330102900307001",
    "设备序列号 990000199003070012",
    "设备 IMEI 860000000000002",
    "电话 0575-8888 8888、0575-8888 8889，传真 0575-88888887",
    "联系电话：13800000000",
    "学生工作处联系人王老师 13800000000",
    "学生实习由辅导员李某负责，电话 13800000000",
    "学生满意度 95%；企业联系人 13800000000",
    "2026-09-01 至 2029-08-31，2026-11-29T05:31:56",
    "单价 480000.00、数量 2、合计 960000.00，1020000.00，900000.00",
    "commit 9900001990030700139900001990030700139900",
    "a990000199003070013",
    "990000199003070013b7",
    "sha256: 110101199003070011110101199003070011110101199003070011110101199003",
    "99000019900307001334",
    "[2026, 2027, 2028, 2029, 2030, 2031]",
    "2026112905315600001",
    "ISBN 978-7-04-000000-0，发票号 25330000000000000001",
    "身份证号码由学生处另行登记",
    "990000********0013",
    "第一百一十九条、第二百三十四条",
]


@pytest.mark.parametrize("text", OTHERS)
def test_other_numbers_raise_no_alarm(text: str) -> None:
    assert list(personal_numbers(text)) == []


def test_numbers_at_random_are_hardly_ever_taken_for_a_persons() -> None:
    chance = random.Random(20261129)
    drawn = (
        f"编号 {chance.randrange(10**17, 10**18)}；注册号 {chance.randrange(10**14, 10**15)}"
        for _ in range(4000)
    )
    assert sum(1 for text in drawn for _ in personal_numbers(text)) <= 4


def test_several_are_told_one_by_one_and_each_once() -> None:
    text = f"甲 {NUMBER}；乙 {WITH_X}；卡 {CARD}；{NUMBER}"
    assert [one.digits for one in personal_numbers(text)] == [NUMBER, WITH_X, CARD, NUMBER]


def test_a_long_row_of_digits_is_read_in_one_go() -> None:
    assert list(personal_numbers("1 " * 200_000 + "8" * 200_000)) == []
