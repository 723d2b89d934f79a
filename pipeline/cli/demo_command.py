"""`coop demo`: the sample college in a folder of its own, to try everything out."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from pipeline.cli.app import CLEAN
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import HOME, fresh_folder, shown_folder
from pipeline.cli.pins import pins
from pipeline.git.begin import begin, demand_git
from pipeline.kernel.store import replace_file
from pipeline.output.new_college import common_files
from pipeline.record.kinds import AGREEMENTS


@click.command(cls=ChineseCommand, name="demo")
@click.argument("folder", type=click.Path(path_type=Path), metavar="文件夹")
def command(folder: Path) -> int:
    """把样例学校铺到一个新文件夹里，供试用：里面的学校、企业、人员都是虚构的。"""
    fresh_folder(folder)
    demand_git()
    shutil.copytree(HOME / AGREEMENTS, folder / AGREEMENTS)
    for name, content in common_files("样例学校（虚构）", HOME, forge="none", pins=pins()).items():
        replace_file(folder / name, content, sync=False)
    begin(folder, "样例学校（虚构）", "coop demo")
    click.echo(f"样例学校在 {folder}：学校、企业、人员都是虚构的，随便改。")
    click.echo(f"下一步：cd {shown_folder(folder)}，然后运行 coop make")
    return CLEAN
