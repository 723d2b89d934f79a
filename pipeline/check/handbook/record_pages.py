"""`docs/records.md`: every kind of record, where it lies, and every field of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.record.kinds import ID_LABELS, KINDS, Kind
from pipeline.record.schema import Field, Schema

_HEAD = """\
# 记录和字段

这一页由程序从 `schemas/` 生成（`coop docs`），请不要直接修改。文件放在哪里，就是哪一种记录；
`coop new record 种类 编号` 生成带提示的草稿。“必填”一栏：● 必填，○ 由规则按情形要求，空白可不写。
`…[]` 表示清单里的每一项，`….<编号>` 表示按编号排列的每一项；“→”后面是这个编号应当指向的记录。

"""

_TYPES = {
    "text": "一行文字",
    "markdown": "长文字",
    "id": "编号",
    "number": "数字",
    "integer": "整数",
    "money": "金额（元，两位小数）",
    "percent": "百分数",
    "flag": "true 或 false",
    "date": "日期",
    "list": "清单",
    "dict": "下一级字段",
}
_NAMES = {
    "person": "人员",
    "department": "部门",
    "enterprise": "企业",
    "party": "当事方",
    "project": "项目",
    "goal": "协议目标",
    "milestone": "方案节点",
    "attachment": "附件",
    "amendment": "补充协议",
    "criterion": "具备条件",
    "task": "计划任务",
}


def page(schemas: Mapping[str, Schema]) -> str:
    """The whole page as Markdown, one section for each kind."""
    contents = "".join(f"- [{kind.label}](#{kind.name})：`{_place(kind)}`\n" for kind in KINDS)
    return _HEAD + contents + "\n" + "\n".join(_section(kind, schemas[kind.name]) for kind in KINDS)


def _place(kind: Kind) -> str:
    return kind.path.format(**{name: f"<{ID_LABELS[name]}>" for name in kind.names})


def _section(kind: Kind, schema: Schema) -> str:
    rows = "".join(_rows("", schema.root))
    head = f'<a id="{kind.name}"></a>\n\n## {kind.label}（{kind.name}）\n\n`{_place(kind)}`\n\n'
    return f"{head}| 字段 | 名称 | 写什么 | 必填 | 依据 | 说明 |\n|---|---|---|---|---|---|\n{rows}"


def _rows(path: str, parent: Field) -> Iterator[str]:
    for key, field in parent.children.items():
        name = f"{path}{key}"
        yield _row(name, field)
        yield from _rows(f"{name}.", field)
        if field.each is not None:
            inner = f"{name}[]" if field.type == "list" else f"{name}.<编号>"
            yield from _rows(f"{inner}.", field.each)


def _row(name: str, field: Field) -> str:
    need = "●" if field.required else "○" if field.law else ""
    cells = (f"`{name}`", field.label, _kind(field), need, field.clause, _notes(field))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _kind(field: Field) -> str:
    """What is written in a field: its type, what a list holds, what an id names."""
    each = field.each if field.each and not field.each.children else None
    words = _TYPES[field.type]
    if field.type == "list" and each:
        words = f"{_TYPES[each.type]}的清单"
    elif field.type == "dict" and field.each:
        words = "按编号排列" if field.each.children else f"编号: {_TYPES[field.each.type]}"
    names = [one for one in (field.reference, field.key_reference, each.reference if each else "") if one]
    return words + (f"→{'、'.join(_NAMES[name] for name in dict.fromkeys(names))}" if names else "")


def _notes(field: Field) -> str:
    values = field.values or (field.each.values if field.each else {})
    listed = "、".join(f"{key} {word}" for key, word in values.items())
    none = "确实没有的写 {none: 理由}" if field.none else ""
    return "；".join(note for note in (field.when, field.hint, listed, none) if note)
