"""What a college tells of itself before its first record."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pipeline.kernel.naming import proposed_id
from pipeline.kernel.structs import Struct


class NamedPerson(Struct, frozen=True, kw_only=True):
    """Somebody by name; `post` as it stands on their door."""

    name: str
    post: str


@dataclass(frozen=True, kw_only=True)
class Answers:
    """The answers of `coop init`, as given.

    `departments` are teaching departments by name, with the names of their director and (or empty) secretary.
    """

    name: str
    short_name: str
    city: str
    credit_code: str
    office: str
    departments: tuple[tuple[str, str, str], ...]
    president: str
    vice_president: str
    head: str
    clerk: str
    legal: str

    @cached_property
    def people(self) -> dict[str, NamedPerson]:
        """Everybody by id; who was named twice stands once, with the first post."""
        posts = [
            NamedPerson(name=self.president, post="院长"),
            NamedPerson(name=self.vice_president, post="副院长（分管校企合作）"),
            NamedPerson(name=self.head, post=f"{self.office}主任"),
            NamedPerson(name=self.clerk, post=f"{self.office}干事"),
            NamedPerson(name=self.legal, post="法务"),
            *(NamedPerson(name=head, post=f"{name}主任") for name, head, _ in self.departments),
            *(NamedPerson(name=two, post=f"{name}书记") for name, _, two in self.departments if two),
        ]
        found: dict[str, NamedPerson] = {}
        for person in posts:
            if all(person.name != other.name for other in found.values()):
                found[proposed_id(person.name, found, person=True) or f"person-{len(found) + 1}"] = person
        return found

    @cached_property
    def department_ids(self) -> dict[str, tuple[str, str, str]]:
        """Teaching departments by id: their name, and the ids of their director and (or empty) secretary."""
        found: dict[str, tuple[str, str, str]] = {}
        for name, head, second in self.departments:
            plain = name.removesuffix("系") or name
            key = proposed_id(plain, found) or f"department-{len(found) + 1}"
            found[key] = (name, self.id_of(head), self.id_of(second) if second else "")
        return found

    def id_of(self, name: str) -> str:
        """The id of somebody who was named."""
        return next(key for key, person in self.people.items() if person.name == name)
