"""What the eye can trust: hidden characters made visible, and near misses of words."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from pipeline.kernel.late_pattern import late

CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
"""Control characters without tab, line feed and the line separators (a body for a regex class)."""

SEPARATOR = "\x85\u2028\u2029"
"""Characters that some programs take for the end of a line and others do not (a bare CR is one too)."""

BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Characters that change the direction of writing, so that the eye reads another order than the file has."""

RIGHT_TO_LEFT = (
    "\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefe"
    "\U00010800-\U00010fff\U0001e800-\U0001efff"
)
"""Letters written from right to left: without any control they turn the order of the figures beside them."""

OVERLAY = "\u0334-\u0338\u0488\u0489\u20d0-\u20ff\ufe20-\ufe2f"
"""Marks that strike through, circle or bridge what stands before them: it looks deleted or is another sign."""

INVISIBLE = (
    "\u00a0\u00ad\u034f\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200d\u202f\u205f\u2060-\u2065"
    "\u206a-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Characters that print as nothing or pass for a plain space. The ideographic space U+3000 is not one: it
is ordinary in Chinese text and wide enough to be seen. Listed, because category Cf misses fillers, variation
selectors and the spaces."""

SURROGATE = "\ud800-\udfff"
"""Halves of characters; they stand in file names that are not UTF-8."""

NONCHARACTER = "\ufdd0-\ufdef\ufffe\uffff"
"""Numbers that will never be characters; XML cannot hold the last two."""

_HIDDEN = late(
    f"[{CONTROL}{SEPARATOR}{BIDI}{RIGHT_TO_LEFT}{OVERLAY}{INVISIBLE}{SURROGATE}{NONCHARACTER}\t\n\r]"
)


def escape_controls(text: str, *, keep: str = "\t\n") -> str:
    """`text` with every control, bidi, invisible and striking character written out as `<U+202E>`.

    What is in `keep` stays as it is. Names of files are shown with `keep=""`, because a newline in a name
    could forge a line of the report.
    """
    return _HIDDEN.sub(lambda hit: hit[0] if hit[0] in keep else code_point(hit[0]), text)


def code_point(character: str) -> str:
    """The character by its number: `<U+202E>`."""
    return f"<U+{ord(character):04X}>"


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that was probably meant by a misspelt `word`, or None when none is near.

    Hyphens, underscores and case do not count as differences: `Unit-Price` means `unit_price`.
    """
    folded: dict[str, str] = {}
    for choice in choices:
        folded.setdefault(_fold(choice), choice)
    # Comparing takes the square of the length, and a hostile key may be a megabyte long.
    near = difflib.get_close_matches(_fold(word[:80]), folded, n=1, cutoff=0.6)
    return folded[near[0]] if near else None


def _fold(word: str) -> str:
    return word.strip().lower().replace("-", "_")
