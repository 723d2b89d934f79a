"""Chinese for numbers: amounts in words, dates, article numbers, and the check of the credit code."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from functools import lru_cache

MOST_YUAN = 10**16 - 1
"""The largest whole amount that can be put in words: 仟万亿 is the highest place."""

_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_CAPITAL_UNITS = ((10**8, "亿"), (10**4, "万"), (1000, "仟"), (100, "佰"), (10, "拾"))
_NUMERALS = "零一二三四五六七八九"
_NUMERAL_UNITS = ((100, "百"), (10, "十"))


def amount_in_words(amount: Decimal) -> str:
    """An amount in yuan in capital numerals: `1409.50` is 人民币壹仟肆佰零玖元伍角整.

    Follows annex 1 of the payment and settlement rules (支付结算办法附一): the words follow 人民币 without a
    gap, an amount without 分 ends in 整, zeros between digits read as one 零, and so does a missing 角 before
    分. Where the annex leaves 零 optional (after a 万 or 元 place that is zero) it is left out.

    Raises ValueError for a negative amount, one with parts of a fen, one that is no number, and one above
    `MOST_YUAN`: a wrong figure in words would prevail over the right one in digits.
    """
    if amount.is_finite() and amount < 0:
        raise ValueError(f"a negative amount has no words: {amount}")
    yuan, rest = divmod(_fen(amount), 100)
    jiao, fen = divmod(rest, 10)
    words = "人民币"
    if yuan or not rest:
        words += _read(yuan, _CAPITALS, _CAPITAL_UNITS) + "元"
    if jiao:
        words += _CAPITALS[jiao] + "角"
    elif fen and yuan:
        words += "零"
    return words + (_CAPITALS[fen] + "分" if fen else "整")


def money(amount: Decimal) -> str:
    """An amount in yuan in digits: `¥1,234.00`; a negative one begins with `-¥`.

    Raises ValueError for what is not a whole number of fen or is above `MOST_YUAN`.
    """
    fen = _fen(amount)
    return f"{'-' if fen < 0 else ''}¥{yuan(abs(amount))}"


def yuan(amount: Decimal) -> str:
    """An amount in a column or sentence that names the unit: `480,000.00`; sums may be longer than any in words."""
    return f"{amount:,.2f}"


def _fen(amount: Decimal) -> int:
    """An amount in whole fen, exactly."""
    if not amount.is_finite() or amount.copy_abs() > MOST_YUAN + 1:
        raise ValueError(f"not an amount that can be written: {amount}")
    text = f"{amount:.2f}"
    if Decimal(text) != amount or amount.copy_abs() > Decimal(f"{MOST_YUAN}.99"):
        raise ValueError(f"an amount has at most two decimals: {amount}")
    return int(text.replace(".", ""))


def _read(number: int, digits: str, units: tuple[tuple[int, str], ...]) -> str:
    """A whole number read out, one 零 for each gap: 10,050,000 is 壹仟零伍万."""
    for size, unit in units:
        if number >= size:
            high, low = divmod(number, size)
            gap = digits[0] if low < size // 10 else ""
            rest = gap + _read(low, digits, units) if low else ""
            return _read(high, digits, units) + unit + rest
    return digits[number]


def numeral(number: int) -> str:
    """A number from 0 to 999 in everyday numerals: 十二, 一百零五. Raises ValueError outside that."""
    if not 0 <= number <= 999:
        raise ValueError(f"no numeral for {number}")
    words = _read(number, _NUMERALS, _NUMERAL_UNITS)
    return words.removeprefix("一") if 10 <= number < 20 else words


def article_number(number: int) -> str:
    """The number of an article: 第十二条; from 1 to 999."""
    return f"第{_ordinal(number)}条"


def parenthesised(number: int) -> str:
    """The number of a paragraph within an article: （十二）; from 1 to 999."""
    return f"（{_ordinal(number)}）"


def _ordinal(number: int) -> str:
    if number < 1:
        raise ValueError(f"counting begins at 1, not at {number}")
    return numeral(number)


def date_words(day: date) -> str:
    """A date as documents write it, without leading zeros: 2026年9月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def plain_number(number: Decimal | int) -> str:
    """A number without exponent, thousands signs or trailing zeros: `12.50` is 12.5, `1E+3` is 1000.

    Raises ValueError for what is no number.
    """
    if isinstance(number, int):
        return str(number)
    if not number.is_finite():
        raise ValueError(f"not a number: {number}")
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def grouped(number: Decimal | int) -> str:
    """A number as papers write it, its thousands marked as those of amounts are (GB/T 15835): 1,400 and 660,000.

    Raises ValueError for what is no number.
    """
    whole, point, rest = plain_number(number).partition(".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{int(whole.removeprefix('-')):,}{point}{rest}"


def percent(share: Decimal | int) -> str:
    """A share given in hundredths: `12.50` is 12.5%."""
    return plain_number(share) + "%"


_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_AUTHORITIES = "123456789ANY"


def credit_code_fault(code: str) -> str | None:
    """Why `code` cannot be a unified social credit code (统一社会信用代码), in Chinese; None when it can.

    GB 32100—2015: 18 places from an alphabet without I O S V Z; the registering authority, the six digits of
    the region, the organisation code with its own check digit (GB 11714) and the check digit of the whole.
    """
    if len(code) != 18:
        return f"有 {len(code)} 位，应为 18 位"
    for place, character in enumerate(code, 1):
        if character not in _CREDIT_ALPHABET:
            return f"第 {place} 位“{character}”不能用：只用数字和大写字母，其中没有 I、O、S、V、Z"
    if code[0] not in _AUTHORITIES:
        return f"第 1 位“{code[0]}”不是登记管理部门的代码"
    if not code[2:8].isdecimal():
        return f"第 3 至 8 位“{code[2:8]}”应是六位行政区划数字"
    expected = _organisation_check(code[8:16])
    if code[16] != expected:
        return f"第 17 位（主体标识码的校验位）是“{code[16]}”，按前面各位推算应为“{expected}”，多半抄错了一位"
    expected = _credit_check(code[:17])
    if code[17] != expected:
        return f"第 18 位（校验位）是“{code[17]}”，按前面各位推算应为“{expected}”，多半抄错了一位"
    return None


def _organisation_check(eight: str) -> str:
    pairs = zip(eight, _ORGANISATION_WEIGHTS, strict=True)
    total = sum(_ORGANISATION_ALPHABET.index(character) * weight for character, weight in pairs)
    return "0123456789X0"[11 - total % 11]


def _credit_check(seventeen: str) -> str:
    pairs = zip(seventeen, _CREDIT_WEIGHTS, strict=True)
    total = sum(_CREDIT_ALPHABET.index(character) * weight for character, weight in pairs)
    return _CREDIT_ALPHABET[-total % 31]


def display_width(text: str) -> int:
    """Columns that `text` takes on a terminal.

    East Asian wide and full-width characters count 2, combining marks none.
    """
    return sum(map(_width, text))


@lru_cache(maxsize=8192)
def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
