"""A record as a workbook to be filled in: which answers and lists it holds, from its schema and data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from pipeline.desk.form_shape import asked
from pipeline.desk.sheet_shares import sides_of, spread, within
from pipeline.kernel.data_path import value_at
from pipeline.kernel.fill_in import Blank, FillIn, ListPage
from pipeline.kernel.finding import DataPath
from pipeline.kernel.grid import Cell, Shape
from pipeline.record.schema import Field, Schema

ITEM = "·"
"""Stands as the mark of the one column of a list of single values."""
PREPARED = "+"
"""The mark of a row that is offered to be filled: it holds its first column already."""
_OFFERED: DataPath = ("origin", "elements")
"""The list of which every choice is wanted once: where each of the twelve elements stands in an old paper."""
_SHAPES = {
    "money": Shape.MONEY,
    "date": Shape.DAY,
    "number": Shape.NUMBER,
    "integer": Shape.NUMBER,
    "percent": Shape.NUMBER,
}
_FLAGS = ("是", "否")


@dataclass(slots=True)
class SheetPlan:
    """What a workbook of a record shows: answers by path, lists by path; `sides` are the parties that share things out."""

    sides: tuple[str, ...] = ()
    answers: list[tuple[DataPath, str, Field]] = field(default_factory=list)
    lists: list[tuple[DataPath, str, Field]] = field(default_factory=list)


def planned(schema: Schema, data: Any, names: Mapping[str, str]) -> SheetPlan:
    """The answers and lists of a record; entries of mappings by id are those that there are."""
    plan = SheetPlan(sides=sides_of(data))
    _take(plan, schema.root, data or {}, (), "", names)
    return plan


def _take(
    plan: SheetPlan, above: Field, data: Any, path: DataPath, label: str, names: Mapping[str, str]
) -> None:
    for key, child in above.children.items():
        inner = data.get(key) if isinstance(data, dict) else None
        _one(plan, child, inner, (*path, key), f"{label}{child.label}", names)


def _one(
    plan: SheetPlan, child: Field, inner: Any, path: DataPath, label: str, names: Mapping[str, str]
) -> None:
    if isinstance(inner, dict) and set(inner) == {"none"} and child.none:
        plan.answers.append(((*path, "none"), f"{label}·不发生的理由", _REASON))
    elif child.type == "dict" and child.children:
        _take(plan, child, inner, path, f"{label}·", names)
    elif child.type == "dict" and child.each is not None:
        for key, one in (inner or {}).items() if isinstance(inner, dict) else ():
            _one(plan, child.each, one, (*path, key), f"{label}·{names.get(key, key)}", names)
    elif child.type == "list":
        plan.lists.append((path, label, spread(child, inner, plan.sides, names)))
    else:
        plan.answers.append((path, label, child))


_REASON = Field(key="none", type="text", label="不发生的理由", ask="确实不发生的写明理由")


def columns(one: Field) -> tuple[tuple[str, Field], ...]:
    """The columns of a list: the single values of its items, or the items themselves."""
    each = one.each
    assert each is not None
    if not each.children:
        return ((ITEM, each),)
    single = (key for key, child in each.children.items() if not child.children and child.each is None)
    return tuple((key, each.children[key]) for key in single)


def fill_in(
    title: str,
    record: str,
    base: bytes,
    data: Any,
    plan: SheetPlan,
    names: Mapping[str, str],
    choices: Mapping[str, Sequence[Sequence[str]]],
) -> FillIn:
    """The workbook of a plan."""

    def blank(mark: str, label: str, one: Field) -> Blank:
        return Blank(
            mark=mark,
            label=label,
            shape=_SHAPES.get(one.type, Shape.TEXT),
            choices=_choices(one, choices),
            hint=asked(one),
            long=one.type == "markdown",
        )

    answers = tuple(
        (blank(mark_of(path), label, one), shown(value_at(data, path), one, names))
        for path, label, one in plan.answers
    )
    lists = tuple(
        ListPage(
            mark=mark_of(path),
            title=label,
            columns=tuple(blank(key, below.label, below) for key, below in columns(one)),
            rows=(*_rows(value_at(data, path), one, names), *_offered(path, data, one)),
        )
        for path, label, one in plan.lists
        if columns(one)
    )
    return FillIn(title=title, record=record, base=base, answers=answers, lists=lists)


def _rows(data: Any, one: Field, names: Mapping[str, str]) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    for number, item in enumerate(data if isinstance(data, list) else ()):
        yield str(number), tuple(shown(part(item, key), below, names) for key, below in columns(one))


def _offered(path: DataPath, data: Any, one: Field) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """Rows that wait for a page number: one for each choice that the list does not hold yet."""
    if path != _OFFERED or value_at(data, path[:-1]) is None:
        return
    (first, choice), *others = columns(one)
    held = value_at(data, path)
    there = {part(item, first) for item in (held if isinstance(held, list) else ())}
    for key, label in choice.values.items():
        if key not in there:
            yield PREPARED, (label, *(None for _ in others))


def part(item: Any, key: str) -> Any:
    """What stands in a column of an item."""
    return item if key == ITEM else within(item, key) if isinstance(item, dict) else None


def shown(value: Any, one: Field, names: Mapping[str, str]) -> Cell:
    """A value as it stands in the workbook."""
    if value is None or isinstance(value, dict | list):
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | Decimal | date):
        return value
    text = str(value).rstrip("\n")
    if one.values:
        return one.values.get(text, text)
    return names.get(text, text) if one.reference else text


def _choices(one: Field, choices: Mapping[str, Sequence[Sequence[str]]]) -> tuple[str, ...]:
    if one.type == "flag":
        return _FLAGS
    if one.values:
        return tuple(one.values.values())
    return tuple(word for _, word in choices.get(one.reference, ())) if one.type == "id" else ()


def mark_of(path: DataPath) -> str:
    """A path as it stands in a hidden cell."""
    return json.dumps(path, ensure_ascii=False)
