"""Fields of what is frozen, of either form: records are structs of msgspec, everything else is a dataclass."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from dataclasses import replace as replace  # type checkers know by it the fields of both forms
else:

    def replace(value: Any, /, **changes: Any) -> Any:
        """The same with other values in some fields, as `copy.replace` of later Pythons gives it."""
        change = msgspec.structs.replace if isinstance(value, msgspec.Struct) else dataclasses.replace
        return change(value, **changes)


def field_names(kind: Any) -> tuple[str, ...]:
    """The names of the fields of a class, in their order; none where it is of neither form."""
    if issubclass(kind, msgspec.Struct):
        return tuple(kind.__struct_fields__)
    return tuple(one.name for one in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()
