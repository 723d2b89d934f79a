"""Text that YAML takes for a comment: behind a value, ` #3` is dropped without a word."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.kernel.late_pattern import late
from pipeline.source.positions import Positions

_SHARP = late(r"#(?<=[ \t]#)[^\s#][^\r\n]*")
_ANY_SHARP = late(r"(?:^|(?<=\s))#")
_MOST = 100


def mistaken(positions: Positions) -> Iterator[tuple[int, str]]:
    """Where a comment follows something on its line and has no space behind its `#`: offset and message."""
    text = positions.text
    if positions.root is None or " #" not in text:
        return
    for count, match in enumerate(_SHARP.finditer(text)):
        if count >= _MOST:
            return
        start = match.start()
        if positions.steps_at(start):
            continue
        line = text.rfind("\n", 0, start) + 1
        if text[line:start].strip() and _comment_start(positions, line, start) == start:
            yield start, f"“{match[0][:20]}”成了注释，不会写进文件"


def _comment_start(positions: Positions, line: int, last: int) -> int | None:
    """The first `#` of a line, up to `last`, that lies in no value."""
    for match in _ANY_SHARP.finditer(positions.text, line, last + 1):
        if not positions.steps_at(match.start()):
            return match.start()
    return None
