"""By what names a text calls the things of a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

NAME_END = 3
"""Characters of a name by whose end it is called."""


def ends_of(names: Iterable[str | None]) -> Counter[str]:
    """How many names end in the same way."""
    return Counter(name[-NAME_END:] for name in names if name)


def called_by(name: str, text: str, ends: Mapping[str, int]) -> str:
    """What a text calls a thing by: its name, or the end of it where no other ends so; "" where it does not."""
    end = name[-NAME_END:]
    if not end or end not in text:
        return ""
    return name if name in text else end if ends[end] == 1 else ""
