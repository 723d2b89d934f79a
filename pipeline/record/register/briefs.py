"""What is asked of every file, in brief: most have nothing to tell of but what they name."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pipeline.kernel.recall import Recall, part_number
from pipeline.kernel.structs import Struct
from pipeline.record.register.file_shape import FileShape
from pipeline.record.register.unknown_ids import ANYWHERE, IdSpot

_SORT = "briefs"

_RENEWS = ("renews",)


class Brief(Struct, frozen=True, array_like=True):
    """Of a file that counts as a record and of which nothing is found: what it names that may be named anywhere.

    Each of `ids` stands behind what it is called (`person wang`); `renews` are the agreements with which it goes on.
    """

    mark: bytes
    ids: tuple[str, ...] = ()
    renews: tuple[str, ...] = ()


def in_brief(shape: FileShape, mark: bytes) -> Brief | None:
    """What a file tells, in brief; None where there is more to be told of it."""
    if shape.record is None or shape.draft or shape.writing or shape.findings or shape.numbers:
        return None
    if any(spot.choices is not None or spot.reference not in ANYWHERE for spot in shape.spots):
        return None
    ids = dict.fromkeys(f"{spot.reference} {spot.id}" for spot in shape.spots)
    return Brief(mark, tuple(ids), renewed(shape.spots))


def renewed(spots: Iterable[IdSpot]) -> tuple[str, ...]:
    """The agreements with which a record says that it goes on."""
    return tuple(spot.id for spot in spots if spot.path == _RENEWS)


class Briefs:
    """The briefs of all files that `recall` knows."""

    def __init__(self, recall: Recall) -> None:
        self._recall = recall
        self._kept: dict[int, dict[str, Brief]] = {}
        self._fresh: dict[int, dict[str, Brief]] = {}

    def of(self, name: str, mark: bytes) -> Brief | None:
        """The brief of a file under a mark; None where there is none."""
        number = part_number(name)
        if number not in self._kept:
            self._kept[number] = self._recall.latest(_SORT, str(number), b"", dict[str, Brief]) or {}
        found = self._kept[number].get(name)
        return found if found is not None and found.mark == mark else None

    def add(self, name: str, brief: Brief) -> None:
        """Take what a file tells now."""
        self._fresh.setdefault(part_number(name), {})[name] = brief

    def keep(self, names: Collection[str]) -> None:
        """Remember what is new, and in its parts of no file that is not among these."""
        for number, fresh in self._fresh.items():
            every = {**self._kept.get(number, {}), **fresh}
            there = {name: one for name, one in every.items() if name in names}
            self._recall.keep(_SORT, str(number), b"", there)
            self._kept[number] = there
        self._fresh.clear()
