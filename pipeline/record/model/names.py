"""Names that stand for something wherever they are met in a record."""

from __future__ import annotations

from functools import cache
from inspect import get_annotations
from typing import Any

from pipeline.kernel.structs import field_names

COLLEGE = "college"
"""The key under which the school stands wherever parties are named."""


def itemised(part: type[Any]) -> tuple[str, ...]:
    """The kinds of an itemised list (inputs or resources), in the order of the annex: the lists that make it up."""
    kind: Any = part
    return _itemised(kind)


@cache
def _itemised(part: Any) -> tuple[str, ...]:
    stated: dict[str, object] = {}
    for one in reversed(part.__mro__):  # what a college adds makes a class that extends the committed one
        stated = {**get_annotations(one), **stated}
    return tuple(name for name in field_names(part) if str(stated[name]).startswith("tuple[Item"))
