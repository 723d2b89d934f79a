"""Where things stand in a text: entries with their lines, what a value covers, the comments around it.

All positions are offsets into the text. libyaml's end marks of blocks run on to the next token, so that what
a block covers is worked out from its last value.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.kernel.finding import DataPath
from pipeline.source.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode
from pipeline.source.positions import Positions, key_text

_SHARP = re.compile(r"(?:^|(?<=[\s]))#[^\r\n]*", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One entry of a collection: its key (of a list the item itself) and value; `flow` within brackets."""

    path: DataPath
    parent: CollectionNode
    key: Node
    value: Node
    flow: bool

    @property
    def number(self) -> int:
        """The place among the parent's entries, from 0."""
        for index, one in enumerate(self.parent.value):
            if (one[1] if isinstance(self.parent, MappingNode) else one) is self.value:
                return index
        raise AssertionError


@dataclass(frozen=True, kw_only=True)
class View:
    """A text with its tree; `newline` is what ends its lines."""

    text: str
    root: Node | None

    @property
    def newline(self) -> str:
        """As the first line of the file ends."""
        end = self.text.find("\n")
        return "\r\n" if end > 0 and self.text[end - 1] == "\r" else "\n"

    def spot(self, path: DataPath) -> Spot | None:
        """The entry at a path that is not the root's; None where nothing stands there."""
        steps = Positions(name="", text=self.text, root=self.root).follow(path)
        if not path or len(steps) != len(path):
            return None
        parents = [self.root, *(value for _, value in steps)]
        flow = any(bool(getattr(one, "flow_style", False)) for one in parents[: len(path)])
        parent = parents[len(path) - 1]
        assert isinstance(parent, CollectionNode)
        return Spot(path=path, parent=parent, key=steps[-1][0], value=steps[-1][1], flow=flow)

    def node(self, path: DataPath) -> Node | None:
        """The value at a path, the root's included."""
        if not path:
            return self.root
        spot = self.spot(path)
        return spot.value if spot else None

    def beside(self, spot: Spot, number: int) -> Spot | None:
        """The entry of the same collection at a place; None beyond its ends."""
        entries = spot.parent.value
        if not 0 <= number < len(entries):
            return None
        one = entries[number]
        pair = one if isinstance(spot.parent, MappingNode) else (one, one)
        name = key_text(pair[0]) if isinstance(spot.parent, MappingNode) else number
        return Spot(
            path=(*spot.path[:-1], name), parent=spot.parent, key=pair[0], value=pair[1], flow=spot.flow
        )

    def start(self, spot: Spot) -> int:
        """Where an entry begins: at its key, or (of a block list) at its dash."""
        if isinstance(spot.parent, SequenceNode) and not spot.flow:
            return self.dash(spot)
        return int(spot.key.start_mark.index)

    def end(self, spot: Spot) -> int:
        """Where an entry ends: behind its value, or behind the colon of a key without one."""
        behind = self.anchor(spot) if not spot.flow else int(spot.key.end_mark.index)
        return max(self.covered(spot.value), behind)

    def anchor(self, spot: Spot) -> int:
        """Behind the colon of a key, or behind the dash of a block item: where its value may begin."""
        if isinstance(spot.parent, SequenceNode):
            return int(spot.value.start_mark.index) if spot.flow else self.dash(spot) + 1
        colon = self.text.find(":", int(spot.key.end_mark.index))
        return colon + 1 if colon >= 0 else int(spot.key.end_mark.index)

    def dash(self, spot: Spot) -> int:
        """The dash of a block item, which may stand on a line above its value."""
        column = int(spot.parent.start_mark.column)
        line = self.line_start(int(spot.value.start_mark.index))
        while line > 0 and self.text[line + column : line + column + 1] != "-":
            line = self.line_start(line - 1)
        return line + column

    def covered(self, node: Node) -> int:
        """The end of what a value covers, blank lines and comments behind it not counted."""
        if isinstance(node, CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            if isinstance(node, SequenceNode):
                spot = Spot(path=(), parent=node, key=last, value=last, flow=False)
                return max(self.covered(last), self.dash(spot) + 1)
            spot = Spot(path=(), parent=node, key=last[0], value=last[1], flow=False)
            return max(self.covered(last[1]), self.anchor(spot))
        start, end = int(node.start_mark.index), int(node.end_mark.index)
        if isinstance(node, ScalarNode) and node.style in ("|", ">"):
            lines = self.text[start:end]
            if "+" in lines.split("\n", 1)[0].split("#")[0]:
                return start + len(lines.removesuffix("\n").removesuffix("\r"))
            return start + len(re.sub(r"(?:\r?\n[ ]*)+\Z", "", lines))
        return end

    def line_start(self, offset: int) -> int:
        """The beginning of the line an offset is on."""
        return self.text.rfind("\n", 0, offset) + 1

    def line_end(self, offset: int) -> int:
        """The end of the line an offset is on, before what breaks it."""
        end = self.text.find("\n", offset)
        end = len(self.text) if end < 0 else end
        return end - 1 if end > offset and self.text[end - 1 : end] == "\r" else end

    def next_line(self, offset: int) -> int:
        """The beginning of the line after an offset, or the end of the text."""
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end + 1

    def line(self, offset: int) -> str:
        """The line an offset is on."""
        return self.text[self.line_start(offset) : self.line_end(offset)]

    def column(self, offset: int) -> int:
        """Characters before an offset on its line."""
        return offset - self.line_start(offset)

    def begins_line(self, offset: int) -> bool:
        """Whether only spaces stand before an offset on its line."""
        return not self.text[self.line_start(offset) : offset].strip(" ")

    def comments(self, start: int = 0, end: int | None = None) -> list[re.Match[str]]:
        """The comments that begin between two offsets."""
        if "#" not in self.text:
            return []
        found = _SHARP.finditer(self.text, start, len(self.text) if end is None else end)
        return [match for match in found if not self._in_value(match.start())]

    def trailing(self, offset: int) -> str:
        """The comment behind an offset on its line, with the spaces before it."""
        end = self.line_end(offset)
        found = self.comments(offset, end)
        return self.text[offset:end] if found and not self.text[offset : found[0].start()].strip() else ""

    def _in_value(self, offset: int) -> bool:
        starts, ends = self._spans
        index = bisect_right(starts, offset) - 1
        return index >= 0 and offset < ends[index]

    @cached_property
    def _spans(self) -> tuple[list[int], list[int]]:
        spans = sorted(self._scalars(self.root)) if self.root is not None else []
        return [start for start, _ in spans], [end for _, end in spans]

    def _scalars(self, node: Node) -> Iterator[tuple[int, int]]:
        """What scalars cover; of a block text the lines below its header, which may bear a comment."""
        if isinstance(node, ScalarNode):
            start, end = int(node.start_mark.index), int(node.end_mark.index)
            yield (self.next_line(start) if node.style in ("|", ">") else start), end
        for one in node.value if isinstance(node, CollectionNode) else ():
            for inner in one if isinstance(node, MappingNode) else (one,):
                yield from self._scalars(inner)
