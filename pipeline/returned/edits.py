"""A Word file that came back: what was changed in it, and which field or line of wording each change belongs to.

The file is read with its tracked changes accepted: what the other side wants it to say. Every text of the
Document has its origin, so a change can be named where it has to be typed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from pipeline.kernel.document import Document, Origin, Runs, is_form, plain
from pipeline.kernel.structs import replace
from pipeline.returned.document_text import HEAD, PlacedParagraph, Rows, Spot, places
from pipeline.returned.inventory import STATUS, Note, notes
from pipeline.returned.matching import Pair, moved, pairs
from pipeline.returned.sent import as_sent
from pipeline.returned.tracked import accepted
from pipeline.returned.word import Item, WordTable, read

_NO_STATUS = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """A field or line of wording that a change belongs to, and what it says there before and after."""

    origin: Origin
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One change: in which clause, the text before and after (one of them empty where it came or went).

    `touched` are the fields and lines of wording that the changed words come from, `placed` tells whether the
    text could be matched with one of the Document's (if not, `touched` are its neighbours'). `where` names the row and column of a
    table, `what` is "moved" or "divided" where not the words changed but their place. What came has the origins of
    the text `above` and `below` it; a row that came has its `cells`, each with the runs of that column in the row
    beside it.
    """

    clause: str
    old: str
    new: str
    touched: tuple[Touched, ...] = ()
    placed: bool = True
    where: str = ""
    what: str = ""
    above: tuple[Origin, ...] = ()
    below: tuple[Origin, ...] = ()
    cells: tuple[tuple[str, Runs], ...] = ()

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Where the changed words come from."""
        return tuple(one.origin for one in self.touched)


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What came back: changes of the text, what else is in the file, and whether changes were tracked.

    `status` is what the file's own status line says of it, where it is not the sent one's.
    """

    edits: tuple[Edit, ...]
    others: tuple[Note, ...]
    tracked: bool
    status: str = ""


def returned(
    document: Document, content: bytes, sent: bytes, status: re.Pattern[str] = _NO_STATUS
) -> Returned:
    """Compare a returned file with the document it came from, of which `sent` is the Word file.

    `status` tells the status lines of the college's own frames. Raises `package.UnreadableError`.
    """
    found = notes(content, document, sent, status)
    spots = as_sent(document, sent) if is_form(document.layout) else places(document)
    items = [item for item in read(accepted(content)).parts[0].items if _said(item).strip()]
    items = [item for item in items if isinstance(item, WordTable) or not item.drawn]
    edits = tuple(_moves(list(_edits(spots, items))))
    return Returned(
        edits=edits,
        others=tuple(note for note in found if note.kind != STATUS),
        tracked=any(note.kind == "修订" for note in found),
        status=next((note.text for note in found if note.kind == STATUS), ""),
    )


def _said(item: Item) -> str:
    """What an item says; a long title is broken into lines of one length, but what it says is one line."""
    if isinstance(item, WordTable):
        return "\n".join("\t".join(row) for row in item.rows)
    return item.words


def _edits(spots: Sequence[Spot], items: Sequence[Item]) -> Iterator[Edit]:
    last = -1
    for i, k in pairs([spot.text for spot in spots], list(map(_said, items))):
        if i is None and k is not None:
            yield from _came(items[k], spots, last)
        elif k is None and i is not None:
            yield from _gone(spots[i])
        elif i is not None and k is not None:
            yield from _changed(spots[i], items[k])
        last = i if i is not None else last


def _came(item: Item, spots: Sequence[Spot], last: int) -> Iterator[Edit]:
    """A text that has no counterpart: it is told with what stands before and after it."""
    around = spots[max(last, 0) : last + 2]
    near = tuple(one for spot in around for one in _touched_all(_all_runs(spot)))
    clause = spots[last].clause if last >= 0 else HEAD
    texts = [" | ".join(row) for row in item.rows] if isinstance(item, WordTable) else [_said(item)]
    where = "新加的表格" if isinstance(item, WordTable) else ""
    above = _origins(_all_runs(spots[last])) if last >= 0 else ()
    below = _origins(_all_runs(spots[last + 1])) if last + 1 < len(spots) else ()
    for text in texts:
        yield Edit(
            clause=clause,
            old="",
            new=text,
            touched=near,
            placed=False,
            where=where,
            above=() if where else above,
            below=() if where else below,
        )


def _gone(spot: Spot) -> Iterator[Edit]:
    if isinstance(spot, PlacedParagraph):
        yield Edit(clause=spot.clause, old=spot.text, new="", touched=_touched_all(spot.runs))
        return
    for row in spot.rows:
        text = " | ".join(map(plain, row))
        touched = _touched_all(tuple(run for cell in row for run in cell))
        yield Edit(clause=spot.clause, old=text, new="", touched=touched, where=f"{spot.name}整个删去")


def _changed(spot: Spot, item: Item) -> Iterator[Edit]:
    if isinstance(spot, Rows) and isinstance(item, WordTable):
        yield from _rows(spot, item)
    elif spot.text != _said(item):
        note = "原来的表格改成了段落" if isinstance(spot, Rows) else ""
        note = "原来的段落改成了表格" if isinstance(item, WordTable) else note
        yield _edit(spot.clause, _all_runs(spot), _said(item), note)


def _rows(spot: Rows, grid: WordTable) -> Iterator[Edit]:
    old, new = ["\t".join(row) for row in spot.texts], ["\t".join(row) for row in grid.rows]
    last = 0
    for i, k in _beside(list(pairs(old, new)), grid):
        if i is None and k is not None:
            near = _touched_all(tuple(run for cell in spot.rows[last] for run in cell))
            new_row = " | ".join(grid.rows[k])
            where = f"{spot.name}第 {last + 1} 行之后加的一行"
            rows = [_origins(tuple(run for cell in row for run in cell)) for row in spot.rows]
            beside = spot.rows[last if last or len(spot.rows) == 1 else 1]
            yield Edit(
                clause=spot.clause,
                old="",
                new=new_row or "（空行）",
                touched=near,
                placed=False,
                where=where,
                above=rows[last],
                below=rows[last + 1] if last + 1 < len(rows) else (),
                cells=tuple(zip(grid.rows[k], beside, strict=False))
                if len(grid.rows[k]) == len(beside)
                else (),
            )
        elif k is None and i is not None:
            touched = _touched_all(tuple(run for cell in spot.rows[i] for run in cell))
            text = " | ".join(spot.texts[i])
            yield Edit(clause=spot.clause, old=text, new="", touched=touched, where=_at(spot, i))
        elif i is not None and k is not None:
            yield from _cells(spot, i, grid, k)
        last = i if i is not None else last


def _beside(found: Sequence[Pair], grid: WordTable) -> Iterator[Pair]:
    """Rows and their counterparts; one whose cells were merged holds other words and is the one in its place all the same."""
    merged = grid.widened | {row for place, _ in grid.covered for row in (place - 1, place)}
    gone = {i for i, k in found if k is None}
    same = {k for i, k in found if i is None and k in gone and k in merged}
    for i, k in found:
        if k is None and i in same:
            yield i, i
        elif i is not None or k not in same:
            yield i, k


def _cells(spot: Rows, row: int, grid: WordTable, place: int) -> Iterator[Edit]:
    cells = grid.rows[place]
    if len(cells) != len(spot.rows[row]):
        runs = tuple(run for cell in spot.rows[row] for run in cell)
        where = f"{_at(spot, row)}（原 {len(spot.rows[row])} 格，现 {len(cells)} 格，合并或拆分过单元格）"
        old, new = " | ".join(spot.texts[row]), " | ".join(cells)
        yield Edit(clause=spot.clause, old=old, new=new, touched=_touched_all(runs), where=where)
        return
    for column, (runs, text) in enumerate(zip(spot.rows[row], cells, strict=True)):
        if plain(runs) != text:
            yield _edit(spot.clause, runs, text, _at(spot, row, column) + _merged(grid, place, column))


def _merged(grid: WordTable, row: int, column: int) -> str:
    """That a cell was made one with its neighbour: its words went there, nobody deleted them."""
    if (row, column) in grid.covered:
        return "（这一格合并到上面的格里了）"
    return "（和下面的格合并成了一格）" if (row + 1, column) in grid.covered else ""


def _at(spot: Rows, row: int, column: int | None = None) -> str:
    """The place in a table as people count: rows from 1 with the head as row 1, columns by their heads."""
    if column is None:
        return f"{spot.name}第 {row + 1} 行"
    head = spot.texts[0][column].strip() if spot.headed and row and column < len(spot.texts[0]) else ""
    return f"{spot.name}第 {row + 1} 行" + (f"“{head}”列" if head else f"第 {column + 1} 格")


def _edit(clause: str, runs: Runs, text: str, where: str) -> Edit:
    return Edit(clause=clause, old=plain(runs), new=text, touched=_touched(runs, text), where=where)


def _all_runs(spot: Spot) -> Runs:
    return (
        spot.runs
        if isinstance(spot, PlacedParagraph)
        else tuple(run for row in spot.rows for cell in row for run in cell)
    )


def _origins(runs: Runs) -> tuple[Origin, ...]:
    """Where the words of some runs come from, once each; what code wrote comes from nowhere."""
    return tuple(dict.fromkeys(run.origin for run in runs if run.origin.file))


def _touched_all(runs: Runs) -> tuple[Touched, ...]:
    """Every origin in some runs, its words as they are."""
    said: dict[Origin, str] = {}
    for run in runs:
        if run.origin.file and run.text.strip():
            said[run.origin] = said.get(run.origin, "") + run.text
    return tuple(Touched(origin=origin, old=text, new="") for origin, text in said.items())


def _touched(runs: Runs, text: str) -> tuple[Touched, ...]:
    """The origins whose words were changed, with those words before and after.

    What is inserted between two runs belongs to the run before it; at the very beginning, to the first.
    """
    owners = [number for number, run in enumerate(runs) for _ in run.text]
    made = [""] * len(runs)
    for change, i, j, k, m in SequenceMatcher(None, plain(runs), text, autojunk=False).get_opcodes():
        if change == "equal":
            for at, letter in zip(range(i, j), text[k:m], strict=True):
                made[owners[at]] += letter
        elif owners:
            made[owners[min(i, len(owners) - 1)] if j > i or not i else owners[i - 1]] += text[k:m]
    found = []
    for origin, same in groupby(zip(runs, made, strict=True), key=lambda pair: pair[0].origin):
        pieces = list(same)
        old, new = "".join(run.text for run, _ in pieces), "".join(now for _, now in pieces)
        if origin.file and old != new:
            found.append(Touched(origin=origin, old=old, new=new))
    return tuple(found) or _touched_all(runs)


def _moves(edits: Sequence[Edit]) -> Iterator[Edit]:
    """What went in one place and came in another has moved: told once, where it stands now."""
    gone = [at for at, edit in enumerate(edits) if edit.old and not edit.new]
    came = [at for at, edit in enumerate(edits) if edit.new and not edit.old]
    found = moved([edits[at].old for at in gone], [edits[at].new for at in came])
    to = {came[new]: gone[old] for new, old in found.items()}
    for at, edit in enumerate(edits):
        if at in to:
            before = edits[to[at]]
            what, where = "moved", f"从【{before.clause}】移到【{edit.clause}】"
            yield replace(edit, old=before.old, touched=before.touched, placed=True, what=what, where=where)
        elif at not in to.values():
            yield edit
