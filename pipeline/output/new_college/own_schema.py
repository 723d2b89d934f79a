"""The file in which a college adds to the fields of a kind of record, as it begins."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.record.schema import Schema
from pipeline.record.schema.definition import EACH


def start(schema: Schema) -> str:
    """A file that adds nothing yet: how each addition is written, with fields that this kind of record has."""
    return "\n".join(_lines(schema)) + "\n"


def _lines(schema: Schema) -> Iterator[str]:
    optional = next(
        (one for one in schema.fields.values() if not (one.required or one.children or one.closed)), None
    )
    yield f"# {schema.kind}：本校补充的选项、必填和字段。只能加，不能减；去掉行首的“# ”才起作用。"
    lists = [path for path, one in schema.walk() if one.values and EACH not in path[:-1] and not one.closed]
    choices = next((path for path in lists if path[-1] == EACH), lists[0] if lists else None)
    if choices:
        yield "#"
        yield "# 一、加选项：编号和名称（编号用小写字母、数字、连字符）"
        yield from _commented(_nested([*choices], "meta: {values: {own-choice: 选项的名称}}"))
    if optional:
        yield "#"
        yield "# 二、加必填：since 以前签订的协议不追；不写 since，全部都要有"
        yield f"# {optional.key}: {{required: true, meta: {{since: 2027-01-01}}}}   # {optional.label}"
    yield "#"
    yield "# 三、加本校自己的字段：名称以 own_ 开头，用在本校自己的文字模板里；不印的写明理由"
    yield "# own_archive_number: {type: text, meta: {label: 档案号, hint: 档案馆的编号, unprinted: 内部查找用}}"
    yield "{}"


def _nested(steps: list[str | int], last: str) -> Iterator[str]:
    for depth, step in enumerate(step for step in _keys(steps)):
        yield f"{'  ' * depth}{step}:"
    yield f"{'  ' * len(list(_keys(steps)))}{last}"


def _keys(steps: list[str | int]) -> Iterator[str]:
    """The steps through the schema's own words: `schema` stands before what is inside."""
    for number, step in enumerate(steps):
        if step == EACH:
            yield "schema"
        else:
            if number:
                yield "schema"
            yield str(step)


def _commented(lines: Iterator[str]) -> Iterator[str]:
    return (f"# {line}" for line in lines)
