"""Two people's changes of one record brought together field by field, as data.

    both = merged(base, ours, theirs)
    both.clashes            # fields that both changed differently; () when nobody has to decide anything
    both.ours, both.theirs  # the record with everything merged, each clash as one side wrote it

Which side is called ours makes no difference to what is merged: rows that both added at the same place come in an
order that depends on the rows alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

from pipeline.kernel.finding import DataPath
from pipeline.source.edit.operations import same

_MISSING: Final = object()
"""Stands where a side has no value at all."""
_ALIKE = 0.5
"""From what share of equal content on an item counts as the changed form of another."""
_LONGEST = 60
"""Items that are compared each with each; of longer stretches without a common item nobody can tell what became what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A record after a merge. Where nothing clashes, `ours` and `theirs` say the same.

    `clashes` are places in `ours`; an item that only `theirs` holds is told at its list.
    """

    ours: Any
    theirs: Any
    clashes: tuple[DataPath, ...] = ()


def merged(base: Any, ours: Any, theirs: Any) -> Merged:
    """Bring together what two sides made of `base`; None stands for a record that was not there."""
    merge = _Merge()
    mine, other = merge.values((), base or {}, ours or {}, theirs or {})
    return Merged(ours=mine, theirs=other, clashes=tuple(dict.fromkeys(merge.clashes)))


class _Merge:
    """One merge under way; `clashes` gathers where somebody has to decide."""

    def __init__(self) -> None:
        self.clashes: list[DataPath] = []

    def values(self, path: DataPath, base: Any, ours: Any, theirs: Any) -> tuple[Any, Any]:
        """The value at a place as our side and as theirs would have it: equal where nothing clashes."""
        if _same(ours, theirs) or _same(base, theirs):
            return ours, ours
        if _same(base, ours):
            return theirs, theirs
        if _is_mapping(ours, theirs):
            return self._mappings(path, base if isinstance(base, dict) else {}, ours, theirs)
        if isinstance(ours, list) and isinstance(theirs, list):
            return self._lists(path, base if isinstance(base, list) else [], ours, theirs)
        self.clashes.append(path if ours is not _MISSING or isinstance(path[-1], str) else path[:-1])
        return ours, theirs

    def _mappings(
        self, path: DataPath, base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]
    ) -> tuple[Any, Any]:
        mine: dict[str, Any] = {}
        other: dict[str, Any] = {}
        for key in dict.fromkeys([*ours, *theirs, *base]):
            held = (side.get(key, _MISSING) for side in (base, ours, theirs))
            for result, value in zip((mine, other), self.values((*path, key), *held), strict=True):
                if value is not _MISSING:
                    result[key] = value
        return mine, other

    def _lists(
        self, path: DataPath, base: list[Any], ours: list[Any], theirs: list[Any]
    ) -> tuple[list[Any], list[Any]]:
        first, second = _Against(base, ours), _Against(base, theirs)
        if (
            first.lost
            or second.lost
            or _moved_and_more(base, first, second)
            or _moved_and_more(base, second, first)
        ):
            self.clashes.append(path)
            return ours, theirs
        mine: list[Any] = []
        other: list[Any] = []
        for at in range(len(base) + 1):
            for pair in self._added((*path, len(mine)), first.added[at], second.added[at]):
                _put(pair, mine, other)
            if at < len(base):
                here = (*path, len(mine))
                _put(self._item(here, base[at], first.of(at), second.of(at)), mine, other)
        return mine, other

    def _item(self, path: DataPath, base: Any, ours: Any, theirs: Any) -> tuple[Any, Any]:
        """An item as both sides have it; one that was made into another thing goes with no change of the old one."""
        changed = not (_same(base, ours) or _same(base, theirs) or _same(ours, theirs))
        if changed and any(_is_another(base, side) for side in (ours, theirs)):
            self.clashes.append(path)
            return ours, theirs
        return self.values(path, base, ours, theirs)

    def _added(self, path: DataPath, ours: Sequence[Any], theirs: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
        """What both put at one place of a list; the same row once, the same thing said differently as a clash."""
        twins = _twins(ours, theirs)
        pairs: list[tuple[int | None, int | None]] = [(at, twins.get(at)) for at in range(len(ours))]
        pairs += [(None, at) for at in range(len(theirs)) if at not in twins.values()]
        pairs.sort(key=lambda pair: _order(pair, ours, theirs))
        for number, (mine, other) in enumerate(pairs):
            if mine is not None and other is not None:
                here = (*path[:-1], int(path[-1]) + number)
                yield self.values(here, _MISSING, ours[mine], theirs[other])
            else:
                alone = ours[mine] if mine is not None else theirs[other or 0]
                yield alone, alone


class _Against:
    """One side of a list against the list it came from: what became of each item, and what was put before which."""

    def __init__(self, base: list[Any], side: list[Any]) -> None:
        self._side = side
        pairs = list(_pairs(base, side))
        self.lost = None in pairs
        self._at = dict(pair for pair in pairs if pair is not None)
        self.added: list[list[Any]] = [[] for _ in range(len(base) + 1)]
        reached = {new: old for old, new in self._at.items()}
        after = 0
        for number, item in enumerate(side):
            if number in reached:
                after = reached[number] + 1
            else:
                self.added[after].append(item)

    def of(self, at: int) -> Any:
        """What the side made of an item; missing where it took it out."""
        return self._side[self._at[at]] if at in self._at else _MISSING


def _moved_and_more(base: list[Any], mover: _Against, other: _Against) -> bool:
    """Whether one side put an item elsewhere that the other changed, took out or put elsewhere as well."""
    added = {_text(one) for some in mover.added for one in some}
    return any(
        mover.of(at) is _MISSING and _text(item) in added and not _same(other.of(at), item)
        for at, item in enumerate(base)
    )


def _is_another(base: Any, side: Any) -> bool:
    """Whether a row speaks of another thing than it did."""
    if not isinstance(base, dict) or not isinstance(side, dict):
        return False
    name = next((key for key in _NAMES if key in base), "")
    return bool(name) and not (name in side and same(base[name], side[name]))


def _pairs(base: list[Any], side: list[Any]) -> Iterator[tuple[int, int] | None]:
    """Which item of a list became which, both in order: equal ones, and between them those that are alike.

    None stands for a stretch in which that cannot be told.
    """
    matcher = SequenceMatcher(
        None, [_text(one) for one in base], [_text(one) for one in side], autojunk=False
    )
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(range(i1, i2), range(j1, j2), strict=True)
        elif tag == "replace" and max(i2 - i1, j2 - j1) > _LONGEST:
            yield None
        elif tag == "replace":
            found = _best(base[i1:i2], side[j1:j2])
            yield from ((i1 + one, j1 + other) for one, other in found)


def _best(old: list[Any], new: list[Any]) -> list[tuple[int, int]]:
    """The pairs in order that have most in common together."""
    gains = [[_likeness(one, other) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            paired = gains[i][j] + best[i + 1][j + 1] if gains[i][j] >= _ALIKE else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            found.append((i, j))
            i, j = i + 1, j + 1
    return found


def _likeness(one: Any, other: Any) -> float:
    """How much of two items is the same, from 0 to 1; 1 more where they bear one name."""
    if isinstance(one, dict) and isinstance(other, dict):
        equal = sum(key in other and same(value, other[key]) for key, value in one.items())
        # Of several rows with one name the most similar is the one.
        return equal / max(len({*one, *other}), 1) + _named_alike(one, other)
    if isinstance(one, str) and isinstance(other, str):
        matcher = SequenceMatcher(None, one, other, autojunk=False)
        return matcher.ratio() if matcher.real_quick_ratio() >= _ALIKE <= matcher.quick_ratio() else 0.0
    return 0.0


_NAMES = ("id", "code", "name", "item", "title", "person", "party", "subject", "date")
"""Fields that say which thing a row is about."""


def _named_alike(one: Any, other: Any) -> bool:
    """Whether two rows plainly speak of the same thing."""
    if isinstance(one, dict) and isinstance(other, dict):
        name = next((key for key in _NAMES if key in one and key in other), "")
        return same(one, other) or bool(name and same(one[name], other[name]))
    return same(one, other)


def _is_mapping(ours: Any, theirs: Any) -> bool:
    """Whether both are mappings of the same sort: one that declares an element not to apply goes with no other."""
    return isinstance(ours, dict) and isinstance(theirs, dict) and ("none" in ours) == ("none" in theirs)


def _twins(ours: Sequence[Any], theirs: Sequence[Any]) -> dict[int, int]:
    """Which added row of theirs is which of ours: equal ones first, then those of one name that nobody else has."""
    found: dict[int, int] = {}
    for alike in (same, _named_alike):
        free = [at for at in range(len(theirs)) if at not in found.values()]
        open_ = [at for at in range(len(ours)) if at not in found]
        for at in open_:
            others = [other for other in free if alike(ours[at], theirs[other])]
            rivals = [one for one in open_ if any(alike(ours[one], theirs[other]) for other in others)]
            if alike is same and others:
                found[at] = others[0]
                free.remove(others[0])
            elif len(others) == len(rivals) == 1:
                found[at] = others[0]
    return found


def _order(
    pair: tuple[int | None, int | None], ours: Sequence[Any], theirs: Sequence[Any]
) -> tuple[str, int]:
    """Where added rows stand: each side's rows stay together in their order, the sides by their text."""
    return min(
        (_text(list(side)), at) for side, at in zip((ours, theirs), pair, strict=True) if at is not None
    )


def _put(pair: tuple[Any, Any], mine: list[Any], other: list[Any]) -> None:
    for result, value in zip((mine, other), pair, strict=True):
        if value is not _MISSING:
            result.append(value)


def _same(one: Any, other: Any) -> bool:
    return one is other or (one is not _MISSING and other is not _MISSING and same(one, other))


def _text(value: Any) -> str:
    """A value as text that is equal for equal values, whatever the order of the keys."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{key}:{_text(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_text, value)) + "]"
    return repr(value)
