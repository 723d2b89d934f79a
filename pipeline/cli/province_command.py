"""`coop province`: many colleges' repositories, each at a commit, checked and added up."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from pipeline.approval.trail.inspect import take
from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import schemas
from pipeline.cli.options import format_option
from pipeline.cli.remember import memory
from pipeline.cli.today import today_option
from pipeline.git.errors import GitError
from pipeline.git.objects import Snapshot
from pipeline.git.repository import Repository
from pipeline.kernel.chinese import display_width
from pipeline.kernel.grid import Grid
from pipeline.kernel.recall import NOTHING_KEPT, Recall, digest
from pipeline.kernel.store import replace_file
from pipeline.kernel.visible import escape_controls
from pipeline.output.executors import ExecutorError, spread, workers
from pipeline.output.province import CollegeJob, CollegeSum, goals, overview, repositories, sheets, told
from pipeline.record.kinds import AGREEMENTS, COLLEGE
from pipeline.record.model import Records
from pipeline.record.rounds.versions import file_name
from pipeline.source import load
from pipeline.standing.labels import Labels

_KEPT = "college in a province"


@click.command(cls=ChineseCommand, name="province")
@click.argument("folders", nargs=-1, metavar="[文件夹]…", type=click.Path(path_type=Path))
@click.option(
    "--list",
    "listed",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="文件",
    help="各校的库，一行一个文件夹；# 后面是说明",
)
@click.option("--rev", default="HEAD", metavar="版本", help="看各库的哪个提交；默认 HEAD")
@click.option("--year", type=click.IntRange(2000, 2999), metavar="年份", help="统计哪一年；默认今年")
@click.option(
    "-o", "target", type=click.Path(path_type=Path), metavar="文件夹", help="总表另存为 Excel 和 CSV"
)
@click.option(
    "--executor",
    "spec",
    default="local:1",
    metavar="谁来做",
    help="local:4 用本机 4 个进程；dask://主机:8786 交给 Dask 集群",
)
@format_option
@today_option
def command(
    folders: tuple[Path, ...],
    listed: Path | None,
    rev: str,
    year: int | None,
    target: Path | None,
    spec: str,
    form: str,
    today: date,
) -> int:
    """逐校检查许多学校的协议库，合成一张总表，例如 coop province 各校/甲校 各校/乙校。

    每个库只看提交了的内容，一所学校一行；没有提交的改动不算。看过的提交记得住，下次只看有新提交的学校。
    有一所学校读不出来或者有错误，退出码是 1。
    """
    named = [*folders, *(_listed(listed) if listed else ())]
    wanted = list({one.resolve(): one for one in named}.values())
    if not wanted:
        raise click.UsageError("写上各校的库所在的文件夹，或者用 --list 给一个清单")
    sums = _sums(wanted, rev, year or today.year, today, spec)
    grids = (overview(sums, year or today.year, today), goals(sums, _measures(), year or today.year, today))
    if target is not None:
        for name, content in sheets(grids).items():
            replace_file(target / name, content)
    if form == "json":
        click.echo(json.dumps([asdict(one) for one in sums], ensure_ascii=False, indent=2, default=str))
    else:
        click.echo("\n".join(_said(sums, grids[0], target)))
    return FOUND if any(one.problem or one.errors for one in sums) else CLEAN


def _listed(file: Path) -> Iterator[Path]:
    try:
        return repositories(file.read_text(encoding="utf-8-sig"), file.parent)
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{file} 不是 UTF-8 文字，请另存为 UTF-8") from error


def _sums(wanted: Sequence[Path], rev: str, year: int, today: date, spec: str) -> list[CollegeSum]:
    """What each college's repository says, in the order given; only what nobody has looked at yet is worked out."""
    found: dict[int, CollegeSum] = {}
    due: list[tuple[int, bytes]] = []
    try:
        with workers(spec) as executor:
            jobs = _due(wanted, (rev, year, today), found, due)
            for number, one in _watched(spread(executor, told, jobs), len(wanted)):
                place, mark = due[number]
                found[place] = one
                if not one.problem:
                    _memory(wanted[place]).keep(_KEPT, "", mark, one)
    except ExecutorError as error:
        raise click.ClickException(str(error)) from error
    return [found[place] for place in range(len(wanted))]


def _due(
    wanted: Sequence[Path],
    asked: tuple[str, int, date],
    found: dict[int, CollegeSum],
    due: list[tuple[int, bytes]],
) -> Iterator[CollegeJob]:
    """What has to be worked out, read from its repository only when its turn comes: its place and mark go to `due`.

    What is known already goes to `found`.
    """
    seen: dict[str, str] = {}
    owners: dict[tuple[str, str], str] = {}
    for place, folder in enumerate(wanted):
        job = _job(folder, *asked)
        if isinstance(job, CollegeSum):
            found[place] = job
            continue
        first = seen.setdefault(job.snapshot.commit, job.folder)
        if first != job.folder:
            problem = f"和 {first} 是同一个提交，没有重复计入"
            found[place] = CollegeSum(folder=job.folder, commit=job.snapshot.commit, problem=problem)
            continue
        whose = _whose(job.snapshot)
        first = owners.setdefault(whose, job.folder) if whose else job.folder
        if first != job.folder:
            problem = f"和 {first} 是同一所学校的同一个库，只是提交不同，没有重复计入；留下新的那一份"
            found[place] = CollegeSum(folder=job.folder, commit=job.snapshot.commit, problem=problem)
            continue
        known = _memory(folder).latest(_KEPT, "", _mark(job), CollegeSum)
        if known is not None:
            found[place] = known
        else:
            due.append((place, _mark(job)))
            yield job


def _job(folder: Path, rev: str, year: int, today: date) -> CollegeJob | CollegeSum:
    """What is to be looked at, or why it cannot be."""
    name = str(folder)
    if not folder.is_dir():
        return CollegeSum(folder=name, problem="没有这个文件夹")
    if (folder / "HEAD").is_file() and (folder / "objects").is_dir():
        return CollegeSum(folder=name, problem="是裸仓库，请用 git clone 取一份普通的来看")
    try:
        repository = Repository.around(folder)
        if repository is None:
            return CollegeSum(folder=name, problem="不是 git 库")
        if not repository.has_commits():
            return CollegeSum(folder=name, problem="还没有提交")
        shot = take(repository, rev)
    except GitError as error:
        return CollegeSum(folder=name, problem=str(error))
    if not any(one.startswith(f"{AGREEMENTS}/") for one in shot.files):
        return CollegeSum(folder=name, problem="提交里没有 agreements/")
    return CollegeJob(folder=name, snapshot=shot, year=year, today=today)


def _whose(shot: Snapshot) -> tuple[str, str] | None:
    """Which repository of which college this is, whatever its commit; None where it has no rules of approval.

    The college counts too: who began with a copy of another one's repository has its number in the rules.
    """
    names = (file_name(1), COLLEGE.file())
    if not all(name in shot.files and shot.files[name].regular for name in names):
        return None
    rules, college = (load(name, shot.read(name)).data or {} for name in names)
    number, called = rules.get("repository"), college.get("name")
    return (str(number), str(called)) if number and called else None


def _memory(folder: Path) -> Recall:
    return memory(folder.resolve()) or NOTHING_KEPT


def _mark(job: CollegeJob) -> bytes:
    return digest(job.folder, job.snapshot.commit, str(job.year), job.today.isoformat())


def _watched(done: Iterator[tuple[int, CollegeSum]], length: int) -> Iterator[tuple[int, CollegeSum]]:
    """How far the work is, told on a terminal while it goes on."""
    if not sys.stderr.isatty():
        yield from done
        return
    with click.progressbar(done, length=length, label="逐校检查", file=sys.stderr) as bar:
        yield from bar


def _measures() -> Mapping[str, str]:
    return Labels(records=Records(), schemas=schemas()).values("agreement", "goals", "*", "measure")


def _said(sums: Sequence[CollegeSum], grid: Grid, target: Path | None) -> Iterator[str]:
    """Each college on two lines, then all of them, then what could not be read."""
    width = max((display_width(one.name or one.folder) for one in sums), default=0)
    for one in sums:
        name = escape_controls(one.name or one.folder, keep="")
        pad = " " * (width - display_width(one.name or one.folder))
        if one.problem:
            yield f"{name}{pad}　没有计入：{escape_controls(one.problem, keep='')}"
            continue
        yield f"{name}{pad}　项目 {one.projects}，履行中 {one.working}，本年新签 {one.signed}，合作单位 {one.partners}"
        yield f"{' ' * width}　错误 {one.errors}，警告 {one.warnings}，到期 {one.due}　{one.commit[:12]}"
    counted = [one for one in sums if not one.problem]
    amount = grid.total("企业投入")
    yield (
        f"合计 {len(counted)} 所学校：项目 {sum(one.projects for one in counted)}，"
        f"履行中 {sum(one.working for one in counted)}，企业投入 {amount:,.2f} 元，"
        f"错误 {sum(one.errors for one in counted)}。"
    )
    if target is not None:
        yield f"总表在 {target}/。"
