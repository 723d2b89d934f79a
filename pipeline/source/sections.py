"""The sections of a file, one for each key at its edge: a place in one of them is found without taking the rest apart."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

from pipeline.kernel.late_pattern import late
from pipeline.source.nodes import MappingNode, Node, ScalarNode


def sections_of(root: Node | None, text: str) -> bytes:
    """Where each section begins and the last one ends, packed; nothing where they cannot be told apart by lines.

    Each begins a line with its key, which is a plain word.
    """
    if not isinstance(root, MappingNode) or root.flow_style:
        return b""
    edge = root.start_mark.column
    starts = array("I")
    for key, _ in root.value:
        mark = key.start_mark
        if key.__class__ is not ScalarNode or key.style or mark.column != edge:
            return b""
        starts.append(mark.index - edge)
    starts.append(len(text))
    return starts.tobytes()


def section(packed: bytes, text: str, key: object) -> tuple[int, int]:
    """Where the first section of a key begins and ends; the same place twice where there is none."""
    return _by_key(packed, text).get(str(key), (0, 0))


@lru_cache(maxsize=4)
def _by_key(packed: bytes, text: str) -> Mapping[str, tuple[int, int]]:
    """The sections of a file by their keys, for all that is looked for in it."""
    found: dict[str, tuple[int, int]] = {}
    for begin, end in pairwise(array("I", packed)):
        if key := _KEY.match(text, begin):
            found.setdefault(key[1], (begin, end))
    return found


_KEY = late(r" *(.+?)[ \t]*:(?=\s|\Z)")
"""How a line with a plain key begins."""
