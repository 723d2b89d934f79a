"""`coop build`: documents into the build folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import click

from pipeline.check.gap_report import Gaps
from pipeline.cli import workforce
from pipeline.cli.app import CLEAN, ENVIRONMENT, FOUND
from pipeline.cli.approved_papers import known
from pipeline.cli.brief import is_brief, note_change
from pipeline.cli.check_command import result
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import Here, here
from pipeline.cli.named_ids import PROJECT
from pipeline.cli.options import base_option, pin_option, refusing
from pipeline.cli.remember import anew, do_without
from pipeline.cli.replay import busy, idle, once
from pipeline.cli.today import today_option
from pipeline.kernel.codes.building import NO_PDF
from pipeline.kernel.finding import Finding, Severity, arrange, has_errors
from pipeline.kernel.recall import NOTHING_KEPT
from pipeline.kernel.sharing import HandOut
from pipeline.kernel.visible import escape_controls
from pipeline.memory.made_folders import TOP, MadeFolders
from pipeline.output.build import BuildPlan, JobOutcome, JobState, build, plan
from pipeline.output.formats import ALL, FORMATS
from pipeline.output.gap_files import APART, settle
from pipeline.output.jobs import Job, document_name, jobs
from pipeline.output.ledger_files import CALENDAR, FOLDER, Ledgers, write
from pipeline.output.make import Workshop
from pipeline.output.reporters import text
from pipeline.record.kinds import AGREEMENT
from pipeline.record.model import Records
from pipeline.standing.as_of import as_of
from pipeline.standing.labels import Labels
from pipeline.standing.ledgers import LedgerContext
from pipeline.standing.proof import Approved

BESIDE = ("final", "site", "site-public")
"""What other commands make in the build folder."""

_WORTH_A_BAR = 40
"""Folders from which on a build takes longer than a second."""
_PER_WORKER = 24
"""Folders that make starting another process worth its while."""


@click.command(cls=ChineseCommand, name="build")
@click.argument("ids", nargs=-1, type=PROJECT, metavar="[项目编号]…")
@click.option(
    "--to",
    "formats",
    default=",".join(FORMATS),
    metavar="格式",
    help=f"{'、'.join(ALL)}，用逗号分开；默认 {','.join(FORMATS)}",
)
@click.option("-o", "out", type=click.Path(path_type=Path), metavar="文件夹", help="输出到哪里；默认 build/")
@click.option(
    "--jobs", "workers", type=click.IntRange(1, 64), metavar="数", help="同时用几个进程；默认看项目多少"
)
@workforce.executor_option
@click.option("--final", "finished", is_flag=True, help="只出定稿：审批办完的，按送审文本出到 final/")
@today_option
@pin_option
@base_option
@refusing
def command(
    ids: tuple[str, ...],
    formats: str,
    out: Path | None,
    workers: int | None,
    spec: str,
    finished: bool,
    today: date,
    pin: str,
    bases: tuple[str, ...],
) -> int:
    """生成文书：每个项目一个文件夹，Word、Markdown、网页各一份；不写项目编号就全部生成。

    每个项目另有一份缺项报告 gaps.md；全部生成时另出台账、上报表和日历。有错误的不生成（原有文件不动，
    缺项报告在 gaps/ 下），其余照常；没有变化的不重做。审批没有办完的印“草稿”。退出码：0 全部就绪，1 有的没有生成。
    """
    _begin(spec, finished=finished, judging=finished or bool(bases))
    place = here()
    out = out or place.root / "build"
    wanted = _formats(formats)
    if finished:
        from pipeline.cli.final_papers import finalise  # it brings the trail along

        return finalise(place, ids, wanted, out, pin, bases, today)
    papers = known(place, pin, bases)
    workshop = papers.workshop(place, wanted, today)
    some = _wanted(ids, place)
    written: list[bool] = []  # nothing is said of them while a bar is shown
    ledgers = None if ids else lambda: written.append(_ledgers(place, today, papers.approved, out))
    due, outcomes = put_in_place(place, workshop, some, out, workers, ledgers, everything=anew())
    if any(written):
        _say_ledgers(out, today)
    # What was made with a complaint is made again each time, and alone this command says more than it will again.
    if any(one.findings or one.state is not JobState.BUILT for one in outcomes) or (
        due.due and not is_brief()
    ):
        busy()
    held = due.lying.held(job.folder for job in (*due.fresh, *due.due))
    idle((str(out.resolve()), BESIDE), untouched=partial(_untouched, place, out, due, ids), known=held)
    return max(_report(place, due, outcomes, out), papers.exit_code)


def _untouched(place: Here, out: Path, due: BuildPlan, ids: Sequence[str]) -> bool:
    """Whether what this build has made is as it made it."""
    beside = () if ids else (FOLDER, TOP)
    lying = MadeFolders(out, place.memory or NOTHING_KEPT)
    return lying.untouched((*(job.folder for job in due.due), *beside))


def _begin(spec: str, *, finished: bool, judging: bool) -> None:
    """Begin with those who are to help: finals are held against the trail, which only the college's own repository has.

    Whoever is judging asks no memory, and is not said again.
    """
    if finished and spec:
        raise click.UsageError("定稿只在本机出，--final 和 --executor 不能一起用")
    workforce.begin(spec)
    if judging:
        do_without()
        busy()


def put_in_place(
    place: Here,
    workshop: Workshop,
    some: Sequence[Job],
    out: Path,
    workers: int | None = None,
    beside: Callable[[], None] | None = None,
    *,
    everything: bool = False,
) -> tuple[BuildPlan, list[JobOutcome]]:
    """Make what is due of some folders, or `everything`, and put it in place with what they lack; whoever builds does so.

    What is to be made `beside` is made while others make the papers, or after them.
    """
    due = plan(place.report, workshop, out, some, place.memory or NOTHING_KEPT, anew=everything)
    if len(due.due) > _PER_WORKER:
        place.register.hold()
    workers = workers or min(os.cpu_count() or 1, 1 + len(due.due) // _PER_WORKER)
    share = workforce.share("") if due.due else None
    if share is None:
        tracing = place.tracing if place.memory is not None and not everything else None
        outcomes = _watched(build(due, workshop, out, workers, tracing=tracing), len(due.due))
    else:
        outcomes = _by_others(share, place, due, workshop, out, beside)
    settle(Gaps(place.report, place.schemas[AGREEMENT.name]), some, _refused(due, outcomes), out)
    if share is None and beside is not None:
        beside()
    return due, outcomes


def _by_others(
    share: HandOut,
    place: Here,
    due: BuildPlan,
    workshop: Workshop,
    out: Path,
    beside: Callable[[], None] | None,
) -> list[JobOutcome]:
    """What becomes of everything due, made by those who help; nobody but this process writes."""
    from pipeline.output.parcels import away

    sent = away(share, due.due, workshop, place.register, place.own_templates, beside)
    done = _watched(build(due, workshop, out, made=sent), len(due.due))
    return sorted(done, key=lambda one: one.job.folder)  # whoever was quickest, it is told in the same order


def _ledgers(place: Here, today: date, approved: Approved, out: Path) -> bool:
    """Ledgers, platform tables and the calendar: of the whole college, hence not when single projects are asked for."""
    recall, tracing = place.memory or NOTHING_KEPT, place.tracing if place.memory else None
    return write(ledgers_of(place, today, approved), out, recall, tracing, anew=anew())


def _say_ledgers(out: Path, today: date) -> None:
    note_change()
    with once():
        click.echo(f"台账和上报表在 {_shown(out / FOLDER)}/，日历在 {_shown(out / CALENDAR)}，截至 {today}。")


def ledgers_of(place: Here, today: date, approved: Approved) -> Ledgers:
    """What the ledgers of a college are made of."""

    def context(records: Records) -> LedgerContext:
        words = Labels(records=as_of(records, today), schemas=place.schemas)
        return LedgerContext(words=words, today=today, approved=approved)

    return Ledgers(
        report=place.report,
        context_of=context,
        around=f"{today} {sorted(approved.items())}",
        schemas=place.schemas,
        templates=place.templates,
    )


def _refused(due: BuildPlan, outcomes: list[JobOutcome]) -> list[Job]:
    return [*due.refused, *(outcome.job for outcome in outcomes if outcome.state is JobState.REFUSED)]


def _formats(text: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    unknown = [name for name in wanted if name not in ALL]
    if unknown or not wanted:
        raise click.UsageError(f"--to 不认识 {'、'.join(unknown) or '空的格式'}；可用：{'、'.join(ALL)}")
    return wanted


def _wanted(ids: tuple[str, ...], place: Here) -> tuple[Job, ...]:
    """The jobs of the projects named, or all there are."""
    known = place.report.register.projects
    unknown = [project for project in ids if project not in known]
    if unknown:
        raise click.UsageError(f"没有项目 {'、'.join(unknown)}；现有：{'、'.join(known)}")
    return tuple(
        job for job in jobs(place.report, place.memory or NOTHING_KEPT) if not ids or job.project in ids
    )


def _watched(outcomes: Iterable[JobOutcome], length: int) -> list[JobOutcome]:
    """Show a bar on a terminal while a long build runs."""
    if length < _WORTH_A_BAR or not sys.stderr.isatty():
        return list(outcomes)
    with click.progressbar(outcomes, length=length, label="生成文书", file=sys.stderr) as bar:
        return list(bar)


def _report(place: Here, due: BuildPlan, outcomes: list[JobOutcome], out: Path) -> int:
    built = [outcome.job for outcome in outcomes if outcome.state is JobState.BUILT]
    refused = _refused(due, outcomes)
    errors = tuple(finding for finding in place.report.findings if finding.severity is Severity.ERROR)
    findings = arrange((*errors, *(finding for outcome in outcomes for finding in outcome.findings)))
    _say(place, findings, built, refused, len(due.fresh), out)
    if any(finding.code == NO_PDF.code for finding in findings):
        return ENVIRONMENT
    return FOUND if refused or has_errors(findings) else CLEAN


def _say(
    place: Here, findings: tuple[Finding, ...], built: list[Job], refused: list[Job], fresh: int, out: Path
) -> None:
    """What was found and made; as a part of `coop make` without the findings and names."""
    if built:
        note_change()
    if is_brief():
        with once(_brief(0, fresh + len(built), len(refused), out)):
            click.echo(_brief(len(built), fresh, len(refused), out))
        return
    if findings:
        click.echo(text.report(result(place, findings)))
    if built:
        click.echo(f"生成了 {len(built)} 个文件夹的文书，在 {_shown(out)}/：{_names(built)}")
    held = [name for job in built for name in _held(job)]
    if held:
        click.echo(f"{len(held)} 份文书的记录有错误，没有重做：{'、'.join(held)}")
    if fresh:
        click.echo(f"{fresh} 个文件夹没有变化，文书已是最新，没有重做。")
    if refused:
        click.echo(f"{len(refused)} 个文件夹有错误，没有生成：{_names(refused)}")
        if any(job.project for job in refused):
            click.echo(f"缺什么见 {_shown(out)}/{APART}/<项目编号>.md，可以贴进合并请求。")


def _brief(built: int, fresh: int, refused: int, out: Path) -> str:
    """One line on what was made, from the numbers of folders."""
    parts = [f"生成 {built} 个文件夹"] if built else []
    parts += [f"{fresh} 个文件夹没有变化"] if fresh else []
    parts += [f"{refused} 个有错误，没有生成（缺什么见 {_shown(out)}/{APART}/）"] if refused else []
    return f"文书：{'，'.join(parts) or '没有要生成的'}，在 {_shown(out)}/"


def _held(job: Job) -> list[str]:
    """The papers of a folder that an error in their own record keeps from being made."""
    return [escape_controls(f"{job.folder}/{document_name(one)[2]}", keep="") for one in job.held]


def _names(some: list[Job]) -> str:
    return "、".join(escape_controls(job.folder, keep="") for job in some)


def _shown(out: Path) -> str:
    try:
        return out.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(out)
