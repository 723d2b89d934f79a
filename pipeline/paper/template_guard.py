"""What the code of a template may consist of: wordings, layouts and forms alike.

Templates take fields, ask conditions and repeat. Nothing in them computes, joins or formats, and no macro
calls itself, so that no text can outgrow the data by a trick; loops inside loops end by `time_limit`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from jinja2 import nodes

DEEPEST = 12
"""Loops and conditions inside each other, at most."""
_DEEPEST_NODE = 80
"""How deep an expression may go: deeper ones could not be read to their end."""

_PLAIN = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Getitem,
    nodes.If,
    nodes.For,
    nodes.Compare,
    nodes.Operand,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.CondExpr,
    nodes.Filter,
    nodes.Test,
    nodes.Call,
    nodes.Assign,
    nodes.Macro,
    nodes.Neg,
    nodes.Keyword,
)
_LEAVES = frozenset({nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const})
"""Of these the ones that never hold anything to be refused themselves."""
_CALLED: dict[type[nodes.Node], str] = {
    nodes.Mul: "乘法（*）",
    nodes.Pow: "乘方（**）",
    nodes.Add: "加法（+）",
    nodes.Sub: "减法（-）",
    nodes.Div: "除法（/）",
    nodes.FloorDiv: "除法（//）",
    nodes.Mod: "求余和格式（%）",
    nodes.Concat: "连接（~），要印的两样挨着写就行",
    nodes.Include: "include（引入别的文件）",
    nodes.Import: "import（引入别的文件）",
    nodes.FromImport: "import（引入别的文件）",
    nodes.Extends: "extends（引入别的文件）",
    nodes.CallBlock: "call",
    nodes.FilterBlock: "filter",
    nodes.AssignBlock: "set … endset",
    nodes.Slice: "切片",
    nodes.Dict: "字典",
    nodes.Block: "block",
}


class TemplateRefusal(NamedTuple):
    """What a template may not say: its line and a Chinese sentence."""

    line: int
    message: str


def children(node: nodes.Node) -> list[nodes.Node]:
    """The nodes right below a node, in order; the engine's own way of asking costs several times as much."""
    found: list[nodes.Node] = []
    for name in node.fields:
        value = getattr(node, name, None)
        if isinstance(value, nodes.Node):
            found.append(value)
        elif isinstance(value, list):
            found += [one for one in value if isinstance(one, nodes.Node)]
    return found


def every(tree: nodes.Node) -> Iterator[nodes.Node]:
    """All nodes below one, each before those below it."""
    waiting = children(tree)[::-1]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += children(node)[::-1]


def refused(
    tree: nodes.Template, functions: frozenset[str], methods: frozenset[str]
) -> Iterator[TemplateRefusal]:
    """Everything in a template that it may not say; `functions` and `methods` are what it may call."""
    found: list[TemplateRefusal] = []
    _refuse(tree, set(functions), methods, (0, 0), found)
    return iter(found)


def _refuse(
    node: nodes.Node,
    names: set[str],
    methods: frozenset[str],
    depth: tuple[int, int],
    found: list[TemplateRefusal],
) -> None:
    """`depth` counts the blocks and the nodes around this one."""
    message = "" if type(node) in _LEAVES else _message(node, names, methods)
    if message:
        found.append(TemplateRefusal(node.lineno, message))
    # Python reads and compiles by recursion: what is nested deeper than this would end as its RecursionError.
    blocks, level = depth[0] + isinstance(node, nodes.For | nodes.If | nodes.Macro), depth[1] + 1
    if blocks > DEEPEST or level > _DEEPEST_NODE:
        what = (
            f"循环和判断一层套一层，超过了 {DEEPEST} 层" if blocks > DEEPEST else "这一句写得太长、套得太深"
        )
        found.append(TemplateRefusal(node.lineno, what))
        return
    for child in children(node):
        _refuse(child, names, methods, (blocks, level), found)
    if isinstance(node, nodes.Macro):
        names.add(node.name)  # from its end on: within itself it is not known


def _message(node: nodes.Node, names: set[str], methods: frozenset[str]) -> str:
    """What is wrong with one node of a template's code, "" for nothing."""
    if isinstance(node, nodes.List | nodes.Tuple):
        plain = isinstance(node, nodes.Tuple) and node.ctx == "store"
        if plain or all(isinstance(item, nodes.Const) for item in node.items):
            return ""
        return "模板里的清单只能写固定的文字或数，如 ('a', 'b')"
    if isinstance(node, nodes.For):
        return _loop(node)
    if isinstance(node, nodes.Call):
        return _call(node, names, methods)
    if isinstance(node, nodes.Macro) and (node.defaults or node.name in names):
        return f"宏 {node.name} 定义了两次，或者参数带了默认值"
    inner = _taken(node)
    if inner.startswith("_"):
        return f"“{inner}”不是字段：下划线开头的内部名称不能用"
    if isinstance(node, _PLAIN):
        return ""
    called = next((words for kind, words in _CALLED.items() if isinstance(node, kind)), type(node).__name__)
    return f"模板里不能用{called}：只能取字段、判断和循环"


def _taken(node: nodes.Node) -> str:
    """The name that a node takes from another by a dot or in brackets, "" where it takes none."""
    if isinstance(node, nodes.Getattr):
        return node.attr
    key = node.arg if isinstance(node, nodes.Getitem) else None
    return key.value if isinstance(key, nodes.Const) and isinstance(key.value, str) else ""


def _loop(node: nodes.For) -> str:
    if node.recursive:
        return "循环不能写 recursive"
    if isinstance(node.iter, nodes.Const | nodes.List | nodes.Tuple):
        return "只能对记录里的清单循环"
    return ""


def _call(node: nodes.Call, names: set[str], methods: frozenset[str]) -> str:
    if isinstance(node.node, nodes.Name) and node.node.name in names:
        return "" if not (node.dyn_args or node.dyn_kwargs) else "调用宏时参数要一个个写"
    if isinstance(node.node, nodes.Getattr) and node.node.attr in methods:
        return ""
    called = getattr(node.node, "attr", "") or getattr(node.node, "name", "")
    allowed = "、".join([f".{name}()" for name in sorted(methods)] + [f"{name}()" for name in sorted(names)])
    return f"模板里不能调用 {called}()，只能调用 {allowed or '本模板里先定义好的宏'}"
