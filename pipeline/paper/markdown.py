"""Documents as GitHub-flavoured Markdown: the whole text, to be read and compared where there is no Word."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.kernel.document import (
    Contents,
    Cover,
    Document,
    Figure,
    Form,
    Frame,
    Heading,
    ListItem,
    PageBreak,
    Paragraph,
    Party,
    Run,
    Runs,
    Signature,
    Table,
    Title,
)
from pipeline.kernel.late_pattern import late
from pipeline.kernel.walk import LABEL_END, Fold
from pipeline.paper.markdown_text import escaped, line

_RULE = "---"
_BULLETS = frozenset("·•-")
_NUMBER = late(r"(0|[1-9][0-9]{0,8})\.")


def render(document: Document) -> str:
    """The document as Markdown text: every text of the body and frame, page numbers left out."""
    pieces = [*_opening(document.frame)]
    items = _List()
    for block in document.body.blocks:
        if isinstance(block, ListItem):
            items.add(block)
            continue
        pieces += items.taken()
        pieces.append(_MARKDOWN.block(block))
    pieces += [*items.taken(), *_closing(document.frame)]
    return "\n\n".join(piece for piece in pieces if piece) + "\n"


def _opening(frame: Frame) -> Iterable[str]:
    """What the reader must know first, quoted: the watermark, the running header, the status."""
    lines = [escaped(text) for text in (frame.watermark, frame.header, frame.status) if text]
    return ["> " + "\\\n> ".join(lines)] if lines else []


def _closing(frame: Frame) -> Iterable[str]:
    return [_RULE, escaped(frame.status)] if frame.status else []


class _Markdown(Fold[str]):
    def cover(self, block: Cover) -> str:
        return f"# {line(block.title)}\n\n{_labelled(block.lines)}"

    def contents(self, block: Contents) -> str:
        entries = "\n".join(f"- {escaped(entry)}" for entry in block.entries)
        return f"## {escaped(block.title)}\n\n{entries}"

    def title(self, block: Title) -> str:
        return f"# {line(block.runs)}"

    def party(self, block: Party) -> str:
        return f"{line((Run(text=block.role, strong=True),))}\n\n{_labelled(block.lines)}"

    def heading(self, block: Heading) -> str:
        return f"{'#' * (block.level + 1)} {_numbered(block.lead, block.runs)}"

    def paragraph(self, block: Paragraph) -> str:
        return ("## " if block.style == "annex" else "") + _numbered(block.number, block.runs)

    def item(self, block: ListItem) -> str:
        """A list of one item; `render` keeps those together that follow each other."""
        items = _List()
        items.add(block)
        return "\n".join(items.taken())

    def table(self, block: Table) -> str:
        columns = range(len(block.head))
        rule = " | ".join("---:" if column in block.numeric else "---" for column in columns)
        rows = [" | ".join(line(cell.runs) for cell in row) for row in (block.head, *block.rows)]
        return "\n".join(f"| {row} |" for row in (rows[0], rule, *rows[1:]))

    def figure(self, block: Figure) -> str:
        return f"**{line(block.runs)}**\n\n{self.table(block.table)}"

    def form(self, block: Form) -> str:
        rows = (
            f"| {escaped(field.label)} | {'<br>'.join(map(line, field.lines))} |" for field in block.fields
        )
        return "\n".join(("| 项目 | 内容 |", "| --- | --- |", *rows))

    def signature(self, block: Signature) -> str:
        return "\n\n".join(_lines(party.lines) for party in block.parties)

    def page_break(self, block: PageBreak) -> str:
        return _RULE


_MARKDOWN = _Markdown()


def _numbered(number: str, runs: Runs) -> str:
    return line((Run(text=number), *runs))


def _labelled(lines: tuple[tuple[str, Runs], ...]) -> str:
    return _lines(tuple((Run(text=label + LABEL_END), *runs) for label, runs in lines))


def _lines(lines: tuple[Runs, ...]) -> str:
    """Lines of one paragraph, each ended by a hard break."""
    return "\\\n".join(text for text in map(line, lines) if text)


class _List:
    """The items of a list as they come; Markdown counts them itself, so its count is held to theirs."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._open: list[tuple[str, int, int]] = []  # marker's kind, its number, width of the marker

    def add(self, item: ListItem) -> None:
        """The next item; a number that does not continue its list begins a new one."""
        kind, number, text = self._kind(item)
        del self._open[item.level :]
        depth = min(item.level - 1, len(self._open))
        indent = " " * sum(width for _, _, width in self._open[:depth])
        marker = f"{number}." if kind == "number" else "-"
        if depth < len(self._open):
            before = self._open.pop()
            if before[:2] != (kind, number - 1) and kind == "number":
                self._lines += ["", f"{indent}<!-- -->", ""]
        self._open.append((kind, number, len(marker) + 1))
        self._lines.append(f"{indent}{marker} {text}")

    def taken(self) -> list[str]:
        """The lists so far as one piece, which ends them."""
        piece = "\n".join(self._lines)
        self._lines, self._open = [], []
        return [piece] if piece else []

    @staticmethod
    def _kind(item: ListItem) -> tuple[str, int, str]:
        """Kind of marker, its number, and the text; a marker that Markdown cannot make stays text."""
        number = _NUMBER.fullmatch(item.marker)
        if number:
            return "number", int(number[1]), line(item.runs)
        if item.marker in _BULLETS:
            return "bullet", 0, line(item.runs)
        return "bullet", 0, line((Run(text=f"{item.marker} "), *item.runs))
