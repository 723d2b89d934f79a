"""The rows of a ledger against what is kept: new records, fields that were missing, values that differ, doubts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pipeline.desk.kept_entries import KeptEntries, Match, code_of, formerly, same_term, title_of
from pipeline.desk.ledger_rows import LedgerCell, LedgerRow
from pipeline.desk.ledger_words import AGREEMENTS, ENTERPRISES, MEETINGS, PEOPLE, PLACEMENTS, LedgerKind
from pipeline.desk.new_entries import NewEntries, signing_of
from pipeline.kernel.data_path import value_at
from pipeline.kernel.finding import DataPath
from pipeline.record.change import FileEdit
from pipeline.record.kinds import AGREEMENT, SIGNING
from pipeline.record.kinds import AGREEMENTS as RECORDS
from pipeline.record.model import Records
from pipeline.record.model.consents import RoundConsent
from pipeline.source.edit import Set
from pipeline.source.edit.operations import same

Agreed = Callable[[LedgerCell], bool]
"""Whether somebody agreed to what a question proposes."""


@dataclass(slots=True)
class Intake:
    """What a ledger brings: changes of files row by row, and how many entries are new and known.

    `asked` are its questions, `told` what is said without one, `barred` the rows that are left out.
    """

    changes: list[tuple[FileEdit, ...]] = field(default_factory=list)
    new: int = 0
    known: int = 0
    asked: list[LedgerCell] = field(default_factory=list)
    told: list[LedgerCell] = field(default_factory=list)
    barred: list[LedgerCell] = field(default_factory=list)


class LedgerIntake:
    """Works out one ledger; `data` holds what each file says now, by its name."""

    def __init__(self, records: Records, data: Mapping[str, Any], today: date, agreed: Agreed) -> None:
        self._records = records
        self._data = data
        self._agreed = agreed
        self._kept = KeptEntries(data)
        self._made = NewEntries(records, data, self._kept.people_ids, today)
        self._taken: dict[str, int] = {}
        self.result = Intake()

    def take(self, kind: LedgerKind, rows: Sequence[LedgerRow]) -> Intake:
        """Every row, one after another; the same entry twice is told, not doubled."""
        fit = []
        for row in rows:
            lacking = [path for path in kind.needs if path not in row.values]
            unknown = {one.path for one in (*row.asked, *row.refused)} - set(row.values)
            # Without the one it is about, an entry would be another one the next time.
            lacking += [path for path in _ABOUT.get(kind.name, ()) if path in unknown]
            if lacking:
                words = "、".join(kind.words[path][0] for path in lacking)
                self._bar(row, f"缺少或读不懂“{words}”，这一行没有导入")
            else:
                fit.append(row)
        found = {row.number: self._kept.match(kind, row.data) for row in fit}
        claimed = {one.file for one in found.values() if one.file and not one.doubt}
        quarrels = dict(_quarrels(kind, fit))
        for row in fit:
            quarrel = quarrels.get(row.number)
            if quarrel and not self._ask(row, f"{quarrel}；照这一行写就同意", chosen=True):
                self._bar(row, f"{quarrel}，没有定，这一行没有导入")
                continue
            known = found[row.number]
            self._one(kind, row, self._kept.match(kind, row.data, claimed) if known.doubt else known)
        return self.result

    def _one(self, kind: LedgerKind, row: LedgerRow, found: Match) -> None:
        if found.barred:
            self._bar(row, f"{found.barred}，这一行没有导入")
            return
        there = bool(found.file)
        if found.doubt:
            one = _COUNTED[kind.name]
            same_one = self._ask(row, f"{found.doubt}；是同一{one}，照这一行改", chosen=True)
            other = self._ask(row, f"{found.doubt}；是另一{one}，另建一份", chosen=True)
            there = same_one
            if not same_one and not other:
                self._bar(row, "是不是库里的那一条没有定，这一行没有导入")
                return
        mark = f"{found.file}#{found.prefix}" if there else f"{kind.name}#{_identity(kind, row.data)}"
        if mark in self._taken:
            self._bar(row, f"和第 {self._taken[mark]} 行是同一个，没有重复导入")
            return
        self._taken[mark] = row.number
        if there:
            self.result.known += 1
            self._update(kind, row, found)
        else:
            self.result.new += 1
            self.result.changes.append(self._made.create(kind, row.data))

    def _update(self, kind: LedgerKind, row: LedgerRow, found: Match) -> None:
        """Complete what is kept; what differs only where somebody agreed."""
        changes: list[FileEdit] = []
        operations = []
        for path, value in row.values.items():
            old = value_at(found.kept, path)
            if path == ("signed_on",):
                changes += self._signed(row, found, value)
            elif path == ("date",) or (path == ("name",) and value in formerly(found.kept)):
                continue
            elif path[0] == "origin" and value_at(found.kept, ("origin",)) is None:
                self._tell(row, kind, path, value, "库里的协议不是建库以前签订的，没有原件一栏，没有写")
            elif path == ("name",) and kind is ENTERPRISES and old != value:
                self._tell(row, kind, path, value, f"库里是“{old}”，没有改；改了名的在 former_names 登记")
            elif self._wanted(kind, row, found, path, old):
                operations.append(Set(path=(*found.prefix, *path), value=value))
        if operations:
            changes.append(FileEdit(file=found.file, operations=tuple(operations)))
        if changes:
            self.result.changes.append(tuple(changes))

    def _wanted(self, kind: LedgerKind, row: LedgerRow, found: Match, path: DataPath, old: Any) -> bool:
        value = row.values[path]
        if old is None:
            rounds = self._rounds(found.file)
            reason = f"{found.file} 已经送审（第 {rounds[-1].number} 轮），补上就要重新送审" if rounds else ""
        elif same(old, value):
            return False
        else:
            reason = f"{found.file} 里是“{_words(old)}”，改成这个"
        return not reason or bool(found.doubt) or self._agree(_cell(row, kind, path, value, reason))

    def _signed(self, row: LedgerRow, found: Match, day: date) -> Iterable[FileEdit]:
        """The day of signing of an agreement on file: it belongs into the record of the signing beside it."""
        project = AGREEMENT.key_in(found.file) or ""
        file = SIGNING.file(project)
        signing = self._data.get(file)
        sides = value_at(signing, ("parties",)) if signing else None
        kept = (
            {value_at(side, ("signed_on",)) for side in sides.values()} if isinstance(sides, dict) else set()
        )
        if day in kept:
            return ()
        if file in self._data or value_at(found.kept, ("origin", "kind")) != "legacy":
            days = "、".join(sorted(_words(one) for one in kept if one is not None))
            said = f"库里的签署记录是“{days}”" if days else "库里的签署记录还没有签字日期"
            reason = f"{said}，没有改；签署的情况在 {file} 里填写"
            self._tell(row, AGREEMENTS, ("signed_on",), day, reason)
            return ()
        firms = value_at(found.kept, ("parties", "enterprises"))
        return (signing_of(project, day, firms if isinstance(firms, list) else ()),)

    def _rounds(self, file: str) -> Sequence[RoundConsent]:
        return self._records.consents.get(file.removeprefix(f"{RECORDS}/").removesuffix(".yaml"), ())

    def _changed(self, kind: LedgerKind, row: LedgerRow, key: str, old: Any) -> bool:
        reason = f"库里是“{_words(old)}”，改成这个"
        return self._agree(_cell(row, kind, (key,), row.values[(key,)], reason))

    def _ask(self, row: LedgerRow, reason: str, *, chosen: bool = False) -> bool:
        return self._agree(LedgerCell(where=row.where, head="", text="", reason=reason, chosen=chosen))

    def _agree(self, cell: LedgerCell) -> bool:
        self.result.asked.append(cell)
        return self._agreed(cell)

    def _bar(self, row: LedgerRow, reason: str) -> None:
        self.result.barred.append(LedgerCell(where=row.where, head="", text="", reason=reason))

    def _tell(self, row: LedgerRow, kind: LedgerKind, path: DataPath, value: Any, reason: str) -> None:
        self.result.told.append(_cell(row, kind, path, value, reason))


_ABOUT: Mapping[str, tuple[DataPath, ...]] = {
    PLACEMENTS.name: (("person",), ("outsider", "name"), ("start",)),
    PEOPLE.name: (("department",),),
    AGREEMENTS.name: (("number",),),
}
"""Columns that tell which entry a row means, though not every row has them."""
_COUNTED = {
    ENTERPRISES.name: "家",
    PEOPLE.name: "个人",
    AGREEMENTS.name: "份协议",
    PLACEMENTS.name: "条",
    MEETINGS.name: "次",
}


def _cell(row: LedgerRow, kind: LedgerKind, path: DataPath, value: Any, reason: str) -> LedgerCell:
    head = kind.words[path][0] if path in kind.words else str(path[-1])
    return LedgerCell(where=row.where, head=head, text=_words(value), reason=reason, value=value, path=path)


def _identity(kind: LedgerKind, data: Mapping[str, Any]) -> str:
    keys = {
        ENTERPRISES.name: ("name",),
        PEOPLE.name: ("name", "department"),
        AGREEMENTS.name: ("title", "number", "parties", "term"),
        MEETINGS.name: ("date",),
        PLACEMENTS.name: ("person", "outsider", "enterprise", "start", "task"),
    }
    return repr([data.get(key) for key in keys[kind.name]])


def _quarrels(kind: LedgerKind, rows: Sequence[LedgerRow]) -> Iterable[tuple[int, str]]:
    """Rows of one ledger that say they are one entry and two at once, by their numbers, with the words for it."""
    if kind is ENTERPRISES:
        yield from _at_odds(rows, "信用代码", code_of, lambda data: str(data["name"]), "名称")
        yield from _at_odds(rows, "名称", lambda data: str(data["name"]), code_of, "信用代码")
    elif kind is AGREEMENTS:
        yield from _at_odds(rows, "编号", lambda data: data.get("number"), title_of, "名称或企业")
        yield from _two_terms(rows)


def _at_odds(
    rows: Sequence[LedgerRow], what: str, key: Callable[[Any], Any], other: Callable[[Any], Any], differs: str
) -> Iterable[tuple[int, str]]:
    groups: dict[Any, list[LedgerRow]] = defaultdict(list)
    for row in rows:
        if key(row.data) and other(row.data):
            groups[key(row.data)].append(row)
    for group in groups.values():
        for row in group:
            rest = [one for one in group if other(one.data) != other(row.data)]
            if rest:
                yield row.number, f"和第 {rest[0].number} 行{what}相同，{differs}不同，有一处抄错了"


def _two_terms(rows: Sequence[LedgerRow]) -> Iterable[tuple[int, str]]:
    seen: dict[Any, list[LedgerRow]] = defaultdict(list)
    for row in rows:
        mark = (title_of(row.data), row.data.get("number"))
        before = [one for one in seen[mark] if not same_term(one.data, row.data)]
        if before:
            yield row.number, f"和第 {before[0].number} 行名称、企业相同，期限不同，像是续签的另一份"
        seen[mark].append(row)


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(_words, value))
    return value.isoformat() if isinstance(value, date) else str(value)
