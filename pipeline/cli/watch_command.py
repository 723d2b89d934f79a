"""`coop watch`: stays, tells what a saved file brings and makes its papers; nothing is read twice that nobody has saved."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

import click

from pipeline.cli.app import CLEAN
from pipeline.cli.check_command import result
from pipeline.cli.click_texts import ChineseCommand, trouble
from pipeline.cli.location import Here, here
from pipeline.cli.options import pin_option
from pipeline.cli.watched_papers import BUILD, Done, WatchedPapers
from pipeline.desk.working_copy import WorkingCopy
from pipeline.kernel.collector import paused
from pipeline.kernel.finding import Finding
from pipeline.kernel.recall import Resident
from pipeline.kernel.visible import escape_controls
from pipeline.memory.stamps import READ, history_stamp, made_stamp
from pipeline.memory.trace import Tracing
from pipeline.output.build import JobState
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
    _known: tuple[date, tuple[bytes, ...], bytes | None] | None = None
    _last: tuple[Finding, ...] = ()

    def __post_init__(self) -> None:
        """Begin with nothing read."""
        self._files = WorkingCopy(self.place.root)

    def news(self) -> News | None:
        """What has changed since it was last asked; None where no file was saved and the day is the same.

        A college's own wordings and schemas are files of its as well.
        """
        root = self.place.root
        known = self.today(), tuple(made_stamp(root / one) for one in READ), history_stamp(root)
        if known == self._known:
            return None
        place = self._looked_at(known[0])
        report = place.report
        before, self._last, self._known = self._last, report.findings, known
        # What has not been examined again is the very finding of before.
        there, here = set(map(id, before)), set(map(id, report.findings))
        fresh = [one for one in report.findings if id(one) not in there]
        left = [one for one in before if id(one) not in here]
        old, now = set(map(_said_of, left)), set(map(_said_of, fresh))
        return News(
            place=place,
            findings=report.findings,
            new=tuple(one for one in fresh if _said_of(one) not in old),
            gone=tuple(one for one in left if _said_of(one) not in now),
        )

    def _looked_at(self, today: date) -> Here:
        with paused():
            place = Here(root=self.place.root, today=today)
            place.seen.register = load(self._files, place.schemas, self.memory)
            place.seen.tracing = Tracing(place.seen.register, self.memory)
        return place


@click.command(cls=ChineseCommand, name="watch")
@pin_option
def command(pin: str) -> int:
    """守着 agreements/：每存一次盘，马上说多了什么问题、少了什么问题，并把有关的文书重新生成。按 Ctrl-C 结束。

    文书和 coop build 生成的一样，在 build/ 下；台账、上报表和网站用 coop make 生成。
    """
    watch, papers = Watch(here()), WatchedPapers(pin=pin)
    first = watch.news()
    if first is not None:
        papers.look(first.place)
        click.echo(f"{_counted(first)}。正在守着 {_shown(watch.place.root)}，存盘就检查，按 Ctrl-C 结束。")
    try:
        while True:
            news = watch.news()
            if news is not None:
                click.echo(_said(news))
                _tell(papers, partial(papers.look, news.place))
            elif papers.next or papers.waiting:
                _tell(papers, papers.more)
            else:
                time.sleep(_PAUSE)
    except KeyboardInterrupt:
        click.echo("不再守着了。")
    return CLEAN


def _tell(papers: WatchedPapers, make: Callable[[], Done | None]) -> None:
    """Make papers, and say which; the findings about the records have been told."""
    try:
        made = make()
    except OSError as error:
        click.echo(f"文书没有写成：{escape_controls(trouble(error), keep='')}")
        return
    if made is None or papers.place is None:
        return
    found = tuple(finding for one in made.outcomes for finding in one.findings)
    if found:
        click.echo(text.report(result(papers.place, found)).rstrip("\n"))
    built = [*made.papers, *(one.job.folder for one in made.outcomes if one.state is JobState.BUILT)]
    refused = [job.folder for job in made.due.refused] if made.due else []
    refused += [one.job.folder for one in made.outcomes if one.state is JobState.REFUSED]
    if built:
        click.echo(f"文书已更新：{_folders(built)}")
    if refused:
        click.echo(f"有错误，文书没有更新：{_folders(refused)}")


def _folders(some: list[str]) -> str:
    return "、".join(escape_controls(f"{BUILD}/{one}", keep="") for one in some)


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
