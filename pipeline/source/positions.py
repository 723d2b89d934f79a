"""From a path in the data to a line and column of the file, worked out only when somebody asks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pipeline.kernel.finding import DataPath, Place
from pipeline.kernel.late_pattern import late
from pipeline.kernel.structs import Struct
from pipeline.source.characters import cleaned
from pipeline.source.nodes import DEPTH, CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

_MANY = 100
"""Pairs from which on a mapping is looked up in a table: a search for each of thousands of findings would crawl."""

_PIECE = late(r"\\(?:x..|u....|U........|.)|''|.", re.DOTALL)


class TreeStep(Struct, frozen=True, kw_only=True):
    """One step down the tree: its name, key and value; for a list the item is both."""

    name: str | int
    key: Node
    value: Node

    @property
    def start(self) -> int:
        """The offset where it begins: at the key, if it has one."""
        return int(self.key.start_mark.index)

    @property
    def end(self) -> int:
        """The offset behind it; an empty value still has the colon of its key."""
        return max(
            int(self.value.end_mark.index), int(self.key.end_mark.index) + (self.key is not self.value)
        )


class Positions(Struct, frozen=True, kw_only=True):
    """The places of one file; `root` is None when the file has no tree.

    Of a part of the file, `above` is how many lines stand before it; offsets count from its own beginning.
    """

    name: str
    text: str
    root: Node | None
    above: int = 0

    def at(self, offset: int) -> Place:
        """The place of the character at an offset of the text."""
        start = self.text.rfind("\n", 0, offset) + 1
        line = self.above + self.text.count("\n", 0, start) + 1
        return Place(file=self.name, line=line, column=offset - start + 1)

    def value(self, path: DataPath) -> Place:
        """The place of a value; where it is missing, of its nearest ancestor's key (or list item)."""
        steps = self.follow(path)
        if len(steps) == len(path):
            return self.mark(steps[-1][1]) if steps else Place(file=self.name)
        return self.mark(steps[-1][0]) if steps else Place(file=self.name)

    def key(self, path: DataPath) -> Place:
        """The place of a key; of a list item, the item itself."""
        steps = self.follow(path)
        return self.mark(steps[-1][0]) if steps else Place(file=self.name)

    def mark(self, node: Node) -> Place:
        """The place where a node begins."""
        mark = node.start_mark
        return Place(file=self.name, line=self.above + mark.line + 1, column=mark.column + 1)

    def inside(self, path: DataPath, offset: int) -> Place:
        """The place of the character at `offset` of a text value, or of the value where that is not exact."""
        steps = self.follow(path)
        node = steps[-1][1] if steps else None
        if len(steps) != len(path) or not isinstance(node, ScalarNode) or not 0 <= offset <= len(node.value):
            return self.value(path)
        if node.style == "|":
            return self._in_literal(node, offset)
        if node.start_mark.line == node.end_mark.line and node.style in (None, "", "'", '"'):
            return self.at(node.start_mark.index + self._raw_offset(node, offset))
        return self.mark(node)

    def paths_at(self, offsets: Iterable[int]) -> set[DataPath]:
        """The paths of the scalars (or keys) that cover some offsets; a comment's belong to none."""
        found: set[DataPath] = set()
        wanted = sorted(offsets)
        if wanted and isinstance(self.root, CollectionNode):
            _collect(self.root, (), wanted, found)
        return found

    def steps_at(self, offset: int) -> list[TreeStep]:
        """The steps to the scalar (or key) that covers an offset; none when it lies between them."""
        node, steps = self.root, []
        while isinstance(node, CollectionNode):
            step = next((one for one in _steps(node) if one.start <= offset < one.end), None)
            if step is None:
                return []
            steps.append(step)
            if offset < step.value.start_mark.index:
                break
            node = step.value
        return steps

    def follow(self, path: DataPath) -> list[tuple[Node, Node]]:
        """Pairs of key and value (for a list the item twice) as far as the path exists."""
        steps: list[tuple[Node, Node]] = []
        node = self.root
        for step in path:
            found = None if node is None else _child(node, step)
            if found is None:
                break
            steps.append(found)
            node = found[1]
        return steps

    def _raw_offset(self, node: ScalarNode, offset: int) -> int:
        if not node.style:
            return offset
        raw = self.text[node.start_mark.index + 1 : node.end_mark.index - 1]
        if ("\\" if node.style == '"' else "''") not in raw:
            return offset + 1
        pieces = _PIECE.findall(raw) if node.style == '"' else re.findall("''|.", raw)
        return 1 + sum(len(piece) for piece in pieces[:offset])

    def _in_literal(self, node: ScalarNode, offset: int) -> Place:
        before = node.value[:offset]
        line = self.above + node.start_mark.line + 2 + before.count("\n")
        header, *lines = self.text[node.start_mark.index : node.end_mark.index].split("\n")
        given = re.match(r"\|[-+]?([1-9])", header)
        indent = self._literal_indent(lines, node.value, given is not None)
        return Place(file=self.name, line=line, column=indent + len(before) - before.rfind("\n"))

    @staticmethod
    def _literal_indent(lines: list[str], value: str, given: bool) -> int:
        first = next((line for line in lines if line.strip(" \r")), "")
        spaces = len(first) - len(first.lstrip(" "))
        if not given:
            return spaces
        content = next((line for line in value.split("\n") if line.strip(" ")), "")
        return spaces - (len(content) - len(content.lstrip(" ")))


def _child(node: Node, step: str | int) -> tuple[Node, Node] | None:
    if isinstance(node, MappingNode) and isinstance(step, str):
        if len(node.value) > _MANY:
            return _pairs(node).get(step)
        return next((pair for pair in node.value if key_text(pair[0]) == step), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
        return node.value[step], node.value[step]
    return None


@lru_cache(maxsize=32)
def _pairs(node: MappingNode) -> dict[str, tuple[Node, Node]]:
    """The pairs of a mapping by their keys, the first of two alike."""
    return {key_text(pair[0]): pair for pair in reversed(node.value)}


def _steps(node: CollectionNode) -> Iterator[TreeStep]:
    if isinstance(node, MappingNode):
        return (TreeStep(name=key_text(key), key=key, value=value) for key, value in node.value)
    return (TreeStep(name=index, key=item, value=item) for index, item in enumerate(node.value))


def _collect(node: CollectionNode, path: DataPath, offsets: list[int], found: set[DataPath]) -> None:
    """Add the paths under `node` that cover one of the sorted offsets; each level sees only its own."""
    for step in _steps(node):
        inside = offsets[bisect_left(offsets, step.start) : bisect_left(offsets, step.end)]
        if not inside:
            continue
        value = step.value
        if inside[0] < value.start_mark.index or not isinstance(value, CollectionNode):
            found.add((*path, step.name))
        elif len(path) < DEPTH:
            _collect(value, (*path, step.name), inside, found)


def key_text(node: Node) -> str:
    """The key as the data has it: the text of a scalar, nothing for a key that is a collection."""
    return cleaned(node.value) if isinstance(node, ScalarNode) else ""
