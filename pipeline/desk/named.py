"""Whom and what an answer may name: people, departments, companies, projects, by their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.record.kinds import Kind
from pipeline.record.model import Records, under

COLLEGE = "college"
"""The id of the school among the parties."""


def choices(records: Records, kind: Kind, key: str, wanted: Iterable[str]) -> dict[str, list[list[str]]]:
    """For each sort of thing that is referred to, ids with names; sorts whose names nobody knows are left out."""
    project = key.split("/")[0] if "project" in kind.names else ""
    every = {**_everywhere(records), **(_in_project(records, project) if project else {})}
    if kind.name == "summary":
        plan = records.plans.get(key)
        every["task"] = {one: task.name or one for one, task in plan.tasks.items()} if plan else {}
    return {name: [[one, word] for one, word in every[name].items()] for name in wanted if name in every}


def names(records: Records) -> Mapping[str, str]:
    """Every id of the whole college with the name it stands for."""
    every = _everywhere(records)
    return {
        one: word
        for part in ("project", "department", "person", "party")
        for one, word in every[part].items()
    }


def _everywhere(records: Records) -> dict[str, Mapping[str, str]]:
    college = records.college
    people = college.people if college else {}
    companies = {key: one.name or key for key, one in records.enterprises.items()}
    companies |= {key: key for key in sorted(records.known_enterprises) if key not in companies}
    school = (college.name if college else "") or "学校"
    return {
        "person": {key: _person(one, key) for key, one in people.items()},
        "department": {key: one.name or key for key, one in (college.departments if college else {}).items()},
        "enterprise": companies,
        "party": {COLLEGE: f"{school}（本校）", **companies},
        "project": {key: _title(records, key) for key in sorted(records.known_projects)},
        "criterion": {
            key: one.text or key
            for key, one in (records.policy.eligibility if records.policy else {}).items()
        },
    }


def _person(one: Any, key: str) -> str:
    return f"{one.name or key}（{one.post}）" if one.post else one.name or key


def _title(records: Records, key: str) -> str:
    agreement = records.agreements.get(key)
    return (agreement.title if agreement else "") or key


def _in_project(records: Records, project: str) -> dict[str, Mapping[str, str]]:
    agreement, scheme = records.agreements.get(project), records.schemes.get(project)
    attachments = records.attachments.get(project)
    return {
        "goal": {key: goal.text or key for key, goal in (agreement.goals if agreement else {}).items()},
        "milestone": {
            key: getattr(one, "text", "") or key for key, one in (scheme.schedule if scheme else {}).items()
        },
        "attachment": {
            key: getattr(one, "name", "") or key
            for key, one in (attachments.items if attachments else {}).items()
        },
        "amendment": {one.id: f"补充协议 {one.id}" for one in under(records.amendments, project)},
    }
