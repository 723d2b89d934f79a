"""`coop site`: the pages on which the college sees its cooperation."""

from __future__ import annotations

import os
from datetime import date
from functools import partial
from pathlib import Path

import click

from pipeline.cli import workforce
from pipeline.cli.app import USAGE
from pipeline.cli.brief import is_brief, note_change
from pipeline.cli.build_command import BESIDE
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import here
from pipeline.cli.options import base_option, pin_option, refusing
from pipeline.cli.remember import do_without
from pipeline.cli.replay import busy, idle, once
from pipeline.cli.today import today_option
from pipeline.cli.trailing import kept, say_losses
from pipeline.kernel.recall import NOTHING_KEPT
from pipeline.site.site_data import Edition
from pipeline.site.write import ForeignFolderError, Written, see, untouched, write

FOLDERS = {Edition.INTERNAL: "site", Edition.PUBLIC: "site-public"}
"""Two folders, so that nothing internal ever lies beside what is published."""


_PER_WORKER = 200
"""Projects that make starting another process worth its while."""


@click.command(cls=ChineseCommand, name="site")
@click.option(
    "--edition",
    type=click.Choice([edition.value for edition in Edition]),
    default=Edition.INTERNAL.value,
    metavar="版本",
    help="internal 校内版（默认）；public 公开版，不含金额、联系方式、检查结果和草稿",
)
@click.option(
    "-o",
    "out",
    type=click.Path(path_type=Path),
    metavar="文件夹",
    help="输出到哪里；默认 build/site，公开版 build/site-public",
)
@workforce.executor_option
@today_option
@pin_option
@base_option
@refusing
def command(edition: str, out: Path | None, spec: str, today: date, pin: str, bases: tuple[str, ...]) -> int:
    """生成网站：双击 build/site/index.html 就能看，不需要服务器，也不连外网。

    可下载的文书取自 build/projects/，先运行 coop build。没有变化的页面不重写。
    """
    if bases:
        do_without()
        busy()
    workforce.begin(spec)
    place = here(today)
    wanted = Edition(edition)
    folder = out or place.root / "build" / FOLDERS[wanted]
    built = place.root / "build"
    trail = kept(place, pin, bases)
    recall, tracing = place.memory or NOTHING_KEPT, place.tracing if place.memory else None
    site = see(place.report, place.schemas, today, built, wanted, trail, recall, tracing)
    try:
        jobs = min(os.cpu_count() or 1, 1 + len(site.standing) // _PER_WORKER)
        share = workforce.share("生成网页")
        written = write(site, folder, built, jobs, recall, share, tracing)
    except ForeignFolderError as error:
        click.echo(str(error), err=True)
        return USAGE
    made, shown = os.fspath(built.resolve()), os.fspath(folder.resolve())
    idle(
        (made, BESIDE),
        (shown, ()),
        untouched=partial(untouched, written, folder),
        laid={_below(shown, one): _below(made, whence) for one, whence in written.laid.items()},
    )
    _report(written, folder)
    return say_losses(trail)


def _below(folder: str, name: str) -> str:
    return f"{folder}{os.sep}{name}".replace("/", os.sep)


def _shown(folder: Path) -> str:
    try:
        return folder.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return folder.as_posix()


def _told(files: int, changed: int, removed: int, folder: Path) -> str:
    """One line on the site, from the numbers of files."""
    done = f"更新 {changed} 个文件" if changed else "没有页面要更新"
    gone = f"，删去 {removed} 个" if removed else ""
    return f"网站共 {files} 个文件，{done}{gone}：{_shown(folder)}/index.html"


def _report(written: Written, folder: Path) -> None:
    if written.changed or written.removed:
        note_change()
    with once(_told(written.files, 0, 0, folder)):
        click.echo(_told(written.files, written.changed, written.removed, folder))
    if written.bare and not is_brief():
        click.echo(f"{len(written.bare)} 个项目还没有文书可下载：{'、'.join(written.bare)}")
