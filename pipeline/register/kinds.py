"""The kinds of record: which path makes a file what. The path decides; no file says its own kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.model import Agreement, College, Enterprise

AGREEMENTS = "agreements"
"""The folder that holds the college's records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of record: its schema's name, the path it lives at, its class, and where its id goes.

    `{id}` in `path` stands for the id; `id_field` is the record's attribute that receives it ("" for none).
    """

    name: str
    path: str
    record: type[Any]
    id_field: str = ""

    def file(self, record_id: str = "") -> str:
        """The repository-relative path of the record with an id."""
        return self.path.format(id=record_id)

    def id_in(self, name: str) -> str | None:
        """The id inside a path of this kind; None where the path is not of this kind."""
        before, _, after = self.path.partition("{id}")
        if not after:
            return "" if name == self.path else None
        inner = name[len(before) : len(name) - len(after)]
        fits = name.startswith(before) and name.endswith(after) and inner and "/" not in inner
        return inner if fits else None


COLLEGE = Kind(name="college", path=f"{AGREEMENTS}/college.yaml", record=College)
ENTERPRISE = Kind(
    name="enterprise", path=f"{AGREEMENTS}/enterprises/{{id}}.yaml", record=Enterprise, id_field="id"
)
AGREEMENT = Kind(
    name="agreement",
    path=f"{AGREEMENTS}/projects/{{id}}/agreement.yaml",
    record=Agreement,
    id_field="project",
)

KINDS = (COLLEGE, ENTERPRISE, AGREEMENT)


def kind_of(name: str) -> tuple[Kind, str] | None:
    """The kind and the id of a file by its path; None for a file that stands where nothing belongs."""
    for kind in KINDS:
        record_id = kind.id_in(name)
        if record_id is not None:
            return kind, record_id
    return None
