"""Records that tell which of their fields are read, for whoever looks at all of them at once.

A ledger of all agreements reads the title and the term of each and the recitals of none: of an edited recital it is as
true as before. What is told is a field of all records together, not of which of them.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Mapping, ValuesView
from functools import partial
from types import FunctionType, MethodType
from typing import Any

from pipeline.kernel.structs import replace
from pipeline.memory.watched_records import KEYS, ONE, See, WatchedMapping, watched, watched_records
from pipeline.record.model import Records
from pipeline.record.register import Register
from pipeline.record.register.held import Shelf

_MARK = "."
"""What stands between a place and the field of its records."""


def field_place(place: str, field: str) -> str:
    """What a field of all records of a place is called as a place of its own."""
    return f"{place}{_MARK}{field}"


def whose_field(place: str) -> tuple[str, str]:
    """The place of the records and their field, of the place of a field; no field where it is another place."""
    whole, _, field = place.partition(_MARK)
    return whole, field


BY_FIELD = "agreements"
"""The records that are told field by field: there are many, they are long, and most are edited in what few look at."""


def watched_by_field(register: Register, see: See) -> Register:
    """A register that tells what is read in it, of its agreements the fields; where they are no shelf, which of them."""
    return watched(register, see, records_by_field(register.records, see))


def records_by_field(records: Records, see: See) -> Records:
    """Records that tell what is read of them in the same way."""
    agreements = records.agreements
    instead = {BY_FIELD: RecordsByField(agreements, BY_FIELD, see)} if isinstance(agreements, Shelf) else {}
    return watched_records(records, see, instead)


class RecordsByField(WatchedMapping):
    """Records by key, each of which tells what is read of it, once: whoever looks next has others of his own."""

    def __init__(self, inner: Mapping[str, Any], place: str, see: See) -> None:
        super().__init__(inner, place, see)
        self._seen: dict[str, WatchedRecord] = {}
        self._fields: dict[type[Any], Mapping[str, str]] = {}

    def __getitem__(self, key: str) -> Any:
        self._see(KEYS, self._place)
        return self._watched(key)

    def get(self, key: str, default: Any = None) -> Any:
        """The record of a key, or something else."""
        return self._watched(key) if key in self else default

    def __contains__(self, key: object) -> bool:
        self._see(KEYS, self._place)
        return key in self._inner

    def items(self) -> ItemsView[str, Any]:
        """All keys and records, of each of which it is told what is read."""
        return ItemsView(self)

    def values(self) -> ValuesView[Any]:
        """All records, of each of which it is told what is read."""
        return ValuesView(self)

    def _watched(self, key: str) -> WatchedRecord:
        if key not in self._seen:
            record = self._inner[key]
            kind = type(record)
            if kind not in self._fields:
                self._fields[kind] = {name: field_place(self._place, name) for name in kind.__struct_fields__}
            see_all = partial(self._see, ONE, self._place, key)
            self._seen[key] = WatchedRecord(record, self._fields[kind], self._see, see_all)
        return self._seen[key]


class WatchedRecord:
    """A record that tells what is read of it; what follows from its fields is worked out of what is told.

    Whoever takes it as a whole (compares it, makes another of it) has read all of it. What reads past its attributes,
    as packing does, takes it for no record and fails; it has no hash, as records have none.
    """

    def __init__(self, record: Any, fields: Mapping[str, str], see: See, see_all: Callable[[], None]) -> None:
        """`fields` are those of its class, each with what is seen when it is read."""
        self._record = record
        self._fields = fields
        self._see = see
        self._see_all = see_all

    @property  # type: ignore[misc]  # whoever asks what it is learns what it stands for
    def __class__(self) -> type[Any]:
        return type(self._record)

    def __getattr__(self, name: str) -> Any:
        # What has been read once is told: from then on it is an attribute like any other.
        found = vars(self)[name] = self._read(name)
        return found

    def _read(self, name: str) -> Any:
        place = self._fields.get(name)
        if place is not None:
            self._see(ONE, place)
            return getattr(self._record, name)
        found = getattr(type(self._record), name)
        if isinstance(found, property) and found.fget is not None:
            return found.fget(self)
        return MethodType(found, self) if isinstance(found, FunctionType) else self._whole(name)

    def __eq__(self, other: object) -> bool:
        one = object.__getattribute__(other, "_whole")() if type(other) is WatchedRecord else other
        return bool(self._whole() == one)

    def __repr__(self) -> str:
        return repr(self._whole())

    def __replace__(self, **changes: Any) -> Any:
        """The record itself with other values in some fields."""
        return replace(self._whole(), **changes)

    def _whole(self, name: str = "") -> Any:
        self._see_all()
        return getattr(self._record, name) if name else self._record
