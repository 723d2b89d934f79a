"""The Markdown coop understands: markdown-it-py, cut to what can be typeset, with emphasis that suits Chinese."""

from __future__ import annotations

import unicodedata

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.tree import SyntaxTreeNode

_VERBATIM = ("html_block", "html_inline", "reference", "autolink", "entity")
"""Rules switched off: what they would swallow or change is ordinary text in an agreement."""


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


def _made() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(list(_VERBATIM))
    parser.inline.ruler.at("emphasis", _emphasis)
    return parser


_PARSER = _made()
