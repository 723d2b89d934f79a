"""White space that pushes words off the screen: what a reviewer does not see, a document still prints."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from pipeline.kernel.late_pattern import late

WIDEST = 60
"""Spaces in a row that nobody needs within a line."""
MOST_LINES = 20
"""Empty lines in a row that nobody needs within a file."""

_SPACES = late(rf"(?<=[^\s])[ \t\u3000]{{{WIDEST},}}(?=[^\s])")
_LINES = late(rf"\n(?:[ \t\u3000\r]*\n){{{MOST_LINES},}}")
_WORDS = late(r"[^ \t\u3000\r]")
_MOST = 100


def lost(text: str) -> Iterator[tuple[int, str]]:
    """Each stretch of white space with words behind it that are out of sight: offset and message."""
    if " " * WIDEST in text or "\u3000" in text or "\t" in text:
        yield from islice(_spaces(text), _MOST)
    if text.count("\n") > MOST_LINES:
        yield from islice(_lines(text), _MOST)


def _spaces(text: str) -> Iterator[tuple[int, str]]:
    for match in _SPACES.finditer(text):
        yield match.end(), f"前面连着 {len(match[0])} 个空格，这里的内容在屏幕之外"


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for match in _LINES.finditer(text):
        words = _WORDS.search(text, match.end())
        if words:
            count = match[0].count("\n") - 1
            yield words.start(), f"前面连着 {count} 个空行，这里的内容在屏幕之外"
