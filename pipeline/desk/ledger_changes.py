"""The rows of a ledger against what is kept: new records, fields that were missing, values that differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pipeline.desk.fresh import proposed
from pipeline.desk.kept_entries import KeptEntries, formerly
from pipeline.desk.ledger_rows import LedgerCell, LedgerRow
from pipeline.desk.ledger_words import AGREEMENTS, ENTERPRISES, MEETINGS, PEOPLE, PLACEMENTS, LedgerKind
from pipeline.kernel.data_path import value_at
from pipeline.kernel.finding import DataPath
from pipeline.kernel.naming import proposed_id
from pipeline.record.change import FileEdit
from pipeline.record.kinds import AGREEMENT, COLLEGE, ENTERPRISE, MEETING, PLACEMENT, SIGNING
from pipeline.record.model import Records
from pipeline.source.edit import Set
from pipeline.source.edit.operations import same

_FIRMS = re.compile(r".*(公司|厂|集团|店|酒店|企业)\Z")


@dataclass(slots=True)
class Intake:
    """What a ledger brings: changes of files, rows that are there already, cells that differ or bar their row."""

    changes: list[FileEdit] = field(default_factory=list)
    new: int = 0
    known: int = 0
    differing: list[LedgerCell] = field(default_factory=list)
    barred: list[LedgerCell] = field(default_factory=list)


class LedgerIntake:
    """Works out one ledger; `data` holds what each file says now, by its name."""

    def __init__(self, records: Records, data: Mapping[str, Any], today: date) -> None:
        self._records = records
        self._data = data
        self._today = today
        self._kept = KeptEntries(data)
        self._taken: dict[str, int] = {}
        self._ids = {file.rpartition("/")[2].removesuffix(".yaml") for file in data}
        self._people_ids = set(self._kept.people_ids)
        self._projects = set(records.known_projects)
        self.result = Intake()

    def take(self, kind: LedgerKind, rows: Iterable[LedgerRow]) -> Intake:
        """Every row, one after another; the same entry twice is told, not doubled."""
        for row in rows:
            lacking = [path for path in kind.needs if path not in row.values]
            if lacking:
                self._bar(
                    row, f"缺少或读不懂“{'、'.join(kind.words[path][0] for path in lacking)}”，这一行没有导入"
                )
                continue
            self._one(kind, row)
        return self.result

    def _one(self, kind: LedgerKind, row: LedgerRow) -> None:
        data = row.data
        there, name, prefix = self._found(kind, data)
        mark = f"{name}#{prefix}" if there is not None else f"{kind.name}#{self._identity(kind, data)}"
        if mark in self._taken:
            self._bar(row, f"和第 {self._taken[mark]} 行是同一个，没有重复导入")
            return
        self._taken[mark] = row.number
        if there is not None:
            self._update(name, prefix, there, row)
            return
        self.result.new += 1
        self._create(kind, data)

    def _bar(self, row: LedgerRow, reason: str) -> None:
        self.result.barred.append(LedgerCell(where=f"第 {row.number} 行", head="", text="", reason=reason))

    def _identity(self, kind: LedgerKind, data: dict[str, Any]) -> str:
        keys = {
            ENTERPRISES.name: ("name",),
            PEOPLE.name: ("name", "department"),
            AGREEMENTS.name: ("title", "number", "parties"),
            MEETINGS.name: ("date",),
            PLACEMENTS.name: ("person", "outsider", "enterprise", "start", "task"),
        }
        return repr([data.get(key) for key in keys[kind.name]])

    def _found(self, kind: LedgerKind, data: dict[str, Any]) -> tuple[Any, str, DataPath]:
        """What is kept of an entry already: its data, its file, where in the file."""
        if kind is PEOPLE:
            for key, one in self._kept.people.get(data["name"], ()):
                if data.get("department") in (None, one.get("department")):
                    return one, COLLEGE.file(), ("people", key)
            return None, COLLEGE.file(), ()
        name = self._kept.same(kind, data)
        return (self._data[name], name, ()) if name else (None, "", ())

    def _update(self, name: str, prefix: DataPath, there: Any, row: LedgerRow) -> None:
        self.result.known += 1
        operations = []
        for path, value in row.values.items():
            if path == ("signed_on",):
                self._signed(name, there, row, value)
                continue
            if path == ("date",) or (path == ("name",) and value in formerly(there)):
                continue
            old = value_at(there, path)
            if old is None:
                operations.append(Set(path=(*prefix, *path), value=value))
            elif not same(old, value):
                self._differs(
                    row,
                    str(path[-1]),
                    value,
                    f"库里是“{_words(old)}”，没有改；要改的用 coop set 或 coop desk",
                )
        if operations:
            self.result.changes.append(FileEdit(file=name, operations=tuple(operations)))

    def _differs(self, row: LedgerRow, head: str, value: Any, reason: str) -> None:
        said = LedgerCell(where=f"第 {row.number} 行", head=head, text=_words(value), reason=reason)
        self.result.differing.append(said)

    def _signed(self, name: str, there: Any, row: LedgerRow, day: date) -> None:
        """The day of signing of an agreement on file: it belongs into the record of the signing beside it."""
        found = AGREEMENT.key_in(name)
        file = SIGNING.file(found or "")
        signing = self._data.get(file)
        sides = value_at(signing, ("parties",)) if signing else None
        kept = (
            {value_at(side, ("signed_on",)) for side in sides.values()} if isinstance(sides, dict) else set()
        )
        if day in kept:
            return
        if file in self._data or value_at(there, ("origin", "kind")) != "legacy":
            days = "、".join(sorted(_words(one) for one in kept if one is not None))
            said = f"库里的签署记录是“{days}”" if days else "库里的签署记录还没有签字日期"
            self._differs(row, "signed_on", day, f"{said}，没有改；签署记录用 coop desk 填写 {file}")
            return
        firms = value_at(there, ("parties", "enterprises"))
        self._sign(file, day, firms if isinstance(firms, list) else ())

    def _sign(self, file: str, day: date, firms: Iterable[str]) -> None:
        sides = {side: {"signed_on": day} for side in ("college", *firms)}
        made = (Set(path=("stage",), value="draft"), Set(path=("parties",), value=sides))
        self.result.changes.append(FileEdit(file=file, operations=made))

    def _create(self, kind: LedgerKind, data: dict[str, Any]) -> None:
        if kind is PEOPLE:
            key = proposed_id(data["name"], self._people_ids, person=True)
            self._people_ids.add(key)
            self.result.changes.append(
                FileEdit(file=COLLEGE.file(), operations=(Set(path=("people", key), value=data),))
            )
            return
        name, made = {
            ENTERPRISES.name: self._enterprise,
            AGREEMENTS.name: self._agreement,
            PLACEMENTS.name: self._placement,
            MEETINGS.name: self._meeting,
        }[kind.name](data)
        operations = tuple(Set(path=(key,), value=value) for key, value in made.items())
        self.result.changes.append(FileEdit(file=name, operations=operations))

    def _free(self, name: str) -> str:
        """An id of which there is no file yet, here or among what is being taken in."""
        made = proposed_id(name, self._ids)
        self._ids.add(made)
        return made

    def _enterprise(self, data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        sort = {"kind": "enterprise"} if _FIRMS.fullmatch(data["name"]) else {}
        made = {"stage": "draft", "name": data["name"], **sort, **data}
        return ENTERPRISE.file(self._free(data["name"])), made

    def _agreement(self, data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        college = self._records.college
        begin = (data.get("term") or {}).get("start") or data.get("signed_on")
        department = (data.get("responsible") or {}).get("implementer", "")
        project = proposed(self._records, department, begin.year if begin else self._today.year)
        stem, _, number = project.rpartition("-")
        count = int(number)
        while f"{stem}-{count:03}" in self._projects:
            count += 1
        project = f"{stem}-{count:03}"
        self._projects.add(project)
        signatory = (college.legal_representative if college else "") or ""
        parties = {"college": {"signatory": signatory}, **data.pop("parties")}
        signed = data.pop("signed_on", None)
        if signed:
            self._sign(SIGNING.file(project), signed, parties["enterprises"])
        origin = {"kind": "legacy", "name": data["title"], **data.pop("origin", {})}
        return AGREEMENT.file(project), {"stage": "draft", **data, "parties": parties, "origin": origin}

    def _placement(self, data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        who = data.get("person") or (data.get("outsider") or {}).get("name") or data["enterprise"]
        start = data.get("start") or self._today
        return PLACEMENT.file(self._free(f"{start.year}-{who}")), {"stage": "draft", **data}

    def _meeting(self, data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        day = data.pop("date")
        return MEETING.file(day.isoformat()), {"stage": "draft", **data}


def _words(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
