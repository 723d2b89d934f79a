"""What every page may see: records, findings, states and the day, with the words people use for them."""

from __future__ import annotations

from collections import ChainMap, Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

from pipeline.check.gap_report import Element
from pipeline.kernel.finding import Finding, Severity
from pipeline.kernel.structs import Struct
from pipeline.record.kinds import AGREEMENT
from pipeline.record.model import Agreement, Records
from pipeline.record.model.work import Placement
from pipeline.site.page import grouped_by
from pipeline.standing import portfolio
from pipeline.standing.agenda import Action, Remedy, actions, remedies
from pipeline.standing.annual import Annual, annual
from pipeline.standing.as_agreed import agreements_of
from pipeline.standing.families import Family, families
from pipeline.standing.goals import PlanReach, plan_reach
from pipeline.standing.labels import Labels
from pipeline.standing.proof import Approved
from pipeline.standing.state import ProjectState


class Edition(StrEnum):
    """For whom a site is made: the public one knows no amounts, contacts, findings or drafts."""

    INTERNAL = "internal"
    PUBLIC = "public"


class SiteFile(Struct, frozen=True, kw_only=True):
    """A file that can be taken along, and the form it is in."""

    name: str
    form: str


class PaperForms(Struct, frozen=True, kw_only=True):
    """A document as it calls itself, in each of its forms."""

    title: str
    files: tuple[SiteFile, ...]


class ShownDecision(Struct, frozen=True, kw_only=True):
    """One decision of the trail: a role, a person ("" where nobody has decided yet), a day, and what proves it."""

    role: str
    person: str = ""
    day: str = ""
    proof: str = ""


class Approval(Struct, frozen=True, kw_only=True):
    """What the approval trail tells of a subject: its state in words with the level, and who decided what.

    `level` is empty while it is not approved as it stands. `waiting` are the roles that have still to decide, each
    with the people who hold it; `again` tells that it was rejected or changed and has to be submitted again.
    """

    label: str
    level: str = ""
    reasons: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    again: bool = False
    decisions: tuple[ShownDecision, ...] = ()


def titles_of(records: Records) -> dict[str, str]:
    """The titles of the agreements that have one."""
    return {key: one.title for key, one in records.agreements.items() if one.title}


class OfAll(Struct, frozen=True, kw_only=True):
    """What all projects together tell: titles, states, what is proven of approvals, which agreements belong together.

    `altered` are the projects whose agreements may be other than their records say: amended, handed over, or listing
    what another one lists.
    """

    titles: dict[str, str]
    standing: dict[str, ProjectState]
    proofs: dict[str, str]
    families: dict[str, Family]
    altered: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SiteData(Labels):
    """One college on one day, with the words for its ids and codes.

    `standing` is the state of every project, `elements` the twelve elements of each agreement, `files` the
    documents by their folder in the build folder (`projects/<id>`, `ledgers`), `wordings` where the text of an
    agreement lies as a page, `trail` what the approval trail tells of each subject that anybody has submitted, by
    subject, `proofs` what is proven of the approval of each project that claims one. `known` are records
    and what is known of all their projects together; of any others that is worked out.
    """

    today: date
    standing: Mapping[str, ProjectState]
    findings: tuple[Finding, ...] = ()
    elements: Mapping[str, tuple[Element, ...]] = field(default_factory=dict)
    files: Mapping[str, tuple[PaperForms, ...]] = field(default_factory=dict)
    approved: Approved = field(default_factory=dict)
    wordings: Mapping[str, Path] = field(default_factory=dict)
    trail: Mapping[str, Approval] = field(default_factory=dict)
    proofs: Mapping[str, str] = field(default_factory=dict)
    edition: Edition = Edition.INTERNAL
    known: tuple[Records, OfAll] | None = None

    @cached_property
    def of_all(self) -> OfAll | None:
        """What is known of all projects of these very records."""
        return self.known[1] if self.known is not None and self.known[0] is self.records else None

    @property
    def internal(self) -> bool:
        """Whether amounts, contacts, findings and drafts may be shown."""
        return self.edition is Edition.INTERNAL

    @property
    def college_name(self) -> str:
        """The school's name."""
        return (self.records.college.name if self.records.college else "") or "学校"

    @cached_property
    def whole(self) -> Annual:
        """The figures of today's year, of the whole college."""
        return annual(self.records, self.today.year, self.today, approved=self.approved)

    @cached_property
    def agreements(self) -> Mapping[str, Agreement]:
        """Every agreement as its amendments leave it."""
        if self.of_all is None:
            return agreements_of(self.records, day=self.today)
        # Of thousands of agreements a page shows one: none of the others is unpacked for it.
        altered = {**agreements_of(self.records, self.of_all.altered, self.today)}
        recorded: Any = self.records.agreements
        return ChainMap(altered, recorded) if altered else recorded

    def as_recorded(self, project: str) -> bool:
        """Whether an agreement is what its record says."""
        if self.of_all is not None:
            return project not in self.of_all.altered
        return self.agreements.get(project) is self.records.agreements.get(project)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The titles of the agreements that have one."""
        return titles_of(self.records) if self.of_all is None else self.of_all.titles

    def project(self, key: str) -> str:
        """A project's title, or its id where it has none."""
        return self.titles.get(key) or key

    @cached_property
    def spans(self) -> tuple[portfolio.AgreementTerm, ...]:
        """Every agreement's term, the one that ends first first."""
        return portfolio.spans(self.records, self.standing)

    @cached_property
    def span_of(self) -> Mapping[str, portfolio.AgreementTerm]:
        """The same by project."""
        return {span.project: span for span in self.spans}

    @cached_property
    def actions_of(self) -> Mapping[str, list[Action]]:
        """What meetings decided, by project."""
        return grouped_by(actions(self.records), lambda one: one.decision.project)

    @cached_property
    def remedies_of(self) -> Mapping[str, list[Remedy]]:
        """What inspections found and what became of it, by project."""
        return grouped_by(remedies(self.records), lambda one: one.project)

    @cached_property
    def placements_of(self) -> Mapping[str, list[Placement]]:
        """Who works at the other side, by project."""
        return grouped_by(self.records.placements.values(), lambda one: one.project)

    @cached_property
    def families(self) -> Mapping[str, Family]:
        """Framework agreements with their specific ones, by project."""
        return families(self.records) if self.of_all is None else self.of_all.families

    @cached_property
    def plans(self) -> Mapping[str, PlanReach]:
        """Every plan with its tasks' standing, by key."""
        return {
            key: plan_reach(self.records, key, self.today, self.approved)
            for key in sorted(self.records.plans)
        }

    @cached_property
    def findings_of(self) -> Mapping[str, tuple[Finding, ...]]:
        """The findings in each project's folder."""
        found: dict[str, list[Finding]] = {}
        for file, some in groupby(self.findings, lambda one: one.place.file):
            # By the path, for a file that cannot be read has findings and no record.
            parts = file.split("/")
            if parts[:2] == ["agreements", "projects"] and len(parts) > 2:
                found.setdefault(parts[2], []).extend(some)
        return {project: tuple(findings) for project, findings in found.items()}

    @cached_property
    def codes(self) -> Mapping[str, int]:
        """How many findings each code has."""
        return Counter(one.code for one in self.findings)

    def count(self, severity: Severity) -> int:
        """How many findings weigh this much."""
        return sum(finding.severity is severity for finding in self.findings)

    def plan_title(self, year: str | int, department: str) -> str:
        """What people call a department's plan."""
        return f"{year} 年{self.department(department)}工作计划"

    def papers(self, folder: str, stem: str = "") -> tuple[PaperForms, ...]:
        """The documents of a folder; only one with the form of its approval where its name is given."""
        names = (stem, f"{stem}-approval-form")
        found = self.files.get(folder, ())
        return tuple(one for one in found if not stem or one.files[0].name.rpartition(".")[0] in names)

    @property
    def forms(self) -> Mapping[str, str]:
        """The forms of cooperation with their labels."""
        return self.values(AGREEMENT.name, "forms", 0)
