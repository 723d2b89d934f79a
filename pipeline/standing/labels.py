"""The words for what records hold as ids and codes: names of people, parties, projects; labels of choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline.record.model import College, Records
from pipeline.record.schema import Schema


def office_name(college: College | None) -> str:
    """What the college calls its 校企合作办公室; the standard's word (6.1) where it has named none."""
    return (college.office.name if college and college.office else "") or "校企合作办公室"


@dataclass(frozen=True, kw_only=True)
class Labels:
    """How one college's ids and codes are told."""

    records: Records
    schemas: Mapping[str, Schema]

    def values(self, kind: str, *path: str | int) -> Mapping[str, str]:
        """The values a field may have, with their labels."""
        key = (kind, path)
        if key not in self._values:  # pages ask for the same few fields thousands of times
            found = self.schemas[kind].at(path) if kind in self.schemas else None
            self._values[key] = found.values if found else {}
        return self._values[key]

    @cached_property
    def _values(self) -> dict[tuple[str, tuple[str | int, ...]], Mapping[str, str]]:
        return {}

    def choice(self, code: str | None, kind: str, *path: str | int) -> str:
        """The label of a field's value; the value itself where it has none."""
        return self.values(kind, *path).get(code or "", code or "")

    def choices(self, codes: tuple[str, ...], kind: str, *path: str | int) -> str:
        """The labels of several values, joined."""
        # In the order they are written: the first is what the people who wrote it put first.
        return "、".join(self.choice(code, kind, *path) for code in codes)

    def person(self, key: str | None) -> str:
        """A person's name."""
        return self.records.person_name(key) if key else ""

    def people(self, keys: tuple[str, ...]) -> str:
        """The names of several people, joined."""
        return "、".join(map(self.person, keys))

    def department(self, key: str | None) -> str:
        """A department's name."""
        college = self.records.college
        return college.department_name(key) if college and key else key or ""

    def party(self, key: str | None) -> str:
        """A party's full name."""
        return self.records.party_name(key) if key else ""

    def project(self, key: str) -> str:
        """A project's title, or its id where it has none."""
        agreement = self.records.agreements.get(key)
        return (agreement.title if agreement else None) or key
