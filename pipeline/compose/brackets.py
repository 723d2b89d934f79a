"""The brackets of a wording: `[[cover]]`, `[[parties]]`, `[[signature]]` …, each closed by `[[end]]`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pipeline.compose.inline import Piece
from pipeline.kernel.document import Block, Cover, Paragraph, Party, Runs, Signature, SignatureParty, plain
from pipeline.kernel.structs import replace

Groups = tuple[tuple[Runs, tuple[Runs, ...]], ...]
"""What stands in a bracket: lines, each with the list under it."""


class BlockError(Exception):
    """A bracket or name in a wording that cannot be built: a Chinese sentence and the wording's line."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def line_of(made: Sequence[Piece]) -> int:
    """The wording's line of some pieces; 1 where none of them is of the wording."""
    return next((piece.origin.line for piece in made if piece.origin.line), 1)


def cover(groups: Groups, line: int) -> tuple[Block, ...]:
    """The cover: one title, and lines of label and value under it."""
    if len(groups) != 1:
        raise BlockError(f"[[cover]] 版块里要写一个标题和它下面的清单，现在有 {len(groups)} 个标题", line)
    title, under = groups[0]
    return (Cover(title=title, lines=tuple(map(labelled, under))),)


def parties(groups: Groups, line: int) -> tuple[Block, ...]:
    """The parties' particulars: a line for each, and its lines of label and value."""
    return tuple(Party(role=plain(head), lines=tuple(map(labelled, under))) for head, under in groups)


def signature(groups: Groups, line: int) -> tuple[Block, ...]:
    """The signature block: a line for each party, and the lines under it."""
    return (Signature(parties=tuple(SignatureParty(lines=(head, *under)) for head, under in groups)),)


def details(groups: Groups, line: int) -> tuple[Block, ...]:
    """Lines of label and value, such as the time, the place and those present at the head of minutes."""
    return tuple(Party(role=plain(head), lines=tuple(map(labelled, under))) for head, under in groups)


def closing(groups: Groups, line: int) -> tuple[Block, ...]:
    """Who issues an official document, and its date: set at the right of its end."""
    return tuple(Paragraph(runs=head, style="closing") for head, _ in groups)


def labelled(line: Runs) -> tuple[str, Runs]:
    """A line `标签：值` as its label and its value; the label may be a value itself (甲方)."""
    for index, run in enumerate(line):
        before, colon, after = run.text.partition("：")
        if colon:
            label = plain(line[:index]) + before
            return label, (*((replace(run, text=after),) if after else ()), *line[index + 1 :])
    raise BlockError(f"“{plain(line)}”要写成“标签：值”", line_of(line))


BRACKETS: Mapping[str, Callable[[Groups, int], tuple[Block, ...]]] = {
    "cover": cover,
    "parties": parties,
    "signature": signature,
    "details": details,
    "closing": closing,
}
"""By its name, what makes a bracket's blocks of what stands in it and of its line; raises BlockError."""
