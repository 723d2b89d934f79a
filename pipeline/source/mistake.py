"""A mistake of writing, as those who look for one hand it on."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.kernel.finding import Fix


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A syntax error at `offset` of the text; `end` where what it spoils ends beyond its own section, else 0."""

    offset: int
    message: str
    hint: str
    fix: Fix | None = None
    end: int = 0
