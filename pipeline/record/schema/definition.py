"""What a schema states: for people, fields with label, clause and hint; for Cerberus, bare constraints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, cast

from pipeline.kernel.finding import DataPath
from pipeline.kernel.structs import Struct, field

GUIDELINE = "指南（草案）"
"""Whose clause is meant where a schema gives only a number."""

EACH = "*"
"""Stands in a field's path for any key of a mapping or any index of a list."""

META = "meta"
"""What is told of a field beside its constraints; as the first key of a file or a shape, of the record it describes."""

MAPPING = "mapping"
"""As `record` of a field: its fixed keys stay a mapping, they are no class of their own."""


class SchemaError(OSError):
    """A schema file is missing or cannot be read: a fault of the repository, not of an editor's record."""


class Field(Struct, frozen=True, kw_only=True):
    """One field: its key and type, its Chinese `label`, `clause` and help.

    `hint` helps people who type YAML, `ask` people who fill in a form. `when` says of a field that only some records
    must have which these are.

    `element` is E01–E12 where it belongs to the twelve elements of clause 8.4, `law` an L code where law or
    practice asks for it, or another rule's code; both mean that a rule reports its absence. `values` are the allowed values with their
    labels. `none` tells whether `{none: reason}` may stand here. `children` are the fields of a mapping, `each`
    is the field of every list item or mapping value and `keys` that of a mapping's keys, `reference` says what
    an id must name, `refers` whether any id here or below names something.

    `record` names the class that holds a mapping (`module.Class` in `pipeline.record.model`, or `MAPPING`),
    `base` the class it extends, `absent` what the record holds where the field is not written: empty, or None,
    or a number. `unprinted` says why no document prints it; `printed` that the facts of documents do, whatever
    their wording calls it. A field with neither is printed by a wording that names it. `since` is the day from
    which it is required: agreements signed before it were right without it. `formerly` are the keys it had in earlier versions,
    `former_values` its earlier choices with what they are called now: records are brought up to date from them. `closed` are choices by which rules decide: a college adds
    none.
    """

    key: str
    type: str
    label: str
    clause: str = ""
    hint: str = ""
    ask: str = ""
    required: bool = False
    element: str = ""
    law: str = ""
    when: str = ""
    reference: str = ""
    key_reference: str = ""
    refers: bool = False
    none: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    children: Mapping[str, Field] = field(default_factory=dict)
    each: Field | None = None
    keys: Field | None = None
    record: str = ""
    base: str = ""
    absent: str | int | None = ""
    printed: str = ""
    unprinted: str = ""
    since: date | None = None
    closed: bool = False
    formerly: tuple[str, ...] = ()
    former_values: Mapping[str, str] = field(default_factory=dict)

    @property
    def ruled(self) -> bool:
        """Whether a rule, not the schema, reports it missing or blank."""
        return bool(self.element or self.law)

    def below(self, step: str | int) -> Field | None:
        """The field one step further down: a key of a mapping, an item of a list."""
        if isinstance(step, str) and step in self.children:
            return self.children[step]
        return self.each


class Schema(Struct, frozen=True, kw_only=True):
    """The schema of one kind of record: its fields in order, and the constraints in Cerberus' form."""

    kind: str
    root: Field
    constraints: Mapping[str, Any]

    @property
    def fields(self) -> Mapping[str, Field]:
        """The top-level fields in their order."""
        return self.root.children

    def at(self, path: DataPath) -> Field | None:
        """The field that governs the value at a path; None where the schema knows none."""
        found: Field | None = self.root
        for step in path:
            found = found.below(step) if found else None
        return found

    def walk(self) -> Iterator[tuple[DataPath, Field]]:
        """Every field with its path, list items and mapping values under `EACH`."""
        yield from _walk((), self.root)


def built(kind: str, raw: Mapping[str, Any], shapes: Mapping[str, Any]) -> Schema:
    """A schema from what its file says; raises SchemaError where that is none."""
    whole = {"type": "dict", "schema": raw, META: {"label": kind}}
    try:
        root = _field("", whole, shapes)
        return Schema(kind=kind, root=root, constraints=_constraints(whole, shapes)["schema"])
    except (KeyError, TypeError, AttributeError) as error:
        raise SchemaError(f"{kind}.yaml 里有字段没有写 type，或引用了没有的结构：{error}") from error


def _field(key: str, raw: Mapping[str, Any], shapes: Mapping[str, Any], label: str = "") -> Field:
    """A field from its constraints; an item without a label of its own goes by that of its list."""
    inner = resolved(raw.get("schema"), shapes)
    named = inner if inner and raw["type"] == "dict" else {}
    meta = {**named.get(META, {}), **raw.get(META, {})}
    label = meta.get("label", label or key)
    children = {name: _field(name, child, shapes) for name, child in named.items() if name != META}
    repeated = inner if raw["type"] == "list" else raw.get("valuesrules")
    each = _field(EACH, repeated, shapes, label) if repeated else None
    keys = _field(EACH, raw["keysrules"], shapes, label) if "keysrules" in raw else None
    refers = bool(meta.get("reference") or (keys and keys.reference))
    return Field(
        key=key,
        type=raw["type"],
        label=label,
        clause=_cited(meta.get("clause", "")),
        required=raw.get("required", False),
        none=meta.get("none", False),
        values=meta.get("values", {}),
        refers=refers or any(one.refers for one in (*children.values(), *((each,) if each else ()))),
        key_reference=keys.reference if keys else "",
        children=children,
        each=each,
        keys=keys,
        ask=meta.get("ask", meta.get("hint", "")),
        since=meta.get("since"),
        closed=meta.get("closed", False),
        formerly=tuple(meta.get("formerly", ())),
        former_values=meta.get("former_values", {}),
        absent=_ABSENT.get(meta.get("absent", ""), meta.get("absent", "")),
        **{name: meta.get(name, "") for name in _SAID},
    )


_SAID = ("hint", "element", "law", "when", "reference", "record", "base", "printed", "unprinted")
"""What a field's `meta` says in plain words, under the same name as in `Field`."""

_ABSENT = {"none": None}


def _cited(clause: str) -> str:
    """A clause as people cite it: a bare number is one of the guideline."""
    parts = clause.split("；") if clause else ()
    return "；".join(f"{GUIDELINE}{part}" if part[0].isdigit() else part for part in parts)


def _constraints(raw: Mapping[str, Any], shapes: Mapping[str, Any]) -> dict[str, Any]:
    """Strip what only people read, and what a rule reports instead; Cerberus pays for every key it sees."""
    meta = raw.get(META, {})
    lean = {rule: value for rule, value in raw.items() if rule not in (META, "schema", "required")}
    if raw.get("required") and not (meta.get("element") or meta.get("law")):
        lean["required"] = True
    if "values" in meta:
        lean["allowed"] = list(meta["values"])
    inner = resolved(raw.get("schema"), shapes)
    if inner is not None and raw["type"] == "list":
        lean["schema"] = _constraints(inner, shapes)
    elif inner is not None:
        lean["schema"] = {name: _constraints(child, shapes) for name, child in inner.items() if name != META}
    for rule in ("keysrules", "valuesrules"):
        if rule in raw:
            lean[rule] = _constraints(raw[rule], shapes)
    return lean


def resolved(inner: Any, shapes: Mapping[str, Any]) -> dict[str, Any] | None:
    """What is inside a field: stated in its place, or a shape by its name."""
    if isinstance(inner, str):
        return cast("dict[str, Any]", shapes[inner])
    return cast("dict[str, Any] | None", inner)


def _walk(path: DataPath, parent: Field) -> Iterator[tuple[DataPath, Field]]:
    for child in parent.children.values():
        yield (*path, child.key), child
        yield from _walk((*path, child.key), child)
    if parent.each:
        yield (*path, EACH), parent.each
        yield from _walk((*path, EACH), parent.each)
