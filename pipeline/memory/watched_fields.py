"""Records that tell which of their fields are read.

A ledger of all agreements reads the title and the term of each and the recitals of none, minutes read the title of one:
of an edited recital both are as true as before. Who looks at all of them is told of a field of all together, who asks
for one of that one's.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, Mapping, Set, ValuesView
from functools import partial
from types import FunctionType, MethodType
from typing import Any

from pipeline.kernel.structs import replace
from pipeline.memory.watched_records import HAS, KEYS, ONE, See, WatchedMapping, watched, watched_records
from pipeline.record.model import Records
from pipeline.record.register import Register
from pipeline.record.register.held import Shelf

_MARK = "."
"""What stands between a place and the field of its records."""


def field_place(place: str, field: str) -> str:
    """What a field of the records of a place is called as a place of its own: named there by no key, it is that of all."""
    return f"{place}{_MARK}{field}"


def whose_field(place: str) -> tuple[str, str]:
    """The place of the records and their field, of the place of a field; no field where it is another place."""
    whole, _, field = place.partition(_MARK)
    return whole, field


BY_FIELD = "agreements"
"""The records that are told field by field: there are many, they are long, and most are edited in what few look at."""


def watched_by_field(register: Register, see: See, *, of_all: bool) -> Register:
    """A register that tells what is read in it, of its agreements the fields; where they are no shelf, which of them."""
    return watched(register, see, records_by_field(register.records, see, of_all=of_all))


def records_by_field(records: Records, see: See, *, of_all: bool) -> Records:
    """Records that tell what is read of them in the same way."""
    agreements = records.agreements
    by_field = isinstance(agreements, Shelf)
    instead = {BY_FIELD: RecordsByField(agreements, BY_FIELD, see, of_all=of_all)} if by_field else {}
    return watched_records(records, see, instead)


class RecordsByField(WatchedMapping):
    """Records by key, each of which tells what is read of it, once: whoever looks next has others of his own."""

    def __init__(self, inner: Mapping[str, Any], place: str, see: See, *, of_all: bool) -> None:
        """It is told of all records from the start, or else from when somebody goes through them."""
        super().__init__(inner, place, see)
        self._of_all = of_all
        self._seen: dict[str, WatchedRecord] = {}

    def __getitem__(self, key: str) -> Any:
        self._see_key(key)
        return self._watched(key)

    def get(self, key: str, default: Any = None) -> Any:
        """The record of a key, or something else."""
        return self._watched(key) if key in self else default

    def __contains__(self, key: object) -> bool:
        self._see_key(str(key))
        return key in self._inner

    def __iter__(self) -> Iterator[str]:
        self._of_all = True
        return super().__iter__()

    def items(self) -> ItemsView[str, Any]:
        """All keys and records, of each of which it is told what is read."""
        return ItemsView(self)

    def values(self) -> ValuesView[Any]:
        """All records, of each of which it is told what is read."""
        return ValuesView(self)

    def _see_key(self, key: str) -> None:
        if self._of_all:
            self._see(KEYS, self._place)
        else:
            self._see(HAS, self._place, key)

    def _see_field(self, key: str, field: str) -> None:
        self._see(ONE, field_place(self._place, field), "" if self._of_all else key)

    def _watched(self, key: str) -> WatchedRecord:
        if key not in self._seen:
            see_all = partial(self._see, ONE, self._place, key)
            self._seen[key] = WatchedRecord(self._inner[key], partial(self._see_field, key), see_all)
        return self._seen[key]


class _StandsForAnother(type):
    """Whoever takes the class from the object in hand, and not from what that says it is, fails: it has no fields."""

    @property
    def __dataclass_fields__(cls) -> Any:
        raise TypeError("ask a record for its __class__: its type may be what watches it")


class WatchedRecord(metaclass=_StandsForAnother):
    """A record that tells what is read of it; what follows from its fields is worked out of what is told.

    Whoever takes it as a whole (compares, prints or sends it) has read all of it. What reads past its attributes, as
    packing does, takes it for no record and fails; it has no hash, as records have none.
    """

    def __init__(
        self,
        record: Any,
        see: Callable[[str], None],
        see_all: Callable[[], None],
        given: Set[str] = frozenset(),
    ) -> None:
        """`see` is told of each field that is read, but for those `given` by whoever made this record of another."""
        self._record = record
        self._see = see
        self._see_all = see_all
        self._given = given

    @property  # type: ignore[misc]  # whoever asks what it is learns what it stands for
    def __class__(self) -> type[Any]:
        return type(self._record)

    def __getattr__(self, name: str) -> Any:
        # What has been read once is told: from then on it is an attribute like any other.
        found = vars(self)[name] = self._read(name)
        return found

    def _read(self, name: str) -> Any:
        kind = type(self._record)
        if name in kind.__struct_fields__:
            if name not in self._given:
                self._see(name)
            return getattr(self._record, name)
        found = getattr(kind, name)
        if isinstance(found, property) and found.fget is not None:
            return found.fget(self)
        return MethodType(found, self) if isinstance(found, FunctionType) else self._whole(name)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, type(self._record)):
            return NotImplemented
        one = object.__getattribute__(other, "_whole")() if type(other) is WatchedRecord else other
        return bool(self._whole() == one)

    def __repr__(self) -> str:
        return repr(self._whole())

    def __reduce__(self) -> str | tuple[Any, ...]:
        """As a copy and in other processes it is the record itself."""
        return self._whole().__reduce__()  # type: ignore[no-any-return]

    def __replace__(self, **changes: Any) -> WatchedRecord:
        """The same with other values in some fields; of the others it tells as this one does."""
        changed = replace(self._record, **changes)
        return WatchedRecord(changed, self._see, self._see_all, self._given | changes.keys())

    def _whole(self, name: str = "") -> Any:
        self._see_all()
        return getattr(self._record, name) if name else self._record
