"""The office's lists: projects with where they stand and who moves next, what is due, what is not right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.check.run import Report
from pipeline.desk.checked import Desk
from pipeline.desk.named import names
from pipeline.desk.spoken import plain
from pipeline.kernel.finding import Finding, Severity
from pipeline.record.kinds import AGREEMENT, KINDS, Kind, kind_of
from pipeline.record.model import Records
from pipeline.record.places import project_of
from pipeline.standing.agenda import open_actions, open_remedies
from pipeline.standing.next_move import next_move
from pipeline.standing.state import state

_CALLED = ("title", "name", "topic", "theme")
"""The fields that people call a record by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A project in the list: its state in words, who has to do what, and how much there is to mend."""

    project: str
    title: str
    state: str
    sort: str
    who: str
    what: str
    errors: int
    gaps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something with a day on it; `file` is where it is written down."""

    what: str
    who: str
    day: date | None
    late: bool
    file: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record in a list: what people call it, its file, and what was found in it.

    A `draft` waits at the desk to be saved; a record that is `beginning` is saved and says itself that it is no more
    than one.
    """

    title: str
    file: str
    kind: str
    errors: int
    gaps: int
    draft: bool = False
    beginning: bool = False


def projects(desk: Desk, report: Report) -> list[Row]:
    """Every project, the newest number first."""
    records, today = report.register.records, desk.today()
    found = _by_project(report)
    rows = []
    for project in sorted(records.known_projects, reverse=True):
        now = state(records, project, today)
        move = next_move(records, project, today)
        agreement = records.agreements.get(project)
        rows.append(
            Row(
                project=project,
                title=(agreement.title if agreement else "") or project,
                state=now.label,
                sort=now.value,
                who=move.who if move else "",
                what=move.what if move else "",
                errors=_count(found.get(project, ()), staged=False),
                gaps=_count(found.get(project, ()), staged=True),
            )
        )
    return rows


def _by_project(report: Report) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in report.findings:
        parts = finding.place.file.split("/")
        if parts[1:2] == ["projects"] and len(parts) > 2:
            found.setdefault(parts[2], []).append(finding)
    return found


def _count(findings: list[Finding] | tuple[Finding, ...], *, staged: bool) -> int:
    if staged:
        return sum(one.staged for one in findings)
    return sum(one.severity is Severity.ERROR for one in findings)


def dues(desk: Desk, report: Report) -> list[Due]:
    """Decisions of meetings and problems found by inspections that are still open, the first due first."""
    records, today = report.register.records, desk.today()
    listed = [*_actions(records, today), *_remedies(records, today)]
    return sorted(listed, key=lambda one: (one.day or date.max, one.what))


def _actions(records: Records, today: date) -> Iterator[Due]:
    for one in open_actions(records):
        who = records.person_name(one.decision.owner) if one.decision.owner else ""
        file = f"agreements/meetings/{one.meeting}.yaml"
        yield Due(
            what=one.decision.text or "",
            who=who,
            day=one.due,
            late=one.overdue(today),
            file=file,
            kind="例会议定",
        )


def _remedies(records: Records, today: date) -> Iterator[Due]:
    for one in open_remedies(records):
        who = records.person_name(one.defect.owner) if one.defect.owner else ""
        file = f"agreements/projects/{one.project}/inspections/{one.inspection}.yaml"
        yield Due(
            what=one.defect.text or "",
            who=who,
            day=one.defect.due,
            late=one.overdue(today),
            file=file,
            kind="督查整改",
        )


def records_of(desk: Desk, report: Report, kind: Kind) -> list[Record]:
    """Every record of a kind, the newest first."""
    files = [name for name, entry in report.register.entries.items() if entry.kind is kind]
    return [_record(desk, report, name) for name in sorted(files, reverse=True)]


def dossier(desk: Desk, report: Report, project: str) -> list[Record]:
    """Every record of a project, in the order of the kinds."""
    order = {kind.name: number for number, kind in enumerate(KINDS)}
    files = [
        (order[entry.kind.name], name)
        for name, entry in report.register.entries.items()
        if "project" in entry.kind.names and entry.id.split("/")[0] == project
    ]
    return [_record(desk, report, name) for _, name in sorted(files)]


def _record(desk: Desk, report: Report, name: str) -> Record:
    entry = report.register.entries[name]
    found = report.of_file(name)
    return Record(
        title=title_of(report, name),
        file=name,
        kind=entry.kind.label,
        errors=_count(found, staged=False),
        gaps=_count(found, staged=True),
        draft=desk.drafts.of(name) is not None,
        beginning=entry.draft,
    )


def title_of(report: Report, name: str) -> str:
    """What people call a record: by its title or name, else by its kind and the ids of its path in words."""
    known = kind_of(name)
    if known is None:
        return name
    kind, key = known
    entry = report.register.entries.get(name)
    record = entry.record if entry else None
    title = next((found for field in _CALLED if (found := getattr(record, field, ""))), "")
    words = names(report.register.records)
    said = [
        _part(name, part, words)
        for name, part in zip(kind.names, key.split("/"), strict=False)
        if name != "project"
    ]
    if kind is AGREEMENT or (title and len(kind.names) == 1):
        return str(title) or key
    return " ".join([kind.label, *said, str(title or "")]).strip()


def project_title(report: Report, name: str) -> str:
    """What the project is called that a record belongs to; empty for what belongs to none."""
    project = project_of(name)
    agreement = report.register.records.agreements.get(project) if project else None
    return str((agreement.title if agreement else "") or project)


def full_title(report: Report, name: str, title: str = "") -> str:
    """What a record is called where records of several projects stand in one list."""
    called, project = title or title_of(report, name), project_title(report, name)
    return f"{called}（{project}）" if project and project != called else called


def draft_title(desk: Desk, report: Report, name: str) -> str:
    """What people call a draft: by its file where there is one, else by what was written of it so far."""
    draft, known = desk.drafts.of(name), kind_of(name)
    if name in report.register.entries or draft is None or known is None:
        return full_title(report, name)
    form = draft[1] if isinstance(draft[1], dict) else {}
    title = next((found for field in _CALLED if (found := form.get(field))), "")
    return full_title(report, name, f"新的{known[0].label} {title or known[1]}")


def _part(name: str, part: str, words: dict[str, str] | object) -> str:
    found = words.get(part, part) if isinstance(words, dict) else part
    return f"{found} 年" if name == "year" else str(found)


def problems(report: Report) -> list[dict[str, str]]:
    """Errors of all records, with the record each is in."""
    return [
        {"file": one.place.file, "record": full_title(report, one.place.file), "message": plain(one.message)}
        for one in report.findings
        if one.severity is Severity.ERROR
    ]
