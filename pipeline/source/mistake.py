"""A mistake of writing, as those who look for one hand it on."""

from __future__ import annotations

from pipeline.kernel.finding import Fix
from pipeline.kernel.structs import Struct


class Mistake(Struct, frozen=True, kw_only=True):
    """A syntax error at `offset` of the text; `end` where what it spoils ends beyond its own section, else 0."""

    offset: int
    message: str
    hint: str
    fix: Fix | None = None
    end: int = 0
