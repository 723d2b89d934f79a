"""From print back to a record: what an editor types so that a field prints a given text."""

from __future__ import annotations

import re
import unicodedata

from pipeline.record.schema import Field

_DATE = re.compile(
    r"([0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日|([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})"
)
_FIGURE = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_PLAIN = frozenset({"text", "markdown"})
_FIGURES = frozenset({"money", "percent", "integer", "number"})


def typed(text: str, field: Field) -> str:
    """What to type into a field so that it prints this text; "" where that cannot be told from the text."""
    text = text.strip()
    if field.values:
        return next((key for key, label in field.values.items() if label == text), "")
    if field.reference or not text:
        return ""
    if field.type == "flag":
        return {"是": "true", "否": "false"}.get(text, "")
    # Whoever types on a Chinese keyboard gets digits of full width; a date or a figure is the same in them.
    if field.type == "date":
        return _date(unicodedata.normalize("NFKC", text))
    if field.type in _FIGURES:
        return _figure(unicodedata.normalize("NFKC", text), field.type)
    return text if field.type in _PLAIN else ""


def _date(text: str) -> str:
    found = _DATE.fullmatch(text)
    if found is None:
        return ""
    year, month, day = (part for part in found.groups() if part)
    return f"{year}-{int(month):02}-{int(day):02}"


def _figure(text: str, kind: str) -> str:
    bare = re.sub(r"[¥,\s]|元$|%$|人民币", "", text)
    if not _FIGURE.fullmatch(bare):
        return ""
    if kind != "money":
        return bare
    whole, _, rest = bare.partition(".")
    return f"{whole}.{rest:0<2}" if len(rest) <= 2 else ""
