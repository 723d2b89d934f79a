"""A change of a whole value taken apart into small ones, so that what stays the same keeps its text."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from pipeline.kernel.finding import DataPath
from pipeline.source.edit.operations import Insert, Operation, Remove, Set, same


def steps(path: DataPath, old: Any, new: Any) -> Iterator[Operation]:
    """The operations that turn `old` into `new`, to be done one after another."""
    if same(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict) and (not path or old.keys() & new.keys()):
        for key in old.keys() - new.keys():
            yield Remove(path=(*path, key))
        for key, value in new.items():
            if key in old:
                yield from steps((*path, key), old[key], value)
            else:
                yield Set(path=(*path, key), value=value)
    elif isinstance(old, list) and isinstance(new, list) and old and new:
        yield from _list_steps(path, old, new)
    else:
        yield Set(path=path, value=new)


def _list_steps(path: DataPath, old: list[Any], new: list[Any]) -> Iterator[Operation]:
    """From the end to the beginning, so that the numbers of earlier items hold."""
    matcher = SequenceMatcher(None, [repr(one) for one in old], [repr(one) for one in new], autojunk=False)
    for tag, i1, i2, j1, j2 in reversed(matcher.get_opcodes()):
        if tag == "equal":
            continue
        paired = min(i2 - i1, j2 - j1)
        for index in range(j1 + paired, j2):
            yield Insert(path=(*path, i1 + index - j1), value=new[index])
        for index in reversed(range(i1 + paired, i2)):
            yield Remove(path=(*path, index))
        for number in reversed(range(paired)):
            yield from steps((*path, i1 + number), old[i1 + number], new[j1 + number])
