"""From what a partner changed on paper to what is to be changed in the records.

An edit whose words come from one field is answered by an operation on that field; what several fields, the wording or
the program itself printed is told to people. Nothing is guessed: a value is written only where the record as it is
now prints what stood on paper before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from pipeline.compose.printed_fields import PrintedFields, Unsure, item_of, parted, printed_values, shared
from pipeline.compose.retyped import typed
from pipeline.compose.reworded import prints, reworded, with_paragraph, without_paragraph
from pipeline.kernel.document import Document, Origin, Runs, plain
from pipeline.kernel.finding import DataPath
from pipeline.kernel.structs import replace
from pipeline.record.register import Register
from pipeline.record.schema import Field, Schema
from pipeline.returned.edits import Edit, Returned, Touched
from pipeline.source.edit import Insert, Operation, Remove, Set

_MARKER = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十0-9]+[）)]|[0-9]{1,2}[.、．](?![0-9])|[①-⑳]|[·•●\-—]|[一二三四五六七八九十]+、)?[\t 　]*"
)
"""What stands before an item on paper: made by the program, not by the record."""
_MISSING = "【待补充："


class Handling(Enum):
    """What becomes of an edit."""

    WRITE = "write"
    """It has one field, and what is to stand there is sure."""
    ASK = "ask"
    """What to write is proposed; a person decides."""
    LIST = "list"
    """No field, or none that is sure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What becomes of an edit: the operations on `file`, or the reason (Chinese) why there are none."""

    edit: Edit
    way: Handling
    file: str = ""
    operations: tuple[Operation, ...] = ()
    reason: str = ""


def answers(
    found: Returned,
    document: Document,
    register: Register,
    schemas: Mapping[str, Schema],
    file_of_record: str,
) -> tuple[Answer, ...]:
    """What becomes of every edit; `file_of_record` is the file of the record that the document was made of."""
    fields = PrintedFields(
        register=register,
        schemas=schemas,
        file=file_of_record,
        printed=printed_values(document, register),
    )
    return tuple(_settled([_answer(edit, fields) for edit in found.edits]))


def _answer(edit: Edit, fields: PrintedFields) -> Answer:
    try:
        file, operations, sure = _operations(edit, fields)
    except Unsure as unsure:
        return Answer(edit=edit, way=Handling.LIST, reason=str(unsure))
    if file != fields.file:
        reason = "这一项写在别的记录里，改它会影响所有文书"
        return Answer(edit=edit, way=Handling.ASK, file=file, operations=operations, reason=reason)
    way = Handling.WRITE if sure else Handling.ASK
    reason = "" if sure else "新加的内容，请看看放在这里对不对"
    return Answer(edit=edit, way=way, file=file, operations=operations, reason=reason)


def _operations(edit: Edit, fields: PrintedFields) -> tuple[str, tuple[Operation, ...], bool]:
    """The file, what to do to it, and whether that is sure. Raises `Unsure`."""
    if edit.what == "moved":
        raise Unsure("只是移动了位置或顺序，请看过再决定")
    if not edit.placed:
        return _came(edit, fields)
    if not edit.touched:
        raise Unsure("编号、表头或固定格式，由程序排出，没有字段可改")
    if not edit.new.strip():
        return _gone(edit, fields)
    files = {one.origin.file for one in edit.touched}
    if any(not one.origin.path for one in edit.touched):
        raise Unsure("改到了固定文字（文字模板），改它会影响所有同类文书")
    if len(files) != 1:
        raise Unsure("这一处的字来自几份记录，请分别改")
    made = dict.fromkeys(_changed(one, fields) for one in edit.touched)
    if len({one.path for one in made}) != len(made):
        raise Unsure("同一项在这一处印了几遍，对方改得不一样")
    return files.pop(), tuple(made), True


def _changed(one: Touched, fields: PrintedFields) -> Set:
    """The operation that gives a field what the partner wrote."""
    path, field = fields.field(one.origin)
    raw = fields.at(one.origin.file, path)
    old, new = one.old.strip(), one.new.strip()
    if not new:
        raise Unsure(f"对方删去了“{field.label}”的内容；同意的写 none: 理由，或者删掉这一项")
    if field.type == "markdown" and isinstance(raw, str):
        text = reworded(raw, old, new)
        if text is None:
            raise Unsure("改动跨过了加重文字的边界，或者带有 Markdown 记号，请打开文件手工改")
        return Set(path=path, value=text)
    empty = raw is None and old.startswith(_MISSING)
    if not empty and not _says(raw, old, field, fields, path):
        raise Unsure(f"库里的“{field.label}”现在不是“{old[:40]}”，或者印的是由它算出来的话")
    return Set(path=path, value=_value(new, field, fields, path))


def _says(raw: Any, old: str, field: Field, fields: PrintedFields, path: DataPath) -> bool:
    """Whether the record as it is now prints the old words."""
    if isinstance(raw, str) and field.type in ("text", "markdown") and not field.values:
        return raw.strip() == old
    try:
        known = _value(old, field, fields, path)
    except Unsure:
        return False
    return (bool(known == raw) and type(known) is type(raw)) or _figure(known) == _figure(raw) is not None


def _figure(value: Any) -> Decimal | None:
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def _value(text: str, field: Field, fields: PrintedFields, path: DataPath) -> Any:
    """What the record has to hold so that it prints a text. Raises `Unsure`."""
    said = typed(text, field)
    known = fields.printed.get(str(path[-1]), {}) if field.reference else {}
    if not said and text in known:
        return known[text]
    if not said:
        raise Unsure(f"“{text[:40]}”不是“{field.label}”能填的写法，请打开文件手工改")
    if field.values or field.type in ("text", "id", "markdown"):
        return said
    if field.type == "date":
        return _date(said)
    if field.type == "flag":
        return said == "true"
    return int(said) if field.type == "integer" or re.fullmatch("-?[0-9]+", said) else Decimal(said)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Unsure(f"没有 {text} 这一天") from error


def _gone(edit: Edit, fields: PrintedFields) -> tuple[str, tuple[Operation, ...], bool]:
    """What was taken out whole: an item of a list, a row, or a paragraph of a longer text."""
    origins = {one.origin for one in edit.touched}
    if any(not one.path for one in origins):
        raise Unsure("删的是固定文字（文字模板），改它会影响所有同类文书")
    if len({one.file for one in origins}) != 1:
        raise Unsure("删去的字来自几份记录，请分别改")
    file = next(iter(origins)).file
    path = item_of(shared([fields.path(one) for one in origins]))
    if path and len(origins) == 1 and isinstance(item := fields.at(file, path), str):
        if not prints(item, edit.touched[0].old) and item.strip() != edit.touched[0].old.strip():
            return file, (_shortened(edit.touched[0], fields),), True
    elif len(origins) == 1 and not path:
        return file, (_shortened(edit.touched[0], fields),), True
    if not path:
        raise Unsure("删去的字不在一个清单里，请打开文件手工改")
    listed = fields.at(file, path[:-1])
    if not isinstance(listed, list) or len(listed) < 2:
        raise Unsure("清单里只有这一项；同意删去的写 none: 理由")
    sure = isinstance(listed[int(path[-1])], str) or "行" in edit.where
    return file, (Remove(path=path),), sure


def _shortened(one: Touched, fields: PrintedFields) -> Set:
    path, field = fields.field(one.origin)
    raw = fields.at(one.origin.file, path)
    text = (
        without_paragraph(raw, one.old.strip()) if isinstance(raw, str) and field.type == "markdown" else None
    )
    if text is None:
        raise Unsure(f"删去的是“{field.label}”的全部内容；同意的写 none: 理由，或者删掉这一项")
    return Set(path=path, value=text)


def _came(edit: Edit, fields: PrintedFields) -> tuple[str, tuple[Operation, ...], bool]:
    """What has no counterpart: a row or an item of a list, or a paragraph behind one of the same field."""
    if edit.cells:
        return _row(edit, fields)
    above, below = (_one_item(origins, fields) for origins in (edit.above, edit.below))
    text = bare(edit.new)
    if not text or "\n" in text or "\t" in text:
        raise Unsure("原文里没有对应的地方，请决定写进哪个字段")
    if above and isinstance(above[1][-1], int):
        file, path = above
        sure = (below is not None and below[1][:-1] == path[:-1]) or _MARKER.match(edit.new).end() > 0  # type: ignore[union-attr]
        return file, (Insert(path=(*path[:-1], int(path[-1]) + 1), value=text),), sure
    if below and isinstance(below[1][-1], int) and below[1][-1] == 0:
        return below[0], (Insert(path=below[1], value=text),), False
    if above and edit.touched:
        file, path = above
        raw = fields.at(file, path)
        before = next((one.old.strip() for one in edit.touched if one.origin in edit.above), "")
        more = with_paragraph(raw, before, text) if isinstance(raw, str) and before else None
        if more is not None:
            return file, (Set(path=path, value=more),), False
    raise Unsure("原文里没有对应的地方，请决定写进哪个字段")


def bare(text: str) -> str:
    """A text without the number or bullet that the program sets before it."""
    return _MARKER.sub("", text, count=1).strip()


def _one_item(origins: Sequence[Origin], fields: PrintedFields) -> tuple[str, DataPath] | None:
    """The one field that all words of a neighbour come from, where it is a text."""
    paths = {(one.file, one.path) for one in origins if one.path}
    if len(paths) != 1 or any(not one.path for one in origins):
        return None
    file, path = next(iter(paths))[0], fields.path(origins[0])
    return (file, path) if isinstance(fields.at(file, path), str) else None


def _row(edit: Edit, fields: PrintedFields) -> tuple[str, tuple[Operation, ...], bool]:
    """A new row: every column is read as the row beside it is printed."""
    origins = {run.origin for _, runs in edit.cells for run in runs if run.origin.path}
    files = {one.file for one in origins}
    file = files.pop() if len(files) == 1 else ""
    path = item_of(shared([fields.path(one) for one in origins])) if file else ()
    if not path or not isinstance(fields.at(file, path), dict):
        raise Unsure("新加的一行不知道写进哪个清单")
    value: dict[str, Any] = {}
    for text, runs in edit.cells:
        if text.strip() == plain(runs).strip():
            value |= _alike(runs, path, file, fields)
            continue
        for origin, said in parted(text.strip(), runs):
            inner = fields.path(origin)[len(path) :]
            if len(inner) == 1 and said:
                value |= _cell(str(inner[0]), said, path, file, fields)
    if not value:
        raise Unsure("新加的一行没有读得懂的内容")
    follows = any(one.path for one in edit.above)
    at = int(path[-1]) + (1 if follows else 0)
    return file, (Insert(path=(*path[:-1], at), value=value),), True


def _alike(runs: Runs, path: DataPath, file: str, fields: PrintedFields) -> dict[str, Any]:
    """The fields of a cell that says the same as the one beside it, whatever they are made of."""
    ways = [fields.path(run.origin) for run in runs if run.origin.path]
    keys = dict.fromkeys(
        str(way[len(path)]) for way in ways if way[: len(path)] == path and len(way) > len(path)
    )
    found = {key: fields.at(file, (*path, key)) for key in keys}
    return {key: raw for key, raw in found.items() if raw is not None}


def _cell(key: str, said: str, path: DataPath, file: str, fields: PrintedFields) -> dict[str, Any]:
    """One field of a new row; what the program works out is left out."""
    field = fields.schema(file).at((*path, key))
    if field is None:
        return {}
    beside = fields.at(file, (*path, key))
    if fields.printed.get(key, {}).get(said) is not None and field.reference:
        return {key: fields.printed[key][said]}
    if isinstance(beside, Mapping | list):
        raise Unsure(f"新加的一行里“{field.label}”是几项合成的，请打开文件手工加")
    return {key: _value(said, field, fields, (*path, key))}


def _settled(made: Sequence[Answer]) -> Iterator[Answer]:
    """The answers without those that say two different things of one field."""
    wanted: dict[tuple[str, DataPath], set[str]] = {}
    for one in made:
        for operation in one.operations:
            if isinstance(operation, Set):
                wanted.setdefault((one.file, operation.path), set()).add(repr(operation.value))
    for one in made:
        split = any(len(wanted.get((one.file, operation.path), ())) > 1 for operation in one.operations)
        reason = "同一项在几处印着，对方改得不一样"
        yield replace(one, way=Handling.LIST, operations=(), reason=reason) if split else one
