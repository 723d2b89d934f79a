"""Any record as people read it: every field that is filled in, under its label, ids and codes in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal

from pipeline.kernel.chinese import date_words, money, percent, plain_number
from pipeline.kernel.finding import DataPath
from pipeline.kernel.structs import Struct
from pipeline.prose.unmarked import unmarked
from pipeline.record.schema import Field
from pipeline.standing.labels import Labels

STAGE = "stage"
"""What only says how far the writing of a record is."""


class Told(Struct, frozen=True, kw_only=True):
    """One field that is filled in: its `label` and either its `text` (Markdown where `marked`) or its `parts`.

    The parts of a list have no label of their own, those of a mapping by ids the name of what the id stands for.
    """

    label: str
    text: str = ""
    marked: bool = False
    parts: tuple[Told, ...] = ()

    @property
    def short(self) -> tuple[Told, ...]:
        """The parts that can stand in one line."""
        return tuple(one for one in self.parts if not one.parts and not one.marked)

    @property
    def long(self) -> tuple[Told, ...]:
        """The parts that need lines of their own."""
        return tuple(one for one in self.parts if one.parts or one.marked)


def told(
    labels: Labels, kind: str, record: object, without: Collection[str] = (), at: DataPath = ()
) -> tuple[Told, ...]:
    """What a record of a kind, or the part of one that stands `at` a path, says: field by field as its schema has them."""
    field = labels.schemas[kind].at(at)
    return tuple(_children(labels, record, field, without)) if field else ()


def only(labels: Labels, kind: str, record: object, *keys: str) -> tuple[Told, ...]:
    """The same of a few fields alone."""
    return told(labels, kind, record, labels.schemas[kind].fields.keys() - set(keys)) if record else ()


def line(parts: Collection[Told]) -> str:
    """The same as one line of plain text, for a cell: what belongs to one item is held together by commas."""
    return "；".join(_line(one) for one in parts)


def _line(one: Told) -> str:
    listed = any(not part.label for part in one.parts)
    inner = unmarked(one.text) if one.marked else one.text
    if one.parts:
        inner = ("；" if listed else "，").join(_line(part) for part in one.parts)
    return f"{one.label}：{inner}" if one.label else inner


def _children(labels: Labels, record: object, field: Field, without: Collection[str] = ()) -> Iterator[Told]:
    for key, child in field.children.items():
        found = None if key in without or key == STAGE else _told(labels, _inner(record, key), child)
        if found:
            yield found


def _inner(record: object, key: str) -> object:
    return record.get(key) if isinstance(record, Mapping) else getattr(record, key, None)


def _told(labels: Labels, value: object, field: Field, label: str | None = None) -> Told | None:
    called = field.label if label is None else label
    if value is None or value is False or value in ("", (), {}):
        return None
    if field.children:
        parts = tuple(_children(labels, value, field))
        return Told(label=called, parts=parts) if parts else None
    if field.each and isinstance(value, tuple | Mapping):
        return _several(labels, value, field, called)
    if field.type == "money":
        # The amount bears its sign: the unit beside the label would say it twice.
        called = called.removesuffix("（元）")
    return Told(label=called, text=_words(labels, value, field), marked=field.type == "markdown")


def _several(
    labels: Labels, value: tuple[object, ...] | Mapping[str, object], field: Field, called: str
) -> Told | None:
    each = field.each
    assert each is not None
    if isinstance(value, tuple) and not each.children and each.type != "markdown":
        return Told(label=called, text="、".join(_words(labels, one, each) for one in value))
    pairs = value.items() if isinstance(value, Mapping) else (("", one) for one in value)
    found = (_told(labels, one, each, _key_words(labels, key, field)) for key, one in pairs)
    parts = tuple(one for one in found if one)
    return Told(label=called, parts=parts) if parts else None


def _key_words(labels: Labels, key: str, field: Field) -> str:
    """What people call the key of a mapping: the name of what it stands for; an id of its own says nothing."""
    reference = field.keys.reference if field.keys else ""
    return _named(labels, key, reference) if reference else ""


_FORM = "合作方式"
"""The label of a form of cooperation wherever another record names one; what it is called stands with agreements."""


def _words(labels: Labels, value: object, field: Field) -> str:
    if field.values:
        return field.values.get(str(value), str(value))
    if field.reference:
        return _named(labels, str(value), field.reference)
    if field.label == _FORM:
        return labels.choice(str(value), "agreement", "forms", 0)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return date_words(value)
    if isinstance(value, Decimal | int):
        figure = Decimal(value)
        if field.type == "money":
            return money(figure)
        return percent(figure) if field.type == "percent" else plain_number(figure)
    return str(value)


def _named(labels: Labels, key: str, reference: str) -> str:
    """The name behind an id; the id itself where nothing bears it."""
    if reference in ("party", "enterprise"):
        return labels.party(key)
    if reference == "person":
        return labels.person(key)
    if reference == "department":
        return labels.department(key)
    if reference == "project":
        return labels.project(key)
    policy = labels.records.policy
    if reference == "criterion" and policy and key in policy.eligibility:
        return policy.eligibility[key].text
    return key
