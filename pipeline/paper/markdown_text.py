"""Text that Markdown prints as it stands: escapes, and emphasis that also holds between Chinese characters."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

from pipeline.kernel.document import Run, Runs, plain
from pipeline.kernel.late_pattern import late

_INLINE = late(r"[\\`*_\[\]<|~$#]|&(?=[#\w])")
_AT_START = late(r"^(?:([+=>-])|(\d{1,9})([.)])(?=\s|$))")
_TAGS = {"*": "em", "**": "strong", "***": "strong"}


def line(runs: Runs) -> str:
    """The runs as one line that prints them verbatim, wherever a line may stand."""
    text = ""
    groups = [(mark, plain(tuple(same))) for mark, same in groupby(runs, key=_mark)]
    for index, (mark, words) in enumerate(groups):
        after = groups[index + 1][1][:1] if index + 1 < len(groups) else ""
        text += _marked(mark, words, text[-1:], after)
    return _edges(_AT_START.sub(_escape_start, text))


def escaped(text: str) -> str:
    """A text without styles, as `line` prints it."""
    return line((Run(text=text),))


def _mark(run: Run) -> str:
    """The stars around a run; a gap is as strong as it gets."""
    return "*" * ((run.emphasis and not run.gap) + 2 * (run.strong or run.gap))


def _marked(mark: str, words: str, before: str, after: str) -> str:
    """The words with their mark: stars where Markdown takes them for emphasis, else the HTML element."""
    text = _INLINE.sub(r"\\\g<0>", words)
    if not mark or not words:
        return text
    if before != "*" and after != "*" and _opens(before, words[0]) and _opens(after, words[-1]):
        return f"{mark}{text}{mark}"
    return f"<{_TAGS[mark]}>{text}</{_TAGS[mark]}>"


def _opens(outside: str, inside: str) -> bool:
    """Whether stars between these two characters count: CommonMark looks at blanks and punctuation."""
    if inside.isspace():
        return False
    return not _is_sign(inside) or not outside or outside.isspace() or _is_sign(outside)


def _is_sign(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _escape_start(match: re.Match[str]) -> str:
    """A sign that would begin a heading, a list, a quotation or an underline."""
    return f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}"


def _edges(text: str) -> str:
    """Blanks at both ends, which Markdown would drop, as character references."""
    inner = text.strip()
    if len(inner) == len(text):
        return text
    start = text.find(inner)
    return _references(text[:start]) + inner + _references(text[start + len(inner) :])


def _references(blanks: str) -> str:
    return "".join(f"&#{ord(blank)};" for blank in blanks)
