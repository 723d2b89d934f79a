"""A function of a record as an attribute of its class: a property whose type checkers see through."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

Record = TypeVar("Record")
Value = TypeVar("Value")

if TYPE_CHECKING:

    class attribute(Generic[Record, Value]):  # noqa: N801 - at run time this is `property` itself
        """What `property` is, with the type of what it gives."""

        def __init__(self, read: Callable[[Record], Value]) -> None: ...

        def __get__(self, record: Record, kind: type | None = None) -> Value: ...

else:
    attribute = property
