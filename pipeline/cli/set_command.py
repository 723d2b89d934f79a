"""`coop set`: give one field of a record another value, everything else in the file staying as it is."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import click

from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import Here, here
from pipeline.cli.named_ids import PROJECT
from pipeline.cli.written import show_and_put
from pipeline.kernel import meant
from pipeline.kernel.finding import DataPath
from pipeline.record.change import FileEdit, declare_none, plan
from pipeline.record.kinds import AGREEMENT, AGREEMENTS, kind_of
from pipeline.record.register.by_name import ids_of
from pipeline.record.schema import Field, Schema
from pipeline.source.edit import Operation, Remove, Set
from pipeline.source.scalars import read

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


@click.command(cls=ChineseCommand, name="set")
@click.argument("record", metavar="编号", shell_complete=PROJECT.shell_complete)
@click.argument("field", metavar="字段")
@click.argument("value", metavar="[值]", default="")
@click.option("--none", "reason", default="", metavar="理由", help="声明不发生：写成 none: 理由")
@click.option("--remove", is_flag=True, help="删去这个字段或这一项")
@click.option("--yes", is_flag=True, help="不再问，直接写入")
def command(record: str, field: str, value: str, reason: str, remove: bool, yes: bool) -> int:
    """改一份记录的一个字段，先显示改动，确认后写入；文件里别的内容一个字节也不动。

    编号写项目编号（指它的协议）、企业编号或名称，或 agreements/ 下的路径。字段写法：title、inputs.total、
    inputs.equipment[2].unit_price（第 2 行；写到现有行数的下一行就是添一行）。人员、部门、企业可以写名字。

    例如：coop set 2026-im-001 term.end 2027-12-31；coop set 2026-im-001 revenue --none 不对外开放服务
    """
    place = here()
    name = record_file(place, record)
    known = kind_of(name)
    assert known is not None
    schema = place.schemas[known[0].name]
    path = path_in(field, schema)
    operation: Operation
    if remove:
        operation = Remove(path=path)
    elif reason:
        operation = declare_none(path, reason)
    elif value:
        operation = Set(path=path, value=_value(value, schema.at(path), place, known[1]))
    else:
        raise click.UsageError("还没有写值；不发生的用 --none 理由，要删去的用 --remove")
    planned = plan(place.root, (FileEdit(file=name, operations=(operation,)),), place.schemas)
    return FOUND if show_and_put(place, planned, yes=yes) else CLEAN


def record_file(place: Here, record: str) -> str:
    """The file meant by a project's id, a company's id or name, or a path."""
    tidy = record.removeprefix("./").removeprefix(f"{AGREEMENTS}/").removesuffix(".yaml")
    candidates = [AGREEMENT.file(tidy)] if "/" not in tidy else []
    candidates += [f"{AGREEMENTS}/{tidy}.yaml", f"{AGREEMENTS}/enterprises/{tidy}.yaml"]
    for name in candidates:
        if kind_of(name) and (place.root / name).is_file():
            return name
    records = place.report.register.nameable
    found = [f"{AGREEMENTS}/enterprises/{one}.yaml" for one in ids_of(record, "enterprise", records)]
    found += [AGREEMENT.file(one) for one in ids_of(record, "project", records)]
    if len(found) == 1:
        return found[0]
    if found:
        raise click.UsageError(f"“{record}”可以指 {'、'.join(found)}，请写全路径")
    raise click.UsageError(f"没有找到“{record}”；写项目编号、企业编号或名称，或 agreements/ 下的路径")


def path_in(text: str, schema: Schema) -> DataPath:
    """A path as people write it, items counted from 1; labels may stand for keys."""
    steps: list[str | int] = []
    if "".join(match[0] for match in _STEP.finditer(text)) != text.replace(".", ""):
        raise click.UsageError(f"字段“{text}”的写法不对；形如 inputs.equipment[2].unit_price")
    for match in _STEP.finditer(text):
        if match[2]:
            steps.append(int(match[2]) - 1)
            continue
        above = schema.at(tuple(steps))
        by_label = [
            key for key, child in (above.children if above else {}).items() if child.label == match[1]
        ]
        steps.append(by_label[0] if len(by_label) == 1 else match[1])
    path = tuple(steps)
    if schema.at(path) is None or any(isinstance(step, int) and step < 0 for step in path):
        raise click.UsageError(f"没有字段“{text}”")
    return path


def _value(text: str, field: Field | None, place: Here, key: str) -> Any:
    """A value as it was typed on the command line, read for the field it is meant for."""
    assert field is not None
    if field.type in ("text", "markdown") or field.type == "id":
        text = text.replace("\\n", "\n") if field.type == "markdown" else text
        return _id(text, field, place, key) if field.type == "id" else _choice(text, field)
    if field.type == "list":
        each = field.each
        words = [one for one in re.split(r"[,，、;；]\s*", text) if one]
        return [_value(one, each, place, key) for one in words]
    if field.type == "dict":
        raise click.UsageError(f"“{field.label}”有下一级字段，请写到具体的一项，如 {field.key}.……")
    literal = {"money": meant.money, "date": meant.day, "percent": meant.percent}.get(
        field.type, meant.number
    )(text)
    value = read(literal or text)[0]
    return Decimal(value) if field.type == "money" and isinstance(value, int) else value


def _choice(text: str, field: Field) -> str:
    found = [key for key, label in field.values.items() if label == text]
    if field.values and text not in field.values and not found:
        listed = "、".join(f"{key}（{label}）" for key, label in field.values.items())
        raise click.UsageError(f"“{field.label}”不能写“{text}”；可写：{listed}")
    return found[0] if found else text


def _id(text: str, field: Field, place: Here, key: str) -> str:
    if text.isascii():
        return text
    found = ids_of(text, field.reference, place.report.register.nameable, key.split("/")[0])
    if len(found) == 1:
        click.echo(f"“{text}”的编号是 {found[0]}")
        return found[0]
    hint = f"叫这个名字的有 {'、'.join(found)}，请写编号" if found else "没有找到叫这个名字的，请写编号"
    raise click.UsageError(f"“{text}”：{hint}")
