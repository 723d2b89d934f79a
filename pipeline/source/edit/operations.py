"""What can be done to a record, as values; and the same done to its data, which is what the text must then say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipeline.kernel.finding import DataPath

Order = Callable[[DataPath], Sequence[str]]
"""The keys of the mapping at a path in the order a careful writer keeps; empty where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """Give the value at `path`; what is missing on the way there is made (of a list only the next item)."""

    path: DataPath
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Insert:
    """Put an item into a list so that it then stands at `path`, whose last step is its index."""

    path: DataPath
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove:
    """Take a key or an item out. Of a list or mapping that was its only content, `[]` or `{}` stays."""

    path: DataPath


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Take the item at `path` to index `to` of its list, with the comments right above it."""

    path: DataPath
    to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """Call the key at `path` `key`; what stands under it stays."""

    path: DataPath
    key: str


Operation = Set | Insert | Remove | Move | Rename


class NotThere(Exception):  # noqa: N818 - told to the caller as a refusal, no failure of ours
    """The data have no such place, or something else stands there; the message is Chinese."""


def applied(data: Any, operation: Operation) -> Any:
    """The data after an operation; the old ones stay as they are. Raises `NotThere`."""
    path = operation.path
    if not path:
        if isinstance(operation, Set):
            return operation.value
        raise NotThere("没有说改哪一项")
    return _inner(data, path, 0, operation)


def _inner(data: Any, path: DataPath, depth: int, operation: Operation) -> Any:
    step = path[depth]
    if depth == len(path) - 1:
        return _last(_container(data, path, depth, operation), step, operation)
    below = _container(data, path, depth, operation)
    if isinstance(below, list):
        index = int(step)
        if index == len(below) and isinstance(operation, Set | Insert):
            return [*below, _inner(None, path, depth + 1, operation)]
        if not 0 <= index < len(below):
            raise NotThere(f"{shown(path[: depth + 1])} 不存在")
        return [*below[:index], _inner(below[index], path, depth + 1, operation), *below[index + 1 :]]
    if step not in below and not isinstance(operation, Set | Insert):
        raise NotThere(f"{shown(path[: depth + 1])} 不存在")
    return {**below, step: _inner(below.get(step), path, depth + 1, operation)}


def _container(data: Any, path: DataPath, depth: int, operation: Operation) -> Any:
    """What holds the step at `depth`; where nothing stands yet, an empty one for what is to be put in."""
    listed = isinstance(path[depth], int)
    if data is None and isinstance(operation, Set | Insert):
        return [] if listed else {}
    if not isinstance(data, list if listed else dict):
        raise NotThere(f"{shown(path[:depth]) or '文件'} 不是{'清单' if listed else '下一级字段'}")
    return data


def _last(held: Any, step: str | int, operation: Operation) -> Any:
    if isinstance(held, list):
        return _in_list(held, int(step), operation)
    if isinstance(operation, Set):
        return {**held, step: operation.value}
    if step not in held:
        raise NotThere(f"{shown(operation.path)} 不存在")
    if isinstance(operation, Remove):
        return {key: value for key, value in held.items() if key != step}
    if isinstance(operation, Rename):
        if operation.key in held and operation.key != step:
            raise NotThere(f"{operation.key} 已经有了")
        return {operation.key if key == step else key: value for key, value in held.items()}
    raise NotThere(f"{shown(operation.path)} 不是清单里的一项")


def _in_list(held: list[Any], index: int, operation: Operation) -> list[Any]:
    beyond = len(held) + isinstance(operation, Set | Insert)
    if not 0 <= index < beyond:
        raise NotThere(f"{shown(operation.path)} 不存在")
    if isinstance(operation, Set):
        return [*held[:index], operation.value, *held[index + 1 :]]
    if isinstance(operation, Insert):
        return [*held[:index], operation.value, *held[index:]]
    rest = [*held[:index], *held[index + 1 :]]
    if isinstance(operation, Remove):
        return rest
    if isinstance(operation, Move) and 0 <= operation.to < len(held):
        return [*rest[: operation.to], held[index], *rest[operation.to :]]
    raise NotThere(f"{shown(operation.path)} 不能这样改")


def same(one: Any, other: Any) -> bool:
    """Whether two data say the same: of equal types, decimals to the same places, keys in any order."""
    if one.__class__ is not other.__class__:
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one.as_tuple() == other.as_tuple()) if isinstance(one, Decimal) else bool(one == other)


def shown(path: DataPath) -> str:
    """A path as people write it: `inputs.equipment[2].unit_price`, items counted from 1."""
    return "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
