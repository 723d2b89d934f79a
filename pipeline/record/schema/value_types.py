"""The types a schema may name, and how a value is told: what needs no validator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from pipeline.kernel.late_pattern import late

LONGEST_ID = 48
"""Characters an id may have: several of them stand in one path, and Windows takes 260 characters in all."""
_ID = late(rf"(?=.{{1,{LONGEST_ID}}}\Z)[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_SPELLED = late(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
MISSPELLED, LETTERS = "不合规范", "：只用小写字母、数字和单个连字符"
"""What is said of a text that is no id for its letters, and which it may have."""
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}
)
"""Names Windows keeps for devices: no file or folder there can bear them."""
_YEARS = range(1980, 2100)
"""The years a cooperation can lie in; anything else is a slip of the keyboard."""
_CENT = Decimal("0.01")

LONGEST = 20_000
"""Characters a text may have: ten printed pages in one field are an attachment."""


def is_id(value: object) -> bool:
    """Whether a value can be an id: small Latin letters, digits, single hyphens between them, not too many."""
    return isinstance(value, str) and _ID.match(value) is not None and value not in _DEVICES


def id_fault(value: str) -> str:
    """Why a text can be no id, to be said behind it (Chinese)."""
    if value in _DEVICES:
        return "是 Windows 留给设备的名字，那里建不了这样的文件，请换一个"
    if len(value) > LONGEST_ID and _SPELLED.match(value):
        return f"有 {len(value)} 个字符，至多 {LONGEST_ID} 个"
    return MISSPELLED


def no_id(text: str, example: str = "") -> str:
    """Why a text that was typed is no id (Chinese)."""
    fault = id_fault(text)
    letters = f"{LETTERS}{f'，例如 {example}' if example else ''}" if fault == MISSPELLED else ""
    return f"编号“{text}”{fault}{letters}"


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _is_text(value: object) -> bool:
    # One test and not two: nearly every value is asked.
    return (
        isinstance(value, str)
        and value != ""
        and "\n" not in value
        and not value.isspace()
        and len(value) <= LONGEST
    )


def _is_markdown(value: object) -> bool:
    return isinstance(value, str) and value != "" and not value.isspace() and len(value) <= LONGEST


def _is_money(value: object) -> bool:
    # Two places, always: 480000.0 may be a slip by one, and nobody could tell.
    return isinstance(value, Decimal) and value.same_quantum(_CENT) and value.adjusted() < 13


def _is_percent(value: object) -> bool:
    if not isinstance(value, int | Decimal) or isinstance(value, bool):
        return False
    return 0 <= value <= 100 and Decimal(value) == Decimal(value).quantize(_CENT)


TYPES: dict[str, Callable[[object], bool]] = {
    "text": _is_text,
    "markdown": _is_markdown,
    "id": is_id,
    "number": _is_number,
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "money": _is_money,
    "percent": _is_percent,
    "flag": lambda value: isinstance(value, bool),
    "date": lambda value: isinstance(value, date) and value.year in _YEARS,
    "list": lambda value: isinstance(value, list),
    "dict": lambda value: isinstance(value, dict),
}
"""Every type a schema may name. Text is one line, not blank and not longer than `LONGEST`; money has exactly two decimals (yuan)
and stays below ten trillion."""


def shown(value: Any) -> str:
    """A value as it can stand in a sentence: short, text in quotes; lists and mappings by their kind."""
    if isinstance(value, dict):
        return "下一级字段"
    if isinstance(value, list):
        return "清单"
    if not isinstance(value, str):
        return f" {plain(value)}"
    text = value.strip().split("\n", 1)[0]
    return f"“{text[:30]}…”" if len(text) > 30 else f"“{text}”"


def plain(value: object) -> str:
    """A number, a date or a truth as it stands in the file."""
    return str(value).lower() if isinstance(value, bool) else str(value)
