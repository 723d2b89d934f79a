"""What is kept already, found by what a ledger says of it: names, numbers, codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.desk.ledger_words import AGREEMENTS, ENTERPRISES, MEETINGS, PLACEMENTS, LedgerKind
from pipeline.kernel.data_path import value_at
from pipeline.record.kinds import COLLEGE, MEETING

_PLACEMENT_KEYS = ("person", "outsider", "enterprise", "start", "task")
_Mark = tuple[str, ...]


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
        self.people: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
        for key, one in people.items():
            if isinstance(one, dict):
                self.people[str(one.get("name"))].append((key, one))

    def same(self, kind: LedgerKind, data: Mapping[str, Any]) -> str:
        """The file that holds an entry already; empty where there is none."""
        if kind is MEETINGS:
            name = MEETING.file(data["date"].isoformat())
            return name if isinstance(self._data.get(name), dict) else ""
        if kind.name not in self._files:
            self._files[kind.name] = self._index(kind)
        files = self._files[kind.name]
        for mark in _marks(kind, data):
            for name in files.get(mark, ()):
                # Two numbers that differ are two agreements, whatever their titles.
                if mark[0] != "title" or not (data.get("number") and self._data[name].get("number")):
                    return name
        return ""

    def _index(self, kind: LedgerKind) -> dict[_Mark, list[str]]:
        files: dict[_Mark, list[str]] = defaultdict(list)
        start = kind.kind.path.partition("{")[0]
        for name, kept in self._data.items():
            if isinstance(kept, dict) and name.startswith(start) and kind.kind.key_in(name):
                for mark in _marks(kind, kept):
                    files[mark].append(name)
        return files


def formerly(kept: Any) -> tuple[str, ...]:
    """The names that an enterprise bore before."""
    found = kept.get("former_names") if isinstance(kept, dict) else None
    names = (value_at(one, ("name",)) for one in (found if isinstance(found, list) else ()))
    return tuple(name for name in names if isinstance(name, str))


def _marks(kind: LedgerKind, data: Mapping[str, Any]) -> Iterator[_Mark]:
    """What an entry is known by, the surest first."""
    if kind is ENTERPRISES:
        if data.get("credit_code"):
            yield ("code", str(data["credit_code"]))
        yield from (("name", name) for name in (str(data.get("name")), *formerly(data)))
    elif kind is AGREEMENTS:
        if data.get("number"):
            yield ("number", str(data["number"]))
        yield ("title", str(data.get("title")), repr(value_at(data, ("parties", "enterprises"))))
    elif kind is PLACEMENTS:
        yield ("placement", *(_fixed(data.get(key)) for key in _PLACEMENT_KEYS))


def _fixed(value: Any) -> str:
    """A value as text, whatever the order of its keys."""
    return repr(sorted(value.items(), key=str) if isinstance(value, dict) else value)
