"""A schema as JSON Schema, for editors that complete keys and explain them; what is wrong, `coop check` says.

An editor of YAML reads dates as text and knows no rule that looks at other files. So it is told only what holds for
every valid record: keys, kinds of values, choices, and what is always demanded. What a rule demands is left to the
rule, which knows when. Of a kind that can be a draft anything may still be open: a draft lacks keys, and has keys
without a value.
"""

from __future__ import annotations

from typing import Any

from pipeline.record.schema.definition import Field, Schema

_DIALECT = "http://json-schema.org/draft-07/schema#"
_TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "markdown": {"type": "string"},
    "id": {"type": "string"},
    "date": {"type": "string", "format": "date"},
    "money": {"type": "number"},
    "number": {"type": "number"},
    "percent": {"type": "number"},
    "integer": {"type": "integer"},
    "flag": {"type": "boolean"},
}


def json_schema(schema: Schema, label: str) -> dict[str, Any]:
    """The JSON Schema (draft 7, which editors' YAML plug-ins speak) of one kind of record, called `label`."""
    stage = schema.fields.get("stage")
    drafts = bool(stage and "draft" in stage.values)
    made = _content(schema.root, drafts)
    needed = _needed(schema.root) if drafts else []
    whole = {"if": _FINISHED, "then": {"required": needed}} if needed else {}
    return {"$schema": _DIALECT, "title": label, **made, "type": "object", **whole}


_FINISHED = {"not": {"required": ["stage"], "properties": {"stage": {"enum": ["draft", None]}}}}
"""What holds for a record that is no draft any more."""


def _needed(field: Field) -> list[str]:
    return [key for key, child in field.children.items() if child.required and not child.ruled]


def _field(field: Field, drafts: bool) -> dict[str, Any]:
    made = {"title": field.label, **_content(field, drafts)}
    said = [field.label, field.hint, field.clause and f"依据：{field.clause}"]
    made["description"] = "\n\n".join(part for part in said if part)
    if not field.none:
        return made
    none = {
        "type": "object",
        "required": ["none"],
        "properties": {"none": {"type": "string", "title": "理由"}},
    }
    about = {key: made.pop(key) for key in ("title", "description")}
    return {**about, "anyOf": [made, {**none, "additionalProperties": False}]}


def _content(field: Field, drafts: bool) -> dict[str, Any]:
    made = _filled(field, drafts)
    if drafts:
        made["type"] = [made["type"], "null"]
        if "enum" in made:
            made["enum"].append(None)
    return made


def _filled(field: Field, drafts: bool) -> dict[str, Any]:
    if field.type == "list":
        return {"type": "array", **({"items": _field(field.each, drafts)} if field.each else {})}
    if field.type == "dict":
        return _mapping(field, drafts)
    made = dict(_TYPES[field.type])
    if field.values:
        made["enum"] = list(field.values)
        # Not part of the standard; plug-ins that know it show each choice in Chinese, others pass it over.
        made["markdownEnumDescriptions"] = list(field.values.values())
    return made


def _mapping(field: Field, drafts: bool) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "object"}
    if field.children:
        made["properties"] = {key: _field(child, drafts) for key, child in field.children.items()}
        needed = _needed(field)
        if needed and not drafts:
            made["required"] = needed
    made["additionalProperties"] = _field(field.each, drafts) if field.each else not field.children
    return made
