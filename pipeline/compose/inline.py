"""Inline text: Markdown's inline nodes become runs, and the sentinels in them the values they stand for.

A value never meets the Markdown parser: wording carries a noncharacter sentinel in its place (source text that
holds one is refused when it is loaded), and the sentinel becomes a verbatim run afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it.tree import SyntaxTreeNode

from pipeline.compose.values import Printed
from pipeline.kernel.document import Origin, Run, Runs
from pipeline.kernel.late_pattern import late
from pipeline.kernel.structs import Struct, replace

_VALUE = "\ufdd0{}\ufdd1"
_LINE = "\ufdd2{}\ufdd3"
_MARKS = late("(\ufdd0[0-9]+\ufdd1|\ufdd2[0-9]+\ufdd3)")
_LINE_MARK = late("\ufdd2([0-9]+)\ufdd3")
_HAS_TEXT = late(r"\S")
_LATIN = late(r"[!-~]")


def value_mark(index: int) -> str:
    """What stands in the Markdown for the value of an index."""
    return _VALUE.format(index)


def line_mark(line: int) -> str:
    """What stands at the end of a line made from the wording's line."""
    return _LINE.format(line)


def line_at(text: str, line: int) -> int:
    """The wording's line from which a line (from 1) of its rendered text comes, or the next that is known."""
    lines = text.split("\n")
    found = _LINE_MARK.search("\n".join(lines[line - 1 :])) or _LINE_MARK.search(text)
    return int(found[1]) if found else 1


class InlineScope(Struct, frozen=True, kw_only=True):
    """What a text is made of: the values behind its sentinels, and where its own words come from.

    `origin` is a wording file (each run gets its line) or one field (each run keeps the field's path).
    """

    values: Sequence[Printed] = ()
    origin: Origin


Piece = Run | Printed
"""A run, or a value that is Markdown itself and still has to be parsed."""


class UnsupportedError(Exception):
    """Markdown that cannot be typeset: its Chinese name and its line (from 1) in the parsed text."""

    def __init__(self, what: str, line: int) -> None:
        super().__init__(what)
        self.what = what
        self.line = line


UNSUPPORTED_NODES = {
    "heading": "标题",
    "blockquote": "引用",
    "fence": "代码块",
    "code_block": "代码块（行首空了四格以上）",
    "code_inline": "代码",
    "hr": "分隔线",
    "image": "图片",
    "link": "链接",
}
"""Markdown that no document can hold, by markdown-it's name, with its Chinese name."""


def unsupported(node: SyntaxTreeNode, what: str = "") -> UnsupportedError:
    """The fault of a node that nothing can typeset; `what` names it where its kind does not."""
    owner: SyntaxTreeNode | None = node
    while owner is not None and not (owner.is_root or owner.map):
        owner = owner.parent
    line = owner.map[0] + 1 if owner is not None and not owner.is_root and owner.map else 1
    return UnsupportedError(what or UNSUPPORTED_NODES.get(node.type, node.type), line)


def pieces(inline: SyntaxTreeNode, scope: InlineScope) -> tuple[Piece, ...]:
    """The runs of an inline node in order; hard and soft line ends join as Chinese text does."""
    made = list(_pieces(inline, scope, strong=False, emphasis=False))
    return tuple(_stopped_once(tuple(_merged(_lined(made, scope))), scope))


_STOPS = "。；，、"


def _stopped_once(made: Sequence[Piece], scope: InlineScope) -> Iterator[Piece]:
    """The pieces, a value without its own stop where the wording sets one behind it: no 。。 is ever printed."""
    for index, piece in enumerate(made):
        after = made[index + 1] if index + 1 < len(made) else None
        worded = isinstance(after, Run) and not after.origin.path and after.origin.file == scope.origin.file
        if isinstance(piece, Run) and piece.origin.path and worded and after and after.text[:1] in _STOPS:
            # A field that is nothing but a stop stays: to print nothing would be to lose what somebody wrote.
            yield replace(piece, text=piece.text.rstrip(_STOPS) or piece.text)
        else:
            yield piece


class _LineEnd(Struct, frozen=True, kw_only=True):
    """A line end, and (for wording) the number of the line that ended."""

    line: int = 0


def _pieces(
    node: SyntaxTreeNode, scope: InlineScope, *, strong: bool, emphasis: bool
) -> Iterator[Piece | _LineEnd]:
    for child in node.children:
        if child.type == "text":
            yield from _text(child.content, scope, strong=strong, emphasis=emphasis)
        elif child.type == "strong":
            yield from _pieces(child, scope, strong=True, emphasis=emphasis)
        elif child.type == "em":
            yield from _pieces(child, scope, strong=strong, emphasis=True)
        elif child.type in ("softbreak", "hardbreak"):
            yield _LineEnd()
        else:
            raise unsupported(child)


def _text(text: str, scope: InlineScope, *, strong: bool, emphasis: bool) -> Iterator[Piece | _LineEnd]:
    for part in _MARKS.split(text):
        if not part:
            continue
        if part[0] == "\ufdd0":
            value = scope.values[int(part[1:-1])]
            yield value if value.markdown else replace(value.run, strong=strong, emphasis=emphasis)
        elif part[0] == "\ufdd2":
            yield _LineEnd(line=int(part[1:-1]))
        else:
            yield Run(text=part, strong=strong, emphasis=emphasis, origin=scope.origin)


def _lined(made: list[Piece | _LineEnd], scope: InlineScope) -> Iterator[Piece]:
    """Give each wording run the line that the mark behind it names, and join broken lines."""
    line = 0
    backwards: list[Piece] = []
    for index in range(len(made) - 1, -1, -1):
        piece = made[index]
        if isinstance(piece, _LineEnd):
            line = piece.line or line
            if not piece.line and _needs_space(made, index):
                backwards.append(Run(text=" ", origin=scope.origin))
        elif isinstance(piece, Run) and piece.origin == scope.origin and line:
            backwards.append(replace(piece, origin=replace(piece.origin, line=line)))
        else:
            backwards.append(piece)
    return reversed(backwards)


def _needs_space(made: Sequence[Piece | _LineEnd], index: int) -> bool:
    """A line end between two Latin words is a space; between Chinese characters it is nothing."""
    before = next((piece.text for piece in reversed(made[:index]) if not isinstance(piece, _LineEnd)), "")
    after = next((piece.text for piece in made[index + 1 :] if not isinstance(piece, _LineEnd)), "")
    return bool(before and after and _LATIN.match(before[-1]) and _LATIN.match(after[0]))


def _merged(made: Iterator[Piece]) -> Iterator[Piece]:
    """Join neighbours of one style and one origin."""
    held: Run | None = None
    for piece in made:
        if isinstance(piece, Run) and held and replace(piece, text="") == replace(held, text=""):
            held = replace(held, text=held.text + piece.text)
            continue
        if held:
            yield held
        held = piece if isinstance(piece, Run) else None
        if not isinstance(piece, Run):
            yield piece
    if held:
        yield held


def runs(made: Sequence[Piece]) -> Runs:
    """The pieces as runs; a Markdown value among other words counts as its plain text."""
    return tuple(piece if isinstance(piece, Run) else piece.run for piece in made)


def blank(made: Sequence[Piece]) -> bool:
    """Whether nothing would be printed."""
    return not any(_HAS_TEXT.search(piece.text) for piece in made)


def trimmed(made: Runs) -> Runs:
    """Runs without white space at their ends."""
    kept = [run for run in made if run.text]
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip(" "))
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
    return tuple(run for run in kept if run.text)
