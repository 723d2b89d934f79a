"""The new records that the rows of a ledger become, each with a free id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pipeline.desk.fresh import proposed
from pipeline.desk.ledger_words import AGREEMENTS, ENTERPRISES, MEETINGS, PEOPLE, PLACEMENTS, LedgerKind
from pipeline.kernel.naming import proposed_id
from pipeline.record.change import FileEdit
from pipeline.record.kinds import AGREEMENT, COLLEGE, ENTERPRISE, MEETING, PLACEMENT, SIGNING
from pipeline.record.model import Records
from pipeline.source.edit import Set

_FIRMS = re.compile(r".*(公司|厂|集团|店|酒店|企业)\Z")


class NewEntries:
    """Makes the files of new entries; what it made before counts when ids are chosen."""

    def __init__(
        self, records: Records, files: Iterable[str], people_ids: Iterable[str], today: date
    ) -> None:
        self._records = records
        self._today = today
        self._ids = {file.rpartition("/")[2].removesuffix(".yaml") for file in files}
        self._ids |= records.known_enterprises
        self._people_ids = set(people_ids)
        self._projects = set(records.known_projects)

    def create(self, kind: LedgerKind, data: dict[str, Any]) -> tuple[FileEdit, ...]:
        """The files that a row of a ledger becomes: mostly one, of an agreement that was signed two."""
        if kind is PEOPLE:
            key = proposed_id(data["name"], self._people_ids, person=True)
            self._people_ids.add(key)
            return (FileEdit(file=COLLEGE.file(), operations=(Set(path=("people", key), value=data),)),)
        makers = {
            ENTERPRISES.name: self._enterprise,
            AGREEMENTS.name: self._agreement,
            PLACEMENTS.name: self._placement,
            MEETINGS.name: self._meeting,
        }
        return makers[kind.name](data)

    def _free(self, name: str) -> str:
        """An id of which there is no file yet, here or among what is being taken in."""
        made = proposed_id(name, self._ids)
        self._ids.add(made)
        return made

    def _enterprise(self, data: dict[str, Any]) -> tuple[FileEdit, ...]:
        sort = {"kind": "enterprise"} if _FIRMS.fullmatch(data["name"]) else {}
        made = {"stage": "draft", "name": data["name"], **sort, **data}
        return (_file(ENTERPRISE.file(self._free(data["name"])), made),)

    def _agreement(self, data: dict[str, Any]) -> tuple[FileEdit, ...]:
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
        origin = {"kind": "legacy", "name": data["title"], **data.pop("origin", {})}
        made = {"stage": "draft", **data, "parties": parties, "origin": origin}
        signing = (signing_of(project, signed, parties["enterprises"]),) if signed else ()
        return (*signing, _file(AGREEMENT.file(project), made))

    def _placement(self, data: dict[str, Any]) -> tuple[FileEdit, ...]:
        who = data.get("person") or (data.get("outsider") or {}).get("name") or data["enterprise"]
        start = data.get("start") or self._today
        return (_file(PLACEMENT.file(self._free(f"{start.year}-{who}")), {"stage": "draft", **data}),)

    def _meeting(self, data: dict[str, Any]) -> tuple[FileEdit, ...]:
        day = data.pop("date")
        return (_file(MEETING.file(day.isoformat()), {"stage": "draft", **data}),)


def signing_of(project: str, day: date, firms: Iterable[str]) -> FileEdit:
    """The record of a signing of which only the day is known."""
    sides = {side: {"signed_on": day} for side in ("college", *firms)}
    return _file(SIGNING.file(project), {"stage": "draft", "parties": sides})


def _file(name: str, data: Mapping[str, Any]) -> FileEdit:
    return FileEdit(file=name, operations=tuple(Set(path=(key,), value=value) for key, value in data.items()))
