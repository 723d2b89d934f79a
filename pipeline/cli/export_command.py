"""`coop export`: everything the college keeps, as one SQLite file and as CSV files, for its own programs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pipeline.cli.app import CLEAN, FOUND, USAGE
from pipeline.cli.approved_papers import known
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import here
from pipeline.cli.options import base_option, pin_option, refusing
from pipeline.cli.today import today_option
from pipeline.kernel.store import replace_folder
from pipeline.kernel.visible import escape_controls
from pipeline.output.export_files import DATABASE, DICTIONARY, files
from pipeline.standing.as_of import as_of
from pipeline.standing.labels import Labels
from pipeline.standing.ledgers import LedgerContext

FOLDER = "export"
_MOST = 5
"""Files that are named one by one; of more, only how many."""


@click.command(cls=ChineseCommand, name="export")
@click.option(
    "-o", "out", type=click.Path(path_type=Path), metavar="文件夹", help="输出到哪里；默认 build/export/"
)
@click.option(
    "--no-contacts", is_flag=True, help="不要联系人、企业人员的姓名职务和电话、邮箱、账号（给校外的用）"
)
@today_option
@pin_option
@base_option
@refusing
def command(out: Path | None, no_contacts: bool, today: date, pin: str, bases: tuple[str, ...]) -> int:
    """把全部记录导出：一个 SQLite 文件，每张表一个 CSV 文件，附数据字典。

    每种记录一张表，清单（如设备）是它下面的表，用“所属”一列连起来；台账也在里面，状态、日期由程序算好。
    编码旁边都有名称。CSV 双击就能用 Excel 打开；同样的记录导出的文件逐字节相同。
    退出码：0 全部导出，1 有文件读不出来没有列入，或写有个人号码不能导出。
    """
    place = here(today)
    folder = out or place.root / "build" / FOLDER
    if folder.exists() and not folder.is_dir():
        raise click.UsageError(f"{folder} 是一个文件，没有改动它；-o 后面写文件夹")
    if not _ours(folder):
        click.echo(f"{folder} 里有别的文件，没有改动它；请换一个文件夹：-o 文件夹", err=True)
        return USAGE
    private = [one for one in place.report.findings if one.code == "L20"]
    for one in private:
        click.echo(escape_controls(f"{one.place} {one.code} {one.message}"))
    if private:
        click.echo("记录里写有个人号码，没有导出；先把号码删掉。")
        return FOUND
    papers = known(place, pin, bases)
    words = Labels(records=as_of(place.report.register.records, today), schemas=place.schemas)
    context = LedgerContext(words=words, today=today, approved=papers.approved)
    made = files(context, place.report, personal=not no_contacts)
    replace_folder(folder, made)
    click.echo(
        f"导出在 {folder}：{DATABASE}，csv/ 下 {len(made) - 1} 个文件，各列的意思见 csv/{DICTIONARY}.csv。"
    )
    if not no_contacts:
        click.echo("里面有联系人的电话等个人信息，只在校内用；给校外的加 --no-contacts。")
    return _left_out(sorted(place.report.register.records.broken)) or papers.exit_code


def _left_out(broken: list[str]) -> int:
    if not broken:
        return CLEAN
    some = "、".join(escape_controls(name, keep="") for name in broken[:_MOST])
    click.echo(f"有 {len(broken)} 个文件读不出来，没有列入：{some}；运行 coop check 看怎么改。")
    return FOUND


def _ours(folder: Path) -> bool:
    """Whether a folder may be replaced: not there, empty, or an earlier export."""
    return not folder.is_dir() or not any(folder.iterdir()) or (folder / DATABASE).is_file()
