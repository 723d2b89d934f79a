"""What is wrong with a Word layout, told so that the person who drew it in Word finds the spot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType

from jinja2 import Environment, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.meta import find_undeclared_variables

from pipeline.render.view import FIELDS

NAMES = frozenset({"blocks", "frame", "title", "number", "balanced"})
"""What a layout's tags may name without having set it themselves."""

_PRINTED = re.compile(r"{{.*?}}", re.DOTALL)
_XML = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutFault:
    """One fault: the part of the Word file, the text around the spot, and what is wrong (Chinese)."""

    part: str
    near: str
    message: str

    def __str__(self) -> str:
        return f"{self.part} {self.message}" + (f"，在“{self.near}”附近" if self.near else "")


class LayoutError(Exception):
    """A layout cannot be used; `faults` holds every fault found, the message joins them."""

    def __init__(self, layout: str, faults: Iterable[LayoutFault]) -> None:
        self.layout = layout
        self.faults = tuple(faults)
        super().__init__("\n".join(f"Word 版式 {layout}：{fault}" for fault in self.faults))


def words(xml: str) -> str:
    """The words in a piece of XML, cut to a line that can be quoted."""
    return " ".join(_XML.sub("", xml).split())[:80]


def template_faults(
    environment: Environment, part: str, source: str, names: frozenset[str] | None = NAMES
) -> Iterator[LayoutFault]:
    """What can be seen in a template before it is rendered: broken tags and names that do not exist.

    `names` are those that do; None where the document gives them (a form's labels).
    """
    try:
        tree = environment.parse(source)
    except TemplateSyntaxError as error:
        broken = tuple(_broken_tags(environment, part, source))
        yield from broken or (_fault(part, source, error.lineno, f"模板标记有语法错误：{error.message}"),)
        return
    unknown = find_undeclared_variables(tree) - names if names is not None else ()
    for name in sorted(unknown):
        lines = [node.lineno for node in tree.find_all(nodes.Name) if node.name == name]
        yield _fault(part, source, lines[0], f"没有名为 {name} 的数据（可用：{'、'.join(sorted(NAMES))}）")
    for node in tree.find_all(nodes.Getattr):
        if node.attr not in FIELDS and not (isinstance(node.node, nodes.Name) and node.node.name == "loop"):
            yield _fault(part, source, node.lineno, f"没有名为 {node.attr} 的数据")


def _broken_tags(environment: Environment, part: str, source: str) -> Iterator[LayoutFault]:
    """Every printing tag that does not stand for itself: the engine alone would name only the first."""
    for match in _PRINTED.finditer(source):
        try:
            environment.parse(match[0])
        except TemplateSyntaxError as error:
            message = f"模板标记有语法错误：{error.message}"
            yield LayoutFault(part=part, near=words(match[0]), message=message)


def render_fault(part: str, source: str, error: Exception) -> LayoutFault:
    """The fault behind an exception that rendering this part's template raised."""
    line = _line_in(part, error.__traceback__)
    if isinstance(error, UndefinedError):
        return _fault(part, source, line, f"用到了没有的数据：{error.message}")
    if isinstance(error, SecurityError):
        return _fault(part, source, line, f"标记越出了模板可用的范围：{error.message}")
    return _fault(part, source, line, f"模板无法套用：{error}")


def _line_in(part: str, trace: TracebackType | None) -> int:
    """The last line of the part's template that the traceback passes through, 0 if none."""
    line = 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == part:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _fault(part: str, source: str, line: int | None, message: str) -> LayoutFault:
    lines = source.splitlines()
    near = words(lines[line - 1]) if line and line <= len(lines) else ""
    return LayoutFault(part=part, near=near, message=message)
