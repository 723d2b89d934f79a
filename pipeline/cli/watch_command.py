"""`coop watch`: stays, and tells what a saved file brings; nothing is read twice that nobody has saved."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import click

from pipeline.check.run import Report, examine
from pipeline.cli.app import CLEAN
from pipeline.cli.check_command import result
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import Here, Seen, here
from pipeline.desk.working_copy import WorkingCopy
from pipeline.kernel.collector import paused
from pipeline.kernel.finding import Finding
from pipeline.kernel.recall import Resident
from pipeline.kernel.visible import escape_controls
from pipeline.memory.stamps import made_stamp
from pipeline.memory.trace import Tracing
from pipeline.output.reporters import text
from pipeline.record.kinds import AGREEMENTS
from pipeline.record.register import load

_PAUSE = 0.05
"""Seconds between two looks at what the file system says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a look found: all findings now, those that are new, and those that are gone."""

    place: Here
    findings: tuple[Finding, ...]
    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]


@dataclass(slots=True)
class Watch:
    """A college that is looked at again and again; whether a file has changed is asked of the file system alone."""

    place: Here
    today: Callable[[], date] = date.today
    memory: Resident = field(default_factory=Resident)
    _files: WorkingCopy = field(init=False)
    _known: tuple[date, bytes] | None = None
    _last: tuple[Finding, ...] = ()

    def __post_init__(self) -> None:
        """Begin with nothing read."""
        self._files = WorkingCopy(self.place.root)

    def news(self) -> News | None:
        """What has changed since it was last asked; None where no file was saved and the day is the same."""
        known = self.today(), made_stamp(self.place.root / AGREEMENTS)
        if known == self._known:
            return None
        report = self._report(known[0])
        before, self._last, self._known = self._last, report.findings, known
        old, now = set(map(_said_of, before)), set(map(_said_of, report.findings))
        return News(
            place=Here(root=self.place.root, today=known[0], seen=Seen(register=report.register)),
            findings=report.findings,
            new=tuple(one for one in report.findings if _said_of(one) not in old),
            gone=tuple(one for one in before if _said_of(one) not in now),
        )

    def _report(self, today: date) -> Report:
        with paused():
            register = load(self._files, self.place.schemas, self.memory)
            return examine(register, self.place.schemas, today, Tracing(register, self.memory))


@click.command(cls=ChineseCommand, name="watch")
def command() -> int:
    """守着 agreements/：每存一次盘，马上说多了什么问题、少了什么问题。按 Ctrl-C 结束。

    只检查记录；文书和网站用 coop make 生成。
    """
    watch = Watch(here())
    first = watch.news()
    if first is not None:
        click.echo(f"{_counted(first)}。正在守着 {_shown(watch.place.root)}，存盘就检查，按 Ctrl-C 结束。")
    try:
        while True:
            time.sleep(_PAUSE)
            news = watch.news()
            if news is not None:
                click.echo(_said(news))
    except KeyboardInterrupt:
        click.echo("不再守着了。")
    return CLEAN


def _said_of(finding: Finding) -> tuple[str, str, str]:
    """What a finding says, wherever in its file: a line more above it makes no new one."""
    return finding.code, finding.place.file, finding.message


def _said(news: News) -> str:
    parts = [text.report(result(news.place, news.new)).rstrip("\n")] if news.new else []
    parts += [
        f"已解决：{escape_controls(f'{one.place} {one.code} {one.message}', keep='')}" for one in news.gone
    ]
    return "\n".join([*parts, f"存盘后{_counted(news)}。"])


def _counted(news: News) -> str:
    files = len(news.place.register.entries)
    return (
        f"检查了 {files} 个文件，共 {len(news.findings)} 条"
        if news.findings
        else f"检查了 {files} 个文件，没有问题"
    )


def _shown(root: Path) -> str:
    return escape_controls(f"{root / AGREEMENTS}", keep="")
