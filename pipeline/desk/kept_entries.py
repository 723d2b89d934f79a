"""What is kept already, found by what a ledger says of it: names, numbers, codes, days."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.desk.ledger_words import (
    AGREEMENTS,
    BASES,
    ENTERPRISES,
    MEETINGS,
    PEOPLE,
    PLACEMENTS,
    LedgerKind,
)
from pipeline.kernel.data_path import value_at
from pipeline.kernel.finding import DataPath
from pipeline.record.kinds import COLLEGE, MEETING

_PLACEMENT_KEYS = ("person", "outsider", "enterprise", "start", "task")
_Mark = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What is kept of an entry: its file, where in the file, what stands there; nothing where it is new.

    `doubt` (Chinese) is set where it may be another one; `barred` where nobody but the college can tell.
    """

    file: str = ""
    prefix: DataPath = ()
    kept: Any = None
    doubt: str = ""
    barred: str = ""


class KeptEntries:
    """The files by the marks that tell an entry, and the people by name; made once for a whole ledger.

    Records may be unfinished: what has another form than its schema wants is no match.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self._files: dict[str, dict[_Mark, list[str]]] = {}
        people = value_at(data.get(COLLEGE.file()), ("people",))
        people = people if isinstance(people, dict) else {}
        self.people_ids = frozenset(map(str, people))
        self._people: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
        for key, one in people.items():
            if isinstance(one, dict):
                self._people[str(one.get("name"))].append((key, one))

    def match(self, kind: LedgerKind, data: Mapping[str, Any], claimed: Container[str] = ()) -> Match:
        """What is kept of the entry that a row tells of; `claimed` are files that other rows are sure to tell of."""
        if kind is BASES:  # a base is part of an agreement
            return Match()
        if kind is PEOPLE:
            return self._person(data)
        if kind is MEETINGS:
            name = MEETING.file(data["date"].isoformat())
            return self._at(name) if isinstance(self._data.get(name), dict) else Match()
        index = self._index(kind)
        if kind is ENTERPRISES:
            return self._enterprise(index, data)
        find = self._agreement if kind is AGREEMENTS else self._placement
        return find(index, data, claimed)

    def _at(self, name: str, doubt: str = "") -> Match:
        return Match(file=name, kept=self._data[name], doubt=doubt)

    def _person(self, data: Mapping[str, Any]) -> Match:
        found = self._people.get(data["name"], [])
        made = [Match(file=COLLEGE.file(), prefix=("people", key), kept=one) for key, one in found]
        wanted = data.get("department")
        if wanted is None:
            several = f"叫这个名字的有 {'、'.join(key for key, _ in found)}，写上部门"
            return made[0] if len(made) == 1 else Match(barred=several) if made else Match()
        for one in made:
            if one.kept.get("department") == wanted:
                return one
        for one in made:
            if one.kept.get("department") is None:
                return one
        if not made:
            return Match()
        doubt = f"名册里的{data['name']}（{made[0].prefix[1]}）在别的部门"
        return Match(file=made[0].file, prefix=made[0].prefix, kept=made[0].kept, doubt=doubt)

    def _enterprise(self, index: dict[_Mark, list[str]], data: Mapping[str, Any]) -> Match:
        code, name = code_of(data), str(data.get("name"))
        by_code = index.get(("code", code), []) if code else []
        by_name = index.get(("name", name), [])
        if by_code:
            if by_code[0] in by_name:
                return self._at(by_code[0])
            kept = self._data[by_code[0]]
            if by_name:
                return Match(barred=f"信用代码是 {by_code[0]} 的，名称是 {by_name[0]} 的；核对以后再导")
            return self._at(by_code[0], f"信用代码和库里的“{kept.get('name')}”相同，名称不同")
        same = [one for one in by_name if not code or not code_of(self._data[one])]
        if len(same) > 1:
            return Match(barred=f"库里叫这个名字的有 {'、'.join(same)}，写上信用代码")
        if same:
            return self._at(same[0])
        if by_name:
            kept = self._data[by_name[0]]
            return self._at(
                by_name[0], f"库里叫这个名字的企业（{by_name[0]}）信用代码是 {kept['credit_code']}"
            )
        return Match()

    def _agreement(
        self, index: dict[_Mark, list[str]], data: Mapping[str, Any], claimed: Container[str]
    ) -> Match:
        number = data.get("number")
        by_number = index.get(("number", str(number)), []) if number else []
        if by_number:
            kept = self._data[by_number[0]]
            other = title_of(kept) != title_of(data)
            return self._at(
                by_number[0], f"编号和库里的“{kept.get('title')}”（{by_number[0]}）相同" if other else ""
            )
        # Two numbers that differ are two agreements, whatever their titles.
        found = [
            one for one in index.get(title_of(data), []) if not (number and self._data[one].get("number"))
        ]
        same = [one for one in found if same_term(self._data[one], data)]
        if len(same) > 1:
            return Match(barred=f"库里同名的协议有 {'、'.join(same)}，写上编号或起止日期")
        if same:
            return self._at(same[0])
        found = [one for one in found if one not in claimed]
        if found:
            return self._at(
                found[-1], f"库里有同名的协议（{found[-1]}），期限是{_term(self._data[found[-1]])}"
            )
        return Match()

    def _placement(
        self, index: dict[_Mark, list[str]], data: Mapping[str, Any], claimed: Container[str]
    ) -> Match:
        exact = index.get(_placed(data), [])
        if exact:
            return self._at(exact[0])
        for name in index.get(_posted(data), []):
            kept = self._data[name]
            if name not in claimed and _overlap(kept, data):
                days = f"{kept.get('start', '没有日期')} 至 {kept.get('end', '没有日期')}"
                return self._at(
                    name, f"库里有同一个人在同一家企业的一条（{name}，{days}，{kept.get('task')}）"
                )
        return Match()

    def _index(self, kind: LedgerKind) -> dict[_Mark, list[str]]:
        if kind.name not in self._files:
            files: dict[_Mark, list[str]] = defaultdict(list)
            start = kind.kind.path.partition("{")[0]
            for name, kept in self._data.items():
                if isinstance(kept, dict) and name.startswith(start) and kind.kind.key_in(name):
                    for mark in _marks(kind, kept):
                        files[mark].append(name)
            self._files[kind.name] = files
        return self._files[kind.name]


def formerly(kept: Any) -> tuple[str, ...]:
    """The names that an enterprise bore before."""
    found = kept.get("former_names") if isinstance(kept, dict) else None
    names = (value_at(one, ("name",)) for one in (found if isinstance(found, list) else ()))
    return tuple(name for name in names if isinstance(name, str))


def code_of(data: Mapping[str, Any]) -> str:
    """A credit code as it is compared: of any width and case."""
    folded = unicodedata.normalize("NFKC", str(data.get("credit_code") or ""))
    return "".join(folded.split()).upper()


def title_of(data: Mapping[str, Any]) -> _Mark:
    """What an agreement without a number is known by: its title and its companies, in any order."""
    firms = value_at(data, ("parties", "enterprises"))
    return ("title", str(data.get("title")), *sorted(map(str, firms if isinstance(firms, list) else ())))


def same_term(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two agreements may run for the same time: no day that both tell of differs."""
    days = ((value_at(one, ("term", key)), value_at(other, ("term", key))) for key in ("start", "end"))
    return all(first is None or second is None or first == second for first, second in days)


def _term(kept: Mapping[str, Any]) -> str:
    start, end = (value_at(kept, ("term", key)) for key in ("start", "end"))
    return f" {start or '？'} 至 {end or '？'}"


def _marks(kind: LedgerKind, data: Mapping[str, Any]) -> Iterator[_Mark]:
    """What an entry is known by."""
    if kind is ENTERPRISES:
        if code_of(data):
            yield ("code", code_of(data))
        yield from (("name", name) for name in (str(data.get("name")), *formerly(data)))
    elif kind is AGREEMENTS:
        if data.get("number"):
            yield ("number", str(data["number"]))
        yield title_of(data)
    elif kind is PLACEMENTS:
        yield _placed(data)
        yield _posted(data)


def _placed(data: Mapping[str, Any]) -> _Mark:
    return ("placement", *(_fixed(data.get(key)) for key in _PLACEMENT_KEYS))


def _posted(data: Mapping[str, Any]) -> _Mark:
    """Who works where, whenever that is."""
    outsider = value_at(data, ("outsider", "name"))
    return ("posted", *map(_fixed, (data.get("person"), outsider, data.get("enterprise"))))


def _overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two stays share a day, or do not tell."""
    days = [_days(each) for each in (one, other)]
    if days[0] is None or days[1] is None:
        return True
    return days[0][0] <= days[1][1] and days[1][0] <= days[0][1]


def _days(data: Mapping[str, Any]) -> tuple[date, date] | None:
    start, end = data.get("start"), data.get("end") or data.get("start")
    return (start, end) if isinstance(start, date) and isinstance(end, date) else None


def _fixed(value: Any) -> str:
    """A value as text, whatever the order of its keys."""
    return repr(sorted(value.items(), key=str) if isinstance(value, dict) else value)
