"""Everything the college has written, as records: what rules, figures and wording may see."""

from __future__ import annotations

from abc import abstractmethod
from collections import ChainMap
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, fields
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from pipeline.kernel.finding import DataPath, Place
from pipeline.kernel.structs import Struct
from pipeline.record.model.after_signing import Amendment, Attachments, Exit, Waivers
from pipeline.record.model.agreement import Agreement
from pipeline.record.model.college import College
from pipeline.record.model.consents import RoundConsent
from pipeline.record.model.enterprise import Enterprise
from pipeline.record.model.execution import Evaluation, Inspection, Progress
from pipeline.record.model.governance import Governance
from pipeline.record.model.names import COLLEGE
from pipeline.record.model.policy import Policy
from pipeline.record.model.preparation import Appraisal, Scheme, Signing, Survey
from pipeline.record.model.work import (
    Event,
    GovernmentPolicy,
    Meeting,
    Placement,
    Plan,
    PlanApprovals,
    Research,
    Summary,
    Visit,
)

Kept = TypeVar("Kept")


class UnknownId(Struct, frozen=True, kw_only=True):
    """An id at `path` of a `file` that names nothing it may name there.

    `reference` is what the schema says it must name (`person`, `party`), `choices` what there is, `called` how a
    message names the spot (“实训耗材”的分担比例), `key` whether the id is a key.
    """

    file: str = ""
    path: DataPath = ()
    id: str = ""
    reference: str = ""
    choices: tuple[str, ...] = ()
    called: str = ""
    key: bool = False


class FoundNumber(Struct, frozen=True, kw_only=True):
    """A person's number at a line and column of a `file`: its kind (see `pipeline.prose.personal`), its last four places.

    `named` tells that it stands in the file's name.
    """

    file: str = ""
    line: int = 1
    column: int = 1
    kind: str = ""
    tail: str = ""
    named: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """All records; `college` and `policy` are None where their file is absent or unreadable.

    Each mapping goes by the ids of the path, joined by `/`: a survey by its project, an inspection by
    `<project>/<id>`, a plan by `<year>/<department>`. `known_enterprises` and `known_projects` also hold the
    ids of files that are broken, so that nothing else calls them unknown; `broken` names those files,
    and `drafts` those of records that count nowhere, because somebody is still writing them. `renewals` are by project
    those whose agreements go on with its own. `unknown` are
    the ids that name nothing, `numbers` the personal numbers in any file under `agreements/`, in comments too.
    `governance` are the newest approval rules, in force since the day `governed_since` (None without rules), whose rows
    on who approves stand at `ruled_at`, and
    `consents` tells of each subject (its path under agreements/ without .yaml) how far each round's approval is.
    """

    college: College | None = None
    policy: Policy | None = None
    enterprises: Mapping[str, Enterprise] = field(default_factory=dict)
    surveys: Mapping[str, Survey] = field(default_factory=dict)
    schemes: Mapping[str, Scheme] = field(default_factory=dict)
    appraisals: Mapping[str, Appraisal] = field(default_factory=dict)
    agreements: Mapping[str, Agreement] = field(default_factory=dict)
    signings: Mapping[str, Signing] = field(default_factory=dict)
    amendments: Mapping[str, Amendment] = field(default_factory=dict)
    waivers: Mapping[str, Waivers] = field(default_factory=dict)
    attachments: Mapping[str, Attachments] = field(default_factory=dict)
    progress: Mapping[str, Progress] = field(default_factory=dict)
    inspections: Mapping[str, Inspection] = field(default_factory=dict)
    evaluations: Mapping[str, Evaluation] = field(default_factory=dict)
    exits: Mapping[str, Exit] = field(default_factory=dict)
    plans: Mapping[str, Plan] = field(default_factory=dict)
    plan_approvals: Mapping[str, PlanApprovals] = field(default_factory=dict)
    summaries: Mapping[str, Summary] = field(default_factory=dict)
    meetings: Mapping[str, Meeting] = field(default_factory=dict)
    events: Mapping[str, Event] = field(default_factory=dict)
    visits: Mapping[str, Visit] = field(default_factory=dict)
    placements: Mapping[str, Placement] = field(default_factory=dict)
    researches: Mapping[str, Research] = field(default_factory=dict)
    policies: Mapping[str, GovernmentPolicy] = field(default_factory=dict)
    governance: Governance | None = None
    governed_since: date | None = None
    ruled_at: tuple[Place, ...] = ()
    consents: Mapping[str, tuple[RoundConsent, ...]] = field(default_factory=dict)
    known_enterprises: Set[str] = frozenset()
    known_projects: Set[str] = frozenset()
    broken: Set[str] = frozenset()
    drafts: Set[str] = frozenset()
    renewals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: tuple[UnknownId, ...] = ()
    numbers: tuple[FoundNumber, ...] = ()

    @property
    def projects(self) -> tuple[str, ...]:
        """The ids of all projects of which any record can be read, in order."""
        of_projects = (self.agreements, self.surveys, self.schemes, self.appraisals, self.exits)
        return tuple(sorted({project for records in of_projects for project in records}))

    def party_name(self, party: str) -> str:
        """The full name of a party, or its id where the record is missing."""
        if party == COLLEGE:
            return (self.college.name if self.college else "") or party
        enterprise = self.enterprises.get(party)
        return (enterprise.name if enterprise else "") or party

    def person_name(self, person: str) -> str:
        """The name of one of the college's people, or the id where it is unknown."""
        return self.college.person_name(person) if self.college else person


def with_changed(records: Records, **changed: Any) -> Records:
    """The same records but for some; whoever watches what is read of them cannot be copied, so all is read."""
    kept = {one.name: getattr(records, one.name) for one in fields(Records)}
    return Records(**kept | changed)


def telling(records: Records, trail: Records) -> Records:
    """Records with what the trail says, as others have it."""
    return with_changed(
        records,
        governance=trail.governance,
        governed_since=trail.governed_since,
        ruled_at=trail.ruled_at,
        consents=trail.consents,
    )


def with_one(records: Records, within: str, key: str, one: Any) -> Records:
    """The same records but for one, by its place and its key there (empty for the college's and the policy's)."""
    # Of the others only those are read that somebody asks for.
    kept = ChainMap({key: one}, getattr(records, within)) if key else one
    return with_changed(records, **{within: kept})


class Without(Mapping[str, Kept]):
    """Records but for one; the others are read when they are asked for."""

    def __init__(self, records: Mapping[str, Kept], hidden: str) -> None:
        self._records = records
        self._hidden = hidden

    def __getitem__(self, key: str) -> Kept:
        if key == self._hidden:
            raise KeyError(key)
        return self._records[key]

    def __iter__(self) -> Iterator[str]:
        return (key for key in self._records if key != self._hidden)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Grouping(Mapping[str, Kept]):
    """Records that know themselves which keys begin with some ids."""

    @abstractmethod
    def under(self, *ids: str) -> tuple[Kept, ...]:
        """The records whose key begins with these ids, in order."""


def under(records: Mapping[str, Kept], *ids: str) -> tuple[Kept, ...]:
    """The records whose key begins with these ids (`under(records.inspections, project)`), in order."""
    if isinstance(records, Grouping):
        return records.under(*ids)
    start = "/".join(ids) + "/"
    found = _sorted(_Mapping(records)).get(ids[0], ())
    return tuple(records[key] for key in found if key.startswith(start))


class _Mapping:
    """A mapping of records as itself: it is never altered, so that the same one holds the same keys."""

    def __init__(self, records: Mapping[str, Any]) -> None:
        self.records = records

    def __hash__(self) -> int:
        return hash((id(self.records), len(self.records)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Mapping) and self.records is other.records


@lru_cache(maxsize=16)
def _sorted(mapping: _Mapping) -> Mapping[str, list[str]]:
    """The keys of a mapping by their first id, sorted once: asked for every project, they would be searched through."""
    groups: dict[str, list[str]] = {}
    for key in sorted(mapping.records):
        groups.setdefault(key.partition("/")[0], []).append(key)
    return groups


def grouped(records: Mapping[str, Kept]) -> Mapping[str, tuple[Kept, ...]]:
    """All records by the first id of their key, each group in order: for loops over every project."""
    groups: dict[str, list[Kept]] = {}
    for key in sorted(records):
        groups.setdefault(key.split("/")[0], []).append(records[key])
    return {first: tuple(kept) for first, kept in groups.items()}
