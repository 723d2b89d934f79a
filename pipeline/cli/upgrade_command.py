"""`coop upgrade`: what a new version of the program changes for this college, before anything is changed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from pipeline import __version__
from pipeline.cli import build_command
from pipeline.cli.app import CLEAN
from pipeline.cli.brief import be_brief
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.last_check import LastCheck, identity, last_check
from pipeline.cli.location import HOME, Here, here
from pipeline.cli.pins import pins
from pipeline.cli.today import today_option
from pipeline.kernel.store import replace_file
from pipeline.kernel.visible import escape_controls
from pipeline.output.new_college import REQUIREMENTS
from pipeline.output.new_college.own_templates import own_templates


@click.command(cls=ChineseCommand, name="upgrade")
@click.option("--yes", is_flag=True, help="看过了，把 requirements.txt 改成这一版")
@today_option
@click.pass_context
def command(context: click.Context, yes: bool, today: date) -> int:
    """装了新版程序以后先运行：新版对本校改变了什么——新出现的问题、文字有变的草稿、原件有变的自有模板。

    只看不改；已经送审、批准、签署的文字一个字都不动。看过以后加 --yes，把 requirements.txt 改成新版，再提交。
    """
    place = here(today)
    last = last_check(place)
    if last and last.version == __version__:
        click.echo(f"程序：{__version__}，和上次 coop make 用的是同一版。")
    else:
        click.echo(f"程序：{last.version if last else '（上次的版本没有记录）'} → {__version__}")
    if last is None:
        click.echo("本库还没有用旧版运行过 coop make，没有可比的；下面是现在的情况，以后升级前先运行一次。")
    click.echo("\n".join(_findings(place, last)))
    click.echo("\n".join(_drafts(context, place, today)))
    click.echo("\n".join(_templates(place)))
    if not yes:
        click.echo("看过以后运行 coop upgrade --yes 定下这一版。")
        return CLEAN
    _pin(place)
    click.echo(f"{REQUIREMENTS} 改成了 {__version__}；提交以后，旧版程序不再打开本库。")
    return CLEAN


def _findings(place: Here, last: LastCheck | None) -> Iterator[str]:
    now = place.findings
    fresh = [one for one in now if last is None or identity(one) not in last.findings]
    gone = len(last.findings - {identity(one) for one in now}) if last else 0
    yield f"新出现的问题：{len(fresh)} 个" + (f"；不再提的：{gone} 个" if gone else "")
    for one in fresh:
        yield escape_controls(f"  {one.severity.label} {one.code} {one.place} {one.message}")
    sure = sum(one.fix is not None for one in fresh)
    if sure:
        yield f"  其中 {sure} 处只有一种改法：运行 coop fix，先看改动，再由程序写进记录。"


def _drafts(context: click.Context, place: Here, today: date) -> Iterator[str]:
    """The documents whose text is another now; they are composed anew beside what the old version had made."""
    made = place.root / "build" / "projects"
    with TemporaryDirectory(prefix="coop-") as folder:
        out = Path(folder)
        be_brief()
        with redirect_stdout(io.StringIO()):
            context.invoke(build_command.command, formats="md", out=out, today=today)
        changed = [
            path.relative_to(out).as_posix()
            for path in sorted((out / "projects").rglob("*.md"))
            if (made / path.relative_to(out / "projects")).is_file()
            and (made / path.relative_to(out / "projects")).read_bytes() != path.read_bytes()
        ]
    yield f"文字有变的草稿：{len(changed)} 份" + ("" if changed else "（已送审、批准、签署的文字从来不变）")
    for name in changed:
        yield f"  build/{escape_controls(name, keep='')}"
    if changed:
        yield "  已送审、批准、签署的文字不动；还没有批准完的，文字一变就要重新送审，先办完再升级更省事。"


def _templates(place: Here) -> Iterator[str]:
    every = own_templates(place.root / "templates", place.own_templates, HOME / "templates")
    moved = [one.name for one in every if one.moved]
    yield f"自带的原件有变的自有模板：{len(moved)} 个" + ("（coop templates diff）" if moved else "")
    yield from (f"  {name}" for name in moved)


def _pin(place: Here) -> None:
    path = place.root / REQUIREMENTS
    head = "# 本库使用的程序版本；升级时由 coop upgrade 改写\n"
    replace_file(path, (head + "".join(f"{pin}\n" for pin in pins())).encode())
