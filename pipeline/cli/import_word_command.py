"""`coop import word`: an agreement that somebody else wrote, or that was signed long ago, read into a draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from pipeline.cli.accepted import Accepted, accepted
from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import Here, here
from pipeline.cli.today import today_option
from pipeline.cli.written import show_and_put
from pipeline.desk.papers.draft import PaperDraft, PaperFile, draft
from pipeline.desk.papers.paper_words import around_told, field_named, kept_told, names_of, value_told
from pipeline.desk.papers.proposal import Proposal
from pipeline.desk.papers.reading import PaperReading, read_agreement
from pipeline.desk.papers.trial import new_findings
from pipeline.kernel.visible import escape_controls
from pipeline.record.change import Planned, plan
from pipeline.record.kinds import AGREEMENT
from pipeline.record.register.by_name import ids_of
from pipeline.record.schema.value_types import is_id, no_id
from pipeline.returned.xml import UnreadableError

_LONGEST, _MOST = 60, 12


@click.command(cls=ChineseCommand, name="word")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--signed", is_flag=True, help="是以前签好的协议：登记成旧协议（记文件的摘要），不再生成文书")
@click.option("--project", default="", metavar="新编号", help="新项目用什么编号；不写就按系部和年份接着排")
@click.option("--department", default="", metavar="系部", help="实施系部，名称或编号")
@click.option("--kept-at", default="", metavar="存放处", help="原件存在哪里，如 档案室3柜；--signed 时写")
@click.option(
    "--with", "agreed", default="", metavar="编号", help="拿不准的里面同意哪几处，如 2,5；全部同意写 all"
)
@click.option("--yes", is_flag=True, help="不再问，直接写入（拿不准的只写 --with 同意的）")
@today_option
def word(
    file: Path, signed: bool, project: str, department: str, kept_at: str, agreed: str, yes: bool, today: date
) -> int:
    """导入一份 Word 或 PDF 协议：对方拟的文本、别校的范本、以前签的旧协议。

    先试一遍：读出了哪些栏目、每一处出自原件哪里；拿不准的编上号请您定，同意了才写。归不进栏目的条款按原文记进
    “其他约定”，一段不丢。PDF 要有文字层。读出来的是草稿，不保证齐全：写好后请对着原件看一遍，再补缺的。
    退出码：0 全部写入，1 有拿不准的、没写入的或写进去检查有错误的。
    """
    place, chosen = here(today), accepted(agreed)
    try:
        content = file.read_bytes()
        records = place.report.register.records
        reading = read_agreement(content, records, _data(place), place.schemas[AGREEMENT.name], legacy=signed)
    except UnreadableError as error:
        raise click.ClickException(f"{file}：{error}") from error
    chosen.refuse_unknown(len(reading.asked))
    numbers = frozenset(number for number in range(1, len(reading.asked) + 1) if number in chosen)
    made = draft(
        reading,
        numbers,
        PaperFile(name=file.name, kept_at=kept_at, legacy=signed),
        place.report.register.records,
        _data(place),
        today=today,
        department=_department(place, department),
        project=_project(place, project),
    )
    for line in _told(place, file.name, reading, made, chosen, signed=signed):
        click.echo(escape_controls(line))
    return _write(place, reading, made, numbers, yes=yes)


def _data(place: Here) -> Mapping[str, Any]:
    return {name: entry.source.data for name, entry in place.report.register.entries.items()}


def _department(place: Here, word: str) -> str:
    if not word:
        return ""
    college = place.report.register.records.college
    found = (
        (word,)
        if college and word in college.departments
        else ids_of(word, "department", place.report.register.records)
    )
    if len(found) != 1:
        raise click.UsageError(f"没有叫“{word}”的部门；写全名或编号")
    return found[0]


def _project(place: Here, project: str) -> str:
    if project and not is_id(project):
        raise click.UsageError(no_id(project, example="2026-im-003"))
    if project and (place.root / AGREEMENT.file(project)).exists():
        raise click.UsageError(f"{AGREEMENT.file(project)} 已经有了，没有改动它")
    return project


def _told(
    place: Here, name: str, reading: PaperReading, made: PaperDraft, agreed: Accepted, *, signed: bool
) -> Iterator[str]:
    """What was read, what is asked, what is kept as text."""
    sort = "以前签的协议（不再生成文书）" if signed else "对方拟的草稿；以前签好的旧协议请加 --signed"
    yield f"{name}：当作{sort}。写到 {AGREEMENT.file(made.project)}"
    words = names_of(reading, place.report.register.records)
    if len(reading.sides) < 2:
        yield "没有认出协议的双方：原件里没有写成“甲方：全称”“乙方：全称”的地方，写进去以后请补上。"
    sure = [one for one in reading.proposals if not one.doubt and one.value is not None]
    yield f"\n确定的 {len(sure)} 处："
    yield from (f"  {_line(place, one, words)}" for one in sure)
    if reading.asked:
        yield f"\n拿不准的 {len(reading.asked)} 处（同意的加 --with 编号）："
    for number, one in enumerate(reading.asked, start=1):
        done = "（已同意）" if number in agreed else ""
        yield f"  {number}. {_line(place, one, words)}{done}"
        yield f"     {one.doubt}"
    differing = [one for one in reading.proposals if one.record == "differs"]
    if differing:
        yield f"\n只列出、不写的 {len(differing)} 处："
    yield from (f"  【{one.where}】{one.said}：{one.doubt}" for one in differing)
    yield from kept_told(made.kept)
    yield from around_told(reading)


def _line(place: Here, one: Proposal, names: Mapping[str, str]) -> str:
    """A proposal: where it comes from, the field, the value."""
    value = value_told(one, place.schemas, names)
    short = value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
    return f"{field_named(one, place.schemas, names)}：{short}【{one.where}】"


def _write(
    place: Here,
    reading: PaperReading,
    made: PaperDraft,
    numbers: Sequence[int] | frozenset[int],
    *,
    yes: bool,
) -> int:
    """Check the result, ask, and put it in place."""
    if made.barred:
        click.echo(escape_controls(f"\n没有写入：{made.barred}"), err=True)
        return FOUND

    def show(planned: Planned) -> None:
        click.echo("\n" + "\n".join(f"要写 {name}" for name in sorted(planned.files)))
        found = new_findings(place.report, planned, place.root, place.schemas, place.today)
        click.echo(f"写进去以后检查：{_counted(found)}")
        click.echo("读出来的不保证齐全，请对着原件看一遍。")

    if show_and_put(place, plan(place.root, made.changes, place.schemas), yes=yes, show=show):
        return FOUND
    click.echo(f"接着运行 coop show {made.project}，看还缺什么。")
    return FOUND if len(numbers) < len(reading.asked) else CLEAN


def _counted(found: Sequence[Any]) -> str:
    if not found:
        return "没有新的问题。"
    lacking = [one for one in found if one.message.startswith("没有写")]
    others = [one for one in found if one not in lacking]
    shown = "".join(escape_controls(f"\n  {one.code} {one.message}") for one in others[:_MOST])
    more = f"\n  还有 {len(others) - _MOST} 处" if len(others) > _MOST else ""
    return f"原件里没有、要补写的 {len(lacking)} 处，要核对的 {len(others)} 处。{shown}{more}"
