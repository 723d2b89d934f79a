"""Which item of a list a filled row tells of, where rows were sorted or typed anew without their hidden marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from pipeline.desk.cell_meaning import words
from pipeline.desk.sheet_plan import columns, part, shown
from pipeline.kernel.fill_in import TOO_LONG, too_long
from pipeline.record.schema import Field
from pipeline.returned.filled_book import FilledCell

Cells = Sequence[tuple[str, FilledCell]]
"""The cells of a row with the keys of their columns."""


class SheetItems:
    """The items of a list as its page showed them; what a page does not show stays with the item it belongs to."""

    def __init__(
        self, old: Sequence[Any], one: Field, names: Mapping[str, str], rows: Mapping[int, Cells]
    ) -> None:
        """`rows` are the filled rows by the mark they bear: the number of the item they were made of."""
        self._old = old
        self._one = one
        self._fields = dict(columns(one))
        self._names = names
        called = (key for key, each in self._fields.items() if each.type == "text" and not each.values)
        self._name = next(called, next(iter(self._fields), ""))
        self._hides = any(map(self._hidden, old))
        self._exact = {at for at, cells in rows.items() if self._hides and self._all(at, cells)}
        self._called = {at for at, cells in rows.items() if self._hides and self._says(at, cells, self._name)}

    def of_row(self, mark: int | None, cells: Cells) -> tuple[Any, str]:
        """The item that a row tells of, and a question (Chinese) where that is not sure.

        The mark alone would do where an item holds no more than its page shows.
        """
        marked = None if mark is None else self._old[mark]
        if not self._hides or (mark is not None and self._all(mark, cells)):
            return marked, ""
        # Those whose own row still tells of them are not what this row means.
        gone = self._called if mark is None else self._exact
        free = [at for at in range(len(self._old)) if at not in gone]
        exact = [at for at in free if self._all(at, cells)]
        called = [at for at in free if self._says(at, cells, self._name)]
        if exact:
            return self._old[exact[0]], ""
        if len(called) == 1:
            return self._old[called[0]], ""
        hidden = self._hidden(marked)
        if not called and not hidden:
            return marked, ""
        said = words(dict(cells)[self._name].value) if self._name in dict(cells) else ""
        if called:
            at = mark if mark in called else called[0]
            return self._old[at], f"叫“{said}”的有几项，当作表上原来的那一项就同意"
        was = shown(part(marked, self._name), self._fields[self._name], self._names)
        return marked, f"这一行原来是“{was}”，还有没有显示的内容（{hidden}）跟着它；是同一项改了名就同意"

    def untouched(self, cells: Cells) -> bool:
        """Whether nobody filled anything into a row that was prepared with its first column only."""
        return all(cell.empty for key, cell in cells if key != next(iter(self._fields)))

    def _hidden(self, item: Any) -> str:
        if not isinstance(item, dict) or self._one.each is None:
            return ""
        children = self._one.each.children
        return "、".join(children[key].label for key in item if key in children and key not in self._fields)

    def _all(self, at: int, cells: Cells) -> bool:
        return all(self._says(at, cells, key) for key in self._fields)

    def _says(self, at: int, cells: Cells, key: str) -> bool:
        cell = dict(cells).get(key)
        return cell is not None and unchanged(
            shown(part(self._old[at], key), self._fields[key], self._names), cell
        )


def unchanged(before: Any, cell: FilledCell) -> bool:
    """Whether a cell says what it said when the workbook was made, as any program may have saved it."""
    value = cell.value
    if too_long(before):
        return bool(value == TOO_LONG)
    if before is None or before == "":
        return cell.empty and not cell.odd
    if isinstance(before, int | Decimal) and isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(repr(value)) == before or float(before) == value
    if isinstance(before, date):
        return bool(value == before)
    return words(value) == str(before).strip() if value is not None else False
