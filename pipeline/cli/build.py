"""`coop build`: documents into the build folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from pipeline.build.formats import FORMATS
from pipeline.build.run import Outcome, Plan, State, Workshop, build, plan
from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.check import result
from pipeline.cli.chinese import ChineseCommand
from pipeline.cli.place import HOME, Here, here
from pipeline.finding import Severity, arrange
from pipeline.reporters import text

_WORTH_A_BAR = 40
"""Projects from which on a build takes longer than a second."""
_PER_WORKER = 24
"""Projects that make starting another process worth its while."""


@click.command(cls=ChineseCommand, name="build")
@click.argument("ids", nargs=-1, metavar="[项目编号]…")
@click.option(
    "--to",
    "formats",
    default=",".join(FORMATS),
    metavar="格式",
    help=f"{'、'.join(FORMATS)}，用逗号分开；默认都生成",
)
@click.option("-o", "out", type=click.Path(path_type=Path), metavar="文件夹", help="输出到哪里；默认 build/")
@click.option("--jobs", type=click.IntRange(1, 64), metavar="数", help="同时用几个进程；默认看项目多少")
def command(ids: tuple[str, ...], formats: str, out: Path | None, jobs: int | None) -> int:
    """生成协议文书：每个项目一个文件夹，Word、Markdown、网页各一份。

    有错误的项目不生成（原有文件不动），其余照常；没有变化的不重做。退出码：0 全部就绪，1 有项目没有生成。
    """
    place = here()
    out = out or place.root / "build"
    wanted = _formats(formats)
    due = plan(place.report, HOME, place.templates, out, _projects(ids, place), wanted)
    workshop = Workshop(
        templates=place.templates,
        schemas=place.schemas,
        records=place.report.register.records,
        formats=wanted,
    )
    workers = jobs or min(os.cpu_count() or 1, 1 + len(due.due) // _PER_WORKER)
    outcomes = _watched(build(due, workshop, out, workers), len(due.due))
    return _tell(place, due, outcomes, out)


def _formats(text: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown or not wanted:
        raise click.UsageError(f"--to 不认识 {'、'.join(unknown) or '空的格式'}；可用：{'、'.join(FORMATS)}")
    return wanted


def _projects(ids: tuple[str, ...], place: Here) -> tuple[str, ...]:
    known = place.report.register.projects
    unknown = [project for project in ids if project not in known]
    if unknown:
        raise click.UsageError(f"没有项目 {'、'.join(unknown)}；现有：{'、'.join(known)}")
    return tuple(dict.fromkeys(ids)) or known


def _watched(outcomes: Iterable[Outcome], length: int) -> list[Outcome]:
    """Show a bar on a terminal while a long build runs."""
    if length < _WORTH_A_BAR or not sys.stderr.isatty():
        return list(outcomes)
    with click.progressbar(outcomes, length=length, label="生成文书", file=sys.stderr) as bar:
        return list(bar)


def _tell(place: Here, due: Plan, outcomes: list[Outcome], out: Path) -> int:
    built = [outcome.project for outcome in outcomes if outcome.state is State.BUILT]
    refused = [*due.refused, *(outcome.project for outcome in outcomes if outcome.state is State.REFUSED)]
    errors = tuple(finding for finding in place.report.findings if finding.severity is Severity.ERROR)
    errors = arrange((*errors, *(finding for outcome in outcomes for finding in outcome.findings)))
    if errors:
        click.echo(text.report(result(place, errors)))
    if built:
        click.echo(f"生成了 {len(built)} 个项目的文书，在 {_shown(out)}/projects/：{'、'.join(built)}")
    if due.fresh:
        click.echo(f"{len(due.fresh)} 个项目没有变化，文书已是最新，没有重做。")
    if refused:
        click.echo(f"{len(refused)} 个项目有错误，没有生成：{'、'.join(refused)}")
    return FOUND if refused or errors else CLEAN


def _shown(out: Path) -> str:
    try:
        return out.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(out)
