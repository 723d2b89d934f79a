"""Ways to put a new key or item in, to take one out, to reorder items and to rename a key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from pipeline.source.edit import emit
from pipeline.source.edit.entries import Spot, View
from pipeline.source.edit.guard import ChangedText
from pipeline.source.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode


def key_added(
    view: View, mapping: MappingNode, name: str, value: Any, order: Sequence[str]
) -> Iterator[ChangedText]:
    """The ways to give a mapping that is not empty one more key, at its place in the order of the schema."""
    number = _place(mapping, name, order)
    entries = [
        Spot(path=(), parent=mapping, key=key, value=inner, flow=bool(mapping.flow_style))
        for key, inner in mapping.value
    ]
    if mapping.flow_style:
        text = f"{emit.key(name)}: {emit.inline(value, flow=True)}".rstrip()
        yield ChangedText(text=_into_flow(view, entries, number, text))
        return
    yield from _filled(view, int(mapping.start_mark.column), _region(view, mapping), name, value)
    lines = emit.entry(name, value, int(mapping.start_mark.column))
    after = entries[number - 1] if number else None
    if after is None:
        yield ChangedText(text=_before(view, view.start(entries[0]), lines))
        return
    if len(lines) > 1 or "\n" in view.text[view.start(after) : view.end(after)]:
        lines = [""] * _spaced(view, entries, number) + lines
    yield ChangedText(text=_below(view, view.end(after), lines, int(mapping.start_mark.column)))


def first_key(view: View, name: str, value: Any) -> Iterator[ChangedText]:
    """The ways to begin a file that holds nothing but comments."""
    yield from _filled(view, 0, (0, len(view.text)), name, value)
    gap = "" if not view.text or view.text.endswith("\n") else view.newline
    lines = "".join(f"{line}{view.newline}" for line in emit.entry(name, value, 0))
    yield ChangedText(text=f"{view.text}{gap}{lines}")


def item_added(view: View, sequence: SequenceNode, index: int, value: Any) -> Iterator[ChangedText]:
    """The ways to put an item into a list that is not empty."""
    flow = bool(sequence.flow_style)
    items = [Spot(path=(), parent=sequence, key=one, value=one, flow=flow) for one in sequence.value]
    if flow:
        yield ChangedText(text=_into_flow(view, items, index, emit.inline(value, flow=True)))
        return
    column = int(sequence.start_mark.column)
    like = _style(sequence.value[max(index - 1, 0)])
    for style in dict.fromkeys((like, "")):
        lines = emit.item(value, column, style=style)
        if index:
            yield ChangedText(text=_below(view, view.end(items[index - 1]), lines, column))
        else:
            yield ChangedText(text=_before(view, view.start(items[0]), lines))


def taken_out(view: View, spot: Spot) -> Iterator[ChangedText]:
    """The ways to take an entry out of a collection that has others."""
    number = spot.number
    if spot.flow:
        before, after = view.beside(spot, number - 1), view.beside(spot, number + 1)
        if before is not None:
            start, end = view.end(before), view.end(spot)
        else:
            assert after is not None
            start, end = view.start(spot), view.start(after)
        yield ChangedText(text=view.text[:start] + view.text[end:])
        return
    start, end = view.start(spot), view.next_line(view.end(spot))
    if view.begins_line(start):
        start = view.line_start(start)
        yield ChangedText(text=_without(view, start, end))
    elif (after := view.beside(spot, number + 1)) is not None:
        yield ChangedText(text=view.text[: view.start(spot)] + view.text[view.start(after) :])


def moved(view: View, sequence: SequenceNode, index: int, to: int) -> Iterator[ChangedText]:
    """The ways to bring an item to another place of its list."""
    flow = bool(sequence.flow_style)
    items = [Spot(path=(), parent=sequence, key=one, value=one, flow=flow) for one in sequence.value]
    order = list(range(len(items)))
    order.insert(to, order.pop(index))
    if not flow and view.begins_line(view.start(items[0])):
        yield ChangedText(text=_chunks(view, items, order))
    cuts = [(view.start(one), view.end(one)) for one in items]
    text, last = "", 0
    for (start, end), number in zip(cuts, order, strict=True):
        text += view.text[last:start] + view.text[slice(*cuts[number])]
        last = end
    yield ChangedText(text=text + view.text[last:])


def renamed(view: View, spot: Spot, name: str) -> Iterator[ChangedText]:
    """The ways to give a key another name."""
    start, end = int(spot.key.start_mark.index), int(spot.key.end_mark.index)
    yield ChangedText(text=view.text[:start] + emit.key(name) + view.text[end:])


def _place(mapping: MappingNode, name: str, order: Sequence[str]) -> int:
    """Behind the last key that comes before it in the schema; at the end where the schema does not know it."""
    if name not in order:
        return len(mapping.value)
    earlier = set(order[: list(order).index(name)])
    known = [number for number, (key, _) in enumerate(mapping.value, 1) if key.value in earlier]
    return max(known, default=0)


def _into_flow(view: View, entries: list[Spot], number: int, text: str) -> str:
    if number:
        end = view.end(entries[number - 1])
        return f"{view.text[:end]}, {text}{view.text[end:]}"
    start = view.start(entries[0])
    return f"{view.text[:start]}{text}, {view.text[start:]}"


def _filled(view: View, column: int, region: tuple[int, int], name: str, value: Any) -> Iterator[ChangedText]:
    """Fill the commented-out key of a skeleton: its lines give way, with the placeholders that belong to them."""
    pattern = re.compile(rf"^[ ]{{{column}}}# {re.escape(name)}:(?=[ \r\n]|\Z)[^\r\n]*", re.MULTILINE)
    for match in pattern.finditer(view.text, *region):
        end = match.end()
        below = re.compile(rf"\r?\n[ ]{{{column}}}#(?:[ ]{{3}}[^\r\n]*|[ ]*(?=\r?\n|\Z))")
        while more := below.match(view.text, end):
            end = more.end()
        drops = [one[0].strip() for one in view.comments(match.start(), end)]
        lines = view.newline.join(emit.entry(name, value, column))
        yield ChangedText(text=view.text[: match.start()] + lines + view.text[end:], drops=tuple(drops))


def _region(view: View, mapping: MappingNode) -> tuple[int, int]:
    """The lines of a block mapping: the comments above it, and all before a line that stands further left."""
    column = int(mapping.start_mark.column)
    start = view.line_start(int(mapping.start_mark.index))
    while start > 0 and (not (above := view.line(start - 1).lstrip()) or above.startswith("#")):
        start = view.line_start(start - 1)
    end = view.next_line(view.covered(mapping))
    while end < len(view.text):
        line = view.line(end)
        if line.strip() and len(line) - len(line.lstrip(" ")) < column:
            break
        end = view.next_line(end)
    return start, end


def _spaced(view: View, entries: list[Spot], number: int) -> int:
    """1 where a blank line keeps the entries of a mapping apart at this place, else 0."""
    after = entries[number - 1]
    gaps = [view.next_line(view.end(after))] if number < len(entries) else []
    if number > 1:
        gaps.append(view.next_line(view.end(entries[number - 2])))
    return int(any(not view.line(one).strip() for one in gaps))


def _style(node: Node) -> str:
    if isinstance(node, CollectionNode) and node.value:
        return "flow" if node.flow_style else "block"
    return "" if isinstance(node, ScalarNode) else "flow"


def _before(view: View, start: int, lines: list[str]) -> str:
    """New lines before the first entry, which begins at `start`, and before the comments right above it."""
    if not view.begins_line(start):
        indent = view.column(start)
        text = view.newline.join([lines[0].lstrip(" "), *lines[1:]])
        return f"{view.text[:start]}{text}{view.newline}{' ' * indent}{view.text[start:]}"
    at = view.line_start(start)
    while (
        at > 0 and view.line(at - 1).lstrip().startswith("#") and view.comments(view.line_start(at - 1), at)
    ):
        at = view.line_start(at - 1)
    if at == 0:
        at = view.line_start(start)
    return view.text[:at] + "".join(f"{line}{view.newline}" for line in lines) + view.text[at:]


def _with_comments(view: View, start: int) -> int:
    """The beginning of the line of an entry, or of the comments right above it."""
    at = view.line_start(start)
    while (
        at > 0 and view.line(at - 1).lstrip().startswith("#") and view.comments(view.line_start(at - 1), at)
    ):
        at = view.line_start(at - 1)
    return at


def _below(view: View, end: int, lines: list[str], column: int) -> str:
    """New lines below what ends at `end`, and below the deeper comments that belong to it."""
    at = view.next_line(end)
    while at < len(view.text) and re.match(rf"[ ]{{{column + 1},}}#", view.line(at)):
        at = view.next_line(at)
    text = view.newline.join(lines)
    if at == len(view.text) and not view.text.endswith("\n"):
        return f"{view.text}{view.newline}{text}"
    return f"{view.text[:at]}{text}{view.newline}{view.text[at:]}"


def _without(view: View, start: int, end: int) -> str:
    """The text without some lines; of two blank lines that meet one goes."""
    if (
        end < len(view.text)
        and not view.line(end).strip()
        and (start == 0 or not view.line(start - 1).strip())
    ):
        end = view.next_line(end)
    head, tail = view.text[:start], view.text[end:]
    if not tail and not view.text.endswith("\n"):
        head = head.removesuffix("\n").removesuffix("\r")
    return head + tail


def _chunks(view: View, items: list[Spot], order: list[int]) -> str:
    """The items in another order, each with the lines between it and the one before."""
    starts = [_with_comments(view, view.start(items[0]))]
    starts += [view.next_line(view.end(one)) for one in items]
    lines = [view.text[start:end] for start, end in pairwise(starts)]
    if not lines[-1].endswith("\n"):
        lines[-1] += view.newline
    text = "".join(lines[number] for number in order)
    if starts[-1] == len(view.text) and not view.text.endswith("\n"):
        text = text.removesuffix("\n").removesuffix("\r")
    return view.text[: starts[0]] + text + view.text[starts[-1] :]
