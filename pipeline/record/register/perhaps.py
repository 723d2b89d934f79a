"""A record as it might be: with numbers and days in the places that could not be read, and what stands under wrong keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

import msgspec

from pipeline.kernel.finding import DataPath

_MOST = 40
"""Places of a record that are filled; of one with more mistakes than that some may be told of more than once."""

_NUMBERS = (1, 97)
"""What may have been meant by a number: two, for one of them may be just what a rule asks for.

By a day the earliest or the latest of the record may have been. No words: rules look them up, and no word stands for
any other.
"""


def perhaps_meant(
    record: Any, unread: Iterable[DataPath], written: Any, named: Iterable[tuple[DataPath, str, bool]] = ()
) -> tuple[Any, ...]:
    """The record with numbers and days in the places that could not be read, in two ways; none where there is no such.

    What is `written` under a key that is none stands in the empty place beside it that can hold it. What is `named`
    was misspelt: where it stands, what was probably meant, and whether it is a key.
    """
    record, right = _respelt(record, named)
    places = list(islice(sorted(unread, key=repr), _MOST))
    data = msgspec.to_builtins(record, builtin_types=(Decimal, date))
    days = sorted(_days(data)) or [date(2000, 1, 1)]
    found = tuple(
        _filled(record, places, written, (Decimal(number), number, day))
        for number, day in zip(_NUMBERS, (days[0], days[-1]), strict=True)
    )
    if None in found:
        return (record, record) if right else ()
    return found


def _respelt(record: Any, named: Iterable[tuple[DataPath, str, bool]]) -> tuple[Any, bool]:
    """A record with what was probably meant instead of misspelt names, and whether there is any."""
    data = msgspec.to_builtins(record, builtin_types=(Decimal, date))
    before = data
    for path, name, is_key in islice(named, _MOST):
        try:
            data = _put(data, path, name, is_key=is_key)
        except (KeyError, IndexError, TypeError):
            continue  # what stands there was taken out for another reason
    return (record, False) if data is before else (msgspec.convert(data, type(record)), True)


def _put(data: Any, path: DataPath, name: str, *, is_key: bool) -> Any:
    """Some data with a name put where a path leads to; nothing that was given is changed."""
    step, rest = path[0], path[1:]
    inner = data[step]
    new = name if not rest else _put(inner, rest, name, is_key=is_key)
    if isinstance(data, dict):
        if is_key and not rest:
            return {name if key == step else key: value for key, value in data.items()}
        return {**data, step: new}
    return tuple(new if index == step else one for index, one in enumerate(data))


def _filled(
    record: Any, places: Sequence[DataPath], written: Any, values: tuple[Decimal | int | date, ...]
) -> Any:
    data = msgspec.to_builtins(record, builtin_types=(Decimal, date))
    filled = None
    for path in places:
        inner = _above(data, path)
        if inner is None:
            continue
        key = path[-1]
        before = _at(inner, key)
        for value in (*_under_wrong_keys(path, places, inner, written), *values):
            inner[key] = value
            try:
                filled = msgspec.convert(data, type(record))
            except msgspec.ValidationError:
                inner[key] = before
            else:
                break
    return filled


def _under_wrong_keys(
    path: DataPath, places: Iterable[DataPath], known: Mapping[str, Any], written: Any
) -> Iterator[Any]:
    """What is written beside an empty place under keys that name nothing."""
    for key in path[:-1]:
        written = _at(written, key)
    if isinstance(written, dict) and path[-1] not in written:
        for place in places:
            beside = place[:-1] == path[:-1] and place[-1] not in known
            if beside and written.get(place[-1]) is not None:
                yield written[place[-1]]


def _days(data: Any) -> Iterator[date]:
    """Every day that stands in a record."""
    if isinstance(data, date):
        yield data
    elif isinstance(data, dict | tuple):
        for inner in data.values() if isinstance(data, dict) else data:
            yield from _days(inner)


def _above(data: Any, path: DataPath) -> Any:
    """What holds the empty place of a path; None where there is no such place, or something in it."""
    if not path:
        return None
    for key in path[:-1]:
        data = _at(data, key)
    holds = isinstance(data, dict) and _at(data, path[-1], absent=True) in (None, "", (), [], {})
    return data if holds else None


def _at(data: Any, key: str | int, *, absent: object = None) -> Any:
    if isinstance(data, dict):
        return data.get(key, absent)
    return (
        data[key] if isinstance(data, tuple | list) and isinstance(key, int) and key < len(data) else absent
    )
