"""The Markdown coop understands: markdown-it-py, cut to what can be typeset, with emphasis that suits Chinese."""

from __future__ import annotations

import unicodedata

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
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
    so that blanks (`____`) and file names stay what they are.
    """
    start = state.pos
    if silent or state.src[start] != "*":
        return False
    end = start
    while end < state.posMax and state.src[end] == "*":
        end += 1
    before = state.src[start - 1] if start else " "
    after = state.src[end] if end < state.posMax else " "
    opens, closes = _flanks(before, after)
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


def _flanks(before: str, after: str) -> tuple[bool, bool]:
    """Whether a run of stars between two characters may open and may close an emphasis."""
    opens = not after.isspace() and (
        not _is_mark(after) or before.isspace() or _is_mark(before) or _is_wide(before)
    )
    closes = not before.isspace() and (
        not _is_mark(before) or after.isspace() or _is_mark(after) or _is_wide(after)
    )
    return opens, closes


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
    parser.core.ruler.after("block", "overfull", _overfull)
    return parser


_PARSER = _made()
