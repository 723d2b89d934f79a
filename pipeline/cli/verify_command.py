"""`coop verify`: a Word file that says it is final, against the file that coop makes of the approved words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from pipeline.approval.trail.final_file import FileVerdict, Verdict, examine
from pipeline.approval.trail.frame import FINGERPRINT, short
from pipeline.approval.trail.inspect import Trail
from pipeline.cli.app import CLEAN, ENVIRONMENT, FOUND
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import HOME, here
from pipeline.cli.opened_trail import committed
from pipeline.cli.options import base_option, format_option, pin_option, refusing, rev_option
from pipeline.cli.trailing import shown
from pipeline.kernel.codes.verifying import FILE_BODY
from pipeline.kernel.store import replace_file
from pipeline.kernel.visible import escape_controls
from pipeline.paper.pdf import PdfError, convert
from pipeline.returned.pages import page_differences
from pipeline.returned.sameness import Sameness

_FEW = 8
"""Looks that are named to a person; programs get all of them."""


@click.command(cls=ChineseCommand, name="verify")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="文件.docx")
@rev_option
@pin_option
@base_option
@click.option("--words-only", is_flag=True, help="只问文字：文字相同就算通过，版面看上去怎样不管")
@click.option(
    "-o",
    "target",
    type=click.Path(path_type=Path),
    metavar="新文件.docx",
    help="按批准的文字重新写出一份原样的定稿",
)
@click.option("--show", is_flag=True, help="用 LibreOffice 排出两份，逐页列出看得见的不同")
@format_option
@refusing
def command(
    file: Path,
    rev: str,
    pin: str,
    bases: tuple[str, ...],
    words_only: bool,
    target: Path | None,
    show: bool,
    form: str,
) -> int:
    """核验一个 Word 定稿：是不是 coop 生成的那个文件，文字是不是批准的那些。

    结论有四种：“就是 coop 生成的文件”，可以签署；“文字相同，但文件被别的程序另存过”，文字没有动，
    版面看上去怎样不作担保（退出码 1，只问文字的加 --words-only）；“字没有变，但有几处划掉了或者看不清”，
    不能签（加 --words-only 退出码也是 1）；“文字不同”，逐处列出。
    在 Word、WPS 里打开又保存过的，请用 -o 重新写出原样的定稿来签署。
    """
    place = here()
    trail = committed(place, rev, pin, bases)
    content = file.read_bytes()
    verdict = examine(trail, file.name, content, HOME / "templates")
    pages = tuple(_pages(verdict, content)) if show else None
    if target is not None and verdict.genuine is not None:
        replace_file(target, verdict.genuine)
    if form == "json":
        click.echo(shown(_data(verdict, trail, pages)))
    else:
        click.echo("\n".join(escape_controls(line, keep="") for line in _said(verdict, trail, pages, target)))
    return _code(verdict, words_only=words_only, wanting=target)


def _code(verdict: FileVerdict, *, words_only: bool, wanting: Path | None) -> int:
    if wanting is not None and verdict.genuine is None:
        return ENVIRONMENT
    good = (Verdict.GENUINE, Verdict.SAME_WORDS) if words_only else (Verdict.GENUINE,)
    return CLEAN if verdict.verdict in good and not verdict.faults and not verdict.unread else FOUND


def _said(
    verdict: FileVerdict, trail: Trail, pages: tuple[str, ...] | None, target: Path | None
) -> Iterator[str]:
    words, state = verdict.words, verdict.state
    if words is not None and state is not None:
        yield f"文书：{words.subject}　第 {words.number} 轮　文字指纹 {short(words.digest)}"
        yield f"核验的提交：{trail.commit or '没有 git 历史'}"
        yield f"审批：{state.label}"
    for found in verdict.findings:
        yield f"{found.severity.label} {found.code} {found.message}"
    yield f"结论：{_conclusion(verdict)}"
    if verdict.verdict is Verdict.SAME_WORDS:
        yield from (f"  · {one}" for one in verdict.unread[:_FEW])
    if verdict.verdict is Verdict.SAME_WORDS and verdict.unvouched_formatting:
        yield f"版式里不是 coop 写的有 {len(verdict.unvouched_formatting)} 种，如："
        yield from (f"  · {one}" for one in verdict.unvouched_formatting[:_FEW])
    if pages is not None:
        yield from pages or ("用 LibreOffice 排出来，每一页看上去都一样。",)
    if target is not None:
        yield f"原样的定稿写在 {target}" if verdict.genuine else "写不出原样的定稿：没有认出是哪一轮的文字"
    elif verdict.verdict is Verdict.SAME_WORDS:
        yield "要签署的，请用原样的定稿：加 -o 新文件.docx 重新写出一份；要看差在哪一页，加 --show。"


def _conclusion(verdict: FileVerdict) -> str:
    """What the file is, in one sentence that claims no more than was compared."""
    match verdict.verdict:
        case Verdict.GENUINE:
            how = "逐字节相同" if verdict.same is Sameness.BYTES else "解开压缩后每一部分都相同"
            but = "；但它的审批见上，现在不能作为定稿" if verdict.faults else ""
            return f"这就是 coop 生成的文件（{how}）{but}。"
        case Verdict.SAME_WORDS if verdict.unread:
            return (
                f"字没有变，但有 {len(verdict.unread)} 处划掉了或者看不清，读的人会当作没有，不能当作定稿。"
            )
        case Verdict.SAME_WORDS:
            return "文字与批准的逐字相同；但文件被别的程序另存过，版面看上去怎样不作担保。"
        case Verdict.OTHER_WORDS if any(found.code == FILE_BODY.code for found in verdict.findings):
            return "文字与批准的不同，不能当作定稿。"
        case Verdict.OTHER_WORDS:
            return "正文没有比出不同，但页眉页脚不同或者有比不了的内容，不能当作定稿。"
    return "认不出是本库的哪份定稿，不能当作定稿。"


def _pages(verdict: FileVerdict, content: bytes) -> Iterator[str]:
    """What a person would see, page by page, in the file and in the genuine one."""
    if verdict.genuine is None or verdict.same is not Sameness.NO:
        return
    try:
        made = convert({"file": content, "genuine": verdict.genuine}, HOME / "templates" / "fonts.conf")
    except PdfError as error:
        raise click.ClickException(f"--show 要用 LibreOffice 排版：{error}") from error
    yield from page_differences(made["genuine"], made["file"])


def _data(verdict: FileVerdict, trail: Trail, pages: tuple[str, ...] | None) -> dict[str, object]:
    words, state = verdict.words, verdict.state
    return {
        "verdict": verdict.verdict.value,
        "same": verdict.same.value,
        "subject": words.subject if words else "",
        "round": words.number if words else 0,
        "words": words.digest if words else "",
        "fingerprint": words.digest[:FINGERPRINT] if words else "",
        "commit": trail.commit,
        "label": state.label if state else "",
        "findings": [
            {"code": found.code, "severity": found.severity.value, "message": found.message}
            for found in verdict.findings
        ],
        "looks": list(verdict.unvouched_formatting),
        "unread": list(verdict.unread),
        **({"pages": list(pages)} if pages is not None else {}),
    }
