"""The sandbox in which templates run: plain data, a short list of what may be said, and a meter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from pipeline.paper.template_guard import (
    CALL,
    COUNT,
    METER,
    Metered,
    TemplateRefusal,
    counted,
    metered,
    refused,
    turns,
)

_DATA = frozenset({str, Markup, tuple, bool, int})
_FILTERS = ("count", "length", "first", "last", "trim", "upper", "lower")
"""The engine's filters that a layout may use: none makes a text longer."""


class Sandbox(ImmutableSandboxedEnvironment):
    """No way to Python's own objects, nothing that computes or calls but what is listed, and no endless loop.

    `functions` and `methods` are all that its templates may call besides macros of their own. What they may
    not say is told by `refusals`, and refused with a `TemplateSyntaxError` when they are compiled.
    """

    context_class = Metered
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
        return super()._generate(metered(source, self), name, filename, defer_init)

    def call(self, context: Context, obj: Any, *arguments: Any, **named: Any) -> Any:
        """Call what a template calls; what a macro has printed is counted where it is printed once more."""
        made = super().call(context, obj, *arguments, **named)
        charge(context, made if isinstance(made, str) else "", CALL)
        return made

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute; quick about what is met a thousand times a document: plain data."""
        value = getattr(obj, attribute, None)
        if type(value) in _DATA and not attribute.startswith("_"):
            return value
        return super().getattr(obj, attribute)


def charge(context: Context, text: str, more: int = 0) -> None:
    """Count a text that a template prints; raises SecurityError when it becomes too much."""
    counted(context, len(text) + more)


def bare(sandbox: Sandbox, filters: Mapping[str, Callable[..., object]]) -> None:
    """Leave a sandbox no globals and no filters but these."""
    sandbox.globals.clear()
    sandbox.filters = {**filters, METER: pass_context(turns), COUNT: pass_context(counted)}


@pass_context
def _finalize(context: Context, value: object) -> object:
    charge(context, value if isinstance(value, str) else str(value))
    return value


class _Layouts(Sandbox):
    functions = frozenset({"balanced"})


def environment() -> Sandbox:
    """The environment of layouts: values escaped, missing ones an error."""
    jinja = _Layouts(autoescape=True, undefined=StrictUndefined, finalize=_finalize)
    bare(jinja, {name: jinja.filters[name] for name in _FILTERS})
    return jinja
