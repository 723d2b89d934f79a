"""`coop import`: the ledgers that a college keeps in Excel, taken in as records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import click

from pipeline.cli.accepted import Accepted, accepted
from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.click_texts import ChineseCommand, ChineseGroup
from pipeline.cli.location import Here, here
from pipeline.cli.today import today_option
from pipeline.desk.cell_meaning import Known
from pipeline.desk.ledger_changes import Intake, LedgerIntake
from pipeline.desk.ledger_layout import LedgerLayout, layout, lists_students
from pipeline.desk.ledger_rows import LedgerCell, LedgerRow, ledger_rows
from pipeline.desk.ledger_words import KINDS
from pipeline.kernel.visible import escape_controls
from pipeline.record.change import FileEdit, plan, put
from pipeline.record.register.by_name import Named, named
from pipeline.returned.filled_book import BookError, FilledBook, read_book

_NAMES = "、".join(f"{one.name}（{one.label}）" for one in KINDS)
_MOST = 40
"""Cells that are listed; of more, only how many."""


@click.group(cls=ChineseGroup, name="import")
def command() -> None:
    """把已有的材料导进来：Excel 台账。"""


@command.command(cls=ChineseCommand, name="ledger")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--kind", "wanted", default="", metavar="种类", help=f"是哪种台账，认错了才写：{_NAMES}")
@click.option("--sheet", default="", metavar="工作表", help="只导这一张工作表")
@click.option(
    "--with", "agreed", default="", metavar="编号", help="拿不准的里面同意哪几处，如 2,5；全部同意写 all"
)
@click.option("--yes", is_flag=True, help="不再问，直接写入（拿不准的只写 --with 同意的）")
@today_option
def ledger(file: Path, wanted: str, sheet: str, agreed: str, yes: bool, today: date) -> int:
    """导入 Excel 台账：企业、协议（以前签的）、人员、互聘、例会。

    先试一遍：说哪一列当作什么、多少格是确定的，逐格列出拿不准的、读不懂的，同意了才写。再导一次不会重复；库里已有的
    只补空着的，不一样的列出来不改。状态由程序按日期算，不导入；新建的都是草稿（stage: draft），补全后改成定稿。
    先导企业和人员，再导协议，协议里的企业、人员才对得上。退出码：0 全部导入，1 有没导入的。
    """
    if wanted and wanted not in {one.name for one in KINDS}:
        raise click.UsageError(f"没有叫 {wanted} 的台账；可写：{_NAMES}")
    place, chosen = here(today), accepted(agreed)
    try:
        book = read_book(file.read_bytes())
    except BookError as error:
        raise click.ClickException(f"{file}：{error}") from error
    students = [title for title, rows in book.sheets.items() if sheet in ("", title) and lists_students(rows)]
    for title in students:
        click.echo(escape_controls(f"“{title}”像是学生名册，没有导入：学生的姓名、学号写进库就删不掉。"))
    code = FOUND if students else CLEAN
    found = [one for one in _layouts(book, wanted, sheet) if one[0] not in students]
    if not found and not students:
        raise click.ClickException(
            f"{file}：没有认出台账。表头要有一行写着栏目名，如“企业名称”“统一社会信用代码”；可以用 --kind 指明种类：{_NAMES}"
        )
    doubts = _Doubts(agreed=chosen)
    for title, one in found:
        doubts.number(_rows(place, title, book, one))
    chosen.refuse_unknown(len(doubts.numbers))
    for title, one in found:
        # What the sheet before brought is known to the next one.
        place = place if title == found[0][0] else Here(root=place.root, today=today)
        code = max(code, _one_sheet(place, title, book, one, doubts, today, yes=yes))
    return code


@dataclass(slots=True, kw_only=True)
class _Doubts:
    """The doubtful cells of a file under one count, and which of them are agreed to.

    The count is made before anything is written: what a sheet brings answers questions of the next ones,
    and the numbers that somebody was shown must go on meaning the same cells.
    """

    agreed: Accepted
    numbers: dict[tuple[str, ...], int] = field(default_factory=dict)

    def number(self, rows: Iterable[LedgerRow]) -> None:
        for row in rows:
            for cell in row.asked:
                self.numbers.setdefault(self._key(cell), len(self.numbers) + 1)

    def of(self, cell: LedgerCell) -> int:
        """The number of a cell; 0 for a question that came up only now."""
        return self.numbers.get(self._key(cell), 0)

    def taken(self, cell: LedgerCell) -> bool:
        number = self.of(cell)
        return number > 0 and number in self.agreed

    def _key(self, cell: LedgerCell) -> tuple[str, ...]:
        return (cell.where, str(cell.path), cell.reason, str(cell.value))


def _rows(place: Here, title: str, book: FilledBook, one: LedgerLayout) -> list[LedgerRow]:
    return list(ledger_rows(book.sheets[title], one, place.schemas[one.kind.kind.name], _known(place)))


def _layouts(book: FilledBook, wanted: str, sheet: str) -> Iterable[tuple[str, LedgerLayout]]:
    """The sheets that are ledgers, companies and people before what names them."""
    order = ["enterprise", "people", "agreement", "placement", "meeting"]
    found = [
        (title, made)
        for title, rows in book.sheets.items()
        if sheet in ("", title) and (made := layout(rows, wanted)) is not None
    ]
    return sorted(found, key=lambda pair: order.index(pair[1].kind.name))


def _one_sheet(
    place: Here, title: str, book: FilledBook, one: LedgerLayout, doubts: _Doubts, today: date, *, yes: bool
) -> int:
    rows = _rows(place, title, book, one)
    _explain(title, one)
    asked = [cell for row in rows for cell in row.asked]
    refused = [cell for row in rows for cell in row.refused]
    for row in rows:
        row.values |= {cell.path: cell.value for cell in row.asked if doubts.taken(cell)}
    sure = sum(len(row.values) for row in rows)
    intake = LedgerIntake(place.report.register.records, _data(place), today).take(one.kind, rows)
    click.echo(
        f"{len(rows)} 行：确定 {sure} 格，拿不准 {len(asked)} 格，读不懂 {len(refused)} 格；"
        f"新的 {intake.new} 条，库里已有 {intake.known} 条。"
    )
    _list("拿不准的（同意的加 --with 编号）", asked, doubts)
    _list("读不懂、没有导入的", refused)
    _list("和库里不一样的", intake.differing)
    _list("没有导入的行", intake.barred)
    left = _write(place, intake, yes=yes)
    return FOUND if left or refused or intake.barred or not all(map(doubts.taken, asked)) else CLEAN


def _explain(title: str, one: LedgerLayout) -> None:
    click.echo(escape_controls(f"“{title}”当作{one.kind.label}，数据从第 {one.first + 1} 行起。"))
    for column, path in one.columns.items():
        unit = one.units.get(column)
        said = one.kind.words[path][0] + (f"（{unit.word}换算成元）" if unit and unit.word else "")
        click.echo(escape_controls(f"  “{one.heads[column]}” → {said}"))
    for heads, why in (
        (one.states, "不导入：状态由程序按日期和审批算"),
        (one.private, "不导入：个人信息不进库"),
        (one.unused, "没有对应的栏目，不导入"),
    ):
        if heads:
            click.echo(escape_controls(f"  “{'”“'.join(heads)}”{why}"))


def _known(place: Here) -> Known:
    records = place.report.register.records

    def known(word: str, reference: str) -> Named:
        return named(word, reference, records)

    return known


def _data(place: Here) -> Mapping[str, Any]:
    return {name: entry.source.data for name, entry in place.report.register.entries.items()}


def _list(head: str, some: list[LedgerCell], doubts: _Doubts | None = None) -> None:
    if some:
        click.echo(f"{head} {len(some)} 处：")
    for place, one in enumerate(some[:_MOST], start=1):
        number = f"{doubts.of(one) or '新'}" if doubts else f"{place}"
        done = "（已同意）" if doubts and doubts.taken(one) else ""
        said = f"{one.head}“{one.text}”：" if one.head else "："
        click.echo(escape_controls(f"  {number}. {one.where} {said}{one.reason}{done}".replace(" ：", "：")))
    if len(some) > _MOST:
        click.echo(f"  还有 {len(some) - _MOST} 处，先改好上面的再导一次。")


def _write(place: Here, intake: Intake, *, yes: bool) -> bool:
    """Write what is sure when that is confirmed; True where it was not written."""
    changes: list[FileEdit] = intake.changes
    if not changes:
        click.echo("没有要写的。")
        return False
    planned = plan(place.root, changes, place.schemas)
    for refusal in planned.refusals:
        click.echo(escape_controls(f"{refusal.file}：{refusal.reason}"), err=True)
    if planned.refusals:
        return True
    if not yes and not click.confirm(f"写 {len(planned.files)} 个文件，写入吗？", default=False):
        click.echo("没有写入。加 --yes 可以不问直接写。")
        return True
    refusals = put(place.root, planned)
    for refusal in refusals:
        click.echo(f"{refusal.file}：{refusal.reason}", err=True)
    if not refusals:
        click.echo(f"已写入 {len(planned.files)} 个文件。运行 coop check，看还缺什么。")
    return bool(refusals)
