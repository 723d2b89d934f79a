"""Values written down: as one line, or as the lines of a block. Whatever is written is first read back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from pipeline.kernel.chinese import display_width
from pipeline.source.loader import load

WIDEST = 160
"""Columns up to which a row may be written in braces on one line."""

_SHORT_LIST = 60
_STEP = 2
_LEADING = re.compile(r"[-?:](?:\s|\Z)|[,\[\]{}#&*!|>'\"%@`“‘]|---|\.\.\.")
_INSIDE = re.compile(r":(?:\s|\Z)|\s#|[\r\n\t]")
_FLOW_SIGNS = re.compile(r"[,\[\]{}]|:(?=[,\[\]{}])")
_KEY = re.compile(r"[A-Za-z0-9_-]+\Z")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


class NotWritable(Exception):  # noqa: N818 - told to the caller as a refusal
    """A value that YAML of ours cannot hold; the message is Chinese."""


def inline(value: Any, *, flow: bool, quote: str = "") -> str:
    """A value on one line; `quote` is the style of the value it replaces. Raises `NotWritable`."""
    return next(inlines(value, flow=flow, quote=quote))


def inlines(value: Any, *, flow: bool, quote: str = "") -> Iterator[str]:
    """The ways to write a value on one line, the best first; at least one, else `NotWritable`."""
    if isinstance(value, dict):
        inner = (f"{key(name)}: {inline(item, flow=True)}".rstrip() for name, item in value.items())
        yield "{" + ", ".join(inner) + "}"
    elif isinstance(value, list):
        if None in value:
            raise NotWritable("清单里有空项")
        yield "[" + ", ".join(inline(item, flow=True) for item in value) + "]"
    elif isinstance(value, str):
        yield from _texts(value, flow=flow, quote=quote)
    else:
        yield _simple(value)


def key(name: str) -> str:
    """A key as it is written."""
    return name if _KEY.match(name) and _read_back(f"{name}: 1") == {name: 1} else inline(name, flow=True)


def entry(name: str, value: Any, indent: int) -> list[str]:
    """The lines of `key: value` at a column."""
    lead = f"{' ' * indent}{key(name)}:"
    if _on_one_line(value, indent + len(name) + 2, ""):
        text = inline(value, flow=False)
        return [f"{lead} {text}" if text else lead]
    if isinstance(value, str):
        header, lines = literal(value, indent + _STEP)
        return [f"{lead} {header}", *lines]
    return [lead, *block(value, indent + _STEP)]


def item(value: Any, indent: int, *, style: str = "") -> list[str]:
    """The lines of a list item whose dash stands at a column; `style` ("flow" or "block") decides for a collection."""
    lead = f"{' ' * indent}-"
    if _on_one_line(value, indent + 2, style):
        text = inline(value, flow=False)
        return [f"{lead} {text}" if text else lead]
    if isinstance(value, str):
        header, lines = literal(value, indent + _STEP)
        return [f"{lead} {header}", *lines]
    first, *rest = block(value, indent + _STEP)
    return [f"{lead} {first.lstrip(' ')}", *rest]


def block(value: Any, indent: int) -> list[str]:
    """The lines of a collection that is not empty, written as a block at a column."""
    if isinstance(value, dict):
        return [line for name, inner in value.items() for line in entry(name, inner, indent)]
    return [line for inner in value for line in item(inner, indent, style=_rows(value))]


def literal(text: str, indent: int) -> tuple[str, list[str]]:
    """A text as `|` block: its header, and its lines at a column. Raises `NotWritable`."""
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    if not body.strip() or "\r" in text:
        raise NotWritable("空白文字不能写成多行")
    header = "|" + (str(_STEP) if body[0] in " \n" else "") + ("-" if not ends else "" if ends == 1 else "+")
    lines = body.split("\n") + [""] * (ends - 1)
    return header, [f"{' ' * indent}{line}" if line else "" for line in lines]


def _rows(items: list[Any]) -> str:
    """One style for all rows of a new list."""
    fits = all(isinstance(one, dict) and _on_one_line(one, 6, "") for one in items)
    return "flow" if fits else "block" if all(isinstance(one, dict) for one in items) else ""


def _on_one_line(value: Any, column: int, style: str) -> bool:
    if isinstance(value, str):
        return not _is_block_text(value)
    if not isinstance(value, dict | list) or not value:
        return True
    inner = list(value.values() if isinstance(value, dict) else value)
    if style or any(isinstance(one, str) and _is_block_text(one) for one in inner):
        return style == "flow" and not any(isinstance(one, str) and "\n" in one for one in inner)
    if any(one and isinstance(one, dict | list) for one in inner):
        return False
    widest = WIDEST - column if isinstance(value, dict) else _SHORT_LIST
    return display_width(inline(value, flow=True)) <= widest


def _is_block_text(text: str) -> bool:
    """Whether a text is better, and can be, written with `|`."""
    return "\n" in text and bool(text.strip()) and not re.search(r"[\r\t\x00-\x09]|[ ]\n|[ ]\Z", text)


def _texts(text: str, *, flow: bool, quote: str) -> Iterator[str]:
    ways = {"": _plain(text, flow=flow), "'": _single(text), '"': _double(text)}
    found = False
    for style in dict.fromkeys((quote, "", "'", '"')):
        written = ways.get(style)
        if written is not None and _reads_as(written, text, flow=flow):
            found = True
            yield written
    if not found:
        raise NotWritable("文字里有记录不能用的字符")


def _plain(text: str, *, flow: bool) -> str | None:
    if not text or text != text.strip() or _LEADING.match(text) or _INSIDE.search(text):
        return None
    return None if flow and _FLOW_SIGNS.search(text) else text


def _single(text: str) -> str | None:
    return None if re.search(r"[\r\n\t]", text) else "'" + text.replace("'", "''") + "'"


def _double(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(one, one) for one in text) + '"'


def _reads_as(written: str, text: str, *, flow: bool) -> bool:
    around = f"a: [{written}]\n" if flow else f"a:\n  - {written}\n"
    return bool(_read_back(around) == {"a": [text]})


@lru_cache(maxsize=4096)
def _read_back(text: str) -> Any:
    source = load("", text.encode(errors="surrogatepass"))
    return None if source.findings else source.data


def _simple(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = format(value, "f")
        if not value.is_finite() or "." not in text:
            raise NotWritable(f"{value} 不是普通的小数")
        return text
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    raise NotWritable(f"不能写 {type(value).__name__} 这样的值")
