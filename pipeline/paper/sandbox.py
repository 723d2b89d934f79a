"""The sandbox in which templates run: plain data, and a short list of what may be said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from types import CodeType
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from pipeline.kernel.byte_code import compiled
from pipeline.paper.template_guard import TemplateRefusal, refused

_DATA = frozenset({str, Markup, tuple, bool, int})
_FILTERS = ("count", "length", "first", "last", "trim", "upper", "lower")
"""The engine's filters that a layout may use: none makes a text longer."""


class Sandbox(ImmutableSandboxedEnvironment):
    """No way to Python's own objects, nothing that computes or calls but what is listed.

    `functions` and `methods` are all that its templates may call besides macros of their own. What they may
    not say is told by `refusals`, and refused with a `TemplateSyntaxError` when they are compiled.
    """

    functions: frozenset[str] = frozenset()
    methods: frozenset[str] = frozenset()

    def refusals(self, tree: nodes.Template) -> list[TemplateRefusal]:
        """What a template says and may not, in order."""
        return sorted(set(refused(tree, self.functions, self.methods)))

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        try:
            return super()._parse(source, name, filename)
        except RecursionError as error:
            message = "标记一层套一层，套得太深，读不下去"
            raise TemplateSyntaxError(message, 1, name, filename) from error

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        for line, message in self.refusals(source):
            raise TemplateSyntaxError(message, line, name, filename)
        return super()._generate(source, name, filename, defer_init)

    def code(self, source: str, filename: str | None = None) -> CodeType:
        """What a text compiles to: the same for every sandbox of these filters, so it is compiled once a process.

        The code of a file is kept for other processes. Raises `TemplateSyntaxError`; what was refused is refused anew each time it is asked for.
        """
        return _compiled(_Alike(self), source, filename)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute; quick about what is met a thousand times a document: plain data."""
        value = getattr(obj, attribute, None)
        if type(value) in _DATA and not attribute.startswith("_"):
            return value
        return super().getattr(obj, attribute)


class _Alike:
    """A sandbox, equal to every other that compiles a text to the same code: a constant may pass through a filter."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self._settings = type(sandbox), sandbox.autoescape, tuple(sandbox.filters.items())

    def called(self) -> Iterator[str]:
        """What tells such sandboxes apart in any process: class and filters, by their names in the program."""
        yield f"{type(self.sandbox).__qualname__} {self.sandbox.autoescape}"
        for name, function in self.sandbox.filters.items():
            yield f"{name}={function.__module__}.{function.__qualname__}"

    def __hash__(self) -> int:
        return hash(self._settings)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Alike) and self._settings == other._settings


@lru_cache(maxsize=64)
def _compiled(alike: _Alike, source: str, filename: str | None) -> CodeType:
    work = partial(alike.sandbox.compile, source, filename=filename)
    called = (*alike.called(), source)
    # A function without a name of its own (made inside another) is told from its like in this process alone.
    if filename is None or "<" in "".join(called[:-1]):
        return work()
    return compiled("paper", f"template {filename}", (filename, *called), work)


def bare(sandbox: Sandbox, filters: Mapping[str, Callable[..., object]]) -> None:
    """Leave a sandbox no globals and no filters but these."""
    # Jinja brings `range`, `lipsum`, `cycler` and others, with which a template can run for ever or print
    # what no record says.
    sandbox.globals.clear()
    sandbox.filters = dict(filters)


class _Layouts(Sandbox):
    functions = frozenset({"balanced"})


def environment() -> Sandbox:
    """The environment of layouts: values escaped, missing ones an error."""
    jinja = _Layouts(autoescape=True, undefined=StrictUndefined)
    bare(jinja, {name: jinja.filters[name] for name in _FILTERS})
    return jinja
