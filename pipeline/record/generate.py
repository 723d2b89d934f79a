"""The record classes, made of the schemas: what a schema states of a field is written nowhere by hand again."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import TopologicalSorter

from pipeline.record.kinds import ID_LABELS, KINDS, Kind
from pipeline.record.model import derived
from pipeline.record.schema import Field, Schema, SchemaError
from pipeline.record.schema.definition import EACH, MAPPING

PLAIN: Mapping[str, str] = {
    "text": "str",
    "markdown": "str",
    "id": "str",
    "flag": "bool",
    "number": "Decimal",
    "money": "Decimal",
    "percent": "Decimal",
    "integer": "int",
    "date": "dt.date",
}
"""What a value of each type is in a record."""

_HEAD = '"""Records made of schemas/*.yaml by `coop docs`: what is stated of a field is changed there."""'
_MEASURE = ("goals", EACH, "measure")
_UNIT = re.compile("（([^（）]+)）$")
"""The unit of a measure at the end of its label, where the people who choose it read it."""
_WIDTH = 110
"""Where the formatter breaks a line of imports."""

_PLACES = 3
"""How many of the places where a class is met its docstring lists."""

_IDS: Mapping[str, str] = {"year": "int = 0", "date": "dt.date | None = None"}
_KINDS: Mapping[str, Kind] = {kind.name: kind for kind in KINDS}
_EMPTY: Mapping[str, str] = {"str": '""', "bool": "False"}


@dataclass(slots=True, kw_only=True)
class _Class:
    """A class to be written: where it is met, its fields as code, the classes it names."""

    name: str
    base: str = ""
    places: list[str] = field(default_factory=list)
    label: str = ""
    clause: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)

    @property
    def module(self) -> str:
        return self.name.split(".")[0]


def modules(schemas: Mapping[str, Schema]) -> Mapping[str, str]:
    """The text of every module of record classes, by its file's name; raises SchemaError where two disagree."""
    classes: dict[str, _Class] = {}
    for kind, schema in schemas.items():
        _root(kind, schema.root, classes)
    # A class stands below those it names; sorted names, so that the order is the same on every run.
    graph = {one.name: sorted(one.named) for one in classes.values()}
    by_module: dict[str, list[_Class]] = {}
    for name in TopologicalSorter(graph).static_order():
        by_module.setdefault(classes[name].module, []).append(classes[name])
    made = {f"{module}.py": _module(module, made, classes) for module, made in sorted(by_module.items())}
    return made | {"units.py": _units(schemas)}


def _units(schemas: Mapping[str, Schema]) -> str:
    """What each measure of a goal is counted in, as its label says in brackets at its end."""
    measure = schemas["agreement"].at(_MEASURE)
    lines = [
        f'    "{code}": "{unit[1]}",'
        for code, label in (measure.values if measure else {}).items()
        if (unit := _UNIT.search(label))
    ]
    said = '"""What goals are counted in, by measure; `other` names its own unit."""'
    head = "from __future__ import annotations\n\nfrom collections.abc import Mapping"
    body = "\n".join(("UNITS: Mapping[str, str] = {", *lines, "}", said))
    return f"{_HEAD}\n\n{head}\n\n{body}\n"


def _root(kind: str, root: Field, classes: dict[str, _Class]) -> None:
    known = _KINDS.get(kind)
    made = _class(root, known.path if known else f"agreements/{kind}", classes)
    made.label = known.label if known else root.label
    for name in known.names if known else ():
        made.fields[name] = f"{name}: {_IDS.get(name, 'str = ' + _EMPTY['str'])}  # {ID_LABELS[name]}"
    if any(child.none for child in root.children.values()):
        made.fields["declined"] = (
            "declined: Mapping[str, str] = field(default_factory=dict)  # 声明不发生的字段：理由"
        )
    _fill(made, root, kind, classes)


def _class(stated: Field, place: str, classes: dict[str, _Class]) -> _Class:
    if "." not in stated.record:
        raise SchemaError(f"{place}（{stated.label}）没有写 record：装它的类叫什么，如 agreement.Cost")
    made = classes.setdefault(stated.record, _Class(name=stated.record, base=stated.base))
    made.places.append(place)
    made.label, made.clause = made.label or stated.label, made.clause or stated.clause
    if stated.base:
        made.named.add(stated.base)
    return made


def _fill(made: _Class, stated: Field, place: str, classes: dict[str, _Class]) -> None:
    """Put the fields of a mapping into its class; what a second place adds stands where it stands there."""
    names = list(made.fields)
    before = len(names) - 1 if len(made.places) == 1 else -1
    for key, child in stated.children.items():
        kind, named = _kind(child, f"{place}.{key}", classes)
        made.named |= named
        line = f"{key}: {kind}{_default(child, kind, stated.absent)}"
        # A class may be met at several places of the schemas; they must state its fields alike, or one record would
        # be read in two ways.
        kept = made.fields.get(key, "")
        if kept and kept.split("  #")[0] != line:
            raise SchemaError(f"{made.name} 的 {key} 在 {place} 里与别处不一样：{line}")
        if not kept:
            names.insert(before + 1, key)
            made.fields[key] = f"{line}  # {child.label}"
        before = names.index(key)
    made.fields = {key: made.fields[key] for key in names}


def _kind(stated: Field, place: str, classes: dict[str, _Class]) -> tuple[str, set[str]]:
    """The type of a value as code, and the classes it names."""
    if stated.type == "list" and stated.each:
        inner, named = _kind(stated.each, f"{place}[]", classes)
        return f"tuple[{inner}, ...]", named
    if stated.type != "dict":
        return PLAIN[stated.type], set()
    if stated.record == MAPPING or not stated.children:
        inside = {EACH: stated.each} if stated.each else stated.children
        found = {key: _kind(one, f"{place}.{key}", classes) for key, one in inside.items()}
        if len({kind for kind, _ in found.values()}) != 1:
            raise SchemaError(f"{place} 写作 {MAPPING}，下面各项却不是同一种内容")
        inner, named = next(iter(found.values()))
        return f"Mapping[str, {inner}]", named
    made = _class(stated, place, classes)
    _fill(made, stated, place, classes)
    return made.name.split(".")[1], {made.name}


def _default(stated: Field, kind: str, absent: str | int | None) -> str:
    """What the record holds where the field is not written."""
    if kind.startswith("tuple"):
        return " = ()"
    if kind.startswith("Mapping"):
        return " = field(default_factory=dict)"
    if stated.absent == "empty":
        return f" = {kind}()"
    if isinstance(stated.absent, int):
        return f" = {stated.absent}"
    if kind not in _EMPTY or stated.absent is None or (absent is None and kind == "str"):
        return " | None = None"
    return f" = {_EMPTY[kind]}"


def _module(module: str, made: list[_Class], classes: Mapping[str, _Class]) -> str:
    body = "\n\n\n".join(_written(one, classes) for one in made)
    imports = _imports(module, made, body)
    return f"{_HEAD}\n\nfrom __future__ import annotations\n\n{imports}\n\n\n{body}\n"


def _imports(module: str, made: list[_Class], body: str) -> str:
    lines = ["import datetime as dt"] if "dt.date" in body else []
    lines += ["from collections.abc import Mapping"] if "Mapping[" in body else []
    lines += ["from decimal import Decimal"] if "Decimal" in body else []
    lines += ["", "from msgspec import Struct" + (", field" if "field(" in body else "")]
    imports = ["from pipeline.record.model import derived"] if "derived." in body else []
    imports += ["from pipeline.record.model.attribute import attribute"] if "attribute(" in body else []
    foreign: dict[str, set[str]] = {}
    for name in sorted(set().union(*(one.named for one in made))):
        other, simple = name.split(".")
        foreign.setdefault(other, set()).add(simple)
    for other, names in sorted(foreign.items()):
        if other != module:
            imports.append(_import(f"pipeline.record.model.{other}", sorted(names)))
    return "\n".join(lines) + ("\n\n" + "\n".join(sorted(imports)) if imports else "")


def _import(module: str, names: list[str]) -> str:
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= _WIDTH:
        return line
    return f"from {module} import (\n" + "".join(f"    {name},\n" for name in names) + ")"


def _written(made: _Class, classes: Mapping[str, _Class]) -> str:
    simple = made.name.split(".")[1]
    inherited = classes[made.base].fields if made.base else {}
    met = tuple(dict.fromkeys(made.places))
    places = "; ".join(f"`{place}`" for place in met[:_PLACES]) + (" …" if len(met) > _PLACES else "")
    source = f" ({made.clause})" if made.clause else ""
    base = made.base.split(".")[1] if made.base else "Struct"
    lines = [f"class {simple}({base}, frozen=True, kw_only=True):"]
    lines.append(f'    """{made.label}{source}: {places}."""')
    lines += ["", *(f"    {line}" for key, line in made.fields.items() if key not in inherited)]
    functions = tuple(_attributes(simple))
    return "\n".join(lines + (["", *functions] if functions else []))


def _attributes(simple: str) -> Iterator[str]:
    """The functions of `derived` that take this record first, as attributes of its class."""
    for node in ast.parse(inspect.getsource(derived)).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        taken = node.args.args
        if simple in ast.unparse(taken[0].annotation or ast.Constant("")).split(" | "):
            function = f"derived.{node.name}"
            called = function if len(taken) > 1 else f"attribute({function})"
            yield f"    {node.name.rstrip('_')} = {called}"
