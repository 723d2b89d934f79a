"""`coop make`: check everything, make the documents and the site, and say on one screen what there is to do."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date

import click

from pipeline.cli import build_command, site_command
from pipeline.cli.brief import be_brief, was_changed
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.last_check import remember
from pipeline.cli.list_command import ProjectLine, standings
from pipeline.cli.location import HOME, Here, here, together
from pipeline.cli.replay import once
from pipeline.cli.today import today_option
from pipeline.kernel.chinese import display_width
from pipeline.kernel.finding import Finding, Severity
from pipeline.kernel.visible import escape_controls
from pipeline.record.places import project_of
from pipeline.standing.state import ProjectState

_MOST = 12
"""Projects that are named; of the rest the number is told."""


@click.command(cls=ChineseCommand, name="make")
@today_option
@click.pass_context
def command(context: click.Context, today: date) -> int:
    """检查全部记录，生成全部文书和网站，再说哪些项目有事要办、下一步做什么。

    问题的明细用 coop check 看。没有变化的不重做，只报三行。退出码：0 没有错误，1 有错误。
    """
    with together():
        place = here(today)
        be_brief()
        findings = place.findings
        click.echo(_checked(place, findings))
        codes: list[int] = [
            context.invoke(build_command.command, today=today),
            context.invoke(site_command.command, today=today),
        ]
        remember(place, findings)
        if was_changed():
            with once():
                click.echo("\n".join(_to_do(place)))
    return max(codes)


def _checked(place: Here, findings: tuple[Finding, ...]) -> str:
    counts = Counter(finding.severity for finding in findings)
    counted = "、".join(f"{one.label} {counts[one]}" for one in Severity if counts[one])
    whose = "样例学校（虚构）的 " if place.root == HOME else ""
    tail = f"{counted}；明细看 coop check" if counted else "没有问题"
    return f"检查：{whose}{len(place.report.register.entries)} 份记录，{tail}"


def _to_do(place: Here) -> Iterator[str]:
    """One line for each project that has something to do, and the command that comes next."""
    due = Counter(
        project_of(finding.place.file)
        for finding in place.report.findings
        if finding.severity is Severity.DUE
    )
    waiting = [one for one in standings(place, place.today) if due[one.project] or _asks(one)]
    yield ""
    if not place.report.register.projects:
        yield "还没有项目。下一步：coop new 企业 企业全称，再 coop new 协议 项目编号。"
        return
    if not waiting:
        wrong = any(one.severity is Severity.ERROR for one in place.report.findings)
        yield ("先把错误改好。下一步：coop check" if wrong else "各个项目都没有要办的事。全部项目：coop list")
        return
    yield "有事要办的项目："
    wide = max(display_width(one.project) for one in waiting[:_MOST])
    yield from (_line(one, wide, due[one.project]) for one in waiting[:_MOST])
    if len(waiting) > _MOST:
        yield f"  另有 {len(waiting) - _MOST} 个，见 coop list"
    yield f"下一步：coop show {escape_controls(waiting[0].project, keep='')}"


def _asks(one: ProjectLine) -> bool:
    """Whether somebody has a step to take; work under a running agreement goes on by itself."""
    return bool(one.who) and one.state != ProjectState.IN_FORCE.label


def _line(one: ProjectLine, wide: int, due: int) -> str:
    name = escape_controls(one.project, keep="")
    line = f"  {name}{' ' * (wide - display_width(name))}  {one.state}　{f'到期 {due} 项；' if due else ''}{one.who}：{one.what}"
    most = shutil.get_terminal_size().columns
    if display_width(line) <= most:
        return line
    while display_width(line) > most - 2:
        line = line[:-1]
    return f"{line}…"
