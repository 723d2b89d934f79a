"""The Markdown coop understands: markdown-it-py, cut to what can be typeset, with emphasis that suits Chinese."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, image, link
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.tree import SyntaxTreeNode

_VERBATIM = ("html_block", "html_inline", "reference", "autolink", "entity")
"""Rules switched off: what they would swallow or change is ordinary text in an agreement."""

OVERFULL = "overfull"
"""Where a table row's `meta` says how many of its cells have no column."""


def parse(text: str) -> list[SyntaxTreeNode]:
    """The blocks of a text, in order."""
    return list(SyntaxTreeNode(_PARSER.parse(text)).children)


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Take `*` runs as emphasis, also between Chinese marks and characters.

    CommonMark closes `**“重点”**内容` only before a space or a mark, which Chinese never writes: its stars
    would be printed. Here a wide character beside the stars counts like a space. `_` is no emphasis at all,
    so that blanks (`____`) and file names stay what they are; a single star between letters, digits or Chinese
    (1200*2400*18, 长*宽*高) is none either, and two stars between Latin ones are not (2**10).
    """
    start = state.pos
    if silent or state.src[start] != "*":
        return False
    end = start
    while end < state.posMax and state.src[end] == "*":
        end += 1
    before = state.src[start - 1] if start else " "
    after = state.src[end] if end < state.posMax else " "
    opens, closes = _flanks(before, after, end - start)
    for _ in range(start, end):
        token = state.push("text", "", 0)
        token.content = "*"
        state.delimiters.append(
            Delimiter(
                marker=ord("*"),
                length=end - start,
                token=len(state.tokens) - 1,
                end=-1,
                open=opens,
                close=closes,
            )
        )
    state.pos = end
    return True


def _flanks(before: str, after: str, length: int) -> tuple[bool, bool]:
    """Whether a run of so many stars between two characters may open and may close an emphasis."""
    if _is_latin(before) and _is_latin(after):
        return False, False
    opens = not after.isspace() and (
        not _is_mark(after) or before.isspace() or _is_mark(before) or _is_wide(before)
    )
    closes = not before.isspace() and (
        not _is_mark(before) or after.isspace() or _is_mark(after) or _is_wide(after)
    )
    if length == 1:
        return opens and not before.isalnum(), closes and not after.isalnum()
    return opens, closes


def _is_latin(char: str) -> bool:
    return char.isalnum() and not _is_wide(char)


_BEGINS = re.compile(r"[#>+\-=]")
_COUNTS = re.compile(r"[0-9]{1,9}\Z")
_LINKS = re.compile(r"\[[^\]\n]*\]\(")


def _escape(state: StateInline, silent: bool) -> bool:
    r"""Take a backslash as an escape only where the sign behind it would be read as Markdown.

    `\*` is a star, `1\.` and `\#` at a line's beginning keep a list and a heading away. Any other backslash is what
    people typed (a path, a formula), and so is one at the end of a line.
    """
    start = state.pos
    if state.src[start] != "\\" or start + 1 >= state.posMax or not _escapes(state.src, start):
        return False
    if not silent:
        token = state.push("text_special", "", 0)
        token.content = state.src[start + 1]
        token.markup = state.src[start : start + 2]
        token.info = "escape"
    state.pos = start + 2
    return True


def _escapes(text: str, at: int) -> bool:
    """Whether the backslash at a place stands before a sign that means something without it."""
    sign, line = text[at + 1], text[text.rfind("\n", 0, at) + 1 : at].lstrip(" ")
    if sign == "*":
        return True
    if sign == "`":
        # Code ends with as many of them as it begins with; where no such end follows, nothing is read as code.
        count = len(text) - len(text[at + 1 :].lstrip("`")) - at - 1
        return re.compile(f"(?<!`)`{{{count}}}(?!`)").search(text, at + 1 + count) is not None
    if sign == "[":
        return _LINKS.match(text, at + 1) is not None
    return bool(_COUNTS.match(line)) if sign in ".)" else not line and _BEGINS.match(sign) is not None


@lru_cache(maxsize=4)
def _last_target(text: str) -> int:
    """Where the last target of a link or picture begins in a paragraph; -1 where none does."""
    return text.rfind("](")


def _where_it_closes(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """A rule for links or pictures that looks no further where no target follows in the whole paragraph.

    Without this each bracket is held against all that follow, and pages of brackets take seconds to read.
    """

    def read(state: StateInline, silent: bool) -> bool:
        begins = state.src[state.pos] in "![" and _last_target(state.src) > state.pos
        return begins and rule(state, silent)

    return read


_BREAKS = ("softbreak", "hardbreak")


def bare(text: str) -> str:
    """A paragraph as it is printed; what no document can hold stays as it was typed."""
    tokens = _PARSER.parseInline(text)[0].children or []
    if any(token.type in ("code_inline", "link_open", "image") for token in tokens):
        return text
    return "".join("\n" if token.type in _BREAKS else token.content for token in tokens)


def _overfull(state: StateCore) -> None:
    """Note on each table row how many cells it has beyond the head's: Markdown drops those without a word."""
    lines = state.src.split("\n")
    width = 0
    for token in state.tokens:
        if token.type == "tr_open" and token.map:
            cells = _cells(lines[token.map[0]])
            token.meta[OVERFULL] = max(0, cells - width) if width else 0
            width = width or cells
        elif token.type == "table_close":
            width = 0


def _cells(line: str) -> int:
    """How many cells a line of a table holds; bars at its ends make none."""
    cells = escapedSplit(line.strip())
    return len(cells) - (len(cells) > 0 and not cells[0]) - (len(cells) > 1 and not cells[-1])


def _made() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(list(_VERBATIM))
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.inline.ruler.at("escape", _escape)
    parser.inline.ruler.at("link", _where_it_closes(link))
    parser.inline.ruler.at("image", _where_it_closes(image))
    parser.core.ruler.after("block", "overfull", _overfull)
    return parser


_PARSER = _made()
