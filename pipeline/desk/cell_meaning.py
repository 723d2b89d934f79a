"""What a cell that people filled means for a field: taken as sure, asked about, or refused with the reason."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pipeline.kernel import meant
from pipeline.prose.facts import Amount
from pipeline.prose.passages import Prose
from pipeline.record.register.by_name import Named
from pipeline.record.schema import Field
from pipeline.returned.filled_book import FilledCell
from pipeline.source.characters import refused_in_value

Known = Callable[[str, str], Named]
"""What a name may mean where something of a kind is referred to."""

_FLAGS = {
    "是": True,
    "否": False,
    "true": True,
    "false": False,
    "有": True,
    "无": False,
    "√": True,
    "×": False,
}
_DIGITS = 15
"""So many digits a spreadsheet keeps of a number; further ones become zeros."""
_MOST_DIGITS = 13
"""Digits before the comma from which an amount or a count is a slip."""
_LONGEST = 20
"""Digits from which a number is shown as its power of ten."""
_EPOCH = date(1899, 12, 30)
"""Day 0 of spreadsheets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """A value, with a question (Chinese) where it is not sure; or the reason why there is none."""

    value: Any = None
    asked: str = ""
    refused: str = ""


def meaning(cell: FilledCell, field: Field, known: Known) -> Meaning:
    """What a cell that is not empty means for a field of a single value."""
    if cell.odd and cell.value is None:
        return Meaning(refused=cell.odd)
    if isinstance(cell.value, float) and not math.isfinite(cell.value):
        return Meaning(refused=f"{words(cell.value)} 不像是真的数")
    found = _READERS.get(field.type, _text)(cell, field, known)
    if cell.odd and not found.refused:
        return Meaning(value=found.value, asked=found.asked or f"{cell.odd}，按“{words(cell.value)}”算")
    return found


def text_meaning(text: str) -> Meaning:
    """A text as a record holds it: spaces nobody sees are made plain, what no record may hold is refused."""
    while (hit := refused_in_value(text)) is not None:
        if hit.instead is None:
            return Meaning(refused=f"第 {hit.offset + 1} 个字：{hit.message}，记录里不能有；改好再导入")
        text = text[: hit.offset] + hit.instead + text[hit.offset + len(hit.found) :]
    return Meaning(value=text)


def _beyond(value: Any) -> bool:
    """Whether a number is more than anybody means: infinite, or of more digits than any code."""
    if isinstance(value, int):
        return bool(abs(value) >= 10**_LONGEST)
    return isinstance(value, float) and not (math.isfinite(value) and abs(value) < float(10**_LONGEST))


def words(value: Any) -> str:
    """What stands in a cell, as people see it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if _beyond(value):
        return repr(value) if isinstance(value, float) else f"{Decimal(value):.6g}"
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}".rstrip("0").rstrip(".")
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def _text(cell: FilledCell, field: Field, known: Known) -> Meaning:
    value = cell.value
    if field.values:
        return _choice(words(value), field)
    if field.reference and field.type == "id":
        return _id(words(value), field, known)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _lost(value) or Meaning(value=words(value))
    if isinstance(value, date):
        return Meaning(value=words(value), asked=f"单元格存的是日期，写成文字 {words(value)}")
    text = str(value)
    return text_meaning(text if field.type == "markdown" else " ".join(text.split()))


def _lost(value: float) -> Meaning | None:
    if abs(value) >= 10**_DIGITS:
        return Meaning(refused="长号码存成了数字，后几位已经丢了；把单元格设成“文本”再重新录入")
    return None


def _choice(text: str, field: Field) -> Meaning:
    plain = unicodedata.normalize("NFKC", text)
    found = [
        key for key, label in field.values.items() if plain in (key, unicodedata.normalize("NFKC", label))
    ]
    if found:
        return Meaning(value=found[0])
    near = [key for key, label in field.values.items() if plain and (plain in label or label in plain)]
    if len(near) == 1:
        return Meaning(value=near[0], asked=f"“{text}”是不是“{field.values[near[0]]}”")
    return Meaning(refused=f"“{text}”不在可选的里面：{'、'.join(field.values.values())}")


def _id(text: str, field: Field, known: Known) -> Meaning:
    bare = re.sub(r"[（(].*[）)]\Z", "", text).strip()
    for word in (text, bare):
        found = known(word, field.reference)
        if len(found.names) == 1:
            [(key, name)] = found.names.items()
            sure = found.whole and (word == text or not _tells_apart(text, field))
            return Meaning(value=key, asked="" if sure else f"“{text}”是不是“{name}”（{key}）")
        if found.names:
            return Meaning(refused=f"叫“{word}”的不止一个：{'、'.join(found.names)}；写编号")
    return Meaning(refused=f"“{text}”不在名册里；写全名，或先把它加进名册")


def _tells_apart(text: str, field: Field) -> bool:
    """Whether what stands in brackets may tell a branch from its company: （东莞分公司）, not （乙方）."""
    return field.reference in ("enterprise", "party") and not re.search(r"[（(][甲乙丙丁]方[）)]\Z", text)


def _day(cell: FilledCell, field: Field, known: Known) -> Meaning:
    value = cell.value
    if isinstance(value, date):
        plausible = 1980 <= value.year < 2100
        return Meaning(value=value) if plausible else Meaning(refused=f"{value.isoformat()} 不像是真的日期")
    if isinstance(value, int | float) and not isinstance(value, bool):
        if 29_000 < value < 73_000 and value == int(value):
            day = _EPOCH + timedelta(days=int(value))
            return Meaning(
                value=day, asked=f"数字 {int(value)} 像是 Excel 的日期序号，就是 {day.isoformat()}"
            )
        spelled = meant.day(str(int(value)))
        return (
            Meaning(value=date.fromisoformat(spelled))
            if spelled
            else Meaning(refused=f"{words(value)} 不是日期")
        )
    text = str(value).strip()
    spelled = meant.day(text)
    if spelled:
        return Meaning(value=date.fromisoformat(spelled))
    plain = unicodedata.normalize("NFKC", text)
    month = re.fullmatch(r"([0-9]{4})\s*[年./-]\s*([0-9]{1,2})\s*月?", plain)
    why = "只写到月，要写到日" if month else "不是日期；写成 2026-09-01"
    return Meaning(refused=f"“{text}”{why}")


def _amount(cell: FilledCell, field: Field, known: Known) -> Meaning:
    value = cell.value
    if isinstance(value, date | bool):
        return Meaning(refused=f"“{words(value)}”不是数")
    if isinstance(value, int | float):
        return _number(Decimal(repr(value)), cell, field)
    text = str(value).strip()
    reader = {"money": meant.money, "percent": meant.percent}.get(field.type)
    found = reader(text) if reader else None
    found = found or (_capitals(text) if field.type == "money" else meant.number(text))
    if found is None:
        unit = "；金额写成 96000.00" if field.type == "money" else "；只写数字"
        return Meaning(refused=f"“{text}”读不成一个数{unit}")
    return _number(Decimal(found), FilledCell(where=cell.where, value=text), field)


def _capitals(text: str) -> str | None:
    """An amount that stands there in capital numerals: 伍佰万元整."""
    facts = [one for sentence in Prose([text]).sentences("元") for one in sentence.facts]
    [one] = facts if len(facts) == 1 else [None]
    whole = (
        isinstance(one, Amount)
        and one.capital
        and re.fullmatch("(?:人民币|大写|[：:（）()])*", text[: one.start])
    )
    return (
        str(one.yuan) if isinstance(one, Amount) and whole and text[one.end :] in ("", "整", "正") else None
    )


def _number(exact: Decimal, cell: FilledCell, field: Field) -> Meaning:
    if exact.adjusted() >= _MOST_DIGITS:
        return Meaning(refused=f"{exact:.6g} 不像是真的数")
    if cell.percent:
        exact *= 100
    # What a spreadsheet calculates carries noise far behind the comma: 0.30000000000000004.
    tidy = exact.quantize(Decimal("1e-9")).normalize()
    if field.type == "money":
        cents = tidy.quantize(Decimal("0.01"))
        if cents != tidy:
            return Meaning(value=cents, asked=f"{tidy:f} 不到分，按 {cents:f} 元")
        return Meaning(value=cents)
    whole = tidy == tidy.to_integral_value()
    if field.type == "integer" and not whole:
        return Meaning(refused=f"{tidy:f} 不是整数")
    return Meaning(value=int(tidy) if whole else tidy)


def _flag(cell: FilledCell, field: Field, known: Known) -> Meaning:
    found = _FLAGS.get(words(cell.value).lower())
    return Meaning(refused=f"“{words(cell.value)}”请写 是 或 否") if found is None else Meaning(value=found)


_READERS = {
    "date": _day,
    "money": _amount,
    "number": _amount,
    "integer": _amount,
    "percent": _amount,
    "flag": _flag,
}
