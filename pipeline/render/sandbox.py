"""The environment in which the tags of Word layouts run."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

_DATA = frozenset({str, Markup, tuple, bool, int})


class _Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox, quick about what it meets a thousand times a document: plain data."""

    intercepted_binops = frozenset({"*", "**"})
    """Nothing in a layout multiplies: `"x" * 10**9` would fill the memory."""

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(f"版式里不能做乘法（{operator}）")

    def getattr(self, obj: Any, attribute: str) -> Any:
        value = getattr(obj, attribute, None)
        if type(value) in _DATA and not attribute.startswith("_"):
            return value
        return super().getattr(obj, attribute)


def environment() -> Environment:
    """The environment of layouts: values escaped, missing ones an error, no way to Python's own objects."""
    jinja = _Sandbox(autoescape=True, undefined=StrictUndefined)
    jinja.globals.clear()
    return jinja
