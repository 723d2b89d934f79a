"""`coop verify`: a Word file that says it is final, against the words that were approved."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.approval.trail.final_file import FileVerdict, examine
from pipeline.approval.trail.frame import FINGERPRINT
from pipeline.approval.trail.inspect import Trail
from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.chinese import ChineseCommand
from pipeline.cli.options import base_option, format_option, pin_option, refusing, rev_option
from pipeline.cli.place import here
from pipeline.cli.trailing import committed, shown
from pipeline.kernel.codes.final_file import FILE_BODY, FILE_PART, FILE_UNKNOWN
from pipeline.kernel.visible import escape_controls


@click.command(cls=ChineseCommand, name="verify")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="文件.docx")
@rev_option
@pin_option
@base_option
@format_option
@refusing
def command(file: Path, rev: str, pin: str, base: str, form: str) -> int:
    """核验一个 Word 定稿：是哪份文书的哪一轮，文字是不是批准的那些，哪几段不同。

    在 Word、WPS 或 LibreOffice 里只是打开另存的，照样核得过；核验不了的部分会列为“无法核验”。
    """
    place = here()
    trail = committed(place, rev, pin, base)
    verdict = examine(trail, file.name, file.read_bytes())
    if form == "json":
        click.echo(shown(_data(verdict, trail)))
    else:
        click.echo("\n".join(_said(verdict, trail)))
    return FOUND if verdict.findings else CLEAN


def _said(verdict: FileVerdict, trail: Trail) -> list[str]:
    lines = []
    if verdict.words is not None and verdict.state is not None:
        words = verdict.words
        lines.append(f"文书：{words.subject}　第 {words.number} 轮　文字指纹 {words.digest[:FINGERPRINT]}")
        lines.append(f"核验的提交：{trail.commit or '没有 git 历史'}")
        lines.append(f"审批：{verdict.state.label}")
    for found in verdict.findings:
        lines.append(f"{found.severity.label} {found.code} {found.message}")
    lines = [escape_controls(line, keep="") for line in lines]
    lines.append(_sum(verdict))
    return lines


def _sum(verdict: FileVerdict) -> str:
    """What the findings come to, in one sentence that claims no more than was compared."""
    found = {finding.code for finding in verdict.findings}
    if not found:
        return "文字与送审文本逐字相同，页眉页脚与核验结果相同。"
    if FILE_UNKNOWN.code in found:
        return "认不出是本库的哪份文书，不能当作定稿。"
    if FILE_BODY.code in found:
        return "文字与送审文本不同，不能当作定稿。"
    if FILE_PART.code in found:
        return "没有比出文字的不同，但有核验不了的部分，不能当作定稿。"
    return "文字与送审文本相同，但编号、级别、基准或指纹与核验结果不同，不能当作定稿。"


def _data(verdict: FileVerdict, trail: Trail) -> dict[str, object]:
    words, state = verdict.words, verdict.state
    return {
        "subject": words.subject if words else "",
        "round": words.number if words else 0,
        "words": words.digest if words else "",
        "commit": trail.commit,
        "label": state.label if state else "",
        "findings": [{"code": found.code, "message": found.message} for found in verdict.findings],
    }
