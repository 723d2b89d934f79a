"""Everything the college has written, as records: what rules, figures and wording may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.model.agreement import COLLEGE, Agreement
from pipeline.model.college import College
from pipeline.model.enterprise import Enterprise


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """All records by id; `college` is None where its file is absent or unreadable.

    `known_enterprises` also holds the ids of files that are broken, so that nothing else calls them unknown.
    """

    college: College | None = None
    enterprises: Mapping[str, Enterprise] = field(default_factory=dict)
    agreements: Mapping[str, Agreement] = field(default_factory=dict)
    known_enterprises: frozenset[str] = frozenset()

    def party_name(self, party: str) -> str:
        """The full name of a party, or its id where the record is missing."""
        if party == COLLEGE:
            return (self.college.name if self.college else "") or party
        enterprise = self.enterprises.get(party)
        return (enterprise.name if enterprise else "") or party
