"""Lists of students: only how many there are is taken, by project and year; no name and no number of anybody is kept.

A list of names is counted in memory and told by class and major; what may be written is one figure of a goal that the
agreement has (8.4, 10.3). Everything is asked: a list may be half of the year's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pipeline.desk.cell_meaning import words
from pipeline.desk.ledger_layout import lists_students
from pipeline.desk.ledger_rows import LedgerCell
from pipeline.desk.student_heads import StudentHeads, student_heads
from pipeline.kernel import meant
from pipeline.kernel.data_path import value_at
from pipeline.record.change import FileEdit
from pipeline.record.kinds import AGREEMENT, PROGRESS
from pipeline.record.model import Records
from pipeline.record.register.by_name import named
from pipeline.returned.filled_book import FilledCell, Rows
from pipeline.source.edit import Set

_MEASURES = {
    "就业": ("employed", "接收毕业生就业"),
    "学徒": ("apprentices", "学徒"),
    "订单": ("order-students", "订单培养"),
    "实习": ("interns", "接收岗位实习学生"),
}
_SUMS = re.compile(r"(?:本页|累计)?(?:合\s*计|总\s*计|小\s*计|说明|备注|注)")
_YEAR = re.compile(r"(20[0-9]{2})(?:\s*[-—–~～至]\s*20[0-9]{2})?\s*(学年|年度|年|级)?")
_DITTO = ("同上", "〃", "″", '"')


@dataclass(slots=True, kw_only=True)
class HeadcountSheet:
    """What a list of students comes to: figures in words, questions, what is told, and the changes agreed to.

    `unread` are the heads of the columns that nobody looked at.
    """

    title: str
    unread: tuple[str, ...] = ()
    lines: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    changes: list[tuple[FileEdit, ...]] = field(default_factory=list)
    numbered: list[tuple[int, LedgerCell, bool]] = field(default_factory=list)

    @property
    def left(self) -> bool:
        """Whether a figure is not written."""
        return bool(self.told) or any(not taken for _, _, taken in self.numbered)


def counts_students(rows: Rows) -> bool:
    """Whether a sheet is about students: a list of them, or how many there are of a class or major."""
    if lists_students(rows):
        return True
    found = student_heads(rows)
    counted = bool(found.numbers) or found.unclear
    return counted and bool({"major", "class"} & set(found.columns))


class Headcount:
    """Counts one sheet against the records; `data` holds what each file says now."""

    def __init__(
        self, records: Records, data: Mapping[str, Any], agreed: Callable[[LedgerCell], bool]
    ) -> None:
        self._records = records
        self._data = data
        self._agreed = agreed

    def take(self, title: str, rows: Rows) -> HeadcountSheet:
        """The figures of a sheet, and what of them may be written."""
        heads = student_heads(rows)
        made = HeadcountSheet(title=title, unread=heads.unread)
        above = " ".join(
            [title, *(words(cell.value) for row in rows[: heads.row] for cell in row if not cell.empty)]
        )
        if heads.unclear:
            made.told.append("人数分写在几栏里，没有合计一栏，没有数；加一栏合计再导")
            return made
        measure = next((one for word, one in _MEASURES.items() if word in above), None)
        totals: Counter[tuple[str, str, int | None]] = Counter()
        parts: Counter[tuple[str, ...]] = Counter()
        for entry, number in _entries(rows, heads, above, made):
            totals[entry["project"], entry["enterprise"], entry["year"]] += number
            parts[entry["major"], entry["class"]] += number
        made.lines += [
            f"{' '.join(filter(None, key)) or '没有写专业、班级的'}：{count} 人"
            for key, count in parts.items()
        ]
        for (project, firm, year), count in totals.items():
            self._figure(made, project, firm, year, count, measure)
        return made

    def _figure(
        self,
        made: HeadcountSheet,
        word: str,
        firm: str,
        year: int | None,
        count: int,
        measure: tuple[str, str] | None,
    ) -> None:
        told = f"{word or firm or '没有写企业或项目的'} {f'{year} 年' if year else ''} {count} 人"
        if measure is None or year is None:
            lacking = "是实习、订单、学徒还是就业" if measure is None else "是哪一年的"
            made.told.append(f"{told}：表里看不出{lacking}，只数给您看")
            return
        projects = self._projects(word, firm)
        goals = [(one, key) for one in projects for key in self._goals(one, year, measure[0])]
        if len(goals) != 1:
            why = (
                f"有几个项目都有这个目标：{'、'.join(one for one, _ in goals)}"
                if goals
                else (f"对应的协议没有 {year} 年“{measure[1]}”的目标" if projects else "没有找到对应的协议")
            )
            made.told.append(f"{told}：{why}，没有写")
            return
        self._propose(made, told, *goals[0], year, count)

    def _propose(
        self, made: HeadcountSheet, told: str, project: str, goal: str, year: int, count: int
    ) -> None:
        file = PROGRESS.file(f"{project}/{year}")
        folder = file.rpartition("/")[0]
        parts = [name for name in self._data if name.startswith(f"{folder}/{year}-")]
        if parts:
            made.told.append(f"{told}：这个项目的进展是分时段填的（{'、'.join(parts)}），请分开填")
            return
        kept = self._data.get(file)
        old = value_at(kept, ("goals", goal, "actual"))
        if old == count:
            return
        was = f"，原来是 {old}" if old is not None else ""
        cell = LedgerCell(
            where=told,
            head="",
            text="",
            reason=f"写进 {file} 的目标 {goal}“本时段完成”{was}；这张表是全年的才同意",
            value=count,
        )
        if self._agreed(cell):
            start = () if kept is not None else (Set(path=("stage",), value="draft"),)
            write = (
                Set(path=("goals", goal, "actual"), value=count)
                if value_at(kept, ("goals",)) is not None
                else Set(path=("goals",), value={goal: {"actual": count}})
            )
            made.changes.append((FileEdit(file=file, operations=(*start, write)),))

    def _projects(self, word: str, firm: str) -> list[str]:
        if word:
            found = named(word, "project", self._records)
            return [word] if word in self._records.agreements else list(found.names) if found.whole else []
        company = named(firm, "enterprise", self._records)
        ids = set(company.names) if firm and company.whole and len(company.names) == 1 else set()
        return [key for key, one in self._records.agreements.items() if ids & set(one.party_ids)]

    def _goals(self, project: str, year: int, measure: str) -> list[str]:
        goals = value_at(self._data.get(AGREEMENT.file(project)), ("goals",))
        return [
            key
            for key, one in (goals.items() if isinstance(goals, dict) else ())
            if isinstance(one, dict) and one.get("year") == year and one.get("measure") == measure
        ]


def _entries(
    rows: Rows, heads: StudentHeads, above: str, made: HeadcountSheet
) -> Iterator[tuple[dict[str, Any], int]]:
    before: dict[str, str] = {}
    seen: set[str] = set()
    for row in rows[heads.first :]:
        filled = [words(cell.value) for cell in row if not cell.empty]
        if len(filled) < 2 or _SUMS.match(filled[0]):
            continue
        cells = {role: row[column] for role, column in heads.columns.items() if column < len(row)}
        said = {role: words(cell.value) if not cell.empty else "" for role, cell in cells.items()}
        said |= {role: before.get(role, "") for role, word in said.items() if word in _DITTO}
        before = said
        if said.get("student"):
            if said["student"] in seen:
                made.told.append(f"{row[heads.columns['student']].where}：学号重复，只数一次")
                continue
            seen.add(said["student"])
        counted = [row[column] for column in heads.numbers if column < len(row)]
        odd = next((cell for cell in counted if _number(cell) is None), None)
        if odd is not None:
            made.told.append(f"{odd.where} “{'' if odd.empty else words(odd.value)}”读不成人数，没有数进去")
            continue
        year = _year(cells, said, above)
        yield (
            {key: said.get(key, "") for key in ("project", "enterprise", "major", "class")} | {"year": year},
            sum(_number(cell) or 0 for cell in counted) if heads.numbers else 1,
        )


def _number(cell: FilledCell) -> int | None:
    """How many a row stands for."""
    found = meant.number(words(cell.value), whole=True)
    return int(found) if found is not None and not cell.odd else None


def _year(cells: Mapping[str, FilledCell], said: Mapping[str, str], above: str) -> int | None:
    start = cells.get("start")
    if start is not None and not start.empty:
        day = start.value if isinstance(start.value, date) else None
        spelled = meant.day(said["start"])
        return day.year if day else int(spelled[:4]) if spelled else None
    match = _YEAR.search(said.get("year", "") or above)
    return int(match[1]) if match and match[2] != "级" else None
