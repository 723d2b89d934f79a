"""Wordings read without a record at hand: broken tags, fields that no schema knows, code that has no place there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import get_close_matches

from jinja2 import TemplateSyntaxError, nodes

from pipeline.compose.parties import PartyView
from pipeline.compose.values import Value
from pipeline.kernel.structs import field_names
from pipeline.paper.layout_error import broken_tags
from pipeline.paper.sandbox import Sandbox
from pipeline.paper.syntax_words import in_chinese
from pipeline.paper.template_guard import children, every
from pipeline.record.schema import Field, Schema
from pipeline.record.schema.definition import EACH

_WIDE = re.compile(r"[｛｝]|[{｛]％|％[}｝]")
_API = frozenset(name for name in dir(Value) if not name.startswith("_"))
_CALLED = ("at", "items")
"""All that a wording may call."""
_DEEPEST = 4
"""Loops inside loops, at most: more would only be there to never come to an end."""

_PARTY_PATHS = {
    "rights": ("obligations", EACH, "rights"),
    "duties": ("obligations", EACH, "duties"),
    "breach": ("breach", EACH),
    "contact": ("notices", "contacts", EACH),
    "copies": ("copies", "each", EACH),
    "account": ("accounts", EACH),
    "signatory": ("parties", "college", "signatory"),
}
"""What a party's view shows of the agreement."""

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingFault:
    """A fault of a wording: its line, what kind it is (`syntax`, `field`, `code`, `wide`), and a Chinese sentence."""

    line: int
    kind: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What a name stands for: a field of a kind at a path, or something that is not followed (`field` None)."""

    kind: str = ""
    path: Path = ()
    field: Field | None = None


@dataclass(slots=True, kw_only=True)
class WordingFaults:
    """What is found in one wording: faults, and the fields it uses by kind of record."""

    faults: list[WordingFault] = field(default_factory=list)
    used: set[tuple[str, Path]] = field(default_factory=set)


def read(text: str, environment: Sandbox, schemas: Mapping[str, Schema], kind: str) -> WordingFaults:
    """Read a wording that prints records of a kind ("" where that is not known)."""
    reading = WordingFaults()
    for number, line in enumerate(text.split("\n"), start=1):
        if _WIDE.search(line):
            message = "花括号打成了全角，要用半角的 { 和 }"
            reading.faults.append(WordingFault(line=number, kind="wide", message=message))
    try:
        tree = environment.parse(text)
    except TemplateSyntaxError as error:
        found = [
            WordingFault(line=line, kind="syntax", message=said)
            for _, line, said in broken_tags(environment, text)
        ]
        alone = WordingFault(line=error.lineno, kind="syntax", message=in_chinese(error.message))
        reading.faults += found or [alone]
        return reading
    reading.faults += (
        WordingFault(line=line, kind="code", message=message) for line, message in environment.refusals(tree)
    )
    with suppress(RecursionError):  # of what is refused as too deep
        reading.faults += _filters(tree, environment)
        _WordingWalk(reading, schemas).block(tree.body, _roots(schemas, kind), 0)
    reading.faults.sort(key=lambda fault: fault.line)
    return reading


def _filters(tree: nodes.Template, environment: Sandbox) -> Iterator[WordingFault]:
    """The filters that there are not."""
    known = sorted(environment.filters)
    for used in every(tree):
        if isinstance(used, nodes.Filter) and used.name not in known:
            message = f"没有名为 {used.name} 的过滤器；可用：{'、'.join(known)}"
            yield WordingFault(line=used.lineno, kind="syntax", message=message)


def _roots(schemas: Mapping[str, Schema], kind: str) -> dict[str, Typed]:
    def root(name: str) -> Typed:
        return Typed(kind=name, field=schemas[name].root) if name in schemas else Typed()

    school = Typed(kind="party")
    return {"r": root(kind), "a": root("agreement"), "college": root("college"), "school": school}


class _WordingWalk:
    """A walk through a wording's code with what each name stands for."""

    def __init__(self, reading: WordingFaults, schemas: Mapping[str, Schema]) -> None:
        self._reading = reading
        self._schemas = schemas

    def block(self, body: list[nodes.Node], names: dict[str, Typed], depth: int) -> None:
        """The statements of a block in order."""
        for node in body:
            self._node(node, names, depth)

    def _node(self, node: nodes.Node, names: dict[str, Typed], depth: int) -> None:
        if isinstance(node, nodes.For):
            self._loop(node, names, depth)
        elif isinstance(node, nodes.Getattr | nodes.Getitem | nodes.Name | nodes.Call):
            self._typed(node, names)
        else:
            for child in children(node):
                self._node(child, names, depth)
            if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
                names[node.target.name] = self._typed(node.node, names, reported=False)

    def _loop(self, node: nodes.For, names: dict[str, Typed], depth: int) -> None:
        if depth >= _DEEPEST:
            self._fault(node, "code", f"循环套了 {depth + 1} 层，最多 {_DEEPEST} 层")
        over = self._typed(node.iter, names)
        inner = {**names, "loop": Typed()}
        for target in (node.target, *every(node.target)):
            if isinstance(target, nodes.Name):
                inner[target.name] = self._each(over)
        if isinstance(node.iter, nodes.Name) and node.iter.name in ("parties", "others"):
            inner[getattr(node.target, "name", "")] = Typed(kind="party")
        self.block([*node.body, *([node.test] if node.test else [])], inner, depth + 1)
        self.block(node.else_, names, depth)

    def _each(self, over: Typed) -> Typed:
        if over.field is None or over.field.each is None:
            return Typed(kind=over.kind, path=over.path)
        return Typed(kind=over.kind, path=(*over.path, EACH), field=over.field.each)

    def _typed(self, node: nodes.Node, names: dict[str, Typed], *, reported: bool = True) -> Typed:
        """What an expression stands for; fields on the way are noted as used, unknown ones as faults."""
        if isinstance(node, nodes.Name):
            return names.get(node.name, Typed())
        if isinstance(node, nodes.Call):
            return self._call(node, names)
        if isinstance(node, nodes.Getattr):
            return self._attribute(node, self._typed(node.node, names, reported=reported), reported=reported)
        for child in children(node):
            self._typed(child, names, reported=reported)
        first = getattr(node, "node", None)
        return (
            self._typed(first, names, reported=False) if isinstance(node, nodes.Filter) and first else Typed()
        )

    def _call(self, node: nodes.Call, names: dict[str, Typed]) -> Typed:
        for child in (*node.args, *(pair.value for pair in node.kwargs)):
            self._typed(child, names)
        if isinstance(node.node, nodes.Getattr) and node.node.attr in _CALLED:
            return self._each(self._typed(node.node.node, names))
        return Typed()

    def _attribute(self, node: nodes.Getattr, of: Typed, *, reported: bool) -> Typed:
        if node.attr.startswith("_"):
            return Typed()  # refused as code already
        if of.kind == "party" and of.field is None:
            return self._of_party(node)
        if of.field is None:
            return Typed()
        child = of.field.children.get(node.attr) or (of.field.each if not of.field.children else None)
        if child is None or (of.field.children and node.attr not in of.field.children):
            if node.attr not in _API and reported:
                self._fault(node, "field", f"没有名为 {node.attr} 的字段{_like(node.attr, of.field)}")
            return Typed()
        path = (*of.path, node.attr if of.field.children else EACH)
        self._reading.used.add((of.kind, path))
        return Typed(kind=of.kind, path=path, field=child)

    def _of_party(self, node: nodes.Getattr) -> Typed:
        if node.attr not in field_names(PartyView):
            self._fault(node, "field", f"各方没有名为 {node.attr} 的内容")
        path = _PARTY_PATHS.get(node.attr)
        if path is None:
            return Typed()
        for length in range(1, len(path) + 1):
            self._reading.used.add(("agreement", path[:length]))
        return Typed(kind="agreement", path=path, field=self._schemas["agreement"].at(path))

    def _fault(self, node: nodes.Node, kind: str, message: str) -> None:
        self._reading.faults.append(WordingFault(line=node.lineno, kind=kind, message=message))


def _like(name: str, field: Field) -> str:
    near = get_close_matches(name, field.children, n=1)
    return f"，是不是 {near[0]}？" if near else ""
