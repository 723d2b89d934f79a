"""The desk's pages by Jinja: everything is escaped, what is undefined is an error."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )


def _shown(value: Any) -> Any:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else value


def shell() -> str:
    """The empty page: it holds nothing of the college."""
    return page("shell")


def page(name: str, **content: Any) -> str:
    """A page, or the part of one that the script puts into it."""
    return _environment().get_template(f"{name}.html").render(content)
