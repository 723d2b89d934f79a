"""`coop sheet`: a record as an Excel workbook to be filled in, and the filled one written back."""

from __future__ import annotations

from collections.abc import Container, Sequence
from pathlib import Path
from typing import Any

import click

from pipeline.cli.accepted import Accepted, accepted
from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.click_texts import ChineseCommand, ChineseGroup
from pipeline.cli.location import Here, here
from pipeline.cli.named_ids import PROJECT
from pipeline.cli.set_command import path_in, record_file
from pipeline.cli.written import show_and_put
from pipeline.desk.form_shape import choices_of, shape
from pipeline.desk.named import choices, names
from pipeline.desk.sheet_import import Doubt
from pipeline.desk.sheet_plan import SheetPlan, fill_in, planned
from pipeline.desk.sheet_taking import take_sheet
from pipeline.kernel.data_path import value_at
from pipeline.kernel.finding import DataPath
from pipeline.kernel.store import replace_file
from pipeline.kernel.visible import escape_controls
from pipeline.record.change import order_of
from pipeline.record.kinds import Kind, kind_of
from pipeline.record.schema import Schema
from pipeline.returned.filled_book import BookError, FilledBook, read_book
from pipeline.source import load
from pipeline.source.edit import Refused, written


@click.group(cls=ChineseGroup, name="sheet")
def command() -> None:
    """用 Excel 填一份记录：导出成工作簿，发给同事或对方填，填好了再导入。"""


@command.command(cls=ChineseCommand, name="export")
@click.argument("record", metavar="编号", shell_complete=PROJECT.shell_complete)
@click.option("--only", default="", metavar="字段", help="只要这一部分，如 inputs.equipment（设备清单）")
@click.option("-o", "out", type=click.Path(path_type=Path, dir_okay=False), metavar="文件", help="写到哪里")
def export(record: str, only: str, out: Path | None) -> int:
    """把一份记录导出成 Excel 工作簿：清单一页一张，选项下拉选，人员和企业写名称，说明在格子旁边。

    编号写项目编号（指它的协议）、企业编号或名称，或 agreements/ 下的路径。发给对方只填设备清单：
    coop sheet export 2026-im-003 --only inputs.equipment
    """
    place = here()
    name = record_file(place, record)
    kind, key, content = _known(place, name)
    data = load(name, content).data
    if data is None:
        click.echo(f"{name} 读不出来，先运行 coop check 改好。", err=True)
        return FOUND
    records = place.report.register.records
    schema = place.schemas[kind.name]
    words = names(records)
    asked = _only(planned(schema, data, words), path_in(only, schema) if only else ())
    if not asked.answers and not asked.lists:
        raise click.UsageError(f"“{only}”下面没有可以填的；形如 inputs.equipment")
    known = choices(records, kind, key, choices_of(shape(schema)))
    parties = _parties(place, kind, key)
    if parties:
        known["party"] = [one for one in known.get("party", []) if one[0] in parties]
    title = f"{kind.label} {key}"
    base = _kept(name, content, data, path_in(only, schema), schema) if only else content
    book = fill_in(title, name, base, data, asked, words, known)
    from pipeline.paper import fill_book  # what writes workbooks is loaded only when one is due

    target = out or Path(f"{(key or kind.name).replace('/', '-')}.xlsx")
    replace_file(target, fill_book.render(book))
    click.echo(f"导出到 {target}。填好后运行 coop sheet import {target}")
    return CLEAN


@command.command(cls=ChineseCommand, name="import")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--with", "agreed", default="", metavar="编号", help="拿不准的里面同意哪几处，如 2,5；全部同意写 all"
)
@click.option("--yes", is_flag=True, help="不再问，直接写入（拿不准的只写 --with 同意的）")
def import_command(file: Path, agreed: str, yes: bool) -> int:
    """导入填好的工作簿：先说要改什么，拿不准的请您定，同意了再写；没有填过的什么也不改。

    导出以后记录又改过的，逐个字段合起来，两边都改了同一个字段的说出来，不写。读不懂的格子列出来，不猜。
    退出码：0 全部写入或者没有改动，1 有没写的。
    """
    place, chosen = here(), accepted(agreed)
    try:
        book = read_book(file.read_bytes())
    except BookError as error:
        raise click.ClickException(f"{file}：{error}") from error
    if not book.record or kind_of(book.record) is None:
        raise click.ClickException(
            f"{file} 不是 coop sheet export 导出的工作簿；自己的台账用 coop import ledger 导入"
        )
    return _take_in(place, book, chosen, yes=yes)


def _take_in(place: Here, book: FilledBook, numbers: Accepted, *, yes: bool) -> int:
    """Tell what a workbook of ours would change, and write it when that is confirmed."""
    _, _, content = _known(place, book.record)
    records = place.report.register.nameable
    taken = take_sheet(place.root, place.schemas, records, book, content, numbers)
    numbers.refuse_unknown(taken.questions)
    for where in taken.clashes:
        click.echo(f"{where}：导出以后记录里也改了，写法和表里的不同；请商定后用 coop set 改", err=True)
    if taken.clashes:
        click.echo("没有写入。")
        return FOUND
    _tell(taken.changes, "要改的")
    _doubts(taken.asked, "拿不准、没有写的（同意的加 --with 编号）", numbers)
    _doubts(taken.refused, "读不懂、不写的", ())
    left = show_and_put(place, taken.planned, yes=yes)
    undecided = any(one.number not in numbers for one in taken.asked)
    return FOUND if left or undecided or taken.refused else CLEAN


def _known(place: Here, name: str) -> tuple[Kind, str, bytes]:
    found = kind_of(name)
    assert found is not None
    try:
        return (*found, (place.root / name).read_bytes())
    except OSError as error:
        raise click.ClickException(f"{name} 读不到，可能改名或删去了") from error


def _kept(name: str, content: bytes, data: Any, path: DataPath, schema: Schema) -> bytes:
    """What the workbook remembers of the record: no more than it shows."""
    part: Any = value_at(data, path)
    for step in reversed(path):
        part = {step: part} if isinstance(step, str) else [part]
    done = written(name, part, order_of(schema))
    return content if isinstance(done, Refused) else done.content


def _only(asked: SheetPlan, path: DataPath) -> SheetPlan:
    count = len(path)
    return SheetPlan(
        answers=[one for one in asked.answers if one[0][:count] == path],
        lists=[one for one in asked.lists if one[0][:count] == path],
    )


def _parties(place: Here, kind: Kind, key: str) -> tuple[str, ...]:
    """Who may be named as a party: a partner who fills a list need not see all others."""
    agreement = place.report.register.records.agreements.get(key.split("/")[0])
    return agreement.party_ids if agreement and "project" in kind.names else ()


def _tell(changes: Any, head: str) -> None:
    lines = list(changes)
    if not lines:
        return
    click.echo(f"{head} {len(lines)} 处：")
    for one in lines:
        before = f"“{one['old']}” → " if one["old"] else ""
        after = f"“{one['new']}”" if one["new"] else "删去"
        click.echo(escape_controls(f"  {one['where']}：{one['sort']} {before}{after}"))


def _doubts(some: Sequence[Doubt], head: str, agreed: Container[int]) -> None:
    if some:
        click.echo(f"{head} {len(some)} 处：")
    for place, one in enumerate(some, start=1):
        done = "（已同意）" if one.number in agreed else ""
        click.echo(
            escape_controls(
                f"  {one.number or place}. {one.where} {one.label}“{one.text}”：{one.reason}{done}"
            )
        )
