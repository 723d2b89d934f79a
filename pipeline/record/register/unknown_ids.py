"""Every id in a record names something: the schemas say what, the records say whether it is there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from typing import Any

from pipeline.kernel.codes import placing
from pipeline.kernel.finding import DataPath, Finding
from pipeline.kernel.structs import Struct, replace
from pipeline.kernel.visible import nearest
from pipeline.record.kinds import AGREEMENT, ATTACHMENTS, COLLEGE, PLAN, POLICY, SCHEME, Kind
from pipeline.record.model import Records, under
from pipeline.record.model.names import COLLEGE as SCHOOL
from pipeline.record.model.records import UnknownId
from pipeline.record.schema import Field, Schema
from pipeline.source import Source

_WORDS = {
    "person": "人员",
    "department": "部门",
    "enterprise": "企业",
    "project": "项目",
    "party": "当事方",
    "goal": "协议目标",
    "milestone": "方案进度节点",
    "attachment": "附件",
    "amendment": "补充协议",
    "criterion": "具备条件",
    "task": "计划任务",
}


def ruled(kind: Kind, one: UnknownId) -> bool:
    """Whether a rule tells of it (R01–R03), with what it does to an agreement; of all others D05 does."""
    return kind in (COLLEGE, AGREEMENT) and one.reference in ("enterprise", "party", "person", "department")


class IdSpot(Struct, frozen=True, kw_only=True):
    """An id of a record that must name something: where, what, and how a message names the spot.

    `beside` is the project named beside it, where the record lies in no project's folder. `choices` is what it may
    name where the record itself says that.
    """

    path: DataPath
    id: str
    reference: str
    called: str
    key: bool
    beside: str = ""
    choices: tuple[str, ...] | None = None


def spots(kind: Kind, data: Mapping[str, Any], record: Any, schema: Schema) -> Iterator[IdSpot]:
    """Every id of one record that something else must bear out, in the order of the file."""
    parties = record.party_ids if kind is AGREEMENT and record is not None else ()
    found: list[tuple[DataPath, str, Field, bool]] = []
    if schema.root.refers:
        _collect((), data, schema.root, found)
    for path, value, field, is_key in found:
        reference = field.key_reference if is_key else field.reference
        label = field.each.label if is_key and field.each else field.label
        choices = None
        if reference == "party" and kind is AGREEMENT:
            if value in parties or not _named(record):
                continue
            choices = tuple(parties)
        yield IdSpot(
            path=path,
            id=value,
            reference=reference,
            called=_called(path, data, label.removeprefix("一方的")),
            key=is_key,
            beside=_beside(path, data),
            choices=choices,
        )


def _named(record: Any) -> bool:
    """Whether an agreement names its parties at all."""
    return bool(record is not None and record.parties is not None and record.parties.enterprises)


def unknown(
    kind: Kind, key: str, found: Iterable[IdSpot], records: Records, lost: Container[tuple[str, str]] = ()
) -> Iterator[UnknownId]:
    """Every id of one record that names nothing, wherever its schema says that it must name something.

    `lost` are the fields, by file and key, that could not be read as a whole: what they hold, nobody knows.
    """
    for spot in found:
        if _known(spot, records):
            continue
        choices = None if _kept_in(spot, kind, key) in lost else _choices(spot, kind, key, records)
        if choices is None or spot.id in choices:
            continue
        yield UnknownId(
            file=kind.file(key),
            path=spot.path,
            id=spot.id,
            reference=spot.reference,
            choices=tuple(choices),
            called=spot.called,
            key=spot.key,
        )


def known_everywhere(records: Records) -> Mapping[str, Collection[str]]:
    """What there is of all that a record anywhere may name, by what that is called; nothing of what is not known."""
    return {reference: known(records) or () for reference, known in ANYWHERE.items()}


def _known(spot: IdSpot, records: Records) -> bool:
    """Whether an id is one of the college's partners or projects; the rest is not asked for most."""
    if spot.choices is not None:
        return False
    if spot.reference == "project":
        return spot.id in records.known_projects
    return spot.reference in ("enterprise", "party") and spot.id in records.known_enterprises


def finding_of(one: UnknownId, source: Source) -> Finding:
    """The finding of an unknown id that no rule tells of."""
    message = f"没有编号为 {one.id} 的{_WORDS[one.reference]}{meant(one.id, one.choices)}"
    place = source.key_place(one.path) if one.key else source.place(one.path)
    return replace(placing.UNKNOWN_NAME.at(place, message), cause=cause_of(one))


def cause_of(one: UnknownId) -> str:
    """What findings of one missing record have in common: a partner is the same one as a party and as an enterprise."""
    if one.reference not in ANYWHERE:
        return ""  # two projects' goals of one id are two goals
    return f"{'enterprise' if one.reference == 'party' else one.reference} {one.id}"


def meant(word: str, choices: Iterable[str]) -> str:
    """The end of a message that guesses what was meant; empty where nothing is near."""
    near = nearest(word, choices)
    return f"，是不是 {near}？" if near else ""


def _collect(
    path: DataPath, value: Any, field: Field, found: list[tuple[DataPath, str, Field, bool]]
) -> None:
    """Append every id that stands for something, in the order of the file, for a field that refers to anything.

    One list is appended to: generators within generators would cost more than the looking.
    """
    if value.__class__ is dict:
        for key, item in value.items():
            if field.key_reference and isinstance(key, str):
                found.append(((*path, key), key, field, True))
            below = field.below(key)
            if below is not None and below.refers:
                _collect((*path, key), item, below, found)
    elif value.__class__ is list:
        each = field.each
        if each is not None and each.refers:
            for index, item in enumerate(value):
                _collect((*path, index), item, each, found)
    elif field.reference and isinstance(value, str) and value:
        found.append((path, value, field, False))


def _called(path: DataPath, data: Any, label: str) -> str:
    """A spot as messages name it: its label, behind the name of the list's line it stands in."""
    line, found = "", data
    for step in path[:-1]:
        found = found[step]
        if isinstance(step, int) and isinstance(found, dict):
            name = found.get("item") or found.get("name")
            line = f"“{name.strip()}”的" if isinstance(name, str) and name.strip() else f"第 {step + 1} 项的"
    return f"{line}{label}"


def _choices(spot: IdSpot, kind: Kind, key: str, records: Records) -> Collection[str] | None:
    """What an id may name at a place; None where that cannot be known, because its file is not there."""
    if spot.choices is not None:
        return spot.choices
    if spot.reference in ANYWHERE:
        return ANYWHERE[spot.reference](records)
    if spot.reference == "task":
        plan = records.plans.get(key)
        return plan.tasks if plan else None
    project = key.split("/")[0] if "project" in kind.names else spot.beside
    return _in_project(spot.reference, project, records) if project else None


_KEPT_IN = {
    "person": (COLLEGE, "people"),
    "department": (COLLEGE, "departments"),
    "criterion": (POLICY, "eligibility"),
    "task": (PLAN, "tasks"),
    "goal": (AGREEMENT, "goals"),
    "milestone": (SCHEME, "schedule"),
    "attachment": (ATTACHMENTS, "items"),
}
"""The kind and field in which stands what a reference may name, where that is one field."""


def _kept_in(spot: IdSpot, kind: Kind, key: str) -> tuple[str, str]:
    """The file and field in which stands what an id may name; nothing where that is told in many files."""
    owner, name = _KEPT_IN.get(spot.reference, (None, ""))
    if owner is None or spot.choices is not None:
        return "", ""
    project = key.split("/")[0] if "project" in kind.names else spot.beside
    return owner.file(*() if not owner.names else (key if owner is PLAN else project,)), name


def _beside(path: DataPath, data: Mapping[str, Any]) -> str:
    """The project named beside an id that is not in a project's folder."""
    found: Any = data
    for step in path[:-1]:
        found = found[step]
    project = found.get("project") if isinstance(found, dict) else None
    return project if isinstance(project, str) else ""


ANYWHERE: Mapping[str, Callable[[Records], Collection[str] | None]] = {
    "person": lambda records: records.college.people if records.college else None,
    "department": lambda records: records.college.departments if records.college else None,
    "enterprise": lambda records: records.known_enterprises,
    "project": lambda records: records.known_projects,
    "party": lambda records: {*records.known_enterprises, SCHOOL},
    "criterion": lambda records: records.policy.eligibility if records.policy else None,
}
"""What a record anywhere may name, by what it is called, and what there is of it."""


def _in_project(reference: str, project: str, records: Records) -> Collection[str] | None:
    if reference == "goal":
        agreement = records.agreements.get(project)
        added = [goal for one in under(records.amendments, project) for goal in one.goals]
        return {*agreement.goals, *added} if agreement else None
    if reference == "milestone":
        scheme = records.schemes.get(project)
        return scheme.schedule if scheme else None
    if reference == "attachment":
        attachments = records.attachments.get(project)
        return attachments.items if attachments else ()
    return [one.id for one in under(records.amendments, project)]
