"""Write-back: operations on a record done to its text, which stays byte for byte what it was elsewhere.

`edit(name, content, operations)` gives the new bytes or a refusal. It knows files only as bytes; what a whole
change set is, and putting it in place, is `pipeline.record.change`.
"""

from pipeline.source.edit.operations import (
    Insert,
    Move,
    NotThere,
    Operation,
    Order,
    Remove,
    Rename,
    Set,
    applied,
    shown,
)
from pipeline.source.edit.surgery import Edited, Refused, edit, written

__all__ = [
    "Edited",
    "Insert",
    "Move",
    "NotThere",
    "Operation",
    "Order",
    "Refused",
    "Remove",
    "Rename",
    "Set",
    "applied",
    "edit",
    "shown",
    "written",
]
