"""What is frozen: a struct of msgspec, whose class costs a start of the program a fortieth of what a dataclass does.

One with properties that are worked out once is made with `dict=True`. A class that needs what structs have not (fields
that are no part of the comparison, a view that looks its attributes up in its own way) is a dataclass; what is said here
of fields holds for either form.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct as Struct
from msgspec import field as field

if TYPE_CHECKING:
    from dataclasses import replace as replace  # type checkers know by it the fields of both forms
else:

    def replace(value: Any, /, **changes: Any) -> Any:
        """The same with other values in some fields, as `copy.replace` of later Pythons gives it."""
        if hasattr(type(value), "__replace__"):
            return value.__replace__(**changes)
        change = msgspec.structs.replace if isinstance(value, msgspec.Struct) else dataclasses.replace
        return change(value, **changes)


def is_fielded(value: Any) -> bool:
    """Whether a value is an object of either form."""
    return isinstance(value, msgspec.Struct) or (
        dataclasses.is_dataclass(value) and not isinstance(value, type)
    )


def field_names(kind: Any) -> tuple[str, ...]:
    """The names of the fields of a class, in their order; none where it is of neither form."""
    if issubclass(kind, msgspec.Struct):
        return tuple(kind.__struct_fields__)
    return tuple(one.name for one in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()
