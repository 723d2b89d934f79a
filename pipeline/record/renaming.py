"""An id changed everywhere: at the place that gives it, and wherever a record names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.kernel.finding import DataPath
from pipeline.record.change import FileEdit
from pipeline.record.kinds import COLLEGE, TRAIL
from pipeline.record.register import Register
from pipeline.record.schema import Field, Schema
from pipeline.source.edit import Operation, Rename, Set
from pipeline.source.files import read_bytes

KINDS = {"企业": "enterprise", "项目": "project", "人员": "person", "部门": "department"}
"""What can be renamed, by its Chinese name, and what references to it are called."""

_FOLDERS = {"enterprise": "agreements/enterprises/", "project": "agreements/projects/"}
_HOMES = {"person": "people", "department": "departments"}


def renaming(
    root: Path, register: Register, schemas: Mapping[str, Schema], kind: str, old: str, new: str
) -> tuple[FileEdit, ...] | str:
    """The changes that give `new` in the place of `old`, or why that cannot be, in Chinese."""
    moved = _moved(register, kind, old, new)
    wanted = {"enterprise": {"enterprise", "party"}}.get(kind, {kind})
    found: list[FileEdit] = []
    for name, entry in register.entries.items():
        spots = list(_spots((), entry.source.data, schemas[entry.kind.name].root, old, wanted))
        if kind in _HOMES and entry.kind is COLLEGE:
            spots.append(((_HOMES[kind], old), True))
        operations = _operations(spots, new)
        if operations or name in moved:
            found += _changes(root, name, moved.get(name), operations)
    taken = [one for one in moved.values() if one in register.entries]
    if taken or (kind in _HOMES and _has(register, kind, new)):
        return f"编号 {new} 已经有了"
    if not moved and not (kind in _HOMES and _has(register, kind, old)):
        return f"没有编号为 {old} 的，请核对"
    return tuple(found)


def _moved(register: Register, kind: str, old: str, new: str) -> Mapping[str, str]:
    """The files whose names bear the id, and their new names; what the trail keeps stays where it is."""
    folder = _FOLDERS.get(kind)
    if folder is None:
        return {}
    ends = ".yaml" if kind == "enterprise" else "/"
    before = f"{folder}{old}{ends}"
    names = (name for name in register.entries if name.startswith(before) and not name.startswith(TRAIL))
    return {name: f"{folder}{new}{ends}{name[len(before) :]}" for name in names}


def _has(register: Register, kind: str, key: str) -> bool:
    college = register.entries.get(COLLEGE.file())
    data: Any = college.source.data if college else {}
    return key in ((data or {}).get(_HOMES[kind]) or {})


def _spots(
    path: DataPath, value: Any, field: Field | None, old: str, wanted: set[str]
) -> Iterator[tuple[DataPath, bool]]:
    """Where a record names the id, and whether a key does."""
    if field is None or not field.refers:
        return
    if isinstance(value, dict):
        for key, item in value.items():
            if key == old and field.key_reference in wanted:
                yield (*path, key), True
            yield from _spots((*path, key), item, field.below(key), old, wanted)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _spots((*path, index), item, field.each, old, wanted)
    elif value == old and field.reference in wanted:
        yield path, False


def _operations(spots: list[tuple[DataPath, bool]], new: str) -> tuple[Operation, ...]:
    """Values first, then keys from the deepest up, so that every path holds when its turn comes."""
    sets: list[Operation] = [Set(path=path, value=new) for path, is_key in spots if not is_key]
    keys = sorted((path for path, is_key in spots if is_key), key=len, reverse=True)
    return (*sets, *(Rename(path=path, key=new) for path in keys))


def _changes(
    root: Path, name: str, target: str | None, operations: tuple[Operation, ...]
) -> Iterator[FileEdit]:
    if target is None:
        yield FileEdit(file=name, operations=operations)
        return
    content = read_bytes(root, name)
    if isinstance(content, bytes):
        yield FileEdit(file=name, removed=True)
        yield FileEdit(file=target, start=content, operations=operations)
