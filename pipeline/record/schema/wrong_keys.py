"""Which fields wrong keys were meant to be: told by their spelling, by their label, or by what else is missing."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from cerberus import errors
from cerberus.errors import ValidationError

from pipeline.kernel.data_path import value_at
from pipeline.kernel.finding import DataPath
from pipeline.kernel.visible import nearest
from pipeline.record.schema.definition import Field, Schema
from pipeline.record.schema.out_of_place import home_of
from pipeline.record.schema.value_types import TYPES

GUESSES = 500
"""Wrong places of one record up to which a wrong key or choice is compared with all right ones: who has more of
them has not misspelt anything, and comparing takes time.
"""
_ALIKE = 0.5
"""How like a label a key must be that is written in Chinese: 负责人 means 责任人."""
_VERY_ALIKE = 0.6
"""The same where the field may as well be left out."""
_LONGEST = 12
_REMARKS = ("备注", "说明", "附注", "其他", "其它", "补充", "注")
"""Keys that add something and stand for nothing that is missing."""
_WRITTEN = ("text", "markdown", "id")


def meant_keys(
    problems: Iterable[ValidationError], schema: Schema, data: Mapping[str, Any]
) -> Mapping[DataPath, str]:
    """The field that each unknown key was probably meant to be, by the path of the key.

    Nothing is guessed of a key that is a field elsewhere. A key that is like no name is the field that must be there and is not, where one value alone can stand in it.
    """
    unknown: dict[DataPath, list[ValidationError]] = defaultdict(list)
    count = 0
    lacking: dict[DataPath, list[str]] = defaultdict(list)
    for problem in problems:
        path: DataPath = problem.document_path
        if problem.code == errors.UNKNOWN_FIELD.code and count < GUESSES:
            count += 1
            if home_of(path, schema) is None:
                unknown[path[:-1]].append(problem)
        elif problem.rule == "required":
            lacking[path[:-1]].append(str(path[-1]))
    return {
        (*path, key): meant
        for path, wrong in unknown.items()
        for key, meant in _of_one(wrong, schema.at(path), lacking[path], value_at(data, path)).items()
    }


def now_called(key: str, parent: Field | None) -> str | None:
    """What a field is called that had this key in an earlier version."""
    children = parent.children if parent else {}
    return next((name for name, child in children.items() if key in child.formerly), None)


def _of_one(
    wrong: list[ValidationError], parent: Field | None, lacking: list[str], written: Mapping[str, Any]
) -> dict[str, str]:
    """What the wrong keys of one mapping were meant to be."""
    children = parent.children if parent else {}
    absent = {key: child for key, child in children.items() if key not in written}
    needed = {key: child for key, child in absent.items() if child.ruled or key in lacking}
    by_label = {child.label: key for key, child in children.items()}
    found: dict[str, str] = {}
    for problem in wrong:
        word = str(problem.document_path[-1])
        meant = (
            now_called(word, parent)
            or by_label.get(word)
            or nearest(word, tuple(children))
            or _alike(word, problem.value, needed)
            or _alike(word, problem.value, absent, cutoff=_VERY_ALIKE)
        )
        if meant:
            found[word] = meant
    must = {key: child for key, child in needed.items() if key in lacking}
    for fields in (must, needed):
        rest = [problem for problem in wrong if str(problem.document_path[-1]) not in found]
        empty = {key: child for key, child in fields.items() if key not in found.values()}
        found |= _left_over(rest, empty)
    return found


def _alike(word: str, value: object, absent: Mapping[str, Field], cutoff: float = _ALIKE) -> str | None:
    """The field that is not written yet and whose label a Chinese key is like."""
    if word.isascii() or len(word) > _LONGEST:
        return None
    labels = {child.label: key for key, child in absent.items() if _fits(value, child)}
    near = difflib.get_close_matches(word, labels, n=1, cutoff=cutoff)
    shared = near or [label for label in labels if _share_a_word(word, label)]
    return labels[shared[0]] if len(shared) == 1 else None


def _share_a_word(one: str, other: str) -> bool:
    """Whether half of the shorter of two names is a word that stands in both: 运行费用, 设施配套和运行成本."""
    size = difflib.SequenceMatcher(None, one, other).find_longest_match().size
    return size >= max(2, min(len(one), len(other)) / 2)


def _left_over(rest: list[ValidationError], needed: Mapping[str, Field]) -> dict[str, str]:
    """Each key that alone can be one of the missing fields, and that can be no other."""
    able = {
        str(one.document_path[-1]): [key for key, child in needed.items() if _fits(one.value, child)]
        for one in rest
        if one.document_path[-1] not in _REMARKS
    }
    return {
        word: keys[0]
        for word, keys in able.items()
        if len(keys) == 1 and sum(keys[0] in others for others in able.values()) == 1
    }


def _fits(value: object, field: Field) -> bool:
    """Whether a value could stand in a field, were its key right: a name may stand where an id belongs."""
    if value is None:
        return True
    return isinstance(value, str) if field.type in _WRITTEN else TYPES[field.type](value)
