"""`coop read`: a Word file that came back from the other side, change by change."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.accepted import accepted
from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import Here, here
from pipeline.cli.named_ids import PROJECT
from pipeline.cli.options import refusing
from pipeline.cli.returned_text import change_lines, outside
from pipeline.cli.trailing import subject_named
from pipeline.cli.write_back import offer_lines, write
from pipeline.desk.partner_file import Workplace, against, compared_with, document_of
from pipeline.desk.word_offer import Compare, offer
from pipeline.paper.layout_error import LayoutError
from pipeline.returned.xml import UnreadableError


@click.command(cls=ChineseCommand, name="read")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="文件.docx")
@click.option(
    "--of",
    "subject",
    default="",
    type=PROJECT,
    metavar="文书",
    help="是哪份文书：项目编号，或 agreements/ 下的路径；不写就自己认",
)
@click.option("--rev", default="", metavar="版本", help="和哪个版本比；不写就和最接近的版本比")
@click.option("--apply", "applying", is_flag=True, help="把说得准的改动写进记录：先列出、检查，答应了才写")
@click.option(
    "--with", "agreed", default="", metavar="编号", help="连同这几处拿不准的一起写，如 2,5；全部同意写 all"
)
@click.option("--yes", is_flag=True, help="不再问，直接写")
@refusing
def command(file: Path, subject: str, rev: str, applying: bool, agreed: str, yes: bool) -> int:
    """读对方改过的 Word 文件：是哪份文书、改了哪几处，每一处要改哪个文件的第几行。

    是哪份文书，从文档属性、文字指纹、编号、标题和文字自己认；认错了用 --of 指定。
    带修订标记的按全部接受来读；直接改的逐字比较也找得出来。批注、文本框、图片等正文以外的内容单独列出，
    放不到原文里的也单独列出，一样都不会漏掉。不加 --apply 只读，不改任何文件；加了就把说得准的写进记录，
    拿不准的列出来由您定。退出码：0 没有改动或全部写好，1 还有要您处理的改动。
    """
    place, chosen = here(), accepted(agreed)
    try:
        content = file.read_bytes()
        work = _workplace(place)
        found, by = document_of(work, content, subject_named(subject) if subject else "")
        version, result = compared_with(work, found, content, rev)
    except (UnreadableError, LayoutError) as error:
        raise click.UsageError(f"{file.name}：{error}") from error
    click.echo(f"文书：{found.called}（{by}）\n比对的版本：{version.called}")
    if applying:
        made = offer(work, found, version.document, result, _comparing(work, content), chosen)
        chosen.refuse_unknown(len(made.answers))
        click.echo("\n".join(outside(result)))
        click.echo("\n".join(offer_lines(made, place)))
        return write(made, place, found, file.name, content, sure=yes)
    click.echo("\n".join(change_lines(result, place)))
    return FOUND if result.edits or result.others else CLEAN


def _workplace(place: Here) -> Workplace:
    return Workplace(
        root=place.root,
        schemas=place.schemas,
        templates=place.templates,
        report=place.report,
        today=place.today,
    )


def _comparing(place: Workplace, content: bytes) -> Compare:
    return lambda document: against(place, document, content)
