"""The college: who it is, its cooperation office, its departments and people: `college.yaml` (clause 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.model.enterprise import Contact


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One of the college's people: name and post, nothing more personal."""

    name: str = ""
    post: str = ""
    department: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A teaching department (系部) or a functional one; it has no legal personality and signs nothing."""

    name: str = ""
    kind: str = ""
    secretary: str = ""
    director: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """校企合作办公室 (clause 6.1): `head` and `members` are ids of people."""

    name: str = ""
    head: str = ""
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class College:
    """The school as a party and as an organisation; `legal_representative` is an id among `people`."""

    name: str = ""
    short_name: str = ""
    credit_code: str = ""
    legal_representative: str = ""
    address: str = ""
    postcode: str = ""
    contact: Contact | None = None
    office: Office | None = None
    departments: Mapping[str, Department] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)

    def department_name(self, key: str) -> str:
        """A department's name by its id, or the id itself where it is unknown."""
        department = self.departments.get(key)
        return department.name if department else key
