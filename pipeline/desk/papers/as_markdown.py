"""A line of a paper as a Markdown field prints it letter by letter."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations

from pipeline.compose.fields import field_blocks
from pipeline.compose.inline import UnsupportedError
from pipeline.compose.values import Printed
from pipeline.kernel.document import Paragraph, Table, plain

_SIGNS = ("\\", "*", "[", "<", "`(?=[^`]*`)", "#", "|", "~")
"""Signs that may mean something to Markdown, as patterns; of a pair the one that opens it."""
_NUMBERED = re.compile(r"\A(\d+)([.)])")
_MEANT = re.compile(r"[\\`*_|~<>\[\]&!]")
"""Signs without which a cell is printed as it stands."""
_LISTED = re.compile(r"\A([-+=>])")


def as_markdown(text: str) -> str:
    """The text, with its signs escaped where Markdown would read something else into them."""
    return _escaped(re.sub(r"\s*\n\s*", " ", text.strip()), _printed)


def as_cell(text: str) -> str:
    """The text as a cell of a Markdown table prints it letter by letter."""
    text = " ".join(text.split())
    return _escaped(text, _printed_cell) if _MEANT.search(text) else text


def _escaped(text: str, printed: Callable[[str], str]) -> str:
    if printed(text) == text:
        return text
    begun = _LISTED.sub(r"\\\1", _NUMBERED.sub(r"\1\\\2", text))
    there = [sign for sign in _SIGNS if sign[0] in text]
    # A backslash before a sign that means nothing here would be printed itself: as few as do.
    for count in range(len(there) + 1):
        for some in combinations(there, count):
            wanted = "|".join(sign if len(sign) > 1 else re.escape(sign) for sign in some)
            tried = re.sub(f"({wanted})", r"\\\1", begun) if some else begun
            if printed(tried) == text:
                return tried
    return begun


def _printed_cell(text: str) -> str:
    try:
        blocks = field_blocks(Printed(text=f"| 甲 | 乙 |\n| --- | --- |\n| {text} | 乙 |"))
    except UnsupportedError:
        return ""
    cells = blocks[0].rows[0] if len(blocks) == 1 and isinstance(blocks[0], Table) else ()
    return plain(cells[0].runs) if len(cells) == 2 else ""


def _printed(text: str) -> str:
    try:
        blocks = field_blocks(Printed(text=text))
    except UnsupportedError:
        return ""
    return plain(blocks[0].runs) if len(blocks) == 1 and isinstance(blocks[0], Paragraph) else ""
