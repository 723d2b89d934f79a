"""Following a path to the value it leads to, inside of a record."""

from __future__ import annotations

from typing import Any

from pipeline.kernel.finding import DataPath


def value_at(data: Any, path: DataPath) -> Any:
    """What stands at a path inside of a value; None where there is nothing."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data
