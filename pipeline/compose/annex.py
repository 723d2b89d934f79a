"""The annex tables: inputs, resources, costs, income, with their sums (clause 8.4, E06–E09)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from pipeline.compose.values import Value
from pipeline.kernel.chinese import yuan
from pipeline.kernel.document import Block, Cell, Origin, Paragraph, Run, Table
from pipeline.record.model.agreement import Inputs, Item, Resources
from pipeline.record.model.names import itemised

_INPUT_KEYS = ("name", "model", "quantity", "unit", "unit_price", "value", "ownership", "delivered_by")
_RESOURCE_KEYS = ("name", "asset_no", "quantity", "unit", "value", "period")
_COST_KEYS = ("kind", "item", "estimate", "shares", "liability")
_REVENUE_KEYS = ("item", "shares", "basis")
_REMARKS = {"provider": "（{}投入）", "lease": "（出租）", "approval_no": "（批文号：{}）", "note": "（{}）"}
_FIGURES = frozenset({"quantity", "unit_price", "value", "estimate"})


def _itemised(name: str, value: Value, kinds: tuple[str, ...], keys: tuple[str, ...]) -> tuple[Block, ...]:
    lines = [(kind, line) for kind in kinds for line in _lines(getattr(value, kind))]
    if not lines:
        return (Paragraph(runs=(value.printed().run,)),)
    rows = [
        (_text(str(number)), _text(getattr(value, kind).meaning.label), *_cells(line, keys))
        for number, (kind, line) in enumerate(lines, start=1)
    ]
    rows.append(_sum_row(lines, keys))
    head = ("序号", "类别", *(_label(lines[0][1], key) for key in keys))
    return (_table(name, head, rows, keys),)


def _listed(name: str, value: Value, keys: tuple[str, ...]) -> tuple[Block, ...]:
    lines = _lines(value)
    if not lines:
        return (Paragraph(runs=(value.printed().run,)),)
    rows = [(_text(str(number)), *_cells(line, keys)) for number, line in enumerate(lines, start=1)]
    return (_table(name, ("序号", *(_label(lines[0], key) for key in keys)), rows, keys),)


def _lines(value: Value) -> list[Value]:
    return list(value) if value else []


def _label(line: Value, key: str) -> str:
    label: str = getattr(line, key).meaning.label
    return label


def _table(name: str, head: tuple[str, ...], rows: list[tuple[Cell, ...]], keys: tuple[str, ...]) -> Table:
    before = len(head) - len(keys)
    numeric = tuple(index for index, key in enumerate(keys, start=before) if key in _FIGURES)
    return Table(name=name, head=tuple(map(_text, head)), rows=tuple(rows), numeric=numeric)


def _sum_row(lines: list[tuple[str, Value]], keys: tuple[str, ...]) -> tuple[Cell, ...]:
    amounts = [line.raw.amount for _, line in lines if isinstance(line.raw, Item)]
    total = sum((amount for amount in amounts if amount is not None), Decimal("0.00"))
    cells = [_text("")] * (len(keys) + 2)
    cells[1] = _text("合计")
    cells[2 + keys.index("value")] = _text(yuan(total))
    return tuple(cells)


def _cells(line: Value, keys: tuple[str, ...]) -> Iterator[Cell]:
    for key in keys:
        value: Value = getattr(line, key)
        figure = line.raw.amount if key == "value" and isinstance(line.raw, Item) else value.raw
        if key == "name" and isinstance(line.raw, Item):
            yield Cell(runs=tuple(_name(line)))
        elif key in _FIGURES - {"quantity"} and isinstance(figure, Decimal):
            # An amount worked out of quantity and price stands nowhere itself: its line is its place.
            yield _text(yuan(figure), (line if value.raw is None else value).whence)
        elif value or value.meaning.element or isinstance(figure, Decimal):
            yield Cell(runs=(value.printed().run,))
        else:
            yield _text("")


def _name(line: Value) -> Iterator[Run]:
    """The line's name and, in brackets, what else was said of it: who provides it, under which approval, notes."""
    yield line.name.printed().run
    for key, words in _REMARKS.items():
        remark = getattr(line, key, None)
        if remark:
            before, value, after = words.partition("{}")
            yield Run(text=before)
            if value:
                yield from (remark.printed().run, Run(text=after))


def _text(text: str, origin: Origin | None = None) -> Cell:
    run = Run(text=text, origin=origin) if origin else Run(text=text)
    return Cell(runs=(run,) if text else ())


ANNEXES: Mapping[str, Callable[[Value], tuple[Block, ...]]] = {
    "inputs": lambda a: _itemised("inputs", a.inputs, itemised(Inputs), _INPUT_KEYS),
    "resources": lambda a: _itemised("resources", a.resources, itemised(Resources), _RESOURCE_KEYS),
    "costs": lambda a: _listed("costs", a.costs, _COST_KEYS),
    "revenue": lambda a: _listed("revenue", a.revenue.items, _REVENUE_KEYS),
}
"""The tables a wording may call for with `[[name]]`."""
