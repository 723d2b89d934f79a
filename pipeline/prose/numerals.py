"""What a Chinese or Arabic numeral is worth: 三十六万, 3.6万, 叁拾陆万, 二〇二六, 1,234.50."""

from __future__ import annotations

from decimal import Decimal

from pipeline.kernel.late_pattern import late

DIGITS = {
    **{digit: value for value, digit in enumerate("零一二三四五六七八九")},
    **{digit: value for value, digit in enumerate("零壹贰叁肆伍陆柒捌玖")},
    **dict(zip("〇两俩弌弍弎", (0, 2, 2, 1, 2, 3), strict=True)),
}
"""The digits of everyday and of capital numerals."""
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_WIDE = {"万": 10**4, "亿": 10**8}
_ARABIC = late(r"([0-9]+(?:[,，][0-9]{3})*(?:\.[0-9]+)?)([十百千万亿]*)")

NUMERALS = "".join(DIGITS) + "".join(_TENS) + "廿卅"
"""Every character a numeral in words may begin with."""


def number(words: str) -> Decimal | None:
    """The value of a numeral; None for what is none.

    A row of digits without units reads place by place (二〇二六 is 2026); 一万二 is 12,000, as people say it.
    """
    high, mixed, low = words.partition("万")
    if mixed and low and low[0] in "0123456789":
        upper, lower = number(high + mixed), number(low)
        return None if upper is None or lower is None else upper + lower
    match = _ARABIC.fullmatch(words)
    if match:
        value = Decimal(match[1].replace(",", "").replace("，", ""))
        for unit in match[2]:
            value *= _TENS.get(unit) or _WIDE[unit]
        return value
    whole, point, places = words.partition("点")
    read = _in_words(whole)
    if read is None or not point:
        return read
    if not places or any(place not in DIGITS for place in places):
        return None
    return read + Decimal("0." + "".join(str(DIGITS[place]) for place in places))


def _in_words(words: str) -> Decimal | None:
    words = words.replace("廿", "二十").replace("卅", "三十")
    if not words:
        return None
    if all(letter in DIGITS for letter in words):
        return Decimal("".join(str(DIGITS[letter]) for letter in words))
    total = section = digit = unit = 0
    for letter in words:
        if letter in DIGITS:
            digit, unit = DIGITS[letter], (1 if letter in "零〇" else unit)
        elif letter in _TENS:
            unit = _TENS[letter]
            section += (digit or 1) * unit
            digit = 0
        elif letter in _WIDE:
            unit = _WIDE[letter]
            lower = total % unit
            total = total - lower + (lower + section + digit or 1) * unit
            section = digit = 0
        else:
            return None
    # 一万二, 三百五: a last digit without a unit counts in the place below the last one named.
    return Decimal(total + section + digit * (unit // 10 if unit >= 100 else 1))
