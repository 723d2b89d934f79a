"""Tables of a foreign agreement into lists: what each side brings, who bears which cost, who has which income."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipeline.desk.cell_meaning import Known, meaning
from pipeline.desk.head_unit import HeadUnit, head_unit, unit_above
from pipeline.desk.papers.denied import list_denied
from pipeline.desk.papers.outline import compact
from pipeline.desk.papers.proposal import Proposal
from pipeline.kernel import meant
from pipeline.kernel.finding import DataPath
from pipeline.kernel.structs import replace
from pipeline.record.schema import Schema
from pipeline.returned.filled_book import FilledCell
from pipeline.returned.running_text import PaperGrid

_HEADS = {
    "name": "(?:设备|仪器|仪器设备|物品|软件|场地|资源|技术|投入|项目|资产|课程)?(?:名称|品名|内容)",
    "model": "(?:品牌|规格|型号|规格型号|型号规格|规格及型号|品牌型号)",
    "quantity": "数量|面积",
    "unit": "(?:计量)?单位",
    "unit_price": "单价|采购单价|评估单价",
    "value": "金额|总价|合计|小计|总金额|总价值|价值|总值|原值|账面原值",
    "ownership": "权属|产权|所有权|产权归属|权属方|所有方|归属",
    "provider": "投入方|提供方",
    "delivered_by": "(?:交付|到位|到货|进场|投入)(?:时间|日期)",
    "asset_no": "资产编号|房屋编号|固定资产编号",
    "period": "使用期间|使用时间|使用期限",
    "note": "备注|说明",
}
_AMOUNTS = ("unit_price", "value")
_JOINED = ("model", "note")
"""Columns of words that may stand beside one another: 品牌, 型号."""
_SERIAL = re.compile(r"序号|编号|no\.?", re.IGNORECASE)
_SUM = re.compile(r"合计|总计|共计|小计|合计金额|总金额")
_SORTS = (
    ("technology", "软件|技术|课程|专利|资料"),
    ("premises", "场地|房屋|教室|厂房|实训室|车间"),
    ("capital", "资金|经费"),
    ("equipment", "设备|仪器|器材|机床"),
)
_SHARES = re.compile(r"比例|承担|分担|分配|分成|占比|%")
_COUNTED = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([\u4e00-\u9fff㎡]{1,3})")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableContext:
    """What is around a table: the article's name, the lines above it, the parties, how words name them."""

    article: str
    above: str
    sides: Mapping[str, str]
    known: Known
    schema: Schema


def table_items(place: int, grid: PaperGrid, context: TableContext) -> Iterator[Proposal]:
    """What a table lists; nothing where its heads are of no list."""
    rows = [row for row in grid.rows if any(map(str.strip, row))]
    for number, row in enumerate(rows[:3]):
        said = _under(rows[number - 1] if number else (), row)
        heads = [re.sub(r"[（(].*[）)]|/.*", "", compact(cell)) for cell in said]
        columns = {at: key for at, head in enumerate(heads) if (key := _column(head))}
        if {"name"} < set(columns.values()) and {"quantity", "value", "model"} & set(columns.values()):
            yield from _Listed(place, grid, context, said, columns).proposals(rows[number + 1 :])
            return
        sides = _shared(said, context)
        if len(sides) == len(context.sides) > 1 and (
            _SHARES.search("".join(said)) or "%" in "".join(map("".join, rows))
        ):
            yield from _shares(place, grid, context, sides, rows[number + 1 :])
            return


def _under(above: Sequence[str], row: Sequence[str]) -> list[str]:
    """A row of heads, with the head above it where its own cell is empty, as heads of two rows have it."""
    return [cell if cell.strip() else above[at] if at < len(above) else "" for at, cell in enumerate(row)]


def _of_a_section(row: Sequence[str]) -> bool:
    """Whether a row is one merged cell that heads the rows below it."""
    return len(row) > 2 and len({compact(cell) for cell in row}) == 1


def _column(head: str) -> str:
    return next((key for key, words in _HEADS.items() if re.fullmatch(words, head)), "")


class _Listed:
    """A list of things with numbers and prices."""

    def __init__(
        self,
        place: int,
        grid: PaperGrid,
        context: TableContext,
        heads: Sequence[str],
        columns: Mapping[int, str],
    ) -> None:
        self._place, self._grid, self._context, self._columns = place, grid, context, columns
        self._heads = heads
        general = unit_above(context.above)
        self._units = {at: head_unit(heads[at], general) for at, key in columns.items() if key in _AMOUNTS}
        self._path, self._doubt = self._list()
        self._whole = True

    def _list(self) -> tuple[DataPath, str]:
        """Which list it is, and what is not sure about that."""
        context = self._context
        said = f"{context.article} {context.above}"
        owners = {side for letter, side in context.sides.items() if letter in said}
        if re.search(r"企业|公司", said):
            owners |= {side for side in context.sides.values() if side != "college"}
        if re.search(r"学校|学院|校方|院方", re.sub(r"产业学院", "", said)):
            owners.add("college")
        words = f"{self._heads} {said}"
        sorts = [sort for sort, word in _SORTS if re.search(word, words)]
        named = [sort for sort, word in _SORTS if re.search(word, "".join(self._heads))]
        sort = (named or sorts or ["equipment"])[0]
        doubt = list_denied(context.above)
        if len(named) != 1 and len(sorts) != 1:
            doubt = doubt or "看不出是设备、技术还是场地"
        mine = owners == {"college"}
        if len(owners) != 1:
            doubt = (
                "看不出是学校的还是企业投入的，先当作企业投入"
                if not doubt
                else f"{doubt}，也看不出是哪一方的"
            )
        if mine and sort not in ("premises", "equipment"):
            sort = "other"
        return ("resources" if mine else "inputs", sort), doubt

    def proposals(self, rows: Sequence[Sequence[str]]) -> Iterator[Proposal]:
        """Each row, then the sum."""
        found: list[Proposal] = []
        total: Proposal | None = None
        for number, row in enumerate(rows, start=1):
            if any(_SUM.fullmatch(compact(cell)) for cell in row[:3]):
                total = self._total(row, found)
                continue
            self._whole &= self._known(row)
            if _of_a_section(row):
                continue
            made = self._row(number, row, len(found))
            if made is None:
                self._whole = False
            else:
                found.append(made)
        uses = (self._place,) if self._whole else ()
        yield from (replace(one, uses=uses) for one in found)
        if total is not None and found:
            yield replace(total, uses=uses)

    def _known(self, row: Sequence[str]) -> bool:
        """Whether every cell of a row is in a column that is read, or counts the rows."""
        return all(
            at in self._columns
            or not cell.strip()
            or (_SERIAL.fullmatch(compact(self._heads[at])) and re.fullmatch("[0-9]{1,3}", cell.strip()))
            for at, cell in enumerate(row)
        ) and not _of_a_section(row)

    def _row(self, number: int, row: Sequence[str], index: int) -> Proposal | None:
        value: dict[str, Any] = {}
        doubts = [self._doubt] if self._doubt else []
        for at, key in self._columns.items():
            text = row[at].strip() if at < len(row) else ""
            field = self._context.schema.at((*self._path, 0, key))
            if not text or text in ("/", "—", "-", "无"):
                continue
            if field is None:
                self._whole = False
                continue
            said, doubt = self._cell(at, key, text)
            if said is not None and key in value and key in _JOINED:
                value[key] = f"{value[key]} {said}"
            elif said is not None and value.setdefault(key, said) != said:
                doubts.append(f"“{compact(self._heads[at])}”和另一栏写的是同一项，数不一样")
            if doubt:
                doubts.append(doubt)
            if key == "quantity" and (counted := _COUNTED.fullmatch(text)):
                value.setdefault("unit", counted[2])
        if "name" not in value:
            return None
        doubts += ["只写了名称，看不出是不是下面几行的小标题"] if len(value) == 1 else []
        doubts += _differs(value)
        where = f"{self._grid.where}“{value['name']}”一行"
        return Proposal(
            path=(*self._path, index),
            value=value,
            where=where,
            said=" ".join(filter(None, row)),
            doubt="；".join(doubts),
        )

    def _cell(self, at: int, key: str, text: str) -> tuple[Any, str]:
        field = self._context.schema.at((*self._path, 0, key))
        assert field is not None
        unit = self._units.get(at, HeadUnit())
        if unit.refused:
            return None, f"{self._heads[at]}：{unit.refused}"
        found = meaning(FilledCell(where="", value=unit.yuan(text)), field, self._context.known)
        if found.refused:
            self._whole = False
        doubt = found.refused or found.asked or unit.asked
        return found.value, f"{compact(self._heads[at])}“{text}”：{doubt}" if doubt else ""

    def _total(self, row: Sequence[str], found: Sequence[Proposal]) -> Proposal | None:
        columns = [
            at for at, key in self._columns.items() if key == "value" and at < len(row) and row[at].strip()
        ]
        amounts = [meant.money(str(self._units[at].yuan(row[at].strip()))) for at in columns]
        if len(amounts) != 1 or amounts[0] is None:
            self._whole = False
            return None
        total = Decimal(amounts[0])
        items = [one.value.get("value", _product(one.value)) for one in found]
        right = all(one is not None for one in items) and sum(items, Decimal(0)) == total
        units = "；".join(filter(None, (self._units[at].asked for at in columns)))
        doubt = self._doubt or units or ("" if right else "和各行相加的数不一样")
        return Proposal(
            path=(self._path[0], "total"),
            value=total,
            where=f"{self._grid.where}合计一行",
            said=" ".join(filter(None, row)),
            doubt=doubt,
        )


def _product(value: Mapping[str, Any]) -> Decimal | None:
    quantity, price = value.get("quantity"), value.get("unit_price")
    return None if quantity is None or price is None else Decimal(quantity) * Decimal(price)


def _differs(value: Mapping[str, Any]) -> Iterator[str]:
    made = _product(value)
    if made is not None and "value" in value and Decimal(value["value"]) != made:
        yield f"数量乘单价是 {made:.2f}，金额写的是 {value['value']}"


def _shared(row: Sequence[str], context: TableContext) -> dict[int, str]:
    """The columns that belong to a side each."""
    found = {}
    for at, cell in enumerate(row):
        letters = [letter for letter in context.sides if letter in compact(cell)]
        if len(letters) == 1 and at:
            found[at] = context.sides[letters[0]]
    return found


def _shares(
    place: int,
    grid: PaperGrid,
    context: TableContext,
    sides: Mapping[int, str],
    rows: Sequence[Sequence[str]],
) -> Iterator[Proposal]:
    income = bool(
        re.search(r"收入|收益|分配|分成", f"{context.article} {context.above} {' '.join(grid.rows[0])}")
    )
    path: DataPath = ("revenue", "items") if income else ("costs",)
    made = []
    for row in rows:
        cells = {side: meant.percent(row[at].strip()) for at, side in sides.items() if at < len(row)}
        if row[0].strip() and len(cells) == len(sides) and all(cells.values()):
            shares = {side: _figure(said) for side, said in cells.items() if said}
            doubt = list_denied(context.above)
            if sum(shares.values()) != 100:
                doubt = "各方合计不是 100%"
            value = {"item": compact(row[0]), "shares": shares}
            made.append((value, doubt, " ".join(filter(None, row))))
    whole = len(made) == len(rows) and len(grid.rows[0]) == len(sides) + 1
    for number, (value, doubt, said) in enumerate(made):
        yield Proposal(
            path=(*path, number),
            value=value,
            where=f"{grid.where}“{value['item']}”一行",
            said=said,
            doubt=doubt,
            uses=(place,) if whole else (),
        )


def _figure(text: str) -> int | Decimal:
    exact = Decimal(text)
    return int(exact) if exact == exact.to_integral_value() else exact
