"""A record's fields and the facts about it as tagged texts, so that no program can read them differently."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pipeline.record.schema import Field
from pipeline.source import Value

_SCALES = {"money": Decimal("0.01"), "percent": Decimal("0.01")}


def frozen_fields(data: Mapping[str, Value], root: Field) -> dict[str, Any]:
    """Every field of a record; keys without a value are left out, lists keep their order."""
    made = _tagged(dict(data), root)
    return made if isinstance(made, dict) else {}


def _tagged(value: Value, field: Field | None) -> Any:
    if isinstance(value, dict):
        inner = {key: _tagged(item, field.below(key) if field else None) for key, item in value.items()}
        return {key: item for key, item in inner.items() if item is not None}
    if isinstance(value, list):
        made = (_tagged(item, field.below(index) if field else None) for index, item in enumerate(value))
        return [item for item in made if item is not None]
    return None if value is None else scalar(value, field.type if field else "text")


def scalar(value: bool | int | Decimal | date | str, kind: str) -> str:
    """A scalar with its type before it: `money:480000.00`, `date:2026-09-01`, `text:甲`."""
    if isinstance(value, bool):
        return f"flag:{str(value).lower()}"
    if isinstance(value, date):
        return f"date:{value.isoformat()}"
    if isinstance(value, int | Decimal):
        return f"{kind}:{_figure(Decimal(value), kind)}"
    return f"{kind}:{value}"


def _figure(value: Decimal, kind: str) -> str:
    """At the type's scale; a plain number without idle zeros, so that 2 and 2.0 are the same."""
    if kind in _SCALES and value == value.quantize(_SCALES[kind]):
        return f"{value.quantize(_SCALES[kind]):f}"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
