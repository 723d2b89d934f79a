"""The college: who it is, its cooperation office, its departments and people: `college.yaml` (clause 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pipeline.record.model.enterprise import Contact


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
    duties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A department's working group (clause 6.2): who leads it, in which post, and who has which duty."""

    leader: str = ""
    leader_post: str = ""
    members: tuple[str, ...] = ()
    formed_on: date | None = None
    duties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleVersion:
    """One version of a management rule: its number, when it was approved and took effect, the document's number."""

    version: str = ""
    approved_on: date | None = None
    effective_on: date | None = None
    doc_no: str = ""
    changes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagementRule:
    """A management rule of the college (clause 6.1 b) with its versions, oldest first."""

    title: str = ""
    versions: tuple[RuleVersion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Major:
    """A major of the college: its code in the catalogue of a year, its level of study, its department."""

    name: str = ""
    code: str = ""
    catalogue: int | None = None
    level: str = ""
    department: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """The information platform and where cooperation is shown (clauses 6.1 d, 10.3)."""

    name: str = ""
    address: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class College:
    """The school as a party and as an organisation; `legal_representative` is an id among `people`.

    `groups` and `liaisons` go by department, `leaders` by role (secretary, president, vice-president …): the
    leaders who may call for an appraisal (8.3).
    """

    name: str = ""
    short_name: str = ""
    credit_code: str = ""
    school_code: str = ""
    legal_representative: str = ""
    address: str = ""
    postcode: str = ""
    contact: Contact | None = None
    office: Office | None = None
    departments: Mapping[str, Department] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    liaisons: Mapping[str, str] = field(default_factory=dict)
    leaders: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, ManagementRule] = field(default_factory=dict)
    majors: tuple[Major, ...] = ()
    platform: Platform | None = None

    @property
    def teaching(self) -> tuple[str, ...]:
        """The ids of the teaching departments (系部) in their order."""
        return tuple(key for key, department in self.departments.items() if department.kind == "teaching")

    def person_name(self, key: str) -> str:
        """A person's name by id, or the id itself where it is unknown."""
        person = self.people.get(key)
        return (person.name if person else "") or key

    def department_name(self, key: str) -> str:
        """A department's name by its id, or the id itself where it is unknown."""
        department = self.departments.get(key)
        return department.name if department else key
