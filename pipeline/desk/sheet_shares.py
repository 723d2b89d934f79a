"""What the items of a list share out among the parties: one column for each of them, where a mapping has no cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.kernel.data_path import value_at
from pipeline.kernel.structs import replace
from pipeline.record.model.names import COLLEGE
from pipeline.record.schema import Field

_INNER = "/"
"""Between the field of an item and the key in it: neither has this sign."""


def sides_of(data: Any) -> tuple[str, ...]:
    """The parties that a record names; none where it names no companies."""
    firms = value_at(data, ("parties", "enterprises"))
    return (COLLEGE, *map(str, firms)) if isinstance(firms, list) and firms else ()


def spread(one: Field, items: Any, sides: Sequence[str], names: Mapping[str, str]) -> Field:
    """A list with a field for each party and each key that there is, in place of what maps single values by them."""
    if one.each is None or not any(map(_shared, one.each.children.values())):
        return one
    children = dict(_columns(one.each, items if isinstance(items, list) else (), sides, names))
    return replace(one, each=replace(one.each, children=children))


def _columns(
    each: Field, items: Sequence[Any], sides: Sequence[str], names: Mapping[str, str]
) -> Iterator[tuple[str, Field]]:
    for key, child in each.children.items():
        if child.each is None or not _shared(child):
            yield key, child
            continue
        found = [value_at(item, (key,)) for item in items]
        there = [inner for one in found if isinstance(one, dict) for inner in one]
        for inner in dict.fromkeys((*(sides if child.key_reference == "party" else ()), *there)):
            label = f"{child.label}·{names.get(inner, inner)}"
            yield f"{key}{_INNER}{inner}", replace(child.each, label=label, ask=child.ask)


def _shared(one: Field) -> bool:
    each = one.each
    return one.type == "dict" and not one.children and each is not None and not (each.children or each.each)


def within(item: Any, key: str) -> Any:
    """What stands in a column of an item that is a mapping."""
    outer, _, inner = key.partition(_INNER)
    value = item.get(outer)
    return value.get(inner) if inner and isinstance(value, dict) else None if inner else value


def put_within(item: dict[str, Any], key: str, value: Any) -> None:
    """Give the column of an item a value, or take it where that is None; other items keep what they hold."""
    outer, _, inner = key.partition(_INNER)
    if inner:
        before = item.get(outer)
        held = {**(before if isinstance(before, dict) else {}), inner: value}
        value = {one: said for one, said in held.items() if said is not None} or None
    if value is None:
        item.pop(outer, None)
    else:
        item[outer] = value
