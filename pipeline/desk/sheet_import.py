"""A filled workbook taken back: what it wants of the record, what has to be asked, what cannot be taken."""

from __future__ import annotations

import copy
import sys
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.desk.cell_meaning import Known, meaning, words
from pipeline.desk.sheet_items import SheetItems, unchanged
from pipeline.desk.sheet_plan import PREPARED, SheetPlan, columns, mark_of, part, shown
from pipeline.desk.sheet_shares import put_within
from pipeline.kernel.data_path import value_at
from pipeline.kernel.fill_in import TOO_LONG, too_long
from pipeline.kernel.finding import DataPath
from pipeline.kernel.structs import replace
from pipeline.record.schema import Field
from pipeline.returned.filled_book import FilledBook, FilledCell, Rows

_FIRST_ROW, _MARK_ROW, _FIRST_ANSWER = 4, 3, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A cell that is not simply taken: where, in which column, what stands there, and the question or reason.

    `number` is what a question is agreed to by; 0 for what is refused.
    """

    where: str
    label: str
    text: str
    reason: str
    number: int = 0


_MARKS_GONE = "藏着的标记（首列或上面几行）没有了，认不出是哪一栏，这一页没有读；重新导出一份再填"


@dataclass(slots=True)
class Wanted:
    """What a workbook wants a record to hold; `asked` are taken where they were accepted, `refused` never."""

    data: Any
    asked: list[Doubt] = field(default_factory=list)
    refused: list[Doubt] = field(default_factory=list)


class SheetReader:
    """Reads one workbook against the record it was made from.

    `numbers` are those of its questions.
    """

    def __init__(
        self,
        base: Any,
        plan: SheetPlan,
        names: Mapping[str, str],
        known: Known,
        accepted: Container[int],
    ) -> None:
        self._plan = plan
        self._names = names
        self._known = known
        self._accepted = accepted
        self.numbers: dict[tuple[str, str, str], int] = {}
        self._base = base
        self.wanted = Wanted(data=copy.deepcopy(base))

    def counted(self, book: FilledBook) -> Wanted:
        """The same as `read`, with questions counted as if every answer were given.

        So the numbers that somebody was shown go on meaning the same questions, whatever else is agreed to.
        """
        agreed, self._accepted = self._accepted, range(1, sys.maxsize)
        self.read(book)
        self._accepted, self.wanted = agreed, Wanted(data=copy.deepcopy(self._base))
        return self.read(book)

    def read(self, book: FilledBook) -> Wanted:
        """What all sheets together want."""
        answers = {mark_of(path): (path, label, one) for path, label, one in self._plan.answers}
        lists = {mark_of(path): (path, label, one) for path, label, one in self._plan.lists}
        read = set[str]()
        for title, rows in book.sheets.items():
            mark = _text_at(rows, 1, 0)
            if mark in lists and mark in read:
                self._unread(title, "和另一页是同一个清单，这一页没有读；只留一页")
            elif mark in lists:
                read.add(mark)
                self._list(title, rows, *lists[mark])
            elif not self._answers(rows, answers) and any(not cell.empty for row in rows for cell in row):
                self._unread(title, _MARKS_GONE)
        return self.wanted

    def _answers(self, rows: Rows, answers: Mapping[str, tuple[DataPath, str, Field]]) -> bool:
        """Read the single answers of a page; whether there were any."""
        found = [
            (row[2], answers[str(row[0].value)])
            for row in rows[_FIRST_ANSWER:]
            if len(row) > 2 and str(row[0].value) in answers
        ]
        for cell, about in found:
            self._answer(cell, *about)
        return bool(found)

    def _unread(self, title: str, reason: str) -> None:
        self.wanted.refused.append(Doubt(where=title, label="整页", text="", reason=reason))

    def _answer(self, cell: FilledCell, path: DataPath, label: str, one: Field) -> None:
        old = value_at(self._base, path)
        new = self._cell(cell, label, one, old)
        if new is not old:
            _put(self.wanted.data, path, new)

    def _cell(self, cell: FilledCell, label: str, one: Field, old: Any) -> Any:
        """The value of a cell: the old one where nothing was changed or nothing can be taken."""
        before = shown(old, one, self._names)
        if unchanged(before, cell) or isinstance(old, dict | list):
            return old
        if too_long(before):
            self.wanted.refused.append(_doubt(cell, label, f"原来的内容{TOO_LONG}"))
            return old
        if cell.empty and not cell.odd:
            return None
        found = meaning(cell, one, self._known)
        if found.refused:
            self.wanted.refused.append(_doubt(cell, label, found.refused))
            return old
        return old if found.asked and not self._agreed(_doubt(cell, label, found.asked)) else found.value

    def _list(self, title: str, rows: Rows, path: DataPath, label: str, one: Field) -> None:
        old = value_at(self._base, path)
        old = old if isinstance(old, list) else []
        fields = dict(columns(one))
        heads = [str(cell.value or "") for cell in rows[_MARK_ROW]] if len(rows) > _MARK_ROW else []
        if not set(heads) & set(fields):
            self._unread(title, _MARKS_GONE)
            return
        filled = [
            (str(row[0].value or ""), [pair for pair in zip(heads, row, strict=False) if pair[0] in fields])
            for row in rows[_FIRST_ROW:]
        ]
        by_mark = {int(mark): cells for mark, cells in filled if _marks(mark, old)}
        kept = SheetItems(old, one, self._names, by_mark)
        made: list[Any] = []
        for mark, cells in filled:
            at = int(mark) if _marks(mark, old) else None
            if all(cell.empty and not cell.odd for _, cell in cells):
                if at is not None and _bare(old[at], fields):
                    made.append(old[at])
                continue
            if mark == PREPARED and kept.untouched(cells):
                continue
            where = f"{label} 第 {len(made) + 1} 项"
            before, doubt = kept.of_row(at, cells)
            if doubt and not self._agreed(_doubt(cells[0][1], where, doubt)):
                made.append(before)
                continue
            item = self._item(cells, fields, where, before)
            if item is not None:
                made.append(item)
        if made != old:
            _put(self.wanted.data, path, made or None)

    def _agreed(self, doubt: Doubt) -> bool:
        # Not by the label: it counts the items before, which other answers take out or leave in.
        key = (doubt.where, doubt.text, doubt.reason)
        number = self.numbers.setdefault(key, len(self.numbers) + 1)
        self.wanted.asked.append(replace(doubt, number=number))
        return number in self._accepted

    def _item(
        self, cells: list[tuple[str, FilledCell]], fields: Mapping[str, Field], label: str, before: Any
    ) -> Any:
        made = dict(before) if isinstance(before, dict) else {}
        for key, cell in cells:
            value = self._cell(cell, f"{label}·{fields[key].label}", fields[key], part(before, key))
            if key not in made and not isinstance(before, dict) and len(fields) == 1 and "·" in fields:
                return value
            put_within(made, key, value)
        return made or None


def _marks(mark: str, old: list[Any]) -> bool:
    """Whether a mark is the number of an item that there was."""
    return mark.isascii() and mark.isdigit() and len(mark) < 7 and int(mark) < len(old)


def _bare(item: Any, fields: Mapping[str, Field]) -> bool:
    """Whether an item shows nothing in any column, so that its empty row was not emptied by anybody."""
    return all(part(item, key) in (None, "", [], {}) for key in fields)


def _doubt(cell: FilledCell, label: str, reason: str) -> Doubt:
    return Doubt(
        where=cell.where, label=label, text="" if cell.value is None else words(cell.value), reason=reason
    )


def _text_at(rows: Rows, row: int, column: int) -> str:
    return str(rows[row][column].value or "") if len(rows) > row and len(rows[row]) > column else ""


def _put(data: Any, path: DataPath, value: Any) -> None:
    """Give or take the value at a path; what is missing on the way is made."""
    for number, step in enumerate(path[:-1]):
        below = data.get(step) if isinstance(data, dict) else data[step]
        if below is None:
            if value is None:
                return
            below = data[step] = [] if isinstance(path[number + 1], int) else {}
        data = below
    if value is None and isinstance(data, dict):
        data.pop(path[-1], None)
    else:
        data[path[-1]] = value
