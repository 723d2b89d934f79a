"""What is wrong with a Word layout, told so that the person who drew it in Word finds the spot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from types import TracebackType

from jinja2 import Environment, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError

from pipeline.kernel.late_pattern import late
from pipeline.kernel.structs import Struct
from pipeline.paper.sandbox import Sandbox
from pipeline.paper.syntax_words import in_chinese
from pipeline.paper.template_guard import every
from pipeline.paper.view import FIELDS

NAMES = frozenset({"blocks", "frame", "title", "number", "balanced"})
"""What a layout's tags may name without having set it themselves."""

_TAG = late(r"{{(?:(?!{{|{%).)*?}}|{%(?:(?!{{|{%).)*?%}", re.DOTALL)
_OPEN = late(r"{{|{%")
_COMPLETED = {
    "if": ("", "{% endif %}"),
    "elif": ("{% if a %}", "{% endif %}"),
    "for": ("", "{% endfor %}"),
    "macro": ("", "{% endmacro %}"),
}
"""What a tag needs around it to be read alone."""
_XML = late(r"<[^>]+>")
_PLAIN_OUTPUT = late(r"{{[\w.\[\]()|, ]{1,40}}}")
"""A tag that prints something and holds no text of its own, so that it ends where it seems to end."""
_SET_ASIDE = late(r"{#|\braw\b")


def pass_on_shortage(error: Exception) -> None:
    """Raise MemoryError where a library ran out of memory and calls it a fault of the file."""
    if isinstance(error, MemoryError) or str(error).startswith("unknown error"):
        raise MemoryError from error


class LayoutFault(Struct, frozen=True, kw_only=True):
    """One fault: the part of the Word file, the text around the spot, what is wrong (Chinese), the paragraph (from 1)."""

    part: str
    near: str
    message: str
    paragraph: int = 0

    def __str__(self) -> str:
        where = f"{self.part} 第 {self.paragraph} 段" if self.paragraph else self.part
        return f"{where} {self.message}" + (f"，在“{self.near}”附近" if self.near else "")


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
    environment: Sandbox, part: str, source: str, names: frozenset[str] | None = NAMES
) -> Iterator[LayoutFault]:
    """What can be seen in a template before it is rendered: broken tags, forbidden code and unknown names.

    The lines of `source` after the first are the part's paragraphs. `names` are those that do; None where the document gives them (a form's labels).
    """
    # Layouts repeat the same few hundred tags for every kind of table; where one of each is right, all are.
    if any(_faults_in(environment, part, _each_once(source), names)):
        yield from _faults_in(environment, part, source, names)


def _each_once(source: str) -> str:
    """A template with every plain tag that prints something left only where it stands first.

    What is wrong with such a tag does not depend on where it stands, unless parts of the template are no code.
    """
    if _SET_ASIDE.search(source) or len(_TAG.findall(source)) != len(_OPEN.findall(source)):
        return source
    met: set[str] = set()

    def first(tag: re.Match[str]) -> str:
        known = tag[0] in met
        met.add(tag[0])
        return "" if known else tag[0]

    return _PLAIN_OUTPUT.sub(first, source)


def _faults_in(
    environment: Sandbox, part: str, source: str, names: frozenset[str] | None
) -> Iterator[LayoutFault]:
    try:
        tree = environment.parse(source)
    except TemplateSyntaxError as error:
        broken = tuple(_broken_tags(environment, part, source))
        yield from broken or (
            _fault(part, source, error.lineno, f"模板标记有语法错误：{in_chinese(error.message)}"),
        )
        return
    refusals = environment.refusals(tree)
    if refusals:
        yield from (_fault(part, source, line, message) for line, message in refusals)
        return
    yield from (_fault(part, source, line, message) for line, message in _unknown(environment, tree, names))


def _unknown(
    environment: Sandbox, tree: nodes.Template, names: frozenset[str] | None
) -> Iterator[tuple[int, str]]:
    """What a template names and nobody knows, with its line."""
    all_nodes = list(every(tree))
    for name in sorted(_undeclared(all_nodes) - names) if names is not None else ():
        lines = [node.lineno for node in all_nodes if isinstance(node, nodes.Name) and node.name == name]
        yield lines[0], f"没有名为 {name} 的数据（可用：{'、'.join(sorted(NAMES))}）"
    for node in all_nodes:
        if isinstance(node, nodes.Filter) and node.name not in environment.filters:
            yield node.lineno, f"没有名为 {node.name} 的过滤器"
    for node in all_nodes:
        taken = isinstance(node, nodes.Getattr) and node.attr not in FIELDS and node
        if taken and not (isinstance(taken.node, nodes.Name) and taken.node.name == "loop"):
            yield node.lineno, f"没有名为 {taken.attr} 的数据"


def _broken_tags(environment: Environment, part: str, source: str) -> Iterator[LayoutFault]:
    for tag, line, said in broken_tags(environment, source):
        message = f"模板标记有语法错误：{said}"
        yield LayoutFault(part=part, near=words(tag), message=message, paragraph=line - 1)


def _undeclared(all_nodes: Iterable[nodes.Node]) -> set[str]:
    """The names that are read and never set; the engine's own answer would compile the whole template."""
    read, set_here = set[str](), {"loop"}
    for node in all_nodes:
        if isinstance(node, nodes.Name):
            (read if node.ctx == "load" else set_here).add(node.name)
        elif isinstance(node, nodes.Macro):
            set_here.add(node.name)
    return read - set_here


def broken_tags(environment: Environment, source: str) -> Iterator[tuple[str, int, str]]:
    """Every tag that cannot be read by itself, with its line and what is wrong: the engine names only the first."""
    whole = {match.start() for match in _TAG.finditer(source)}
    for match in _OPEN.finditer(source):
        if match.start() not in whole:
            near = source[match.start() :].split("\n")[0][:40]
            yield near, source.count("\n", 0, match.start()) + 1, f"“{near}”没有写完，少了结尾的花括号"
    for match in _TAG.finditer(source):
        first = next(iter(match[0].strip("{%-+ ").split()), "")
        before, after = _COMPLETED.get(first, ("", ""))
        if first == "else" or first.startswith("end"):
            continue
        try:
            environment.parse(f"{before}{match[0]}{after}")
        except TemplateSyntaxError as error:
            yield match[0], source.count("\n", 0, match.start()) + 1, in_chinese(error.message)


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
    return LayoutFault(part=part, near=near, message=message, paragraph=max((line or 1) - 1, 0))
