"""A new record to fill in: every required key with its label, clause and hint, made from the schema."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.kernel.structs import replace
from pipeline.record.schema import Field, Schema

_HEAD = """\
# {name} {label}
# 填写办法：冒号后面写内容；长文字写在“|”的下一行，前面空两格；清单每项一行，以“- ”开头。
# stage 写 draft 的是草稿，不计入台账和数字，也不妨碍别的文书；coop check 会提醒还缺哪些必填项。确实不发生的（企业投入、占用资源、成本、收入），
# 整项改写成  字段名: {{none: 理由}} 。编号、电话、邮编等数字串要加引号。

"""

_PRESET = {"stage": "draft"}


def skeleton(schema: Schema, name: str, label: str = "合作协议（草稿）", *, short: bool = False) -> str:
    """The commented YAML of a new record of a schema; required keys are open, optional ones commented out.

    A `short` one holds what a draft needs first: the required keys and no more, in lists and groups too.
    """
    lines = [_HEAD.format(name=name, label=label)]
    for field in schema.fields.values():
        if short and not field.required and field.key not in _PRESET:
            continue
        off = not field.required and not field.law and field.key not in _PRESET
        lines += [*_entry(_needed(field) if short else field, "", optional=off), ""]
    return "\n".join(line.rstrip() for line in lines)


def _needed(field: Field) -> Field:
    """The same field without the single values in it that may stay empty; what lists things stays, to be seen."""
    every = list(field.children.values())
    inner = [one for one in every if one.required or one.children or one.each] or every[:1]
    children = {one.key: _needed(one) for one in inner}
    return replace(field, children=children, each=_needed(field.each) if field.each else None)


def _entry(field: Field, indent: str, *, optional: bool) -> Iterator[str]:
    yield f"{indent}# {_explained(field)}"
    yield from _choices(field, indent)
    off = "# " if optional else ""
    yield from (f"{indent}{off}{line}" if line else "" for line in _value(field))


def _explained(field: Field) -> str:
    need = "应写，不适用的整项删去" if field.law else field.when or "可不填"
    need = "必填" if field.required else need
    clause = f"，依据 {field.clause}" if field.clause else ""
    hint = f"：{field.hint}" if field.hint else ""
    return f"{field.label}（{need}{clause}）{hint}"


def _choices(field: Field, indent: str) -> Iterator[str]:
    values = field.values or (field.each.values if field.each else {})
    if values:
        yield f"{indent}#   可写：{'、'.join(f'{key}（{word}）' for key, word in values.items())}"


def _value(field: Field) -> Iterator[str]:
    if field.type == "markdown":
        yield f"{field.key}: |"
        yield "  "
    elif field.type == "dict" and field.children:
        yield f"{field.key}:"
        yield from _children(field)
    elif field.type == "list" and field.each and field.each.children:
        yield f"{field.key}:"
        yield from _first_item(field.each)
    elif field.type == "dict" and field.each:
        yield f"{field.key}:"
        yield from _by_key(field, field.each)
    elif field.type == "list":
        yield f"{field.key}: []"
    else:
        yield f"{field.key}: {_PRESET.get(field.key, '')}".rstrip()


def _children(field: Field) -> Iterator[str]:
    """The keys of a mapping; lists of one shape are written out once, the others refer to the first."""
    first: Field | None = None
    for child in field.children.values():
        shaped = child.type == "list" and child.each is not None and bool(child.each.children)
        if shaped and first is not None:
            yield f"  # {_explained(child)}：写法同 {first.key}"
            yield f"  # {child.key}:"
            continue
        first = child if shaped else first
        yield from _entry(child, "  ", optional=not child.required)


def _first_item(each: Field) -> Iterator[str]:
    """One empty item of a list of mappings."""
    for number, child in enumerate(each.children.values()):
        yield f"    # {_explained(child)}"
        yield from _choices(child, "    ")
        lead = "  - " if number == 0 else "    "
        off = "" if child.required or number == 0 else "# "
        lines = list(_value(child))
        yield f"{lead}{off}{lines[0]}"
        yield from (f"    {off}{line}" for line in lines[1:])


def _by_key(field: Field, each: Field) -> Iterator[str]:
    """The first entry of a mapping; others are added by copying it. Of parties the school is the first."""
    key = "college"
    remark = "学校写 college；每家企业照样再写一组，键用企业编号"
    if field.keys and field.keys.reference != "party":
        key = "x1"
        remark = f"x1 换成{field.keys.label}（小写字母、数字和单个连字符）；有几项就照样写几组"
    yield f"  # {remark}"
    inner = Field(key=key, type=each.type, label=each.label, children=each.children, each=each.each)
    yield from (f"  {line}" if line else "" for line in _value(inner))
