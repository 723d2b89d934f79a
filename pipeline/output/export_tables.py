"""All records as tables: one for each kind, one below it for each list, with the columns that their schemas state."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from pipeline.kernel.data_table import DataColumn, DataTable, Sort
from pipeline.kernel.finding import DataPath
from pipeline.kernel.grid import Cell
from pipeline.kernel.structs import replace
from pipeline.record.kinds import ID_LABELS, KINDS, Kind
from pipeline.record.schema import Field, Schema

Name = Callable[[str, str], str]
"""The name of what an id stands for, by the sort of thing and the id; empty where nobody knows it."""

_SORTS = {
    "money": Sort.MONEY,
    "date": Sort.DAY,
    "integer": Sort.WHOLE,
    "number": Sort.NUMBER,
    "percent": Sort.NUMBER,
    "flag": Sort.FLAG,
}
_PERSONAL_CLASSES = ("enterprise.Contact", "preparation.Outsider", "clauses.BankAccount")
_PERSONAL_KEYS = ("phone", "email", "mobile")
_PERSONAL_FIELDS = (
    ("execution.Course", "enterprise_lead"),
    ("cooperation.Pair", "engineer"),
    ("enterprise.Authorisation", "signatory"),
    ("preparation.PartySigning", "signatory"),
)
"""What names people of enterprises or tells how to reach or pay somebody, by kind of mapping, key and field.

Names of the college's own people stand on every paper, and a company's legal representative in the public register.
"""
_NAMED = ("person", "department", "enterprise", "party", "project")


@dataclass(slots=True)
class _Part:
    """A table under way: where its columns and the lists below it stand in a record, and its rows."""

    name: str
    label: str
    lead: list[DataColumn]
    columns: list[tuple[DataPath, DataColumn, Field]] = field(default_factory=list)
    below: list[tuple[DataPath, _Part]] = field(default_factory=list)
    rows: list[tuple[Cell, ...]] = field(default_factory=list)


def tables(
    schemas: Mapping[str, Schema],
    records: Mapping[str, tuple[Kind, str, Any]],
    name: Name,
    *,
    personal: bool,
) -> Iterator[DataTable]:
    """Every kind's table with its rows, parents before children; `records` are kind, key and data by file.

    Without `personal` no column tells how to reach or pay a person.
    """
    for kind in KINDS:
        part = _top(kind, schemas[kind.name])
        for file, (one, key, data) in sorted(records.items()):
            if one is kind:
                ids = key.split("/") if kind.names else []
                _fill(part, key or kind.name, (key or kind.name, file, *ids), data, name)
        yield from _done(part, personal=personal)


def _top(kind: Kind, schema: Schema) -> _Part:
    lead = [DataColumn(name="id", label="编号（主键）"), DataColumn(name="file", label="文件")]
    lead += [DataColumn(name=f"{one}_id", label=ID_LABELS.get(one, one)) for one in kind.names]
    part = _Part(name=kind.name.replace("-", "_"), label=kind.label, lead=lead)
    _take_in(part, schema.root, (), "", personal=False)
    return part


def _take_in(part: _Part, above: Field, path: DataPath, label: str, *, personal: bool) -> None:
    """The columns and tables of the fields of a mapping, its own and those of mappings in it."""
    for child in above.children.values():
        there, said = (*path, child.key), f"{label}{child.label}"
        hers = personal or child.key in _PERSONAL_KEYS or child.record in _PERSONAL_CLASSES
        hers = hers or (above.record, child.key) in _PERSONAL_FIELDS
        if child.none:
            part.columns.append(
                ((*there, "none"), _column(part, child, there, f"{said}·不发生的理由"), _NONE)
            )
        if child.type == "dict" and child.children:
            _take_in(part, child, there, f"{said}·", personal=hers)
        elif child.each is not None:
            part.below.append((there, _child(part, child, there, said, personal=hers)))
        else:
            column = _column(part, child, there, said, personal=hers)
            part.columns.append((there, column, child))


_NONE = Field(key="none", type="text", label="不发生的理由")


def _child(above: _Part, one: Field, path: DataPath, label: str, *, personal: bool) -> _Part:
    """The table of a list or of a mapping by ids."""
    each = one.each
    assert each is not None
    lead = [DataColumn(name="id", label="编号（主键）")]
    lead.append(DataColumn(name="parent", label=f"所属{above.label.split('·')[-1]}", parent=above.name))
    if one.type == "list":
        lead.append(DataColumn(name="position", label="第几项", sort=Sort.WHOLE))
    else:
        head = one.keys.label if one.keys else "编号"
        lead.append(DataColumn(name="key", label=head, refers=one.key_reference))
        if one.key_reference in _NAMED:
            lead.append(DataColumn(name="key_name", label=f"{head}（名称）"))
    name = "_".join((above.name, *(str(step).replace("-", "_") for step in path)))
    part = _Part(name=name, label=f"{above.label}·{label}", lead=lead)
    personal = personal or each.record in _PERSONAL_CLASSES
    if each.children:
        _take_in(part, each, (), "", personal=personal)
    elif each.each is not None:
        part.below.append(((), _child(part, each, ("items",), each.label, personal=personal)))
    else:
        column = _column(part, each, (), each.label, personal=personal)
        part.columns.append(((), column, each))
    return part


def _column(part: _Part, one: Field, path: DataPath, label: str, *, personal: bool = False) -> DataColumn:
    name = "_".join(map(str, path)) or "value"
    name = f"{name}_none" if label.endswith("不发生的理由") else name
    taken = {column.label for column in part.lead} | {column.label for _, column, _ in part.columns}
    return DataColumn(
        name=name.replace("-", "_"),
        label=f"{label}（{name}）" if label in taken else label,
        sort=_SORTS.get(one.type, Sort.TEXT),
        meaning=one.ask or one.hint,
        required=one.required,
        choices="；".join(f"{key}＝{word}" for key, word in one.values.items()),
        clause=one.clause,
        refers=one.reference,
        personal=personal,
    )


def _fill(part: _Part, ident: str, lead: tuple[Cell, ...], data: Any, name: Name) -> None:
    """The rows of one record or item, in its table and in those below it."""
    cells: list[Cell] = []
    for path, _, one in part.columns:
        value = _at(data, path)
        cells.append(_cell(value))
        if _explained(one):
            cells.append(_word(value, one, name))
    part.rows.append((*lead, *cells))
    for path, below in part.below:
        inner = _at(data, path)
        prefix = ".".join(map(str, path)) or "items"
        keyed = below.lead[2].name == "key"
        # What has the other form than its schema wants is a finding of `coop check`, and no rows here.
        if isinstance(inner, list) and not keyed:
            for number, item in enumerate(inner, start=1):
                one_id = f"{ident}/{prefix}/{number}"
                _fill(below, one_id, (one_id, ident, number), item, name)
        elif isinstance(inner, dict) and keyed:
            for key, item in inner.items():
                one_id = f"{ident}/{prefix}/{key}"
                refers = below.lead[2].refers
                named = (name(refers, str(key)) or str(key),) if refers in _NAMED else ()
                _fill(below, one_id, (one_id, ident, key, *named), item, name)


def _explained(one: Field) -> bool:
    """Whether a column's codes or ids are followed by what they are called."""
    return bool(one.values) or one.reference in _NAMED


def _word(value: Any, one: Field, name: Name) -> str | None:
    if not isinstance(value, str):
        return None
    return one.values.get(value, value) if one.values else name(one.reference, value) or value


def _cell(value: Any) -> Cell:
    if isinstance(value, str | int | Decimal | date) or value is None:
        return value.rstrip("\n") if isinstance(value, str) else value
    return None


def _at(data: Any, path: DataPath) -> Any:
    for step in path:
        if not isinstance(data, dict):
            return None
        data = data.get(step)
    return data


def _done(part: _Part, *, personal: bool) -> Iterator[DataTable]:
    columns = list(part.lead)
    for _, column, one in part.columns:
        columns.append(column)
        if _explained(one):
            named = DataColumn(
                name=f"{column.name}_name", label=f"{column.label}（名称）", personal=column.personal
            )
            columns.append(named)
    columns = _apart(columns)
    kept = [number for number, column in enumerate(columns) if personal or not column.personal]
    yield DataTable(
        name=part.name,
        label=part.label,
        columns=tuple(columns[number] for number in kept),
        rows=tuple(tuple(row[number] for number in kept) for row in part.rows),
    )
    for _, below in part.below:
        yield from _done(below, personal=personal)


def _apart(columns: list[DataColumn]) -> list[DataColumn]:
    """The columns under names and labels that differ: a college's own field may bear one that is made here too."""
    made: list[DataColumn] = []
    names: set[str] = set()
    labels: set[str] = set()
    for one in columns:
        name, count = one.name, 1
        while name.lower() in names:
            count += 1
            name = f"{one.name}_{count}"
        label = f"{one.label}（{name}）" if one.label in labels else one.label
        names.add(name.lower())
        labels.add(label)
        made.append(replace(one, name=name, label=label))
    return made
