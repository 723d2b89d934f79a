"""`coop diff`: two versions of a document, clause by clause and as a Word file with tracked changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pipeline.approval.trail.revisions import Revision, at_commit, in_worktree
from pipeline.cli.app import CLEAN
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import HOME, Here, here
from pipeline.cli.named_ids import PROJECT
from pipeline.cli.options import refusing
from pipeline.cli.today import today_option
from pipeline.cli.trailing import subject_named
from pipeline.compose.composer import Composer
from pipeline.kernel.document import is_form
from pipeline.kernel.store import replace_file
from pipeline.output.redlined import redlined
from pipeline.paper import redline_text
from pipeline.paper.redline import Author
from pipeline.record.kinds import AMENDMENT, kind_of
from pipeline.record.places import file_of

_FORMATS = ("docx", "md")


@click.command(cls=ChineseCommand, name="diff")
@click.argument("subject", type=PROJECT, metavar="文书")
@click.argument("old", metavar="[旧版本]", default="")
@click.argument("new", metavar="[新版本]", default="")
@click.option("--to", "formats", default="", metavar="格式", help="docx、md，用逗号分开；不写就显示在屏幕上")
@click.option(
    "-o", "out", type=click.Path(path_type=Path), metavar="文件夹", help="存到哪里；默认 build/修订对照/"
)
@today_option
@refusing
def command(subject: str, old: str, new: str, formats: str, out: Path | None, today: date) -> int:
    """比较一份文书的两个版本：逐条列出改了什么；--to docx 生成带修订标记的 Word 文件。

    文书写项目编号（协议）或 agreements/ 下的路径；版本写提交号、标签或分支，不写新版本就是现在的文件。
    在 Word 里接受全部修订就是新版本，拒绝全部修订就是旧版本。

    补充协议不写版本，就是它对原协议文字的改动：coop diff projects/2026-im-003/amendments/01。
    """
    wanted = _formats(formats)
    place, name = here(), subject_named(subject)
    if old:
        before = at_commit(place.root, old, name, place.schemas, HOME / "templates")
        after = _second(place, new, name, today)
    else:
        before, after = _of_amendment(place, name)
    text = redline_text.render(before.document.body, after.document.body, _between(before, after))
    if not wanted:
        click.echo(text, nl=False)
        return CLEAN
    folder = out or place.root / "build" / "修订对照"
    made = {"md": lambda: text.encode(), "docx": lambda: _word(before, after, place.templates)}
    for ending in wanted:
        target = folder / f"{name.replace('/', '-')}.{ending}"
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_file(target, made[ending]())
        click.echo(f"生成 {target}")
    return CLEAN


def _formats(text: str) -> tuple[str, ...]:
    wanted = tuple(part.strip() for part in text.split(",") if part.strip())
    unknown = [name for name in wanted if name not in _FORMATS]
    if unknown:
        raise click.UsageError(f"--to 不认识 {'、'.join(unknown)}；可用：{'、'.join(_FORMATS)}")
    return wanted


def _second(place: Here, new: str, subject: str, today: date) -> Revision:
    if new:
        return at_commit(place.root, new, subject, place.schemas, HOME / "templates")
    return in_worktree(place.root, subject, place.schemas, place.templates, today)


def _between(before: Revision, after: Revision) -> str:
    return f"从 {_described(before)} 到 {_described(after)}"


def _described(version: Revision) -> str:
    return f"{version.name}（{version.author}，{version.date[:10]}）" if version.date else version.name


def _of_amendment(place: Here, subject: str) -> tuple[Revision, Revision]:
    """The agreement without and with an amendment, which is what the amendment does to it."""
    known = kind_of(file_of(subject))
    if known is None or known[0] is not AMENDMENT:
        raise click.UsageError("写上和哪个版本比：提交号、标签或分支，如 coop diff 2026-im-003 HEAD~1")
    records = place.report.register.records
    if known[1] not in records.amendments:
        raise click.UsageError(f"没有 {file_of(subject)}，或者它读不出来")
    made = Composer(place.templates, place.schemas, records).amended(known[1])
    if made is None:
        raise click.UsageError("原协议不是本库排出的文本，排不出对照；补充协议改了什么，见它自己的“约定事项”")
    amendment = records.amendments[known[1]]
    name = amendment.number or f"补充协议{amendment.id}"
    return (
        Revision(name="原协议", author="", date="", document=made.before),
        Revision(name=name, author=name, date="", document=made.after),
    )


def _word(before: Revision, after: Revision, templates: Path) -> bytes:
    if is_form(after.document.layout):
        raise click.UsageError("表单没有修订对照，请用 --to md")
    author = Author(name=after.author, date=after.date)
    return redlined(templates, before.document, after.document, _between(before, after), author)
