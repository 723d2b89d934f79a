"""`coop cache`: what earlier commands found, compared with what is found anew, or thrown away."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pipeline.check.run import check as check_all
from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.click_texts import ChineseCommand, ChineseGroup
from pipeline.cli.location import Here, here
from pipeline.cli.remember import do_without, folder_of, settle
from pipeline.cli.today import today_option
from pipeline.kernel.finding import Finding, arrange


@click.group(cls=ChineseGroup, name="cache")
def command() -> None:
    """缓存里是以前检查的结果，放在库以外；删掉它，只是下一次慢一些。"""


@command.command(cls=ChineseCommand, name="clear", short_help="删掉这个库的缓存")
def clear() -> int:
    """删掉这个库的缓存；记录、文书和网站都不动。"""
    do_without()
    gone = _thrown_away(here().root)
    click.echo("已删掉这个库的缓存。" if gone else "这个库没有缓存。")
    return CLEAN


@command.command(cls=ChineseCommand, name="check", short_help="核对缓存：和全部重新检查的结果一样吗")
@today_option
def check(today: date) -> int:
    """用缓存检查一遍，再全部重新检查一遍，两次的结果应当一样；不一样就删掉缓存，并列出差别。"""
    place = here(today)
    if place.memory is None:
        click.echo("这里没有启用缓存，没有可核对的。")
        return CLEAN
    kept = arrange((*place.report.findings, *place.template_findings))
    do_without()
    found = _anew(place, today)
    files = len(place.report.register.entries)
    if kept == found:
        click.echo(f"缓存可靠：{files} 个文件，用缓存和全部重新检查，结果一样（{len(found)} 条）。")
        return CLEAN
    _thrown_away(place.root)
    wrong = [("缓存里多出", one) for one in kept if one not in found]
    wrong += [("缓存里缺少", one) for one in found if one not in kept]
    for label, one in wrong:
        click.echo(f"{label}：{one.place.file}:{one.place.line} {one.code} {one.message}")
    click.echo("缓存和重新检查的结果不一样，已删掉缓存；以重新检查的结果为准，请运行 coop check。")
    return FOUND


def _anew(place: Here, today: date) -> tuple[Finding, ...]:
    """All findings, nothing of them remembered."""
    fresh = Here(root=place.root, today=today)
    report = check_all(fresh.root, fresh.schemas, today)
    return arrange((*report.findings, *fresh.template_findings))


def _thrown_away(root: Path) -> bool:
    """Remove the databases of a repository, of whatever layout; nothing else that lies there."""
    settle()
    folder = folder_of(root)
    files = sorted(folder.glob("facts-*.sqlite*")) if folder else []
    for file in files:
        file.unlink()
    return bool(files)
