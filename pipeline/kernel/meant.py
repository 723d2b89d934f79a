"""What people meant by a date or a number that they wrote in another form than records keep.

Only where one reading is possible; a month without a day, or words around the number, give nothing.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

from pipeline.kernel.late_pattern import late

_DAY = late(
    r"([0-9]{4})\s*[年./\\—–-]\s*([0-9]{1,2})\s*[月./\\—–-]\s*([0-9]{1,2})\s*[日号.]?(?:[ T]00:00(?::00)?)?"
    r"|([0-9]{4})([0-9]{2})([0-9]{2})"
)
_CHINESE_DAY = late(
    "([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]"
)
_NUMBER = late(
    r"(?:人民币)?[¥￥]?\s*(-?(?:[0-9]{1,3}(?:[,，][0-9]{3})+|[0-9]{1,3}(?: [0-9]{3}){2,}|0|[1-9][0-9]*)(?:\.[0-9]+)?)"
    r"\s*(万)?\s*([元圆整%]*|[\u4e00-\u9fff㎡]{1,3})"
)
_TIMES = {"万": 10_000}
_MONEY_UNITS = ("", "元", "圆", "元整", "圆整")
_COUNT_UNITS = frozenset(
    [
        "人",
        "名",
        "位",
        "台",
        "套",
        "项",
        "件",
        "份",
        "个",
        "门",
        "种",
        "次",
        "间",
        "年",
        "月",
        "日",
        "天",
        "期",
        "批",
        "副",
        "把",
        "组",
        "辆",
        "亩",
        "人次",
        "人日",
        "人月",
        "课时",
        "学时",
        "平方米",
        "㎡",
    ]
)


def day(text: str) -> str | None:
    """A date as `2026-12-01`: from 2026年12月1日, 2026/12/1, 2026.12.1, 20261201, in digits of any width or words."""
    match = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    spoken = _CHINESE_DAY.fullmatch(text.strip())
    if match is None and spoken is None:
        return None
    parts = [part for part in match.groups() if part] if match else []
    year, month, number = map(int, parts) if match else map(_spoken, spoken.groups() if spoken else ())
    try:
        # Other years are serial numbers and slips of the keyboard; nobody is offered them as a date.
        return date(year, month, number).isoformat() if 1980 <= year < 2100 else None
    except ValueError:
        return None


def _spoken(text: str) -> int:
    """A year digit by digit, or a number up to 99 in Chinese: 二〇二六, 十二, 三十一."""
    digits = {sign: index for index, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int("".join(str(digits[sign]) for sign in text))
    # 十一 begins with the ten itself; 十十 is no number, and no day either.
    return digits.get(tens or "一", 99) * 10 + (digits.get(ones, 99) if ones else 0)


def money(text: str) -> str | None:
    """An amount in yuan with its two places: from 86,000、86000元、¥86,000.00、8.6万元."""
    amount, unit = _read(text)
    if amount is None or unit not in _MONEY_UNITS:
        return None
    cents = amount.quantize(Decimal("0.01"))
    return f"{cents:f}" if cents == amount and abs(cents) < 10**13 else None


def number(text: str, *, whole: bool = False) -> str | None:
    """A plain number: from 1,200、１２、30人、2 台."""
    amount, unit = _read(text)
    if amount is None or (unit and unit not in _COUNT_UNITS):
        return None
    plain = amount.normalize()
    if plain == plain.to_integral_value():
        return f"{plain:.0f}"
    return None if whole else f"{plain:f}"


def percent(text: str) -> str | None:
    """A percentage without its sign: from 30% and 30％."""
    amount, unit = _read(text)
    return f"{amount.normalize():f}" if amount is not None and unit == "%" and 0 <= amount <= 100 else None


def plain_number(text: str) -> str | None:
    """A number without the commas between its thousands, places and all; None where it has none of them."""
    folded = unicodedata.normalize("NFKC", text).strip()
    if not re.fullmatch(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", folded):
        return None
    return folded.replace(",", "")


def _read(text: str) -> tuple[Decimal | None, str]:
    match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    # Longer than any amount or count: a row of digits that somebody pasted, and no number that was meant.
    if match is None or len(match[1]) > 24:
        return None, ""
    amount = Decimal(re.sub("[,， ]", "", match[1])) * _TIMES.get(match[2] or "", 1)
    return amount, match[3].strip()
