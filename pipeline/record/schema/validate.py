"""Checking one record's shape: findings in Chinese, and what stands, cleaned for the model."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from cerberus.errors import ValidationError

from pipeline.kernel.codes import shape
from pipeline.kernel.data_path import value_at
from pipeline.kernel.finding import DataPath, Finding
from pipeline.kernel.structs import Struct, field
from pipeline.record.schema import messages, repeated
from pipeline.record.schema.definition import Field, Schema
from pipeline.record.schema.messages import NONE
from pipeline.record.schema.validator import Validator
from pipeline.record.schema.value_types import TYPES, shown
from pipeline.record.schema.wrong_keys import GUESSES, meant_keys
from pipeline.source import Source

DRAFT = "draft"
"""The stage in which a record may still have gaps."""


class Checked(Struct, frozen=True, kw_only=True):
    """What a record's check yields.

    `data` is fit for the model: what was wrong is taken out, list positions kept. `declined` maps fields
    declared not to apply to their reasons. `broken` are the places already reported, where rules stay quiet.
    """

    data: dict[str, Any]
    declined: Mapping[str, str]
    findings: tuple[Finding, ...]
    broken: frozenset[DataPath]
    draft: bool = False


class Checker:
    """One schema with its validator; not for use in two threads."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._validator = Validator(schema.constraints)

    def check(self, source: Source) -> Checked:
        """Check a record that could be read; nothing is raised for what an editor can do wrong."""
        data = dict(source.data or {})
        ledger = _Ledger(source=source)
        declined = _declared(data, self.schema, ledger)
        problems = [one for one in self._validator.problems(data) if not _declined(one, declined)]
        if problems:
            data = self._cleaned(data, problems, declined, ledger)
        ledger.findings += repeated.findings(source, self.schema)
        return Checked(
            data=data,
            declined=declined,
            findings=tuple(ledger.findings),
            broken=source.broken.union(ledger.reported),
            draft=_is_draft(data, self.schema),
        )

    def fault(self, path: DataPath, value: object) -> str:
        """Why a record may not hold a value at a path (Chinese); empty where it may, whatever else it lacks."""
        document: Any = value
        for step in reversed(path):
            document = [document] if isinstance(step, int) else {step: document}
        for problem in self._validator.problems(document):
            if not _is_missing(problem) and problem.document_path[: len(path)] == path:
                return messages.said(problem, self.schema)
        return ""

    def _cleaned(
        self,
        data: dict[str, Any],
        problems: list[ValidationError],
        declined: Mapping[str, str],
        ledger: _Ledger,
    ) -> dict[str, Any]:
        # The source keeps its data for whoever asks next, and what is wrong is about to be taken out of this
        # one.
        data = copy.deepcopy(data)
        draft = _is_draft(data, self.schema)
        keyed = {one.document_path for one in problems if messages.is_key_error(one)}
        keys = meant_keys(problems, self.schema, {**data, **declined})
        for problem in sorted(problems, key=_is_missing):
            path: DataPath = problem.document_path
            if _is_missing(problem) and path in ledger.reported:
                continue  # it stands there, under a name that is told of
            if path in keyed and not messages.is_key_error(problem):
                continue  # what stands under a key that is none says nothing by itself
            item = self.schema.at(path)
            if _left_to_rules(item, problem):
                _blank(data, path, item)
                continue
            few = len(ledger.reported) < GUESSES
            meant = messages.guess(problem, self.schema, keys) if few else None
            if path not in ledger.source.broken:
                ledger.findings.append(
                    messages.finding(problem, self.schema, ledger.source, meant, draft=draft)
                )
            ledger.reported |= messages.silenced(problem, meant, self.schema)
            _take_out(data, path, item)
        return data


class _Ledger(Struct, kw_only=True):
    """What comes up while one record is checked: the findings, and the places they speak for."""

    source: Source
    findings: list[Finding] = field(default_factory=list)
    reported: set[DataPath] = field(default_factory=set)


def _is_draft(data: Mapping[str, Any], schema: Schema) -> bool:
    return "stage" in schema.fields and data.get("stage") == DRAFT


def check(source: Source, schema: Schema) -> Checked:
    """Check one record against one schema; for many records of a kind, keep a Checker."""
    return Checker(schema).check(source)


def _declared(data: dict[str, Any], schema: Schema, ledger: _Ledger) -> dict[str, str]:
    """Take out the fields declared not to apply (`{none: reason}`) before Cerberus sees them."""
    declined: dict[str, str] = {}
    for key, value in list(data.items()):
        item = schema.fields.get(key)
        if not (item and item.none and isinstance(value, dict) and NONE in value):
            continue
        if len(value) > 1:
            message = f"“{item.label}”既声明不发生（none），又写了其他内容"
            ledger.findings.append(shape.NONE_AND_MORE.at(ledger.source.key_place((key, NONE)), message))
            data[key] = {name: inner for name, inner in value.items() if name != NONE}
            continue
        declined[key] = _reason(item, value[NONE], ledger)
        del data[key]
    return declined


def _reason(item: Field, reason: object, ledger: _Ledger) -> str:
    """The reason as text; a blank one is left to the element's rule."""
    if messages.is_blank(reason):
        return ""
    path = (item.key, NONE)
    if not TYPES["text"](reason):
        ledger.reported.add(path)
        if path not in ledger.source.broken:
            message = f"“{item.label}”的 none 后面应写一行理由，现在写的是{shown(reason)}"
            ledger.findings.append(shape.TYPE.at(ledger.source.place(path), message))
    return str(reason)


def _declined(problem: ValidationError, declined: Mapping[str, str]) -> bool:
    """Whether what is required was declared not to apply: the reason is the answer."""
    path: DataPath = problem.document_path
    return problem.rule == "required" and len(path) == 1 and path[0] in declined


def _is_missing(problem: ValidationError) -> bool:
    return bool(problem.rule == "required")


def _left_to_rules(item: Field | None, problem: ValidationError) -> bool:
    """An element left blank, or put off where something else than text belongs, is reported by its rule."""
    blank = messages.is_blank(problem.value) or messages.is_put_off(problem.value)
    return item is not None and item.ruled and blank and problem.rule == "type"


def _blank(data: dict[str, Any], path: DataPath, item: Field | None) -> None:
    if item and item.type in ("text", "markdown"):
        value_at(data, path[:-1])[path[-1]] = ""
    else:
        _take_out(data, path, item)


def _take_out(data: dict[str, Any], path: DataPath, item: Field | None) -> None:
    """Remove a wrong value; in a list an empty one takes its place, so that later lines keep their index."""
    parent = value_at(data, path[:-1])
    if isinstance(parent, list):
        kind = item.type if item else "text"
        parent[int(path[-1])] = {"dict": {}, "list": []}.get(kind, "")
    elif isinstance(parent, dict):
        parent.pop(path[-1], None)
