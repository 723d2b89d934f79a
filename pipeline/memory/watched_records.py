"""Records that tell what is read of them; whoever reads them cannot know."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import fields
from typing import Any

from pipeline.record.model import Records
from pipeline.record.model.records import Grouping
from pipeline.record.register import Entry, Register

Read = tuple[str, str, str]
"""Something read: the way it was read, the place it stands in, and its name there."""

ONE, KEYS, ALL, UNDER, HAS = "one", "keys", "all", "under", "has"
"""A record or its absence, all keys of a mapping, all its records, those below an id, whether a set holds an id."""

FILES = "files"
"""The place of all entries by file name."""

SINGLE = frozenset(
    one.name for one in fields(Records) if not isinstance(getattr(Records(), one.name), Mapping | Set)
)
"""What of the records is read as one thing: whatever is neither a mapping nor a set."""


See = Callable[..., None]

_NOTHING: Mapping[str, Any] = {}


def watched(register: Register, see: See, records: Records | None = None) -> Register:
    """A register that tells what is read in it; whoever reads it cannot know. Its `records` may be told in another way."""
    records = records or watched_records(register.records, see)
    return Register(entries=_Entries(register.entries, FILES, see), records=records, found=())


def watched_records(records: Records, see: See, instead: Mapping[str, Any] = _NOTHING) -> Records:
    """Records that tell what is read of them; in some places they do it in a way of their own."""
    kept: dict[str, Any] = {}
    for one in fields(Records):
        value = getattr(records, one.name)
        if one.name in instead:
            kept[one.name] = instead[one.name]
        elif isinstance(value, Mapping):
            kept[one.name] = _Records(value, one.name, see)
        elif isinstance(value, Set):
            kept[one.name] = _Ids(value, one.name, see)
    return _Whole(see, records, **kept)


class _Whole(Records):
    """Records whose single files are watched as well."""

    __slots__ = ("_see", "_single")

    def __init__(self, see: See, records: Records, **kept: Any) -> None:
        object.__setattr__(self, "_see", see)
        object.__setattr__(self, "_single", records)
        super().__init__(**kept)

    def __getattribute__(self, name: str) -> Any:
        if name in SINGLE:
            object.__getattribute__(self, "_see")(ONE, name, "")
            return getattr(object.__getattribute__(self, "_single"), name)
        return object.__getattribute__(self, name)


class WatchedMapping(Mapping[str, Any]):
    """A mapping that tells what is read in it."""

    def __init__(self, inner: Mapping[str, Any], place: str, see: See) -> None:
        self._inner = inner
        self._place = place
        self._see = see

    def __getitem__(self, key: str) -> Any:
        self._see(ONE, self._place, key)
        return self._inner[key]

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key, or something else."""
        self._see(ONE, self._place, key)
        return self._inner.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._see(ONE, self._place, str(key))
        return key in self._inner

    def __iter__(self) -> Iterator[str]:
        self._see(KEYS, self._place)
        return iter(self._inner)

    def __len__(self) -> int:
        self._see(KEYS, self._place)
        return len(self._inner)

    def items(self) -> Any:
        """All keys and values, all of them read."""
        self._see(ALL, self._place)
        return self._inner.items()

    def values(self) -> Any:
        """All values, all of them read."""
        self._see(ALL, self._place)
        return self._inner.values()


class _Entries(WatchedMapping):
    """Files by name."""

    def __getitem__(self, key: str) -> Entry:
        self._see(ONE, self._place, key)
        found: Entry = self._inner[key]
        return found


class _Records(WatchedMapping, Grouping[Any]):
    """Records by key, which know what is below an id."""

    def under(self, *ids: str) -> tuple[Any, ...]:
        """The records whose key begins with these ids, in order."""
        from pipeline.record.model.records import under

        self._see(UNDER, self._place, "/".join(ids) + "/")
        return under(self._inner, *ids)


class _Ids(Set[str]):
    """A set of ids that tells what it is asked for."""

    def __init__(self, inner: Set[str], place: str = "", see: See = lambda *_: None) -> None:
        self._inner = inner
        self._place = place
        self._see = see

    @classmethod
    def _from_iterable(cls, it: Any) -> Any:
        return frozenset(it)

    def __contains__(self, key: object) -> bool:
        self._see(HAS, self._place, str(key))
        return key in self._inner

    def __iter__(self) -> Iterator[str]:
        self._see(ALL, self._place)
        return iter(self._inner)

    def __len__(self) -> int:
        self._see(ALL, self._place)
        return len(self._inner)
