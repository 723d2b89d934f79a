"""`coop cache`: what earlier commands found, compared with what is found anew, or thrown away."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.click_texts import ChineseCommand, ChineseGroup
from pipeline.cli.location import Here, Seen, here
from pipeline.cli.options import pin_option
from pipeline.cli.remember import do_without, folder_of, settle
from pipeline.cli.today import today_option
from pipeline.kernel.finding import Finding
from pipeline.memory.remembering import Remembering
from pipeline.memory.trace import Tracing


@click.group(cls=ChineseGroup, name="cache")
def command() -> None:
    """缓存里是以前检查、生成的结果，放在库以外；删掉它，只是下一次慢一些。"""


@command.command(cls=ChineseCommand, name="clear", short_help="删掉这个库的缓存")
def clear() -> int:
    """删掉这个库的缓存；记录、文书和网站都不动。"""
    do_without()
    gone = _thrown_away(here().root)
    click.echo("已删掉这个库的缓存。" if gone else "这个库没有缓存。")
    return CLEAN


@command.command(
    cls=ChineseCommand, name="check", short_help="核对缓存：和全部重新检查、重新生成的结果一样吗"
)
@pin_option
@today_option
def check(pin: str, today: date) -> int:
    """用缓存检查一遍，再全部重新检查一遍，两次的结果应当一样；不一样就删掉缓存，并列出差别。

    build/ 下没有变化、不会重做的文书、台账和网页，也重新生成一遍来比，文件不动。
    """
    place = here(today)
    if place.memory is None:
        click.echo("这里没有启用缓存，没有可核对的。")
        return CLEAN
    if not _databases(place.root):
        click.echo("缓存里还没有东西，没有可核对的。运行过 coop make 仍这样说的，是缓存文件夹写不进去。")
        return CLEAN
    kept = place.findings
    memory = place.memory
    do_without()
    fresh = Here(root=place.root, today=today, seen=Seen())
    found = fresh.findings
    more, fewer = frozenset(kept).difference(found), frozenset(found).difference(kept)
    wrong = [f"缓存里多出：{_line(one)}" for one in kept if one in more]
    wrong += [f"缓存里缺少：{_line(one)}" for one in found if one in fewer]
    held, untrue = _made(fresh, pin, today, memory)
    wrong += [f"和重新生成的不一样：build/{name}" for name in untrue]
    if not wrong:
        files = len(place.report.register.entries)
        made = f"不用重做的文书和网页 {held}，重新生成也一样。" if held else ""
        click.echo(f"缓存可靠：{files} 个文件，用缓存和全部重新检查，结果一样（{len(found)} 条）。{made}")
        return CLEAN
    _thrown_away(place.root)
    click.echo("\n".join(wrong))
    click.echo("缓存和重新做的结果不一样，已删掉缓存；以重新检查、生成的结果为准，请运行 coop make。")
    return FOUND


def _line(one: Finding) -> str:
    return f"{one.place.file}:{one.place.line} {one.code} {one.message}"


def _made(place: Here, pin: str, today: date, memory: Remembering) -> tuple[str, tuple[str, ...]]:
    """What in the build folder would be left as it lies there (Chinese), and what of it would come out otherwise."""
    from pipeline.cli.approved_papers import known
    from pipeline.cli.build_command import ledgers_of  # checking alone needs nothing of all this
    from pipeline.cli.site_command import FOLDERS
    from pipeline.cli.trailing import kept
    from pipeline.output import ledger_files
    from pipeline.output.formats import FORMATS
    from pipeline.output.jobs import jobs
    from pipeline.output.papers_anew import untrue_files, untrue_papers
    from pipeline.site.pages_anew import untrue_pages
    from pipeline.site.write import see

    built = Here(root=place.root, seen=place.seen)  # what is due on a day stands in no document
    out, papers, trail = place.root / "build", known(built, pin, ()), kept(place, pin, ())
    workshop = papers.workshop(built, tuple(FORMATS), today)
    folders, wrong = untrue_papers(built.report, workshop, out, jobs(built.report), memory)
    tracing = Tracing(place.register, memory)
    ledgers = ledger_files.made_anew(ledgers_of(place, today, papers.approved), out, tracing)
    wrong += tuple(untrue_files(out, "", ledgers))
    pages = 0
    for edition, name in FOLDERS.items():
        site = see(place.report, place.schemas, today, out, edition, trail)
        some, untrue = untrue_pages(site, out / name, memory)
        pages, wrong = pages + some, (*wrong, *(f"{name}/{one}" for one in untrue))
    parts = [f"{folders} 个文件夹"] if folders else []
    parts += [f"台账 {len(ledgers)} 个"] if ledgers else []
    parts += [f"网页 {pages} 页"] if pages else []
    return "、".join(parts), wrong


def _thrown_away(root: Path) -> bool:
    """Remove the databases of a repository, of whatever layout; nothing else that lies there."""
    settle()
    files = _databases(root)
    for file in files:
        file.unlink()
    return bool(files)


def _databases(root: Path) -> list[Path]:
    folder = folder_of(root)
    return sorted(folder.glob("facts-*.sqlite*")) if folder else []
