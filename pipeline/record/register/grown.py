"""A schema that states more than the committed classes: the record holds it all the same, and wordings print it.

`coop docs` writes new fields into the classes, for the people who program with them; what an editor writes must
not wait for that.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import msgspec
from msgspec.structs import FieldInfo, fields

from pipeline.record.schema import Field
from pipeline.record.schema.definition import MAPPING

_MODEL = "pipeline.record.model"

PLAIN: Mapping[str, type] = {
    "text": str,
    "markdown": str,
    "id": str,
    "flag": bool,
    "number": Decimal,
    "money": Decimal,
    "percent": Decimal,
    "integer": int,
    "date": dt.date,
}
"""What a value of each type is in a record."""


class _Extended(msgspec.Struct, frozen=True, kw_only=True):
    """What a class without any field of its own extends."""


def grown(record: type[Any], stated: Field) -> type[Any]:
    """The class itself where it has every field the schema states, else one that extends it by the others."""
    if _whole(record, stated):
        return record
    kept = {one.name: one for one in fields(record)}
    more: list[tuple[str, Any, Any]] = []
    for key, child in stated.children.items():
        if key not in kept:
            more.append((key, _type(child), _empty(child)))
        elif not _below(child):
            more.append((key, _type(child), _same(kept[key])))
    return _made(record, more)


def _made(record: type[Any], more: Iterable[tuple[str, Any, Any]]) -> type[Any]:
    return msgspec.defstruct(
        record.__name__, more, bases=(record,), namespace={"__reduce__": _reduced}, frozen=True, kw_only=True
    )


def _reduced(record: Any) -> tuple[Any, ...]:
    """For other processes, which know the committed class only."""
    base: Any = type(record).__base__
    values = msgspec.structs.asdict(record)
    return _again, (base, tuple(sorted(values.keys() - set(base.__struct_fields__))), values)


def _again(base: Any, names: tuple[str, ...], values: Mapping[str, Any]) -> Any:
    return _named(base, names)(**values)


@cache
def _named(base: Any, names: tuple[str, ...]) -> type[Any]:
    return _made(base, [(name, Any, None) for name in names])


def _whole(record: type[Any] | None, stated: Field) -> bool:
    if record is None or not stated.children.keys() <= set(record.__struct_fields__):
        return False
    return all(map(_below, stated.children.values()))


def _below(stated: Field) -> bool:
    """Whether all classes inside a field have what the schema states of them."""
    if stated.each is not None:
        return _below(stated.each)
    if not stated.children:
        return True
    if stated.record == MAPPING:
        return all(map(_below, stated.children.values()))
    return _whole(_known(stated), stated)


def _known(stated: Field) -> type[Any] | None:
    module, _, name = stated.record.partition(".")
    return getattr(sys.modules.get(f"{_MODEL}.{module}"), name, None)


def _type(stated: Field) -> Any:
    if stated.type == "list" and stated.each:
        return tuple[_bare(stated.each), ...]  # type: ignore[misc]  # made while the program runs
    return _bare(stated) if stated.type == "dict" and _mapped(stated) else _bare(stated) | None


def _bare(stated: Field) -> Any:
    if stated.type == "list":
        return _type(stated)
    if stated.type != "dict":
        return PLAIN[stated.type]
    if _mapped(stated):
        inner = stated.each or next(iter(stated.children.values()), None)
        return Mapping[str, _bare(inner) if inner else str]  # type: ignore[misc]  # as above
    return grown(_known(stated) or _Extended, stated)


def _mapped(stated: Field) -> bool:
    return stated.record == MAPPING or not stated.children


def _empty(stated: Field) -> Any:
    """What a field that is not written holds."""
    if stated.type == "list":
        return ()
    return msgspec.field(default_factory=dict) if stated.type == "dict" and _mapped(stated) else None


def _same(kept: FieldInfo) -> Any:
    known = kept.default is not msgspec.NODEFAULT
    return kept.default if known else msgspec.field(default_factory=kept.default_factory)
