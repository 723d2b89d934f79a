"""The way to an agreement: survey, scheme, appraisal, signing (clauses 8.1–8.4), all in a project's folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Outsider:
    """Somebody who is not of the college: name, unit and post, nothing more personal."""

    name: str = ""
    unit: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What was found out about enterprises before a project (8.1): `survey.yaml`.

    `site` holds the eight points to be looked at before students are sent anywhere.
    """

    project: str = ""
    declined: Mapping[str, str] = field(default_factory=dict)
    date: dt.date | None = None
    people: tuple[str, ...] = ()
    enterprises: tuple[str, ...] = ()
    place: str = ""
    methods: tuple[str, ...] = ()
    majors: tuple[str, ...] = ()
    needs: str = ""
    findings: str = ""
    capability: str = ""
    site: Mapping[str, str] = field(default_factory=dict)
    risks: str = ""
    conclusion: str = ""
    recommendation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A milestone of a scheme: who brings it about and by when; `owner` is a person's id."""

    name: str = ""
    start: dt.date | None = None
    due: dt.date | None = None
    owner: str = ""
    party: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """Money a scheme foresees, in yuan, and which party gives it."""

    item: str = ""
    amount: Decimal | None = None
    party: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """What may go wrong, and what is done about it."""

    risk: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """Who agreed to a scheme for a party, and when."""

    name: str = ""
    on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """The joint scheme (8.2): `scheme.yaml`. Milestones by id, budget in yuan, staff counted by party."""

    project: str = ""
    declined: Mapping[str, str] = field(default_factory=dict)
    date: dt.date | None = None
    version: int | None = None
    authors: tuple[str, ...] = ()
    background: str = ""
    goals: str = ""
    content: str = ""
    division: Mapping[str, str] = field(default_factory=dict)
    schedule: Mapping[str, Step] = field(default_factory=dict)
    inputs: str = ""
    staff: Mapping[str, int] = field(default_factory=dict)
    budget: tuple[BudgetLine, ...] = ()
    risks: tuple[Risk, ...] = ()
    outcomes: str = ""
    exit: str = ""
    agreed: Mapping[str, Agreed] = field(default_factory=dict)

    @property
    def money(self) -> Decimal:
        """The budget added up, in yuan."""
        return sum((line.amount or Decimal(0) for line in self.budget), Decimal("0.00"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Expert:
    """An expert of an appraisal, from inside (`internal`) or outside the school."""

    name: str = ""
    unit: str = ""
    major: str = ""
    title: str = ""
    internal: bool = False
    chair: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Waived:
    """Why a project is not appraised, and whose decision that was (a person's id) (8.3)."""

    reason: str = ""
    by: str = ""
    on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal:
    """The feasibility appraisal, or its waiver (8.3): `appraisal.yaml`.

    `conclusion` is passed, conditional (counts once `revised_on` is told) or failed.
    """

    project: str = ""
    date: dt.date | None = None
    place: str = ""
    experts: tuple[Expert, ...] = ()
    opinions: Mapping[str, str] = field(default_factory=dict)
    suggestions: str = ""
    conclusion: str = ""
    revised_on: dt.date | None = None
    waiver: Waived | None = None

    @property
    def passed_on(self) -> dt.date | None:
        """The day on which the way to the agreement was free: passed, revised, or waived; None until then."""
        if self.waiver is not None:
            return self.waiver.on
        days = {"passed": self.date, "conditional": self.revised_on}
        return days.get(self.conclusion)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalReview:
    """The legal department's review (8.4): a person's id or outside counsel's name, the day, the opinion."""

    by: str = ""
    counsel: str = ""
    on: dt.date | None = None
    opinion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One step of the college's contract approval (8.4): role, person (id), day, minute's number."""

    role: str = ""
    by: str = ""
    on: dt.date | None = None
    minute: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Legal review and contract approval as they are filed, where the approval trail does not hold them."""

    legal: LegalReview | None = None
    approvals: tuple[Consent, ...] = ()

    @property
    def approved_on(self) -> dt.date | None:
        """The day of the last approval; None where none is filed or one has no day."""
        days = [consent.on for consent in self.approvals]
        return max(day for day in days if day) if days and all(days) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartySigning:
    """One party's signature and seal, each with its day; `authorisation` is an attachment's id."""

    signatory: str = ""
    signed_on: dt.date | None = None
    seal: str = ""
    sealed_on: dt.date | None = None
    authorisation: str = ""

    @property
    def done_on(self) -> dt.date | None:
        """The day on which this party had both signed and sealed; None until then."""
        return max(self.signed_on, self.sealed_on) if self.signed_on and self.sealed_on else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDigest:
    """A file kept outside the repository: name, SHA-256 in 64 hexadecimal digits, and where it is."""

    name: str = ""
    sha256: str = ""
    kept_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """One signing: of the agreement, or of the amendment that `amendment` names.

    `words` is the digest of the approved words, `file` the file that was signed, `scan` the scan of the result.
    """

    amendment: str = ""
    parties: Mapping[str, PartySigning] = field(default_factory=dict)
    place: str = ""
    copies: int | None = None
    paging_seal: bool = False
    words: str = ""
    file: FileDigest | None = None
    scan: FileDigest | None = None
    review: Review | None = None

    @property
    def signed_on(self) -> dt.date | None:
        """The day on which the last of the parties named here had signed and sealed; None until all have."""
        days = [party.done_on for party in self.parties.values()]
        return max(day for day in days if day) if days and all(days) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing(Signed):
    """The signing of a project's agreement, and of its amendments (8.4): `signing.yaml`."""

    project: str = ""
    amendments: tuple[Signed, ...] = ()
