"""What layouts print: pieces of text in one look."""

from __future__ import annotations

from typing import NamedTuple


class Piece(NamedTuple):
    """Text in one look: "" for plain, `gap`, `strong`, `emphasis` or `both` (thousands a run: hence a tuple)."""

    text: str
    look: str
