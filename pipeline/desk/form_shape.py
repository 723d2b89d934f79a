"""A schema as a form: what is asked, in which words, and what may be answered. No name of a key is shown to anybody."""

from __future__ import annotations

import re
from typing import Any

from pipeline.record.schema import Field, Schema

Shape = dict[str, Any]
"""A field as the page's script reads it."""

_PARTS = re.compile(r"[；。]")
FOR_TYPISTS = re.compile(
    r"加引号|缩进|冒号后|字段名|“- ”|两位小数|空两格|\bnone\b|\.yaml|形如 ?2\d{3}-|people|true|false"
    r"|(?<![@.\w\-“])(?!https?\b|SHA)[a-z][a-z_-]{2,}(?![\w@.-])"
)
"""What helps people who type YAML and puzzles those who fill in a form."""

_CODED = re.compile(r"^[A-Z][0-9] ?写 ?")
"""Which code of a list a field goes with: the form shows the words of codes, never the codes."""


def shape(schema: Schema) -> list[Shape]:
    """The fields of a kind of record in the order of the schema, which is that of the paper."""
    return [_shape(field) for field in schema.fields.values()]


def _shape(field: Field) -> Shape:
    made: Shape = {
        "key": field.key,
        "label": field.label,
        "type": field.type,
        "required": field.required,
        "wanted": bool(field.law),
        "clause": field.clause,
        "hint": asked(field),
        "values": [[key, word] for key, word in field.values.items()],
        "none": field.none,
        "reference": field.reference,
    }
    if field.children:
        made["children"] = [_shape(child) for child in field.children.values()]
    if field.each is not None:
        made["each"] = _shape(field.each)
    if field.keys is not None:
        made["keys"] = {"label": field.keys.label, "reference": field.keys.reference}
    return made


def asked(field: Field) -> str:
    """The hint of a field for people who fill in a form: what only concerns typing is left out."""
    words = set(field.values) | (set(field.each.values) if field.each else set())
    kept = []
    for part in (_CODED.sub("", one.strip()) for one in _PARTS.split(field.ask)):
        typed = FOR_TYPISTS.search(part) or any(re.search(rf"写 ?{re.escape(word)}", part) for word in words)
        if part.strip() and not typed:
            kept.append(part.strip())
    return "；".join(kept)


def choices_of(shapes: list[Shape]) -> set[str]:
    """What ids in some fields refer to: people, departments, companies."""
    found: set[str] = set()
    for one in shapes:
        found.add(one["reference"])
        found.add(one.get("keys", {}).get("reference", ""))
        found |= choices_of(one.get("children", []))
        if "each" in one:
            found |= choices_of([one["each"]])
    return found - {""}
