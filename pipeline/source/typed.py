"""From the tree of nodes to plain typed data, reporting whatever stands in the way and walking on."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from pipeline.kernel.codes import loading
from pipeline.kernel.finding import Code, DataPath, Fix
from pipeline.kernel.late_pattern import late
from pipeline.source import characters, scalars
from pipeline.source.counted import CountedFindings
from pipeline.source.nodes import DEPTH, CollectionNode, MappingNode, Node, ScalarNode, SequenceNode
from pipeline.source.positions import Positions, key_text
from pipeline.source.wide_signs import plain_indent

Value: TypeAlias = "bool | int | Decimal | date | str | list[Value] | dict[str, Value] | None"
"""What a record is made of."""

_PLAIN = (None, "")
_COMMA = late(r",(?<=[0-9],)(?:\s|#[^\n]*\n)*[0-9]{3}(?![0-9])")
"""What every number holds that a comma has torn; hardly any text does."""
_HEAD = late(r"-?[1-9][0-9]{0,2}\Z")
_PIECE = late(r"[0-9]{3}(?:\.[0-9]+)?(?: ?[\u4e00-\u9fff]{1,2})?\Z")


class Walk:
    """One walk over one file: `mapping` returns the data, the ledger and `broken` fill on the way.

    `dirty` tells that the text holds refused characters, masked by now, which are left out of the data. `spread` is
    false only where no text without quotes goes on in another line.
    """

    def __init__(self, positions: Positions, ledger: CountedFindings, *, dirty: bool) -> None:
        self.positions = positions
        self.ledger = ledger
        self.broken: set[DataPath] = set()
        self.spread = False
        self._steps: list[str | int] = []
        self._dirty = dirty
        self._escapes = "\\" in positions.text
        self._tearing = _COMMA.search(positions.text) is not None
        self._first: tuple[MappingNode | None, dict[str, Node]] = (None, {})

    def mapping(self, node: MappingNode) -> dict[str, Value]:
        """The data of a mapping; of two equal keys the first counts."""
        data: dict[str, Value] = {}
        steps = self._steps
        torn = self._torn(node) if self._tearing and node.flow_style else {}
        for key_node, value_node in node.value:
            key = key_node.value
            if torn and key_node in torn:
                continue
            if torn and value_node in torn:
                data[key] = self._rejoined(value_node, torn[value_node], key)
                continue
            if (
                key_node.__class__ is not ScalarNode
                or key_node.style
                or not key
                or key[0] == "\u3000"
                or self._dirty
            ):
                if not self._key(key_node):
                    self.spread = True  # what stands under it is not walked over
                    continue
                key = key_text(key_node)
            if key in data or key == "<<":
                self.spread = True
                self._repeated(node, key_node)
                continue
            steps.append(key)
            if value_node.__class__ is ScalarNode:
                data[key] = self._scalar(value_node)
            else:
                data[key] = self._collection(value_node)
            steps.pop()
        return data

    def _torn(self, node: MappingNode) -> dict[Node, Node]:
        """Numbers in braces that a comma between their thousands has torn: each piece with the last one.

        `{price: 86,000.00}` reads as a price of 86 and a key `000.00` without a value.
        """
        torn: dict[Node, Node] = {}
        first: Node | None = None
        for key, value in node.value:
            lone = value.__class__ is ScalarNode and not value.value and not value.style
            if first is not None and lone and _PIECE.match(key.value) and key.style in _PLAIN:
                torn[key] = torn[first] = key
            else:
                first = value if value.__class__ is ScalarNode and _HEAD.match(value.value) else None
        return torn

    def _rejoined(self, first: Node, last: Node, key: str) -> Value:
        """A torn number as it was written, told at its beginning."""
        start, end = first.start_mark.index, last.end_mark.index
        raw = self.positions.text[start:end]
        number = re.sub(r"[,，\s]|[\u4e00-\u9fff]+\Z", "", raw)
        exact = number if "." in number or "元" not in raw else f"{number}.00"
        message = f"{raw} 的数字里有逗号，在花括号里逗号把它断成了两项"
        fix = Fix(text=exact, start=start, end=end)
        self.ledger.add(
            loading.NUMBER, self.positions.mark(first), message, hint=scalars.typed_as(exact), fix=fix
        )
        self.broken.add((*self._steps, key))
        return raw

    def _sequence(self, node: SequenceNode) -> list[Value]:
        items: list[Value] = []
        steps = self._steps
        for index, item in enumerate(node.value):
            steps.append(index)
            if item.__class__ is ScalarNode:
                items.append(self._scalar(item))
            else:
                items.append(self._collection(item))
            steps.pop()
        return items

    def _collection(self, node: CollectionNode) -> Value:
        if len(self._steps) >= DEPTH:
            self._report(loading.NESTING, node, f"层次超过 {DEPTH} 层")
            self.spread = True
            return None
        if isinstance(node, MappingNode):
            return self.mapping(node)
        return self._sequence(node) if isinstance(node, SequenceNode) else None

    def _scalar(self, node: ScalarNode) -> Value:
        raw: str = node.value
        if node.style in _PLAIN:
            # Marks are dear to ask; where a line ends within a text, that holds a blank or another end of a line.
            if (" " in raw or "\n" in raw) and node.start_mark.line != node.end_mark.line:
                self.spread = True
            # Nearly every scalar is Chinese text, and its first character says so.
            if raw and raw[0] not in scalars.MARKED:
                value: Value = raw
            else:
                value, fault = scalars.read(raw)
                if fault is not None:
                    self._report(fault[0], node, fault[1], fault[2])
        else:
            value = raw
            if self._escapes and node.style == '"':
                value = self._escaped(node)
        if self._dirty and isinstance(value, str):
            value = characters.cleaned(value)
        return value

    def _escaped(self, node: ScalarNode) -> str:
        """A double-quoted value, in which escapes may have made what the text itself may not hold."""
        hit = characters.refused_in_value(characters.cleaned(node.value) if self._dirty else node.value)
        if hit is None:
            return str(node.value)
        self._report(hit.code, node, f"引号里的转义写法造出了不允许的字符：{hit.message}")
        return characters.cleaned(characters.mask(node.value + " \n")[:-2])

    def _key(self, node: Node) -> bool:
        """Whether a key that is not simply a plain word can be used; reports what is wrong with it."""
        if not isinstance(node, ScalarNode):
            self._bad_key(node, "键本身是一个清单或映射，应是一个词")
        elif not key_text(node):
            self._bad_key(node, "冒号前面没有键")
        elif node.value[0] == "\u3000":
            self._wide(node)
        elif node.style in ("|", ">") or node.start_mark.line != node.end_mark.line:
            self._bad_key(node, "键写成了好几行，应是一个词")
        elif node.style == '"' and "\\" in self._raw(node):
            self._bad_key(node, f"键 {self._raw(node)} 里有转义写法，应直接写出来")
        else:
            return True
        return False

    def _wide(self, node: ScalarNode) -> None:
        """A key behind full-width spaces, which are part of it and no indentation."""
        name = node.value.lstrip("\u3000 ")
        spaces = len(node.value) - len(name)
        start = node.start_mark.index
        begin = self.positions.text.rfind("\n", 0, start) + 1
        before = self.positions.text[begin:start]
        plain = "  " * spaces
        if not before.strip():
            plain = plain_indent(self.positions.text, begin, before + node.value[:spaces], name)
            start = begin
        fix = Fix(text=plain, start=start, end=node.start_mark.index + spaces)
        hint = f"改成半角空格，每层两个：这一行写成“{plain}{name}: ……”"
        message = f"行首用了全角空格（{spaces} 个）"
        self.ledger.add(loading.SYNTAX, self.positions.mark(node), message, hint=hint, fix=fix)

    def _bad_key(self, node: Node, message: str) -> None:
        self.ledger.add(loading.KEY, self.positions.mark(node), message)
        if text := key_text(node):
            self.broken.add((*self._steps, text))

    def _repeated(self, node: MappingNode, key: ScalarNode) -> None:
        if key.value == "<<":
            self.ledger.add(loading.REFERENCE, self.positions.mark(key), "用了合并键 <<")
            return
        text = key_text(key)
        self.broken.add((*self._steps, text))
        if self.ledger.full(loading.DUPLICATE):
            self.ledger.count(loading.DUPLICATE)
            return
        if self._first[0] is not node:
            self._first = (node, {key_text(one): one for one, _ in reversed(node.value)})
        place = self.positions.mark(self._first[1][text])
        message = f"键“{text[:40]}”在第 {place.line} 行已经写过一次"
        self.ledger.add(loading.DUPLICATE, self.positions.mark(key), message, related=(place,))

    def _raw(self, node: ScalarNode) -> str:
        return self.positions.text[node.start_mark.index : node.end_mark.index][:40]

    def _report(self, code: Code, node: Node, message: str, literal: str = "") -> None:
        fix = None
        if literal:
            fix = Fix(text=literal, start=node.start_mark.index, end=node.end_mark.index)
        hint = scalars.typed_as(literal) if literal else ""
        self.ledger.add(code, self.positions.mark(node), message, hint=hint, fix=fix)
        self.broken.add(tuple(self._steps))
