"""`coop import`: the ledgers that a college keeps in Excel, taken in as records."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pipeline.cli.accepted import accepted
from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.click_texts import ChineseCommand, ChineseGroup
from pipeline.cli.import_word_command import word
from pipeline.cli.location import Here, here
from pipeline.cli.today import today_option
from pipeline.cli.written import show_and_put
from pipeline.desk.headcounts import HeadcountSheet
from pipeline.desk.ledger_heads import KEPT, HeadError, content, explained, heads, kept
from pipeline.desk.ledger_layout import LedgerLayout
from pipeline.desk.ledger_reading import LedgerCollege, LedgerReader, LedgerSheet, LedgersTaken
from pipeline.desk.ledger_rows import LedgerCell
from pipeline.desk.ledger_words import KINDS
from pipeline.kernel.store import replace_file
from pipeline.kernel.visible import escape_controls
from pipeline.record.change import Planned
from pipeline.returned.filled_book import BookError, read_book
from pipeline.source.edit import Refused

_NAMES = "、".join(f"{one.name}（{one.label}）" for one in KINDS)
_MOST = 40
"""Cells that are listed; of more, only how many."""


@click.group(cls=ChineseGroup, name="import")
def command() -> None:
    """把已有的材料导进来：Excel 台账，Word 或 PDF 协议。"""


command.add_command(word)


@command.command(cls=ChineseCommand, name="ledger")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--kind", "wanted", default="", metavar="种类", help=f"是哪种台账，认错了才写：{_NAMES}")
@click.option("--sheet", default="", metavar="工作表", help="只导这一张工作表")
@click.option(
    "--with",
    "agreed",
    default="",
    metavar="编号",
    help="要您定的里面同意哪几处，如 2,5；全部同意写 all（几种答法里选一种的要写编号）",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="表头=栏目",
    help="没认出的表头当作哪一栏，如 合作单位全称=企业名称；不要的写 备注=不导入；写入以后记在 ledgers.yaml，下次不用再写",
)
@click.option("--yes", is_flag=True, help="不再问，直接写入（要您定的只写 --with 同意的）")
@today_option
def ledger(
    file: Path, wanted: str, sheet: str, agreed: str, columns: tuple[str, ...], yes: bool, today: date
) -> int:
    """导入 Excel 台账：企业、协议（以前签的）、人员、互聘、例会、实训基地；学生的只数人数。

    先试一遍：说哪一列当作什么、多少格是确定的，逐处列出要您定的、读不懂的，同意了才写。再导一次不会重复；库里已有的
    只补空着的，补了什么逐条列出，不一样的要您同意才改。状态由程序按日期算，不导入；新建的都是草稿（stage: draft），
    补全后改成定稿。先导企业和人员，再导协议，协议里的企业、人员才对得上。退出码：0 全部导入，1 有没导入的。
    """
    if wanted and wanted not in {one.name for one in KINDS}:
        raise click.UsageError(f"没有叫 {wanted} 的台账；可写：{_NAMES}")
    place, chosen = here(today), accepted(agreed)
    try:
        book = read_book(file.read_bytes())
    except BookError as error:
        raise click.ClickException(f"{file}：{error}") from error
    college = LedgerCollege(
        root=place.root, schemas=place.schemas, register=place.report.register, today=today
    )
    try:
        typed, said = explained(columns), kept(place.root)
        reader = LedgerReader(college, book, wanted, sheet, heads(said, typed))
    except HeadError as error:
        raise click.UsageError(str(error)) from error
    if not reader.layouts and not reader.students:
        raise click.ClickException(
            f"{file}：没有认出台账。表头要有一行写着栏目名，如“企业名称”“统一社会信用代码”；可以用 --kind 指明种类：{_NAMES}"
        )
    taken = reader.take(chosen, chosen.numbers)
    chosen.refuse_unknown(taken.questions)
    code, done = _offered(place, taken, yes=yes)
    if typed and done:
        _keep_heads(place, content(said, typed, [one.layout.kind.name for one in taken.sheets]))
    return code


def _keep_heads(place: Here, made: bytes | Refused) -> None:
    if isinstance(made, Refused):
        click.echo(escape_controls(f"表头的意思没有记进 {KEPT}：{made.reason}"))
        return
    replace_file(place.root / KEPT, made)
    click.echo(f"表头的意思记在 {KEPT}，下次按它认；可以照着改。")


def _offered(place: Here, taken: LedgersTaken, *, yes: bool) -> tuple[int, bool]:
    """The exit code, and whether anything was written."""
    for sheet in taken.sheets:
        _explain(sheet.title, sheet.layout)
        _told(sheet)
    for students in taken.students:
        _counted(students)
    _list("写不成、没有导入的", [f"{one.file}：{one.reason}" for one in taken.refusals])
    _list("补到库里已有记录的", [f"{file} {said}" for file, said in taken.filled])
    if not taken.planned.files:
        click.echo("没有要写的。")
    left = bool(taken.planned.files) and show_and_put(place, taken.planned, yes=yes, show=_new_files)
    unfinished = [one.left for one in taken.sheets] + [one.left for one in taken.students]
    code = FOUND if left or taken.refusals or any(unfinished) else CLEAN
    return code, bool(taken.planned.files) and not left


def _explain(title: str, one: LedgerLayout) -> None:
    click.echo(escape_controls(f"“{title}”当作{one.kind.label}，数据从第 {one.first + 1} 行起。"))
    for column, path in one.columns.items():
        unit = one.units.get(column)
        said = one.kind.words[path][0] + (f"（{unit.word}换算成元）" if unit and unit.word else "")
        click.echo(escape_controls(f"  “{one.heads[column]}” → {said}"))
    for some, why in (
        (one.states, "不导入：状态由程序按日期和审批算"),
        (one.private, "不导入：个人信息不进库"),
        (one.unused, "没有对应的栏目，不导入"),
    ):
        if some:
            click.echo(escape_controls(f"  “{'”“'.join(some)}”{why}"))


def _told(sheet: LedgerSheet) -> None:
    refused, intake = sheet.refused, sheet.intake
    click.echo(
        f"{len(sheet.rows)} 行：确定 {sheet.sure} 格，要您定 {len(sheet.numbered)} 处，读不懂 {len(refused)} 格；"
        f"新的 {intake.new} 条，库里已有 {intake.known} 条。"
    )
    _list(
        "要您定的（同意的加 --with 编号）", [_said(cell, taken) for _, cell, taken in sheet.numbered], sheet
    )
    _list("读不懂、没有导入的", [_said(one) for one in refused])
    _list("和库里不一样、没有改的", [_said(one) for one in intake.told])
    _list("没有导入的行", [_said(one) for one in intake.barred])


def _counted(one: HeadcountSheet) -> None:
    click.echo(
        escape_controls(f"“{one.title}”是学生的名册或人数表，只数人数：学生的姓名、学号写进库就删不掉。")
    )
    if one.unread:
        click.echo(escape_controls(f"  “{'”“'.join(one.unread)}”没有读"))
    _list("各专业、班级人数", one.lines)
    _list("要您定的（同意的加 --with 编号）", [_said(cell, taken) for _, cell, taken in one.numbered], one)
    _list("没有写的", one.told)


def _said(cell: LedgerCell, taken: bool = False) -> str:
    where = f"{cell.where} {cell.head}“{cell.text}”" if cell.head else cell.where
    return f"{where}：{cell.reason}{'（已同意）' if taken else ''}"


def _list(head: str, lines: list[str], numbers: LedgerSheet | HeadcountSheet | None = None) -> None:
    if lines:
        click.echo(f"{head} {len(lines)} 处：")
    for place, line in enumerate(lines[:_MOST], start=1):
        number = f"{numbers.numbered[place - 1][0] or '新'}" if numbers else f"{place}"
        click.echo(escape_controls(f"  {number}. {line}"))
    if len(lines) > _MOST:
        click.echo(f"  还有 {len(lines) - _MOST} 处，先改好上面的再导一次。")


def _new_files(planned: Planned) -> None:
    """Name the files that come new: what is written into known ones has been listed by fields."""
    new = [name for name in planned.files if planned.before[name] is None]
    if new:
        more = f" 等 {len(new)} 份" if len(new) > _MOST else ""
        click.echo(f"新建 {len(new)} 份：{'、'.join(new[:_MOST])}{more}")
