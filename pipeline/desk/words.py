"""What a change does, in plain words: where, what stood there, what will."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pipeline.kernel.chinese import date_words, money
from pipeline.kernel.data_path import value_at
from pipeline.kernel.finding import DataPath
from pipeline.record.schema import Field, Schema
from pipeline.record.schema.label_at import label_at
from pipeline.source.edit import Insert, Move, Operation, Remove, Rename, Set
from pipeline.source.edit.steps import steps

_LONGEST = 60


def described(schema: Schema, old: Any, new: Any, names: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Each difference between two states of a record: `where`, `old` and `new` in words, `sort` of the change."""
    data = old or {}
    for step in steps((), data, new):
        yield _one(schema, data, step, names)


def _one(schema: Schema, old: Any, step: Operation, names: Mapping[str, str]) -> dict[str, str]:
    path: DataPath = step.path
    field = schema.at(path)
    word = _words(field, names)
    made = {"where": label_at(schema, path, names), "old": "", "new": "", "sort": "改"}
    if isinstance(step, Set | Insert):
        was = value_at(old, path) if isinstance(step, Set) else None
        made |= {"new": word(step.value), "old": "" if was is None else word(was)}
        made["sort"] = "改" if made["old"] else "加"
    elif isinstance(step, Remove):
        made |= {"old": word(value_at(old, path)), "sort": "删"}
    elif isinstance(step, Move):
        made |= {"new": f"移到第 {step.to + 1} 项", "sort": "移"}
    elif isinstance(step, Rename):
        made |= {"new": names.get(step.key, step.key)}
    return made


def _words(field: Field | None, names: Mapping[str, str]) -> Callable[[Any], str]:
    def word(value: Any) -> str:
        return _short(value_words(value, field, names))

    return word


def value_words(value: Any, field: Field | None, names: Mapping[str, str]) -> str:
    """A value in words: names for ids, labels for choices, amounts and dates as people write them."""
    if isinstance(value, dict):
        inner = ((key, one, field.below(key) if field else None) for key, one in value.items())
        return "，".join(
            f"{_key(key, below, field, names)}：{value_words(one, below, names)}" for key, one, below in inner
        )
    if isinstance(value, list):
        return "、".join(value_words(one, field.each if field else None, names) for one in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return date_words(value)
    if isinstance(value, Decimal | int):
        return _figure(Decimal(value), field)
    text = "" if value is None else str(value).strip()
    if field and field.values:
        return field.values.get(text, text)
    return names.get(text, text) if field and field.reference else text


def _figure(value: Decimal, field: Field | None) -> str:
    """An amount with its separators; more than anybody has is a slip, and shown as it stands."""
    return money(value) if field and field.type == "money" and abs(value) < 10**13 else f"{value:f}"


def _key(key: str, below: Field | None, field: Field | None, names: Mapping[str, str]) -> str:
    if key == "none" and below is None:
        return "不发生"
    if field is not None and key in field.children and below:
        return below.label
    return names.get(key, key)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}……（共 {len(line)} 字）"
