"""Between a record's data and what a form holds: every answer is text there, as people write it.

A mapping with fixed fields is an object with `$at`, the place in the file it came from; a mapping by ids is a list
of `{key, value}`; `{"$none": reason}` declares an element not to apply; `{"$kept": path}` stands for what no field
of the form can show and comes back untouched.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from pipeline.kernel.data_path import value_at
from pipeline.kernel.finding import DataPath
from pipeline.record.schema import Field

NONE = "none"
BLANK = object()
"""Stands for what was not answered."""

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_WIDE = re.compile(r"(?=.*[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a])[ -~\uff01-\uff5e\u3000]+")
_NUMBER = re.compile(r"[¥￥]?\s*([+-]?[\d,]*\.?\d+)\s*(万)?\s*元?\s*%?")


def shown(value: Any, field: Field, path: DataPath = ()) -> Any:
    """A value as a form holds it."""
    if value is None or value == "":
        return _nothing(field)
    if field.none and isinstance(value, dict) and set(value) == {NONE}:
        return {"$none": str(value[NONE] or "")}
    if field.type == "list":
        return _listed(value, field, path) if isinstance(value, list) else {"$kept": list(path)}
    if field.type == "dict":
        return _mapped(value, field, path) if isinstance(value, dict) else {"$kept": list(path)}
    return {"$kept": list(path)} if isinstance(value, dict | list) else as_text(value)


def as_text(value: Any) -> str:
    """A single value as people read it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value).rstrip("\n")


def _nothing(field: Field) -> Any:
    if field.type == "list" or (field.type == "dict" and not field.children):
        return []
    return {} if field.type == "dict" else ""


def _listed(value: list[Any], field: Field, path: DataPath) -> Any:
    each = field.each
    assert each is not None
    return [shown(one, each, (*path, index)) for index, one in enumerate(value)]


def _mapped(value: dict[str, Any], field: Field, path: DataPath) -> Any:
    if field.children:
        known = {
            key: shown(value[key], child, (*path, key))
            for key, child in field.children.items()
            if key in value
        }
        return {**known, "$at": list(path)}
    each = field.each
    assert each is not None
    return [{"key": key, "value": shown(one, each, (*path, key))} for key, one in value.items()]


def taken(answer: Any, field: Field, base: Any, old: Any = None) -> Any:
    """The data of an answer; `BLANK` where there is none. `base` is the whole record the form was made from.

    What cannot be read as the field's type stays text, so that a finding tells of it.
    """
    if isinstance(answer, dict) and "$kept" in answer:
        return value_at(base, answer["$kept"])
    if isinstance(answer, dict) and "$none" in answer:
        return {NONE: str(answer["$none"]).strip()}
    if field.type == "list" and isinstance(answer, list):
        return _list(answer, field, base, old)
    if field.type == "dict" and isinstance(answer, list):
        return _by_key(answer, field, base, old)
    if field.type == "dict" and isinstance(answer, dict):
        return _fields(answer, field, base, old)
    return _single(str(answer if answer is not None else ""), field, old)


def _list(answer: list[Any], field: Field, base: Any, old: Any) -> Any:
    each = field.each
    assert each is not None
    was = old if isinstance(old, list) else []
    made = [
        taken(one, each, base, was[index] if index < len(was) else None) for index, one in enumerate(answer)
    ]
    found = [one for one in made if one is not BLANK]
    return found or (old if old in ([], None) and old is not None else BLANK)


def _by_key(answer: list[Any], field: Field, base: Any, old: Any) -> Any:
    each = field.each
    assert each is not None
    was = old if isinstance(old, dict) else {}
    made: dict[str, Any] = {}
    for one in answer:
        key = str(one.get("key", "")).strip()
        value = taken(one.get("value"), each, base, was.get(key))
        if key and (value is not BLANK or key in was):
            made[key] = {} if value is BLANK else value
    return made or (old if old == {} else BLANK)


def _fields(answer: dict[str, Any], field: Field, base: Any, old: Any) -> Any:
    """The answered fields, with whatever the file has there besides."""
    place = answer.get("$at")
    was = value_at(base, tuple(place)) if isinstance(place, list) else old
    was = was if isinstance(was, dict) else {}
    if field.none and set(was) == {NONE}:  # declared not to apply before, and answered now
        was = {}
    made: dict[str, Any] = {}
    for key, child in field.children.items():
        value = taken(answer[key], child, base, was.get(key)) if key in answer else BLANK
        if value is BLANK and key in was and _empty(was[key]):
            value = was[key]
        if value is not BLANK:
            made[key] = value
    made |= {key: value for key, value in was.items() if key not in field.children}
    return made or (old if old == {} else BLANK)


def _empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _single(text: str, field: Field, old: Any) -> Any:
    if old is not None and not isinstance(old, dict | list) and as_text(old) == text and _fits(old, field):
        return old
    if not text.strip():
        return BLANK
    if field.type in ("text", "id"):
        return _narrow(" ".join(text.split("\n")).strip())
    if field.type == "markdown":
        return text.replace("\r\n", "\n")
    plain = unicodedata.normalize("NFKC", text).strip()
    if field.type == "flag":
        return {"true": True, "false": False}.get(plain, plain)
    if field.type == "date":
        return _day(plain)
    return _number(plain, field)


def _narrow(text: str) -> str:
    """Codes, telephones and addresses typed with a Chinese keyboard: full-width letters and figures as narrow ones.

    Only where no Chinese is in the text: there the wide signs may be meant.
    """
    return unicodedata.normalize("NFKC", text) if _WIDE.fullmatch(text) else text


def _fits(old: Any, field: Field) -> bool:
    """Whether a value that was not touched may stay as it is: a number where text belongs may not."""
    return isinstance(old, str) or field.type not in ("text", "id", "markdown")


def _day(text: str) -> Any:
    match = _DAY.fullmatch(text)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else text
    except ValueError:
        return text


def _number(text: str, field: Field) -> Any:
    match = _NUMBER.fullmatch(text)
    if match is None:
        return text
    try:
        value = Decimal(match[1].replace(",", ""))
    except InvalidOperation:
        return text
    value = value * 10000 if match[2] else value
    if field.type == "money":
        rounded = value.quantize(Decimal("0.01")) if value.adjusted() < 20 else value
        return rounded if rounded == value else value
    whole = value == value.to_integral_value()
    return int(value) if whole and value.adjusted() < 20 else value.normalize()
