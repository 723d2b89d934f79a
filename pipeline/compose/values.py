"""What wording sees: frozen records wrapped so that every printed value knows its field and where it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from pipeline.kernel import chinese
from pipeline.kernel.document import CODE, Origin, Run
from pipeline.kernel.finding import DataPath
from pipeline.kernel.structs import Struct
from pipeline.record.model import Records
from pipeline.record.schema import Field


class PrintedRecord(Struct, frozen=True, kw_only=True):
    """What a record's values may need to be printed: its file, the other records, and the parties' roles."""

    file: str
    records: Records
    roles: Mapping[str, str]
    declined: Mapping[str, str]


class Printed(Struct, frozen=True, kw_only=True):
    """A value as text with its origin. `markdown`: still to be parsed; `gap`: what is missing, marked."""

    text: str
    origin: Origin = CODE
    markdown: bool = False
    gap: bool = False

    def __bool__(self) -> bool:
        return bool(self.text) and not self.gap

    @property
    def run(self) -> Run:
        """The text as one run, verbatim."""
        return Run(text=self.text, gap=self.gap, origin=self.origin)


def gap(label: str, origin: Origin = CODE) -> Printed:
    """What is printed in place of something that is still missing."""
    return Printed(text=f"【待补充：{label}】", origin=origin, gap=True)


class Value:
    """One value of a record inside a wording.

    Keys are attributes; a list is iterated, and so are the entries of a mapping; printing gives the final
    Chinese form by the schema's type. What is absent prints as 【待补充：…】, and an absent list holds that one
    gap, so that no wording can forget it.
    """

    __slots__ = ("_field", "_path", "_printed", "_value")

    def __init__(self, value: object, path: DataPath, field: Field, printed: PrintedRecord) -> None:
        self._value = value
        self._path = path
        self._field = field
        self._printed = printed

    def __getattr__(self, key: str) -> Value:
        child = self._field.below(key)
        if child is None:
            raise AttributeError(key)
        inner = self._value.get(key) if isinstance(self._value, Mapping) else getattr(self._value, key, None)
        return Value(inner, (*self._path, key), child, self._printed)

    def at(self, key: str | int) -> Value:
        """The item under a key of a mapping or an index of a list; a gap where there is none."""
        each = self._field.each or self._field
        if isinstance(self._value, Mapping):
            inner = self._value.get(str(key))
        elif isinstance(self._value, tuple):
            inner = self._value[int(key)]
        else:
            inner = None
        return Value(inner, (*self._path, key), each, self._printed)

    @property
    def none(self) -> Printed:
        """The reason why this is declared not to apply; falsy where nothing is declared."""
        reason = self._printed.declined.get(str(self._path[-1]), "") if len(self._path) == 1 else ""
        return Printed(text=reason, origin=self._origin("none"))

    @property
    def whence(self) -> Origin:
        """Where this value stands, or would stand."""
        return self._origin()

    def __bool__(self) -> bool:
        return self._value not in (None, "", 0, (), {}, False)

    def __iter__(self) -> Iterator[Value]:
        each = self._field.each
        if each is None:
            raise TypeError(f"{self._field.label}不是清单")
        if isinstance(self._value, Mapping):
            yield from (self.at(key) for key in self._value)
            return
        if not isinstance(self._value, tuple) or not self._value:
            yield Value(None, self._path, each, self._printed)
            return
        for index, item in enumerate(self._value):
            yield Value(item, (*self._path, index), each, self._printed)

    def __contains__(self, item: object) -> bool:
        return isinstance(self._value, tuple | Mapping) and item in self._value

    def __eq__(self, other: object) -> bool:
        return self._value == (other._value if isinstance(other, Value) else other)

    def __hash__(self) -> int:
        return hash(self._path)

    @property
    def raw(self) -> object:
        """The bare value, for code that calculates."""
        return self._value

    @property
    def meaning(self) -> Field:
        """The schema's word on this value: its label above all."""
        return self._field

    def printed(self) -> Printed:
        """The final text with its origin, or the gap that stands for it."""
        value = self._value
        if value is None or value in ("", (), {}):
            return gap(self._field.label, self._origin())
        if self._field.type == "markdown":
            return Printed(text=str(value), origin=self._origin(), markdown=True)
        return Printed(text=said(value, self._field, self._printed), origin=self._origin())

    def _origin(self, *more: str) -> Origin:
        return Origin(file=self._printed.file, path=".".join(str(step) for step in (*self._path, *more)))


def said(value: object, field: Field, printed: PrintedRecord) -> str:
    """The Chinese form of a value: by its choices, its reference or its type."""
    if field.values:
        return field.values.get(str(value), str(value))
    if field.reference:
        return _named(str(value), field.reference, printed)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return chinese.date_words(value)
    if isinstance(value, Decimal | int):
        return _figure(Decimal(value), field)
    if isinstance(value, Mapping):
        each = field.each or field
        return "、".join(
            f"{printed.roles.get(key, key)}{said(item, each, printed)}" for key, item in value.items()
        )
    if isinstance(value, tuple):
        return "、".join(said(item, field.each or field, printed) for item in value)
    return str(value)


def _figure(value: Decimal, field: Field) -> str:
    if field.type == "money":
        return chinese.money(value)
    if field.type == "percent":
        return chinese.percent(value)
    return chinese.plain_number(value) if field.key.endswith("year") else chinese.grouped(value)


def _named(key: str, reference: str, printed: PrintedRecord) -> str:
    """The name behind an id; the id itself where the record is missing (a finding tells of it)."""
    college = printed.records.college
    if reference == "party":
        return printed.roles.get(key, key)
    if reference == "enterprise":
        return printed.records.party_name(key)
    if college and reference == "person" and key in college.people:
        return college.people[key].name
    if college and reference == "department":
        return college.department_name(key)
    return key
