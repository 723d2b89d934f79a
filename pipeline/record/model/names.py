"""Names that stand for something wherever they are met in a record."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

COLLEGE = "college"
"""The key under which the school stands wherever parties are named."""


def itemised(part: type[Any]) -> tuple[str, ...]:
    """The kinds of an itemised list (inputs or resources), in the order of the annex: the lists that make it up."""
    return tuple(field.name for field in fields(part) if str(field.type).startswith("tuple[Item"))
