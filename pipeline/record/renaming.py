"""An id changed everywhere: at the place that gives it, and wherever a record names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.kernel.finding import DataPath
from pipeline.record.change import FileEdit
from pipeline.record.kinds import AMENDMENT, COLLEGE, ENTERPRISE, SIGNING, Kind
from pipeline.record.places import project_of
from pipeline.record.register import Register
from pipeline.record.schema import Field, Schema
from pipeline.source.edit import Operation, Rename, Set
from pipeline.source.files import read_bytes

REFERRED = {"企业": "enterprise", "项目": "project", "人员": "person", "部门": "department"}
"""What is renamed wherever it stands, by its Chinese name, and what references to it are called."""

_HOMES = {"person": "people", "department": "departments"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Renaming:
    """The changes that give an id another form, and where each file goes whose name bears it (new name: old name)."""

    changes: tuple[FileEdit, ...]
    moved: Mapping[str, str]


def renaming(
    root: Path, register: Register, schemas: Mapping[str, Schema], kind: str, old: str, new: str
) -> Renaming | str:
    """The changes that give `new` in the place of `old`, or why that cannot be, in Chinese."""
    moved = _moved(register, kind, old, new)
    if not moved and not (kind in _HOMES and _has(register, kind, old)):
        return f"没有编号为 {old} 的，请核对"
    if any(one in register.entries for one in moved.values()) or (
        kind in _HOMES and _has(register, kind, new)
    ):
        return f"编号 {new} 已经有了"
    unread = [
        name
        for name, one in register.entries.items()
        if not one.source.plain and old.encode() in one.source.content
    ]
    if unread:
        return f"{unread[0]} 有写错的地方，读不全，里面的 {old} 换不了；先照 coop check 改好，再换编号"
    wanted = {"enterprise": {"enterprise", "party"}}.get(kind, {kind})
    found: list[FileEdit] = []
    for name, entry in register.entries.items():
        spots = list(_spots((), entry.source.data, schemas[entry.kind.name].root, old, wanted))
        if kind in _HOMES and entry.kind is COLLEGE:
            spots.append(((_HOMES[kind], old), True))
        operations = _operations(spots, new)
        if operations or name in moved:
            found += _changes(root, name, moved.get(name), operations)
    return Renaming(changes=tuple(found), moved={after: before for before, after in moved.items()})


def file_renaming(
    root: Path, register: Register, schemas: Mapping[str, Schema], kind: Kind, old: str, new: str
) -> Renaming | str:
    """The same for a record that is known by its file alone; an amendment is also named by its project's signing."""
    before, after = kind.file(old), kind.file(new)
    if before not in register.entries:
        return f"没有 {before}，请核对编号"
    if after in register.entries:
        return f"{after} 已经有了"
    found = list(_changes(root, before, after, ()))
    signing = SIGNING.file(project_of(before)) if kind is AMENDMENT and project_of(before) else ""
    if signing in register.entries and project_of(after) == project_of(before):
        ids = (old.rpartition("/")[2], new.rpartition("/")[2])
        data = register.entries[signing].source.data
        spots = list(_spots((), data, schemas[SIGNING.name].root, ids[0], {"amendment"}))
        found += [FileEdit(file=signing, operations=_operations(spots, ids[1]))] if spots else []
    return Renaming(changes=tuple(found), moved={after: before})


def _moved(register: Register, kind: str, old: str, new: str) -> Mapping[str, str]:
    """The files whose names bear the id, and their new names; what the trail keeps stays where it is."""
    moved: dict[str, str] = {}
    for name, entry in register.entries.items():
        part = "id" if entry.kind is ENTERPRISE and kind == "enterprise" else kind
        key = entry.kind.key_in(name)
        if key is None or part not in entry.kind.names:
            continue
        parts = key.split("/")
        place = entry.kind.names.index(part)
        if parts[place] == old:
            parts[place] = new
            moved[name] = entry.kind.file("/".join(parts))
    return moved


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
