"""By what names a text calls the things of a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

_END = 3
"""Characters of a name by whose end it is called."""


def ends_of(names: Iterable[str | None]) -> Counter[str]:
    """How many names end in the same way."""
    return Counter(name[-_END:] for name in names if name)


def called_by(name: str, text: str, ends: Mapping[str, int]) -> str:
    """What a text calls a thing by: its name, or the end of it where no other ends so; "" where it does not."""
    short = name[-_END:] if ends[name[-_END:]] == 1 else name
    return next((called for called in (name, short) if called and called in text), "")
