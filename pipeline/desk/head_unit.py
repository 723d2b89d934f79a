"""The unit that stands at the head of a column of amounts: 注册资本（万元）."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipeline.kernel import meant

_FOREIGN = re.compile(r"美元|美金|欧元|港元|港币|日元|英镑|韩元|加元|澳元|台币|usd|eur|hkd|jpy|gbp|\$|€|£")
_SCALE = re.compile(r"(千万|百万|十万|万|亿|千)(元|圆)?")
_TIMES = {"千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadUnit:
    """What a bare number below a head has to be multiplied by for yuan; the question or reason where that is not sure."""

    times: int = 1
    word: str = ""
    asked: str = ""
    refused: str = ""

    def yuan(self, value: Any) -> Any:
        """The amount of a cell in yuan: what names its own unit, or is no amount, stays as it is."""
        if isinstance(value, bool) or self.times == 1:
            return value
        if isinstance(value, int | float):
            return f"{Decimal(repr(value)) * self.times:f}"
        if isinstance(value, str) and not re.search("[万亿千元圆]", value):
            amount = meant.money(value)
            return f"{Decimal(amount) * self.times:f}" if amount else value
        return value


def head_unit(head: str, above: str = "") -> HeadUnit:
    """The unit of a head; `above` is what a line over all heads says of every amount (单位：万元)."""
    folded = unicodedata.normalize("NFKC", head).replace(" ", "").lower()
    if _FOREIGN.search(folded):
        return HeadUnit(refused="表头写的是外币，记录里只记人民币元；折合成人民币再录入")
    found = _SCALE.search(folded)
    if found:
        word = found[0]
        asked = "" if found[2] else f"表头只写“{word}”，按{word}元换算"
        return HeadUnit(times=_TIMES[found[1]], word=f"{found[1]}元", asked=asked)
    general = _SCALE.search(above)
    if general and "元" not in folded:
        word = f"{general[1]}元"
        return HeadUnit(times=_TIMES[general[1]], word=word, asked=f"表的上方写“{above}”，按{word}换算")
    return HeadUnit()


def unit_above(words: str) -> str:
    """What a line above the heads says of the unit of all amounts; empty where it says nothing."""
    found = re.search(r"(?:金额)?单位[:：]\s*(?:人民币)?\s*([千百十万亿]+[元圆])", words)
    return found[0] if found else ""
