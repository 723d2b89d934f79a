"""A Word file that came back: what was changed in it, and which field or line of wording each change belongs to.

The file is read with its tracked changes accepted: what the other side wants it to say. Every text of the
Document has its origin, so a change can be named where it has to be typed in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.document import (
    Block,
    Contents,
    Cover,
    Document,
    Form,
    Heading,
    ListItem,
    Origin,
    PageBreak,
    Paragraph,
    Party,
    Run,
    Runs,
    Signature,
    Table,
    Title,
    plain,
)
from pipeline.read.tracked import accepted
from pipeline.read.word import Grid, Word, read

_ALIKE = 0.4
_TITLE = "标题"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A text of the Document: where it stands, what it says, and the runs that it is made of."""

    clause: str
    runs: Runs

    @property
    def text(self) -> str:
        """What it says."""
        return plain(self.runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One change: in which clause, the text before and after (one of them empty where it came or went).

    `origins` are the fields and lines of wording that the changed words come from, `placed` tells whether the
    text could be matched with one of the Document's.
    """

    clause: str
    old: str
    new: str
    origins: tuple[Origin, ...] = ()
    placed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What came back: changes of the text, and what stands outside of it (headers, comments, notes)."""

    edits: tuple[Edit, ...]
    others: tuple[str, ...]
    tracked: bool


def returned(document: Document, content: bytes) -> Returned:
    """Compare a returned file with the document it came from; raises `package.UnreadableError`."""
    as_sent = read(content)
    settled = read(accepted(content))
    kinds = {oddity.kind for part in as_sent.parts for item in part.items for oddity in item.oddities}
    return Returned(
        edits=tuple(_edits(tuple(_places(document.body.blocks)), _texts(settled))),
        others=tuple(_others(document, as_sent)),
        tracked=bool(kinds & {"inserted", "deleted"}),
    )


def _places(blocks: Sequence[Block]) -> Iterator[Place]:
    clause = "首部"
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            clause = block.lead + plain(block.runs)
        elif isinstance(block, Paragraph) and block.style == "annex":
            clause = plain(block.runs)
        for runs in _runs(block):
            if plain(runs).strip():
                yield Place(clause="签署栏" if isinstance(block, Signature) else clause, runs=runs)


def _runs(block: Block) -> Iterator[Runs]:
    match block:
        case Heading():
            yield (Run(text=block.lead), *block.runs)
        case Paragraph():
            yield (Run(text=block.number), *block.runs)
        case ListItem():
            yield (Run(text=f"{block.marker}\t"), *block.runs)
        case Table():
            yield from (cell.runs for row in (block.head, *block.rows) for cell in row)
        case PageBreak():
            return
        case Title() | Contents():
            yield from [block.runs] if isinstance(block, Title) else _contents(block)
        case _:
            yield from _group(block)


def _contents(block: Contents) -> Iterator[Runs]:
    yield from ((Run(text=text),) for text in (block.title, *block.entries))


def _group(block: Block) -> Iterator[Runs]:
    match block:
        case Cover():
            yield block.title
            for label, runs in block.lines:
                yield (Run(text=f"{label}："),)
                yield runs
        case Party():
            yield (Run(text=block.role),)
            yield from ((Run(text=f"{label}："), *runs) for label, runs in block.lines)
        case Form():
            yield from (line for field in block.fields for line in field.lines)
        case Signature():
            yield from _signature(block)
        case _:
            yield getattr(block, "runs", ())


def _signature(block: Signature) -> Iterator[Runs]:
    """Two parties side by side, line beside line."""
    for start in range(0, len(block.parties), 2):
        pair = block.parties[start : start + 2]
        for index in range(max(len(party.lines) for party in pair)):
            yield from (party.lines[index] for party in pair if index < len(party.lines))


def _texts(word: Word) -> tuple[str, ...]:
    """The file's texts in order: paragraphs, and tables cell by cell."""
    texts: list[str] = []
    for item in word.parts[0].items:
        if isinstance(item, Grid):
            texts += [line for row in item.rows for cell in row for line in cell.split("\n")]
        else:
            texts.append(item.text.replace("\n", "") if item.style.endswith(_TITLE) else item.text)
    return tuple(text for text in texts if text.strip())


def _edits(places: Sequence[Place], texts: Sequence[str]) -> Iterator[Edit]:
    said = [place.text for place in places]
    clause = "首部"
    for change, i, j, k, m in SequenceMatcher(None, said, texts, autojunk=False).get_opcodes():
        clause = places[i].clause if i < len(places) else clause
        if change != "equal":
            yield from _stretch(places[i:j], texts[k:m], clause)


def _stretch(places: Sequence[Place], texts: Sequence[str], clause: str) -> Iterator[Edit]:
    """Within a stretch that differs: what is alike belongs together, the rest came or went."""
    start = 0
    for text in texts:
        left = range(start, len(places))
        found = next((index for index in left if _alike(places[index].text, text)), None)
        if found is None and len(places) - start == 1 and len(texts) == 1:
            found = start
        if found is None:
            yield Edit(
                clause=places[start].clause if start < len(places) else clause, old="", new=text, placed=False
            )
            continue
        yield from map(_gone, places[start:found])
        place, start = places[found], found + 1
        yield Edit(clause=place.clause, old=place.text, new=text, origins=_touched(place.runs, text))
    yield from map(_gone, places[start:])


def _alike(old: str, new: str) -> bool:
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= _ALIKE


def _gone(place: Place) -> Edit:
    return Edit(clause=place.clause, old=place.text, new="", origins=_origins(place.runs))


def _touched(runs: Runs, text: str) -> tuple[Origin, ...]:
    """Where the words that were changed come from; an insertion belongs to the words before and after it."""
    spots: set[int] = set()
    for change, i, j, _, _ in SequenceMatcher(None, plain(runs), text, autojunk=False).get_opcodes():
        if change != "equal":
            spots |= set(range(i, j)) or {max(0, i - 1), i}
    touched = []
    at = 0
    for run in runs:
        if spots & set(range(at, at + len(run.text))):
            touched.append(run)
        at += len(run.text)
    return _origins(tuple(touched)) or _origins(runs)


def _origins(runs: Runs) -> tuple[Origin, ...]:
    return tuple(dict.fromkeys(run.origin for run in runs if run.origin.file and run.text.strip()))


def _others(document: Document, word: Word) -> Iterator[str]:
    """What stands outside the text: nothing that came back is passed over."""
    frame = document.frame
    known = {frame.header, frame.footer, frame.status, frame.watermark, ""}
    for part in word.parts[1:]:
        for item in part.items:
            texts = [cell for row in item.rows for cell in row] if isinstance(item, Grid) else [item.text]
            yield from (f"{_PARTS.get(part.kind, part.kind)}：{text}" for text in texts if text not in known)
    hidden = {
        oddity.text for item in word.parts[0].items for oddity in item.oddities if oddity.kind == "hidden"
    }
    yield from (f"隐藏文字：{text}" for text in sorted(hidden) if text)


_PARTS = {"header": "页眉", "footer": "页脚", "comments": "批注", "footnotes": "脚注", "endnotes": "尾注"}
