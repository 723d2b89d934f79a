"""Every id in a record names something: the schemas say what, the records say whether it is there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from pipeline.kernel.codes import register
from pipeline.kernel.finding import DataPath, Finding
from pipeline.kernel.visible import nearest
from pipeline.record.model import Records, under
from pipeline.record.model.names import COLLEGE as SCHOOL
from pipeline.record.register.kinds import AGREEMENT, COLLEGE, Kind
from pipeline.record.schema import Field, Schema
from pipeline.source import Source

_RULED: Mapping[str, frozenset[DataPath]] = {
    COLLEGE.name: frozenset(
        {
            ("legal_representative",),
            ("office", "head"),
            ("office", "members"),
            ("departments",),
            ("people",),
        }
    ),
    AGREEMENT.name: frozenset(
        (key,)
        for key in (
            "parties",
            "responsible",
            "obligations",
            "inputs",
            "costs",
            "revenue",
            "breach",
            "notices",
            "copies",
        )
    ),
}
"""What rules look after under codes of their own (R01–R03)."""

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

Spot = tuple[DataPath, str, str, bool]
"""Path, the id, what it must name, and whether it is a key."""


def unknown(kind: Kind, key: str, source: Source, schema: Schema, records: Records) -> Iterator[Finding]:
    """A finding for every id of one record that names nothing."""
    ruled = _RULED.get(kind.name, frozenset())
    for path, value, reference, is_key in _spots((), source.data, schema.root, ruled):
        choices = _choices(reference, kind, key, path, source.data or {}, records)
        if choices is None or value in choices:
            continue
        near = nearest(value, choices)
        message = f"没有编号为 {value} 的{_WORDS[reference]}" + (f"，是不是 {near}？" if near else "")
        yield register.UNKNOWN_NAME.at(source.key_place(path) if is_key else source.place(path), message)


def _spots(path: DataPath, value: Any, field: Field | None, ruled: frozenset[DataPath]) -> Iterator[Spot]:
    """Every id that stands for something, in the order of the file; nothing at or below the `ruled` paths."""
    if field is None or not field.refers or path in ruled:
        return
    if isinstance(value, dict):
        for key, item in value.items():
            if field.key_reference:
                yield (*path, key), key, field.key_reference, True
            yield from _spots((*path, key), item, field.below(key), ruled)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _spots((*path, index), item, field.each, ruled)
    elif field.reference and isinstance(value, str) and value:
        yield path, value, field.reference, False


def _choices(
    reference: str, kind: Kind, key: str, path: DataPath, data: Mapping[str, Any], records: Records
) -> Collection[str] | None:
    """What an id may name at a place; None where that cannot be known, because its file is not there."""
    if reference in _COLLEGE_WIDE:
        return _COLLEGE_WIDE[reference](records)
    if reference == "task":
        plan = records.plans.get(key)
        return plan.tasks if plan else None
    project = key.split("/")[0] if "project" in kind.names else _beside(path, data)
    return _in_project(reference, project, records) if project else None


def _beside(path: DataPath, data: Mapping[str, Any]) -> str:
    """The project named beside an id that is not in a project's folder."""
    found: Any = data
    for step in path[:-1]:
        found = found[step]
    project = found.get("project") if isinstance(found, dict) else None
    return project if isinstance(project, str) else ""


_COLLEGE_WIDE: Mapping[str, Callable[[Records], Collection[str] | None]] = {
    "person": lambda records: records.college.people if records.college else None,
    "department": lambda records: records.college.departments if records.college else None,
    "enterprise": lambda records: records.known_enterprises,
    "project": lambda records: records.known_projects,
    "party": lambda records: records.known_enterprises | {SCHOOL},
    "criterion": lambda records: records.policy.eligibility if records.policy else None,
}


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
