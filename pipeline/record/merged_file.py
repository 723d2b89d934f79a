"""Two versions of a record's file brought together: its text stays its writers', fields nobody agrees on are marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.kernel.finding import DataPath, Severity
from pipeline.record.change import redrawn
from pipeline.record.merging import merged
from pipeline.record.schema import Schema
from pipeline.source import Source, load
from pipeline.source.edit.guard import comments
from pipeline.source.edit.operations import same
from pipeline.source.edit.steps import steps


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedFile:
    """The bytes; the fields left to people, as places of the record; comments that did not come along.

    `ours` and `theirs` are the whole file with each of these fields as one side wrote it.
    """

    content: bytes
    clashes: tuple[DataPath, ...] = ()
    lost: tuple[str, ...] = ()
    ours: bytes = b""
    theirs: bytes = b""


def merged_file(
    name: str,
    base: bytes,
    ours: bytes,
    theirs: bytes,
    schema: Schema,
    by_lines: bytes | None = None,
    called: tuple[str, str] = ("一方", "另一方"),
) -> MergedFile | None:
    """What both sides made of a file, or None where that cannot be told by fields.

    `by_lines` is what a merge of the lines gave where it found no conflict: if it says the same, it is taken,
    for it holds the comments and the layout of both. Otherwise the other side's fields are written into ours.
    A field that both changed differently is left between conflict markers, which every check then tells; they bear
    what the sides are `called`.
    """
    was, mine, other = (load(name, content) for content in (base, ours, theirs))
    if base.strip() and was.data is None:
        return None
    if any(side.data is None or _unreadable(side) for side in (mine, other)):
        return None
    both = merged(was.data, mine.data, other.data)
    if not both.clashes and by_lines is not None and same(load(name, by_lines).data, both.ours):
        return MergedFile(content=by_lines)
    drawn, refused = redrawn(name, ours, tuple(steps((), mine.data, both.ours)), schema)
    if drawn is None or refused:
        return None
    if not both.clashes:
        return MergedFile(content=drawn, lost=_lost(was, (mine, other), load(name, drawn)))
    against, refused = redrawn(name, drawn, tuple(steps((), both.ours, both.theirs)), schema)
    if against is None or refused:
        return None
    marked = "".join(_marked(drawn.decode(), against.decode(), called)).encode()
    lost = _lost(was, (mine, other), load(name, against))
    return MergedFile(content=marked, clashes=both.clashes, lost=lost, ours=drawn, theirs=against)


def _unreadable(side: Source) -> bool:
    return any(finding.severity is Severity.ERROR for finding in side.findings)


def _lost(was: Source, sides: tuple[Source, Source], made: Source) -> tuple[str, ...]:
    """Comments that one of the sides added and that the merged text has not."""
    new = (comments(side) - comments(was) - comments(made) for side in sides if "#" in side.text)
    return tuple(comment for some in new for comment in some.elements())


def _marked(ours: str, theirs: str, called: tuple[str, str]) -> Iterator[str]:
    """Two texts as one, with both forms where they differ, as git writes a conflict."""
    mine, other = (text.splitlines(keepends=True) for text in (ours, theirs))
    end = "\r\n" if "\r\n" in ours else "\n"
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, mine, other, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from mine[i1:i2]
            continue
        yield f"<<<<<<< {called[0]}{end}"
        yield from _ended(mine[i1:i2], end)
        yield f"======={end}"
        yield from _ended(other[j1:j2], end)
        yield f">>>>>>> {called[1]}{end}"


def _ended(lines: list[str], end: str) -> Iterator[str]:
    """Lines of which the last is ended too, so that a marker stands on a line of its own."""
    for line in lines:
        yield line if line.endswith(("\n", "\r")) else f"{line}{end}"
