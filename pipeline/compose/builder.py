"""A rendered wording becomes blocks: articles and clauses get their numbers, values their places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from markdown_it.tree import SyntaxTreeNode

from pipeline.compose.brackets import BRACKETS, BlockError, Groups, line_of
from pipeline.compose.drawn import figure, form
from pipeline.compose.fields import BULLET, one_line, paragraphs, table
from pipeline.compose.inline import InlineScope, Piece, blank, pieces, runs, trimmed, unsupported
from pipeline.compose.numbering import NUMBERINGS, Levels
from pipeline.kernel.document import (
    Block,
    Contents,
    Heading,
    ListItem,
    PageBreak,
    Paragraph,
    Runs,
    Title,
    plain,
)
from pipeline.kernel.late_pattern import late
from pipeline.kernel.structs import replace
from pipeline.prose.markdown_parser import parse

_WORDED = ("annex", "figure")
"""Brackets whose name is followed by words."""

_DIRECTIVE = late(r"\[\[([a-z-]+)(?: +(.*))?\]\]\Z")

Drawn = Callable[[str], tuple[Block, ...] | None]
"""Gives the blocks of a named table (`inputs`, …); None for a name nobody draws."""


class Builder:
    """Builds the blocks of one rendered wording."""

    def __init__(self, scope: InlineScope, drawn: Drawn, numbering: str = "article") -> None:
        self._scope = scope
        self._drawn = drawn
        self._numbers = NUMBERINGS[numbering]()

    def build(self, text: str) -> tuple[Block, ...]:
        """All blocks in order; raises BlockError or UnsupportedError."""
        nodes = iter(parse(text))
        blocks = [block for node in nodes for block in self._block(node, nodes)]
        return tuple(_with_contents(blocks))

    def _block(self, node: SyntaxTreeNode, rest: Iterator[SyntaxTreeNode]) -> Iterator[Block]:
        if node.type == "heading":
            yield self._heading(node)
        elif node.type == "paragraph":
            made = self._pieces(node)
            name = self._named(made)
            if name:
                yield from self._directive(name, made, rest)
            elif not blank(made):
                yield from paragraphs(made, "")
        elif node.type == "ordered_list":
            for item in node.children:
                yield from self._clause(item)
        elif node.type == "bullet_list":
            yield from self._bullets(node)
        elif node.type == "table":
            yield table(node, self._scope)
        else:
            raise unsupported(node)

    def _pieces(self, node: SyntaxTreeNode) -> tuple[Piece, ...]:
        return pieces(node.children[0], self._scope) if node.children else ()

    def _named(self, made: Sequence[Piece]) -> str:
        """The name in a bracket `[[name …]]` that the wording itself wrote: a value never is one."""
        found = _DIRECTIVE.match("".join(piece.text for piece in made).strip())
        # A field whose text is `[[page-break]]` is text: only the wording gives directions.
        if not found or not self._worded(made[0]) or not self._worded(made[-1]):
            return ""
        if bool(found[2]) != (found[1] in _WORDED):
            message = "只有 [[annex 附件名]]、[[figure bar 单位]] 的版块名后面写文字，也必须写"
            raise BlockError(message, line_of(made))
        return found[1]

    def _worded(self, piece: Piece) -> bool:
        return piece.origin.file == self._scope.origin.file and not piece.origin.path

    def _heading(self, node: SyntaxTreeNode) -> Block:
        made = trimmed(one_line(self._pieces(node), node))
        if node.tag == "h1":
            return Title(runs=made)
        if node.tag == "h2":
            return Heading(level=1, number=self._numbers.next_article(), runs=made)
        if node.tag == "h3":
            return Heading(level=2, number=self._numbers.next_part(), runs=made)
        if node.tag == "h4" and isinstance(self._numbers, Levels):
            return Heading(level=3, number=self._numbers.next_point(), runs=made)
        raise unsupported(node)

    def _clause(self, item: SyntaxTreeNode) -> Iterator[Block]:
        """A numbered clause: its own text, then whatever stands under it."""
        number = self._numbers.next_clause()
        if not item.children or item.children[0].type != "paragraph":
            raise unsupported(item, "编号后面没有文字的条款")
        for index, child in enumerate(item.children):
            if child.type == "paragraph":
                yield from paragraphs(self._pieces(child), number if index == 0 else "")
            elif child.type in ("ordered_list", "bullet_list"):
                yield from self._bullets(child)
            else:
                raise unsupported(child)

    def _bullets(self, node: SyntaxTreeNode) -> Iterator[Block]:
        for index, item in enumerate(node.children):
            marker = BULLET if node.type == "bullet_list" else f"{index + 1}."
            for child in item.children:
                if child.type != "paragraph":
                    raise unsupported(child)
                for block in paragraphs(self._pieces(child), ""):
                    first = isinstance(block, Paragraph)
                    yield ListItem(marker=marker, runs=block.runs) if isinstance(block, Paragraph) else block
                    marker = "" if first else marker

    def _directive(self, name: str, made: Sequence[Piece], rest: Iterator[SyntaxTreeNode]) -> Iterator[Block]:
        if name == "page-break":
            yield PageBreak()
        elif name == "contents":
            yield Contents(title="目　录", entries=())
        elif name == "annex":
            yield PageBreak()  # each annex on a page of its own: it is sealed and replaced by itself
            yield Paragraph(style="annex", runs=_inside(made, name))
        elif name == "figure":
            inner = self._until_end(name, made, rest)
            yield figure(plain(_inside(made, name)), inner, self._scope, line_of(made))
        elif name == "form":
            yield form(self._until_end(name, made, rest), self._scope, line_of(made))
        else:
            drawn = self._drawn(name)
            if drawn is not None:
                yield from drawn
            elif name in BRACKETS:
                yield from BRACKETS[name](self._groups(name, line_of(made), rest), line_of(made))
            else:
                raise BlockError(f"不认识的版块 [[{name}]]", line_of(made))

    def _until_end(
        self, name: str, made: Sequence[Piece], rest: Iterator[SyntaxTreeNode]
    ) -> list[SyntaxTreeNode]:
        """The nodes up to `[[end]]`."""
        found: list[SyntaxTreeNode] = []
        for node in rest:
            if node.type == "paragraph" and self._named(self._pieces(node)) == "end":
                return found
            found.append(node)
        raise BlockError(f"版块 [[{name}]] 没有用 [[end]] 结束", line_of(made))

    def _groups(self, name: str, line: int, rest: Iterator[SyntaxTreeNode]) -> Groups:
        """Everything up to `[[end]]`: each paragraph or heading with the list under it."""
        groups: list[tuple[Runs, list[Runs]]] = []
        for node in rest:
            if node.type in ("paragraph", "heading"):
                made = self._pieces(node)
                if self._named(made) == "end":
                    return tuple((head, tuple(under)) for head, under in groups)
                if not blank(made):
                    groups.append((trimmed(one_line(made, node)), []))
            elif node.type == "bullet_list" and (groups or name == "details"):
                groups = groups or [((), [])]
                groups[-1][1].extend(self._listed(node))
            else:
                raise unsupported(node, f"[[{name}]] 版块里没有归属的内容")
        raise BlockError(f"版块 [[{name}]] 没有用 [[end]] 结束", line)

    def _listed(self, node: SyntaxTreeNode) -> Iterator[Runs]:
        for item in node.children:
            for child in item.children:
                if child.type != "paragraph":
                    raise unsupported(child)
                yield trimmed(one_line(self._pieces(child), child))


def _inside(pieces: Sequence[Piece], name: str) -> Runs:
    """The runs of `[[annex …]]` without its brackets."""
    made = runs(pieces)
    first, last = made[0], made[-1]
    if first is last:
        return (replace(first, text=first.text.strip()[len(name) + 2 : -2].strip()),)
    head = replace(first, text=first.text.lstrip()[len(name) + 2 :].lstrip())
    return trimmed((head, *made[1:-1], replace(last, text=last.text.rstrip().removesuffix("]]"))))


def _with_contents(blocks: list[Block]) -> Iterator[Block]:
    """Fill in 目录, and leave it out where the document is short."""
    titles = tuple(
        f"{block.lead}{plain(block.runs)}"
        for block in blocks
        if isinstance(block, Heading) and block.level == 1
    )
    size = sum(len(plain(block.runs)) for block in blocks if isinstance(block, Paragraph | ListItem))
    for block in blocks:
        if not isinstance(block, Contents):
            yield block
        elif len(titles) >= _MANY_ARTICLES and size >= _MANY_CHARACTERS:
            yield Contents(title=block.title, entries=titles)


_MANY_ARTICLES = 12
_MANY_CHARACTERS = 5000
"""From these on a document is long enough for its contents to be listed."""
