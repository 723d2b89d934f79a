"""The rows of a ledger as records: what is sure, what is asked, what is refused, cell by cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pipeline.desk.cell_meaning import Known, Meaning, meaning, text_meaning, words
from pipeline.desk.head_unit import HeadUnit
from pipeline.desk.ledger_layout import LedgerLayout
from pipeline.desk.ledger_names import code, company, contact
from pipeline.desk.ledger_words import ENTERPRISES, TERM
from pipeline.desk.machines import machines
from pipeline.kernel import meant
from pipeline.kernel.finding import DataPath
from pipeline.kernel.structs import replace
from pipeline.prose.personal import personal_numbers
from pipeline.record.schema import Field, Schema
from pipeline.record.schema.validate import Checker
from pipeline.returned.filled_book import FilledCell, Rows

_LIKE_AN_IDENTITY = re.compile(r"(?<![0-9A-Za-z])(?:[0-9]{15}|[0-9]{17}[0-9Xx])(?![0-9A-Za-z])")
_SUMS = re.compile(
    r"((?:本页|本年|本期|累计)?(?:合\s*计|总\s*计|小\s*计|累\s*计)|说明|备注|填表人|制表人|注)([：:].*)?\Z"
)
_CAMPUS = {"校内": True, "校外": False, "校内基地": True, "校外基地": False}
_DITTO = ("同上", "〃", "″", '"')
_NOTHING = ("无", "/", "-", "—", "——", "暂无", "不详", "待定")
_BETWEEN = re.compile(r"\s*(?:至|到|—|–|~|～|－|-(?=\s*\d{4}))\s*")
_GAP = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_PARTS = re.compile(r"[、，,；;\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerCell:
    """A cell that is not simply taken: where it stands, under which head, what it says, and why.

    `chosen` where a question has several answers, so that nobody agrees to it together with all others.
    """

    where: str
    head: str
    text: str
    reason: str
    value: Any = None
    path: DataPath = ()
    chosen: bool = False


@dataclass(slots=True)
class LedgerRow:
    """A row taken apart: the values by path, the questions, the refusals, how many cells were sure."""

    number: int
    values: dict[DataPath, Any] = field(default_factory=dict)
    asked: list[LedgerCell] = field(default_factory=list)
    refused: list[LedgerCell] = field(default_factory=list)

    @property
    def where(self) -> str:
        """The row as people find it."""
        return f"第 {self.number} 行"

    @property
    def data(self) -> dict[str, Any]:
        """The values as a record holds them."""
        made: dict[str, Any] = {}
        for path, value in self.values.items():
            inner = made
            for step in path[:-1]:
                inner = inner.setdefault(str(step), {})
            inner[str(path[-1])] = value
        return made


def ledger_rows(rows: Rows, found: LedgerLayout, schema: Schema, known: Known) -> Iterator[LedgerRow]:
    """Every row below the heads that holds an entry: sums, remarks and empty rows are none."""
    above: dict[int, FilledCell] = {}
    checker = Checker(schema)
    for number, row in enumerate(rows[found.first :], start=found.first + 1):
        there = {column: row[column] for column in found.columns if column < len(row)}
        cells = {column: cell for column, cell in there.items() if not cell.empty}
        first = next((words(cell.value) for cell in row if not cell.empty), "")
        if not cells or _SUMS.match(first) or _repeats_heads(cells, found):
            continue
        made = LedgerRow(number=number)
        for column, cell in there.items():
            if cell.empty:
                # A formula that nobody worked out, an error of the spreadsheet: something was meant to stand there.
                if cell.odd and not cell.odd.startswith("合并"):
                    lost = LedgerCell(
                        where=cell.where,
                        head=found.heads[column],
                        text="",
                        reason=cell.odd,
                        path=found.columns[column],
                    )
                    made.refused.append(lost)
                continue
            text = words(cell.value)
            cell = above.get(column, cell) if text in _DITTO else cell
            above[column] = cell
            # One cell over several rows says the same of each of them: that is how ledgers are made.
            cell = replace(cell, odd="") if cell.odd.startswith("合并") else cell
            if words(cell.value) not in _NOTHING:
                _take(made, cell, found, column, checker, known)
        _in_order(made)
        if made.values or made.asked or made.refused:
            yield made


def _in_order(made: LedgerRow) -> None:
    """A term that ends before it begins has its ends in each other's column, or one mistyped."""
    begin, end = made.values.get(("term", "start")), made.values.get(("term", "end"))
    if isinstance(begin, date) and isinstance(end, date) and end < begin:
        del made.values["term", "start"], made.values["term", "end"]
        why = f"结束日期 {end.isoformat()} 比开始日期 {begin.isoformat()} 早，核对后再导"
        made.refused.append(LedgerCell(where=made.where, head="合同期限", text="", reason=why, path=TERM))


def _repeats_heads(cells: Mapping[int, FilledCell], found: LedgerLayout) -> bool:
    """A head printed once more on the next page."""
    same = sum(words(cell.value) in found.heads[column].split("/") for column, cell in cells.items())
    return same > 1 and same * 2 >= len(cells)


def _take(
    made: LedgerRow, cell: FilledCell, found: LedgerLayout, column: int, checker: Checker, known: Known
) -> None:
    path = found.columns[column]
    head = found.heads[column]
    both = contact(words(cell.value), head) if path == ("contact", "name") else {}
    results = (
        _term(cell) if path == TERM else both or {path: _meant(cell, column, found, checker.schema, known)}
    )
    for where, one in results.items():
        if isinstance(one.value, str) and where != ("credit_code",) and _personal(one.value):
            one = Meaning(refused="像是身份证号或银行卡号，个人的号码不进库")
        elif not one.refused and (fault := _unfit(where, one.value, found, checker)):
            one = Meaning(refused=fault)
        if one.refused or one.asked:
            doubt = LedgerCell(
                where=cell.where,
                head=head,
                text=words(cell.value),
                reason=one.refused or one.asked,
                value=one.value,
                path=where,
            )
            (made.refused if one.refused else made.asked).append(doubt)
        else:
            made.values[where] = one.value


def _unfit(path: DataPath, value: Any, found: LedgerLayout, checker: Checker) -> str:
    """Why the record would be wrong with a value that could be read: a credit code with a digit copied wrong."""
    place = _place(path, found)
    return checker.fault(place, value) if checker.schema.at(place) is not None else ""


def _place(path: DataPath, found: LedgerLayout) -> DataPath:
    """Where in the record the field of a column is; one of several entries is called x."""
    return found.kind.fields.get(path, (*found.kind.below, "x", *path) if found.kind.below else path)


def _personal(text: str) -> bool:
    """Whether a text holds somebody's number, or stands where one would: mistyped, it still says nearly all of it."""
    return bool(_LIKE_AN_IDENTITY.search(unicodedata.normalize("NFKC", text))) or any(personal_numbers(text))


def _meant(cell: FilledCell, column: int, found: LedgerLayout, schema: Schema, known: Known) -> Meaning:
    path = found.columns[column]
    if path in (("signed_on",), ("date",)):
        return meaning(cell, Field(key="date", type="date", label="日期"), known)
    if path == ("credit_code",) and isinstance(cell.value, int | float):
        return Meaning(refused="信用代码存成了数字，后几位已经丢了；照营业执照重新录入成文本")
    if path == ("credit_code",):
        cell = replace(cell, value=code(words(cell.value)))
    if path == ("items",):
        return _topics(text_meaning(str(cell.value)))
    remark = ""
    if path[-1] == "name" and isinstance(cell.value, str):
        # 张 三 in a column of even width, a company broken over two lines: no part of the name.
        cell = replace(cell, value=_GAP.sub("", cell.value))
    if path == ("name",) and found.kind is ENTERPRISES:
        bare, remark = company(" ".join(words(cell.value).split()))
        cell = replace(cell, value=bare) if remark else cell
    if path == ("equipment",):
        return machines(cell)
    made = _of_field(cell, column, found, schema, known)
    return replace(made, asked=made.asked or remark)


def _topics(spoken: Meaning) -> Meaning:
    if spoken.refused:
        return spoken
    topics = [one.strip() for one in re.split(r"[；;\n]+", spoken.value or "") if one.strip()]
    return Meaning(value=[{"topic": re.sub(r"^[0-9]{1,2}[.、．](?![0-9])\s*", "", one)} for one in topics])


def _of_field(cell: FilledCell, column: int, found: LedgerLayout, schema: Schema, known: Known) -> Meaning:
    path, unit = found.columns[column], found.units.get(column, HeadUnit())
    one = schema.at(_place(path, found))
    assert one is not None
    if path == ("on_campus",):
        at = _CAMPUS.get(words(cell.value))
        return Meaning(value=at) if at is not None else Meaning(refused="请写 校内 或 校外")
    if path == ("capacity",) and "人" in found.heads[column]:
        made = meaning(cell, one, known)
        return made if made.refused else replace(made, asked="容纳人数当作工位数")
    if one.type == "list":
        return _list(cell, one, known)
    return _amount(cell, one, known, unit) if one.type == "money" else meaning(cell, one, known)


def _amount(cell: FilledCell, one: Field, known: Known, unit: HeadUnit) -> Meaning:
    """An amount in the unit of its head; a question where the head leaves the unit open."""
    if unit.refused:
        return Meaning(refused=unit.refused)
    found = meaning(replace(cell, value=unit.yuan(cell.value)), one, known)
    if not unit.asked or found.refused or found.asked:
        return found
    return replace(found, asked=f"{unit.asked}就是 {found.value:f} 元")


def _list(cell: FilledCell, one: Field, known: Known) -> Meaning:
    each = one.each
    assert each is not None
    parts = [part.strip() for part in _PARTS.split(words(cell.value)) if part.strip()]
    made = [meaning(replace(cell, value=part), each, known) for part in parts]
    refused = next((part.refused for part in made if part.refused), "")
    asked = next((part.asked for part in made if part.asked), "")
    return Meaning(value=[part.value for part in made], asked="" if refused else asked, refused=refused)


def _term(cell: FilledCell) -> dict[DataPath, Meaning]:
    """Both ends of a term: 2023年9月1日至2026年8月31日."""
    ends = [meant.day(part) for part in _BETWEEN.split(words(cell.value))]
    if len(ends) == 2 and all(ends):
        days = [date.fromisoformat(end or "") for end in ends]
        return {("term", "start"): Meaning(value=days[0]), ("term", "end"): Meaning(value=days[1])}
    return {TERM: Meaning(refused="期限要有起止两个日期，如 2023-09-01至2026-08-31")}
