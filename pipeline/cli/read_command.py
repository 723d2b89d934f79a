"""`coop read`: a Word file that came back from the other side, change by change."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click

from pipeline.approval.trail.current_words import CurrentWords, NotComposedError
from pipeline.approval.trail.frame import STATUS
from pipeline.approval.trail.recognise import Candidate, Recognised, candidate, recognise
from pipeline.approval.trail.revisions import at_commit, earlier
from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import HOME, Here, here
from pipeline.cli.named_ids import PROJECT
from pipeline.cli.options import refusing
from pipeline.cli.returned_text import change_lines, outside
from pipeline.cli.trailing import subject_named
from pipeline.cli.write_back import Compare, offer, offer_lines, write
from pipeline.git.errors import GitError
from pipeline.kernel.document import Document
from pipeline.output.formats import layout
from pipeline.paper.layout_error import LayoutError
from pipeline.record.places import file_of
from pipeline.returned.edits import Returned, returned
from pipeline.returned.xml import UnreadableError

NOW = "现在的文件"


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
@click.option("--with", "accepted", default="", metavar="编号", help="连同这几处拿不准的一起写，如 2,5")
@click.option("--yes", is_flag=True, help="不再问，直接写")
@refusing
def command(file: Path, subject: str, rev: str, applying: bool, accepted: str, yes: bool) -> int:
    """读对方改过的 Word 文件：是哪份文书、改了哪几处，每一处要改哪个文件的第几行。

    是哪份文书，从文档属性、文字指纹、编号、标题和文字自己认；认错了用 --of 指定。
    带修订标记的按全部接受来读；直接改的逐字比较也找得出来。批注、文本框、图片等正文以外的内容单独列出，
    放不到原文里的也单独列出，一样都不会漏掉。不加 --apply 只读，不改任何文件；加了就把说得准的写进记录，
    拿不准的列出来由您定。退出码：0 没有改动或全部写好，1 还有要您处理的改动。
    """
    place = here()
    try:
        content = file.read_bytes()
        current = CurrentWords(
            register=place.report.register, schemas=place.schemas, templates=place.templates
        )
        found, by = _found(current, content, subject)
        version, result = _compared(place, found, content, rev)
    except (UnreadableError, LayoutError) as error:
        raise click.UsageError(f"{file.name}：{error}") from error
    click.echo(f"文书：{found.called}（{by}）\n比对的版本：{version.called}")
    if applying:
        made = offer(place, found, version.document, result, _comparing(place, content), _numbers(accepted))
        click.echo("\n".join(outside(result)))
        click.echo("\n".join(offer_lines(made, place)))
        return write(made, place, found, file.name, content, sure=yes)
    click.echo("\n".join(change_lines(result, place)))
    return FOUND if result.edits or result.others else CLEAN


def _found(current: CurrentWords, content: bytes, subject: str) -> tuple[Candidate, str]:
    """The document that the file came from, and how that is known."""
    if subject:
        name = subject_named(subject)
        named = candidate(current, file_of(name))
        if named is None:
            raise NotComposedError(f"没有 {file_of(name)}，或者它不印成文书")
        return named, "由 --of 指定"
    guess = recognise(current, content)
    if not guess.candidates:
        raise NotComposedError(
            "认不出这是哪份文书的文件：没有一份文书的文字与它相近。请用 --of 指定，如 --of 2026-im-001"
        )
    if not guess.clear:
        raise NotComposedError(_several(guess))
    return guess.candidates[0], f"凭{guess.by}认出，{guess.candidates[0].share:.0%} 的文字相同"


def _several(guess: Recognised) -> str:
    names = "\n".join(f"  --of {one.subject}　{one.called}" for one in guess.candidates)
    return f"有几份文书都和它相近，分不清是哪一份，请用 --of 指定：\n{names}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Version:
    """One version of a document, and what people call it."""

    called: str
    document: Document


def _compared(place: Here, found: Candidate, content: bytes, rev: str) -> tuple[_Version, Returned]:
    """The version that the file is nearest to, and what was changed in it."""
    printed = (found.sheet, found.key)
    if rev:
        made = at_commit(place.root, rev, found.subject, place.schemas, HOME / "templates", printed)
        version = _Version(called=f"提交 {made.name}", document=made.document)
        return version, _against(place, made.document, content)
    best = _against(place, found.document, content)
    version = _Version(called=NOW, document=found.document)
    with suppress(GitError):  # without a history there is but one version
        for made in earlier(place.root, found.subject, place.schemas, HOME / "templates", printed):
            if not best.edits:
                break
            result = _against(place, made.document, content)
            if len(result.edits) < len(best.edits):
                called = f"提交 {made.name}（{made.author}，{made.date[:10]}），它与这个文件最接近；库里的文字后来改过"
                version, best = _Version(called=called, document=made.document), result
    return version, best


def _comparing(place: Here, content: bytes) -> Compare:
    return lambda document: _against(place, document, content)


def _numbers(text: str) -> tuple[int, ...]:
    """The numbers that a person typed; raises UsageError."""
    parts = [part for part in re.split(r"[,，、\s]+", text) if part]
    if any(not part.isdigit() for part in parts):
        raise click.UsageError("--with 后面写编号，用逗号分开，如 --with 2,5")
    return tuple(map(int, parts))


def _against(place: Here, document: Document, content: bytes) -> Returned:
    sent = layout(place.templates, document.layout).render(document)
    return returned(document, content, sent, STATUS)
