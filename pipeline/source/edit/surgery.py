"""Operations done to a text, one after another, each by the first way that the guard lets pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.kernel.finding import DataPath
from pipeline.kernel.structs import replace
from pipeline.source.edit import emit, place
from pipeline.source.edit.entries import View
from pipeline.source.edit.guard import ChangedText, accepted, view_of
from pipeline.source.edit.operations import (
    Insert,
    Move,
    NotThere,
    Operation,
    Order,
    Remove,
    Rename,
    Set,
    applied,
    shown,
)
from pipeline.source.edit.replace import replaced
from pipeline.source.edit.steps import steps
from pipeline.source.encoding import convert_to_utf8
from pipeline.source.loader import Source, load
from pipeline.source.nodes import MappingNode, ScalarNode, SequenceNode

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """The new bytes of a file."""

    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why a change was not written, in Chinese; `path` is the place it was to be made at."""

    reason: str
    path: DataPath = ()


def _no_order(path: DataPath) -> Sequence[str]:
    return ()


def edit(
    name: str, content: bytes, operations: Sequence[Operation], order: Order = _no_order
) -> Edited | Refused:
    """Do operations to the text of a record, in their order; all of them or none.

    `order` gives the keys of a mapping as the schema lists them, for keys that are added. The new text reads
    exactly as intended, has no finding of form that the old one had not, and keeps every comment outside what
    is removed; what cannot be written so is refused.
    """
    if convert_to_utf8(content) is not None:
        return Refused(reason=f"文件不是 UTF-8 编码，先运行 coop fix encoding {name}")
    source = _begun(load(name, content))
    if source.data is None:
        first = source.findings[0].message if source.findings else "读不出来"
        return Refused(reason=f"文件还读不了（{first}），请先改好")
    for operation in operations:
        done = _done(source, operation, order)
        if isinstance(done, Refused):
            return done
        source = done
    bom = _BOM if content.startswith(_BOM) else b""
    return Edited(content=bom + source.text.encode())


def _begun(source: Source) -> Source:
    """A file of comments alone, as a skeleton may be, is a record with nothing in it yet."""
    lines = (line.strip() for line in source.text.splitlines())
    only_comments = all(not line or line.startswith("#") for line in lines)
    return replace(source, begun=True) if source.data is None and only_comments else source


def written(name: str, data: dict[str, Any], order: Order = _no_order) -> Edited | Refused:
    """The bytes of a new record, its keys in the order of the schema, a blank line around what has several lines."""
    try:
        ordered = arranged(data, (), order)
        entries = [emit.entry(key, value, 0) for key, value in ordered.items()]
    except emit.NotWritable as error:
        return Refused(reason=str(error))
    lines: list[str] = []
    for number, entry in enumerate(entries):
        if number and (len(entry) > 1 or len(entries[number - 1]) > 1):
            lines.append("")
        lines += entry
    text = "".join(f"{line}\n" for line in lines)
    empty = load(name, b"")
    if not data or accepted(empty, ChangedText(text=text), data) is None:
        return Refused(reason="写出来读不回原样，没有写")
    return Edited(content=text.encode())


def arranged(value: Any, path: DataPath, order: Order) -> Any:
    """A value with the keys of its mappings in the order of the schema, others behind them."""
    if isinstance(value, list):
        return [arranged(one, (*path, index), order) for index, one in enumerate(value)]
    if not isinstance(value, dict):
        return value
    known = [key for key in order(path) if key in value]
    keys = [*known, *(key for key in value if key not in known)]
    return {key: arranged(value[key], (*path, key), order) for key in keys}


def _done(source: Source, operation: Operation, order: Order) -> Source | Refused:
    try:
        intended = applied(source.data, operation)
    except NotThere as error:
        return Refused(reason=str(error), path=operation.path)
    try:
        for small in (_small(source.data, operation, intended), [operation]):
            done = _all(source, small, order)
            if done is not None:
                return done
    except emit.NotWritable as error:
        return Refused(reason=str(error), path=operation.path)
    where = shown(operation.path)
    return Refused(reason=f"{where} 那里的写法程序改不了，请打开文件手工改", path=operation.path)


def _small(data: Any, operation: Operation, intended: Any) -> list[Operation]:
    """A replacement taken apart; other operations as they are."""
    if not isinstance(operation, Set):
        return [operation]
    return list(steps((), data, intended))


def _all(source: Source, operations: Sequence[Operation], order: Order) -> Source | None:
    for operation in operations:
        intended = applied(source.data, operation)
        losing = isinstance(operation, Remove)
        ways = _ways(view_of(source), source.data, operation, order)
        found = (accepted(source, way, intended, losing=losing) for way in ways)
        done = next((one for one in found if one is not None), None)
        if done is None:
            return None
        source = done
    return source


def _ways(view: View, data: Any, operation: Operation, order: Order) -> Iterator[ChangedText]:
    path = operation.path
    if isinstance(operation, Set):
        yield from _set(view, data, path, operation.value, order)
    elif isinstance(operation, Insert):
        yield from _insert(view, data, operation, order)
    elif isinstance(operation, Remove):
        yield from _remove(view, path)
    elif isinstance(operation, Move):
        above = view.node(path[:-1])
        if isinstance(above, SequenceNode):
            yield from place.moved(view, above, int(path[-1]), operation.to)
    elif isinstance(operation, Rename):
        spot = view.spot(path)
        if spot is not None:
            yield from place.renamed(view, spot, operation.key)


def _set(view: View, data: Any, path: DataPath, value: Any, order: Order) -> Iterator[ChangedText]:
    """Replace what stands there, or add it to the nearest thing above that is there."""
    spot = view.spot(path)
    if spot is not None:
        yield from replaced(view, spot, arranged(value, path, order))
        return
    if not path:
        return
    parent = view.node(path[:-1])
    if len(path) == 1 and not isinstance(view.root, MappingNode):
        yield from place.first_key(view, str(path[0]), arranged(value, path, order))
    elif isinstance(path[-1], int):
        yield from _insert(view, data, Insert(path=path, value=value), order)
    elif isinstance(parent, MappingNode) and parent.value:
        yield from place.key_added(view, parent, path[-1], arranged(value, path, order), order(path[:-1]))
    elif parent is None or _hollow(parent):
        yield from _set(view, data, path[:-1], {path[-1]: value}, order)


def _insert(view: View, data: Any, operation: Insert, order: Order) -> Iterator[ChangedText]:
    path = operation.path
    above = view.node(path[:-1])
    if isinstance(above, SequenceNode) and above.value:
        value = arranged(operation.value, path, order)
        yield from place.item_added(view, above, int(path[-1]), value)
    elif above is None or _hollow(above):
        yield from _set(view, data, path[:-1], [operation.value], order)


def _hollow(node: object) -> bool:
    """Whether nothing stands in a value yet: no text, or an empty collection."""
    return isinstance(node, ScalarNode | MappingNode | SequenceNode) and not node.value


def _remove(view: View, path: DataPath) -> Iterator[ChangedText]:
    spot = view.spot(path)
    if spot is None:
        return
    if len(spot.parent.value) > 1:
        yield from place.taken_out(view, spot)
        return
    above = view.spot(path[:-1])
    if above is not None:
        yield from replaced(view, above, [] if isinstance(path[-1], int) else {})
