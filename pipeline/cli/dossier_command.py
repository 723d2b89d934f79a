"""`coop dossier`: a project's documents in archive order, with their list of contents."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pipeline.cli.app import FOUND
from pipeline.cli.approved_papers import known
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import here
from pipeline.cli.named_ids import PROJECT
from pipeline.cli.options import base_option, pin_option, refusing
from pipeline.cli.today import today_option
from pipeline.kernel.codes.templating import WordingError
from pipeline.kernel.store import replace_folder
from pipeline.output.dossier import FOLDER, dossier
from pipeline.output.jobs import barred, jobs, parted


@click.command(cls=ChineseCommand, name="dossier")
@click.argument("project", type=PROJECT, metavar="项目编号")
@click.option(
    "-o", "out", type=click.Path(path_type=Path), metavar="文件夹", help="输出到哪里；默认 build/dossiers/"
)
@today_option
@pin_option
@base_option
@refusing
def command(project: str, out: Path | None, today: date, pin: str, bases: tuple[str, ...]) -> int:
    """整理案卷：把一个项目的文书按归档顺序编号放进一个文件夹，前面是卷内目录。

    扫描件等不在库里的附件列入目录，写明存放处和摘要。有错误的项目不整理。
    """
    place = here(today)
    agreements = place.report.register.records.agreements
    if project not in agreements:
        raise click.UsageError(f"没有项目 {project} 的协议；现有：{'、'.join(sorted(agreements))}")
    [job] = [job for job in jobs(place.report) if job.project == project]
    if barred(place.report, [job]) or parted(place.report, [job])[0].held:
        click.echo(f"项目 {project} 的记录有错误，没有整理案卷；先运行 coop check 改好。")
        return FOUND
    papers = known(place, pin, bases)
    workshop = papers.workshop(place, ("docx",), today)
    folder = (out or place.root / "build" / FOLDER) / project
    try:
        files = dossier(workshop, job)
    except WordingError as error:
        click.echo(f"{error.file}:{error.line} {error.message}", err=True)
        return FOUND
    replace_folder(folder, files)
    count = sum(name.endswith(".docx") for name in files) - 1
    click.echo(f"案卷共 {count} 份文书，卷内目录在 {folder / '00-卷内目录.docx'}")
    return papers.exit_code
