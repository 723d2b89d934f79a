"""From a path in the data to a line and column of the file, worked out only when somebody asks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.finding import DataPath, Place
from pipeline.source.compose import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

_PIECE = re.compile(r"\\(?:x..|u....|U........|.)|''|.", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step down the tree: its name, key and value; for a list the item is both."""

    name: str | int
    key: Node
    value: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Positions:
    """The places of one file; `root` is None when the file has no tree."""

    name: str
    text: str
    root: Node | None

    def at(self, offset: int) -> Place:
        """The place of the character at an offset of the text."""
        start = self.text.rfind("\n", 0, offset) + 1
        return Place(file=self.name, line=self.text.count("\n", 0, start) + 1, column=offset - start + 1)

    def value(self, path: DataPath) -> Place:
        """The place of a value; where it is missing, of its nearest ancestor's key (or list item)."""
        steps = self._follow(path)
        if len(steps) == len(path):
            return self.mark(steps[-1][1]) if steps else Place(file=self.name)
        return self.mark(steps[-1][0]) if steps else Place(file=self.name)

    def key(self, path: DataPath) -> Place:
        """The place of a key; of a list item, the item itself."""
        steps = self._follow(path)
        return self.mark(steps[-1][0]) if steps else Place(file=self.name)

    def mark(self, node: Node) -> Place:
        """The place where a node begins."""
        return Place(file=self.name, line=node.start_mark.line + 1, column=node.start_mark.column + 1)

    def inside(self, path: DataPath, offset: int) -> Place:
        """The place of the character at `offset` of a text value, or of the value where that is not exact."""
        steps = self._follow(path)
        node = steps[-1][1] if steps else None
        if len(steps) != len(path) or not isinstance(node, ScalarNode) or not 0 <= offset <= len(node.value):
            return self.value(path)
        if node.style == "|":
            return self._in_literal(node, offset)
        if node.start_mark.line == node.end_mark.line and node.style in (None, "", "'", '"'):
            return self.at(node.start_mark.index + self._raw_offset(node, offset))
        return self.mark(node)

    def path_at(self, offset: int) -> DataPath | None:
        """The path of the scalar (or key) that covers an offset; None between values, as in a comment."""
        steps = self.steps_at(offset)
        return None if steps is None else tuple(step.name for step in steps)

    def steps_at(self, offset: int) -> list[Step] | None:
        """The steps to the scalar (or key) that covers an offset; None between values."""
        node, steps = self.root, []
        while isinstance(node, CollectionNode):
            step = _child_at(node, offset)
            if step is None:
                return None
            steps.append(step)
            if step.key is not step.value and offset < step.key.end_mark.index:
                break
            node = step.value
        return steps if node is not None else None

    def _follow(self, path: DataPath) -> list[tuple[Node, Node]]:
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
        line = node.start_mark.line + 2 + before.count("\n")
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
        return next((pair for pair in node.value if key_text(pair[0]) == step), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _child_at(node: CollectionNode, offset: int) -> Step | None:
    """The child whose key or value covers an offset."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.start_mark.index <= offset < max(value.end_mark.index, key.end_mark.index + 1):
                return Step(name=key_text(key), key=key, value=value)
        return None
    for index, item in enumerate(node.value):
        if item.start_mark.index <= offset < item.end_mark.index:
            return Step(name=index, key=item, value=item)
    return None


def key_text(node: Node) -> str:
    """The key as the data has it: the text of a scalar, nothing for a key that is a collection."""
    return node.value.replace("\ufffd", "") if isinstance(node, ScalarNode) else ""
