"""The sections of a file, one for each key at its edge: a place in one of them is found without taking the rest apart."""

from __future__ import annotations

from array import array
from itertools import pairwise

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
    bounds, word = pairwise(array("I", packed)), str(key)
    return next((one for one in bounds if _begins(text, one[0], word)), (0, 0))


def _begins(text: str, at: int, word: str) -> bool:
    """Whether a line that begins at a place is that of a key."""
    while text.startswith(" ", at):
        at += 1
    if not text.startswith(word, at):
        return False
    at += len(word)
    while text.startswith((" ", "\t"), at):
        at += 1
    behind = text[at + 1 : at + 2]
    return text.startswith(":", at) and (not behind or behind.isspace())
