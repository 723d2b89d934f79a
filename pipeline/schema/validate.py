"""Checking one record's shape: findings in Chinese, and what stands, cleaned for the model."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cerberus.errors import ValidationError

from pipeline.finding import DataPath, Finding
from pipeline.schema import codes, wording
from pipeline.schema.definition import Field, Schema
from pipeline.schema.validator import Validator
from pipeline.source import Source

DRAFT = "draft"
"""The stage in which a record may still have gaps."""

NONE = "none"
"""The key under which a field is declared not to apply."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a record's check yields.

    `data` is fit for the model: what was wrong is taken out, list positions kept. `declined` maps fields
    declared not to apply to their reasons. `broken` are the places already reported, where rules stay quiet.
    """

    data: dict[str, Any]
    declined: Mapping[str, str]
    findings: tuple[Finding, ...]
    broken: frozenset[DataPath]


class Checker:
    """One schema with its validator; not for use in two threads."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._validator = Validator(schema.constraints)

    def check(self, source: Source) -> Checked:
        """Check a record that could be read; nothing is raised for what an editor can do wrong."""
        data = dict(source.data or {})
        declined, findings = _declared(data, self.schema, source)
        problems = self._validator.problems(data)
        if not problems:
            return Checked(data=data, declined=declined, findings=tuple(findings), broken=source.broken)
        return self._cleaned(data, declined, findings, problems, source)

    def _cleaned(
        self,
        data: dict[str, Any],
        declined: Mapping[str, str],
        findings: list[Finding],
        problems: list[ValidationError],
        source: Source,
    ) -> Checked:
        data = copy.deepcopy(data)
        broken = set(source.broken)
        draft = data.get("stage") == DRAFT
        for problem in problems:
            path: DataPath = problem.document_path
            field = self.schema.at(path)
            if _left_to_rules(field, problem):
                _blank(data, path, field)
                continue
            if path not in source.broken:
                findings.append(wording.finding(problem, self.schema, source, draft=draft))
            broken |= wording.silenced(problem, self.schema)
            _take_out(data, path, field)
        return Checked(data=data, declined=declined, findings=tuple(findings), broken=frozenset(broken))


def check(source: Source, schema: Schema) -> Checked:
    """Check one record against one schema; for many records of a kind, keep a Checker."""
    return Checker(schema).check(source)


def _declared(data: dict[str, Any], schema: Schema, source: Source) -> tuple[dict[str, str], list[Finding]]:
    """Take out the fields declared not to apply (`{none: reason}`) before Cerberus sees them."""
    declined: dict[str, str] = {}
    findings: list[Finding] = []
    for key, value in list(data.items()):
        field = schema.fields.get(key)
        if not (field and field.none and isinstance(value, dict) and NONE in value):
            continue
        if len(value) > 1:
            message = f"“{field.label}”既声明不发生（none），又写了其他内容"
            findings.append(codes.NONE_AND_MORE.at(source.key_place((key, NONE)), message))
            data[key] = {name: item for name, item in value.items() if name != NONE}
            continue
        reason = value[NONE]
        declined[key] = "" if reason is None else str(reason)
        del data[key]
    return declined, findings


def _left_to_rules(field: Field | None, problem: ValidationError) -> bool:
    """An element left blank is reported by its rule, under its own code."""
    blank = problem.value is None or (isinstance(problem.value, str) and not problem.value.strip())
    return field is not None and field.ruled and blank and problem.rule == "type"


def _blank(data: dict[str, Any], path: DataPath, field: Field | None) -> None:
    if field and field.type in ("text", "markdown"):
        _parent(data, path)[path[-1]] = ""
    else:
        _take_out(data, path, field)


def _take_out(data: dict[str, Any], path: DataPath, field: Field | None) -> None:
    """Remove a wrong value; in a list an empty one takes its place, so that later lines keep their index."""
    parent = _parent(data, path)
    if isinstance(parent, list):
        kind = field.type if field else "text"
        parent[int(path[-1])] = {"dict": {}, "list": []}.get(kind, "")
    elif isinstance(parent, dict):
        parent.pop(path[-1], None)


def _parent(data: Any, path: DataPath) -> Any:
    for step in path[:-1]:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data
