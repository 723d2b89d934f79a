"""A field that a college states itself: what it may say, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pipeline.kernel.finding import DataPath
from pipeline.record.schema.definition import META
from pipeline.record.schema.value_types import TYPES, is_id, shown

PREFIX = "own_"
"""How the names of a college's own fields begin: no later version of the program takes such a name."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}\Z")
_LIMITS = ("min", "max", "minlength", "maxlength", "regex")
_KEYS = ("type", "required", "schema", META, *_LIMITS)
_SAID = ("label", "hint", "ask", "clause", "unprinted", "reference", "values", "since")
_REFERENCES = ("person", "department", "enterprise", "party", "project")
_SIZED = ("text", "markdown", "list")

Fault = tuple[DataPath, str, str]
"""Where in the college's file, what is wrong, and what to type."""


def faults(value: Any, steps: DataPath, *, labelled: bool) -> Iterator[Fault]:
    """What is wrong with one field, and with everything inside it; `labelled` where it must have a label."""
    name = str(steps[-1])
    if labelled and not _NAME.match(name):
        yield steps, f"字段名“{name}”只能用小写字母、数字和下划线", "如 own_archive_number"
    if not isinstance(value, dict):
        yield steps, f"字段 {name} 要写 type 和 meta，现在写的是{shown(value)}", _EXAMPLE
        return
    for key in value:
        if key not in _KEYS:
            yield (*steps, key), f"字段 {name} 里没有 {key} 这一条", f"可写：{'、'.join(_KEYS)}"
    kind = value.get("type")
    if not isinstance(kind, str) or kind not in TYPES:
        yield (*steps, "type"), f"字段 {name} 的 type 要写 {'、'.join(TYPES)} 之一", _EXAMPLE
        return
    if not isinstance(value.get("required", False), bool):
        yield (*steps, "required"), f"字段 {name} 的 required 写 true 或 false", "required: true"
    yield from _limits(value, kind, steps)
    yield from _meta(value.get(META), kind, steps, labelled=labelled)
    yield from _inside(value.get("schema"), kind, steps)


_EXAMPLE = "如 own_archive_number: {type: text, meta: {label: 档案号, hint: 学校档案馆的编号}}"


def _limits(value: Mapping[str, Any], kind: str, steps: DataPath) -> Iterator[Fault]:
    name = steps[-1]
    for rule in _LIMITS:
        if rule not in value:
            continue
        limit, at = value[rule], (*steps, rule)
        if rule in ("min", "max"):
            number = isinstance(limit, int | Decimal) and not isinstance(limit, bool)
            if not number or kind not in ("number", "integer", "money", "percent"):
                yield at, f"字段 {name} 的 {rule} 写一个数，只用于数字、整数、金额和百分数", "删去这一条"
        elif rule == "regex":
            if kind != "text" or not isinstance(limit, str) or not _compiles(limit):
                yield at, f"字段 {name} 的 regex 不是能用的写法，或者字段不是一行文字（text）", "删去这一条"
        elif not isinstance(limit, int) or isinstance(limit, bool) or limit < 0 or kind not in _SIZED:
            yield at, f"字段 {name} 的 {rule} 写一个整数，只用于文字和清单", "删去这一条"


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def _meta(meta: Any, kind: str, steps: DataPath, *, labelled: bool) -> Iterator[Fault]:
    name, at = steps[-1], (*steps, META)
    if meta is not None and not isinstance(meta, dict):
        yield at, f"字段 {name} 的 meta 下面要写 label、hint 等", _EXAMPLE
        return
    said: Mapping[str, Any] = meta or {}
    if labelled and "label" not in said:
        yield at, f"字段 {name} 没有写名称（label）", "meta: {label: 名称}"
    for key, word in said.items():
        inner = (*at, key)
        if key not in _SAID:
            yield inner, f"字段 {name} 的 meta 里没有 {key} 这一条", f"可写：{'、'.join(_SAID)}"
        elif key == "values":
            yield from _values(word, kind, inner)
        elif key == "since":
            if not isinstance(word, date):
                yield inner, f"字段 {name} 的 since 要写日期", "如 since: 2026-12-01"
        elif not isinstance(word, str) or not word.strip():
            yield inner, f"字段 {name} 的 {key} 要写一行文字", f"如 {key}: 文字；编号加引号"
        elif key == "reference" and (word not in _REFERENCES or kind != "id"):
            message = f"字段 {name} 的 reference 写 {'、'.join(_REFERENCES)} 之一，type 写 id"
            yield inner, message, "type: id"


def _values(values: Any, kind: str, steps: DataPath) -> Iterator[Fault]:
    if not isinstance(values, dict) or not values or kind != "text":
        yield steps, "选项写成“编号: 名称”，字段的 type 是 text", "如 values: {high: 高, low: 低}"
        return
    for key, label in values.items():
        if not is_id(str(key)) or not isinstance(key, str):
            yield (*steps, key), f"选项的编号“{key}”只能用小写字母、数字和单个连字符", "如 high: 高"
        if not isinstance(label, str) or not label.strip():
            yield (*steps, key), f"选项 {key} 要写名称", f"如 {key}: 高"


def _inside(inner: Any, kind: str, steps: DataPath) -> Iterator[Fault]:
    at, name = (*steps, "schema"), steps[-1]
    if kind == "list":
        if not isinstance(inner, dict):
            yield at, f"清单 {name} 要写每一项是什么", "schema: {type: text}"
        else:
            yield from faults(inner, at, labelled=False)
    elif kind == "dict":
        if not isinstance(inner, dict) or not inner:
            yield at, f"字段 {name} 要写下一级字段", "schema: {字段名: {type: text, meta: {label: 名称}}}"
            return
        for key, value in inner.items():
            yield from faults(value, (*at, key), labelled=True)
    elif inner is not None:
        yield at, f"字段 {name} 的 type 是 {kind}，没有下一级", "删去 schema"
