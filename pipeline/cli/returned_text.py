"""What `coop read` says: every change with its place, and what to type there."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.cli.location import Here
from pipeline.compose.retyped import typed
from pipeline.kernel.data_path import value_at
from pipeline.kernel.document import Origin
from pipeline.kernel.finding import DataPath
from pipeline.kernel.structs import replace
from pipeline.kernel.visible import escape_controls
from pipeline.record.schema import Field
from pipeline.returned.edits import Edit, Returned, Touched

_LONGEST = 60
"""Letters of a value that are quoted where it only names a place."""


def change_lines(found: Returned, place: Here) -> Iterator[str]:
    """What came back, line by line, ready for a terminal."""
    if found.status:
        yield f"文件的状态行：{found.status}"
    if not found.edits and not found.others:
        yield "对方没有改动，文字与本库的版本完全相同，也没有批注和别的附加内容。"
        return
    how = "带有修订标记，按全部接受来读" if found.tracked else "没有修订标记，改动由逐字比较得出"
    yield f"正文共 {len(found.edits)} 处改动（文件{how}）。"
    for number, edit in enumerate(found.edits, start=1):
        yield ""
        yield from map(escape_controls, _edit(number, edit, place))
    yield from outside(found)
    if found.edits:
        yield "\n同意的，照上面的位置改好后运行 coop check；不同意的，答复对方。改完可以再读一遍这个文件核对。"


def outside(found: Returned) -> Iterator[str]:
    """What came back besides the text."""
    if found.others:
        yield f"\n正文以外还有 {len(found.others)} 项，无法归位，请逐条看过再答复："
        yield from (escape_controls(f"  · {note.kind}：{note.text}") for note in found.others)


def _edit(number: int, edit: Edit, place: Here) -> Iterator[str]:
    where = f"　{edit.where}" if edit.where else ""
    yield f"{number}.【{edit.clause}】{where}"
    if edit.what == "moved":
        yield "   只是移动了位置：" + edit.old if edit.old == edit.new else "   移动了位置，文字也改了："
    if edit.old and (edit.what != "moved" or edit.old != edit.new):
        yield f"   原文：{edit.old.strip()}"
    if edit.what != "moved" or edit.old != edit.new:
        yield f"   对方：{edit.new.strip() or '（删去）'}"
    if not edit.placed:
        yield "   无法归位：原文里没有对应的地方，请决定写进哪个字段或文字模板；邻近的是："
        yield from (f"     {_where(one.origin, place)}" for one in edit.touched)
        return
    if not edit.touched:
        yield "   位置：由程序排出的文字（编号、表头、固定格式），没有字段可改"
    for one in _joined(edit):
        yield f"   位置：{_where(one.origin, place)}"
        yield from (f"   {line}" for line in _proposed(one, edit, place))


def _joined(edit: Edit) -> tuple[Touched, ...]:
    """Where a change belongs; of what is gone whole, the item that all its fields are in."""
    paths = [one.origin.path.split(".") for one in edit.touched]
    same = [steps[0] for steps in zip(*paths, strict=False) if len(set(steps)) == 1]
    if edit.new or len(paths) < 2 or len(same) < 2 or len({one.origin.file for one in edit.touched}) > 1:
        return edit.touched
    whole = replace(edit.touched[0].origin, path=".".join(same))
    return (Touched(origin=whole, old=edit.old, new=""),)


def _where(origin: Origin, place: Here) -> str:
    """The file and line to be edited, and the field's name in Chinese."""
    if not origin.path:
        # The heads of a table that the wording works out in a loop stand in no one line of it.
        line = f":{origin.line}" if origin.line else ""
        return f"{origin.file}{line}（文字模板，改它会影响所有同类文书）"
    found = _field(origin, place)
    if found is None:
        return f"{origin.file} 的 {origin.path}"
    path, field = found
    spot = place.report.register.entries[origin.file].source.place(path)
    return f"{spot} 的 {origin.path}（{field.label}）"


def _field(origin: Origin, place: Here) -> tuple[DataPath, Field] | None:
    entry = place.report.register.entries.get(origin.file)
    if entry is None:
        return None
    path = tuple(int(step) if step.isdigit() else step for step in origin.path.split("."))
    field = place.schemas[entry.kind.name].at(path)
    return (path, field) if field else None


def _proposed(one: Touched, edit: Edit, place: Here) -> Iterator[str]:
    """What to type there, where that can be told."""
    if not edit.new:
        yield (
            "建议：同意删去的，删掉这一项" if one.origin.path else "建议：同意删去的，从文字模板里删掉这一句"
        )
        return
    if edit.what == "moved" and not one.new:
        return
    if not one.origin.path:
        yield f"建议：把“{one.old.strip()}”改为“{one.new.strip()}”"
        return
    found = _field(one.origin, place)
    if found is None:
        return
    path, field = found
    value = typed(one.new, field)
    if not one.new.strip():
        yield f"建议：对方删去了“{_short(one.old)}”，同意的删掉这一项或写 none: 理由"
    elif not value:
        yield f"建议：对方写的是“{one.new.strip()}”，这一项按原来的写法改"
    elif field.type in ("text", "markdown") and one.old.strip() != _raw(path, one.origin, place):
        yield f"建议：把“{one.old.strip()}”改为“{one.new.strip()}”"
    else:
        yield f"建议：{path[-1]}: {value}" if isinstance(path[-1], str) else f"建议：- {value}"


def _raw(path: DataPath, origin: Origin, place: Here) -> str:
    """The text of a field as the record has it; "" where it is more than one text."""
    value = value_at(place.report.register.entries[origin.file].source.data, path)
    return value.strip() if isinstance(value, str) else ""


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
