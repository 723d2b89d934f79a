"""The one door through which records are changed: change sets, planned as bytes, then put in place together.

    change = Change(file=name, base=digest(content), operations=(Set(path=("title",), value="…"),))
    planned = plan(root, (change,), schemas)        # nothing is written; refusals say why, in Chinese
    if not planned.refusals:
        refusals = put(root, planned)               # all files or none; refused where one changed meanwhile

A record's values are given as the loader gives them: text, int, Decimal, date, bool, lists and dicts. Money
may come without its two places and long text with the ends of lines of any system: see `tidied`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.kernel.data_path import value_at
from pipeline.kernel.finding import DataPath, Finding
from pipeline.kernel.replacing import ABSENT, ChangedMeanwhile, digest, replace_files
from pipeline.kernel.structs import replace
from pipeline.record.kinds import kind_of
from pipeline.record.schema import Field, Schema
from pipeline.source import load
from pipeline.source.edit import Insert, NotThere, Operation, Order, Refused, Set, applied, edit, written
from pipeline.source.files import read_bytes

__all__ = [
    "ABSENT",
    "FileEdit",
    "Planned",
    "Refusal",
    "declare_none",
    "digest",
    "order_of",
    "plan",
    "put",
    "redrawn",
    "tidied",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEdit:
    """What is to be done to one file (its name relative to the repository's root).

    `base` is the digest of the content the change was made for, `ABSENT` for a new file; None takes what is
    there now. A new file begins with `start` (a skeleton, say) or, without one, as a plain record of what its
    operations set. `removed` takes the file away.
    """

    file: str
    base: str | None = None
    operations: tuple[Operation, ...] = ()
    start: bytes | None = None
    removed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A change that is not written: the file, the place in the record, and why, in Chinese."""

    file: str
    reason: str
    path: DataPath = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """The files as they will be (None: taken away) and as they are; with refusals nothing can be put in place."""

    files: Mapping[str, bytes | None] = field(default_factory=dict)
    before: Mapping[str, bytes | None] = field(default_factory=dict)
    refusals: tuple[Refusal, ...] = ()


def declare_none(path: DataPath, reason: str) -> Set:
    """The operation that declares an element not to apply: `{none: reason}`."""
    return Set(path=path, value={"none": reason})


def plan(root: Path, changes: Sequence[FileEdit], schemas: Mapping[str, Schema]) -> Planned:
    """Work out all files of a change set without writing any; several changes of a file follow each other."""
    files: dict[str, bytes | None] = {}
    before: dict[str, bytes | None] = {}
    refusals: list[Refusal] = []
    for change in changes:
        wrong = _misplaced(root, change.file)
        if wrong:
            refusals.append(Refusal(file=change.file, reason=wrong))
            continue
        if change.file not in before:
            found = _content(root, change.file)
            if isinstance(found, Finding):
                refusals.append(Refusal(file=change.file, reason=found.message))
                continue
            before[change.file] = files[change.file] = found
        done = _changed(change, before[change.file], files[change.file], schemas)
        if isinstance(done, Refused):
            refusals.append(Refusal(file=change.file, reason=done.reason, path=done.path))
        else:
            files[change.file] = done
    different = {name: content for name, content in files.items() if content != before[name]}
    return Planned(
        files=different, before={name: before[name] for name in different}, refusals=tuple(refusals)
    )


def redrawn(
    name: str, content: bytes | None, operations: Sequence[Operation], schema: Schema
) -> tuple[bytes | None, tuple[Refusal, ...]]:
    """A content with operations done to it, wherever it comes from; with refusals, the content as it was."""
    change = FileEdit(file=name, operations=tuple(operations))
    if not operations:
        return content, ()
    done = _changed(change, content, content, {schema.kind: schema})
    if isinstance(done, Refused):
        return content, (Refusal(file=name, reason=done.reason, path=done.path),)
    return done, ()


def put(root: Path, planned: Planned) -> tuple[Refusal, ...]:
    """Put a planned change set in place: all files or none. Raises OSError where the disk refuses."""
    if planned.refusals or not planned.files:
        return planned.refusals
    bases = {name: digest(content) for name, content in planned.before.items()}
    try:
        replace_files(root, planned.files, bases)
    except ChangedMeanwhile as error:
        return tuple(Refusal(file=name, reason=_MEANWHILE) for name in error.names)
    return ()


_MEANWHILE = "文件刚刚被别人（或别的程序）改过，没有写入；请重新读取后再改"


def order_of(schema: Schema) -> Order:
    """The keys of each mapping in the order of a schema."""

    def order(path: DataPath) -> Sequence[str]:
        found = schema.at(path)
        return tuple(found.children) if found else ()

    return order


def tidied(value: Any, governing: Field | None, old: Any = None) -> Any:
    """A value as a record keeps it: money with two places, lines ended alike, long text by one line end.

    Spaces at the ends of lines go; what a one-line text of several lines should become is left to whoever asks.
    """
    if isinstance(value, dict):
        was = old if isinstance(old, dict) else {}
        return {
            key: tidied(one, governing.below(key) if governing else None, was.get(key))
            for key, one in value.items()
        }
    if isinstance(value, list):
        each = governing.each if governing else None
        earlier = old if isinstance(old, list) and len(old) == len(value) else [None] * len(value)
        return [tidied(one, each, before) for one, before in zip(value, earlier, strict=True)]
    if isinstance(value, str):
        return _tidied_text(value, governing.type if governing else "", old)
    if governing and governing.type == "money" and isinstance(value, int | Decimal) and value is not True:
        return _money(value)
    return value


def _tidied_text(text: str, kind: str, old: Any) -> str:
    text = re.sub(r"[ \t]+(?=\n|\Z)", "", text.replace("\r\n", "\n").replace("\r", "\n"))
    if kind == "markdown" and text.strip():
        several = "\n" in text.strip("\n") or (isinstance(old, str) and old.endswith("\n"))
        return text.strip("\n") + "\n" * several
    return text.strip() if kind in ("text", "id") else text


def _money(value: int | Decimal) -> int | Decimal:
    exact = Decimal(value)
    if not exact.is_finite() or exact.adjusted() > 20:
        return value
    rounded = exact.quantize(Decimal("0.01"))
    return rounded if rounded == exact else value


def _misplaced(root: Path, name: str) -> str:
    """Why a name is no record's; empty for one that is."""
    known = kind_of(name)
    if known is None or str(PurePosixPath(name)) != name or ".." in PurePosixPath(name).parts:
        return f"{name} 不是记录应在的位置"
    faults = [message for _, message in known[0].faults(known[1])]
    if faults:
        return "；".join(faults)
    path = root
    for part in PurePosixPath(name).parts[:-1]:
        path /= part
        if path.is_symlink():
            return f"{path.relative_to(root).as_posix()} 是符号链接，不往里面写"
    return ""


def _content(root: Path, name: str) -> bytes | Finding | None:
    path = root / name
    return None if not path.exists() and not path.is_symlink() else read_bytes(root, name)


def _changed(
    change: FileEdit, before: bytes | None, now: bytes | None, schemas: Mapping[str, Schema]
) -> bytes | Refused | None:
    if change.base is not None and digest(before) != change.base:
        return Refused(reason=_MEANWHILE if before is not None else "文件已经不在了，没有写入")
    if change.removed:
        return None
    if now is not None and change.start is not None:
        return Refused(reason="这个文件已经有了，没有改动它")
    known = kind_of(change.file)
    assert known is not None
    schema = schemas[known[0].name]
    start = change.start if now is None else now
    if start is None:
        return _fresh(change, schema)
    if not change.operations:
        return start
    operations = _tidied(change.file, start, change.operations, schema)
    done = edit(change.file, start, operations, order_of(schema))
    return done if isinstance(done, Refused) else done.content


def _fresh(change: FileEdit, schema: Schema) -> bytes | Refused:
    """A record that begins with nothing: what its operations make of it."""
    data: Any = {}
    for operation in change.operations:
        try:
            data = applied(data, operation)
        except NotThere as error:
            return Refused(reason=str(error), path=operation.path)
    done = written(change.file, tidied(data, schema.root), order_of(schema))
    return done if isinstance(done, Refused) else done.content


def _tidied(
    name: str, content: bytes, operations: tuple[Operation, ...], schema: Schema
) -> tuple[Operation, ...]:
    """The operations with tidy values; what stands there now tells how a long text ends."""
    data: Any = load(name, content).data
    tidy = []
    for operation in operations:
        if isinstance(operation, Set | Insert):
            old = value_at(data, operation.path) if isinstance(operation, Set) else None
            value = tidied(operation.value, schema.at(operation.path), old)
            operation = replace(operation, value=value)
        tidy.append(operation)
    return tuple(tidy)
