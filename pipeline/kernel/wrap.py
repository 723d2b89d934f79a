"""Lines that fit a terminal: broken by the columns they take, the following lines indented."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.kernel.chinese import display_width
from pipeline.kernel.late_pattern import late

_ESCAPE = r"\x1b\[[0-9;]*m"
_PIECE = late(rf"{_ESCAPE}|[ ]+|[!-~]+|.", re.DOTALL)
"""What stays whole: a colour, a run of spaces, a word of ASCII, else one character."""
_NEVER_FIRST = frozenset("，。、；：？！）》」』】〕”’…—％%·〉］｝")
_NEVER_LAST = frozenset("（《「『【〔“‘〈［｛")
_MOST_CARRIED = 4
"""Pieces that move along at most: a longer run of marks is no prose."""


def shown_width(text: str) -> int:
    """Columns that `text` takes; colours take none."""
    return display_width(re.sub(_ESCAPE, "", text))


def wrapped(text: str, width: int, rest: str = "") -> list[str]:
    """One line as the lines it takes on a terminal of `width` columns; `rest` goes before all but the first.

    Chinese breaks between any two characters, but no line begins with a closing mark or ends with an opening
    one; a word, a path or a number is broken only where it is wider than a whole line.
    """
    if shown_width(text) <= width:
        return [text]
    # On a terminal narrower than this nothing would fit beside the indentation.
    width = max(width, display_width(rest) + 20)
    lines: list[str] = []
    line: list[str] = []
    for piece in _pieces(text, width - display_width(rest)):
        if line and piece.strip() and shown_width("".join(line) + piece) > width:
            carried = _carried(line, piece)
            lines.append("".join(line).rstrip())
            line = [rest, *carried]
        line.append(piece)
    return [*lines, "".join(line).rstrip()]


def _pieces(text: str, width: int) -> Iterator[str]:
    for piece in _PIECE.findall(text):
        if piece.isspace() or shown_width(piece) <= width:
            yield piece
        else:
            yield from (piece[start : start + width] for start in range(0, len(piece), width))


def _carried(line: list[str], piece: str) -> list[str]:
    """What is taken off the end of a line, because a mark that follows or ends it may not stand at the break."""
    carried: list[str] = []
    while len(line) > 1 and len(carried) < _MOST_CARRIED and line[-1].strip():
        if (carried or [piece])[0][0] not in _NEVER_FIRST and line[-1][-1] not in _NEVER_LAST:
            break
        carried.insert(0, line.pop())
    return carried


def hanging(line: str) -> str:
    """The indentation of what follows a line's first part: two columns deeper than the line itself."""
    return " " * (len(line) - len(line.lstrip(" ")) + 2)
