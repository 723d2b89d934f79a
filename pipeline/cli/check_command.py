"""`coop check`: everything that is wrong, at once."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import click

from pipeline.check.touched import changed, scope
from pipeline.cli import workforce
from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import Here, here
from pipeline.cli.options import pin_option
from pipeline.cli.remember import do_without
from pipeline.cli.replay import idle
from pipeline.cli.terminal import columns
from pipeline.cli.today import today_option
from pipeline.kernel.causes import by_cause
from pipeline.kernel.finding import Finding, Severity, arrange, has_errors
from pipeline.output.reporters import FORMATS, Result


@click.command(cls=ChineseCommand, name="check")
@click.argument("paths", nargs=-1, metavar="[路径]…")
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="text", help="输出格式", metavar="格式"
)
@click.option("--due", is_flag=True, help="有到期事项也算不通过")
@click.option("--base", metavar="版本", help="只看从这个提交以来改过的文件，和受它们影响的")
@click.option("--push", is_flag=True, help="和 --base 同用：核对推送以前的版本，一份审批记录都不能少")
@pin_option
@workforce.executor_option
@today_option
def command(
    paths: tuple[str, ...],
    form: str,
    due: bool,
    base: str | None,
    push: bool,
    pin: str,
    spec: str,
    today: date,
) -> int:
    """检查 agreements/ 里的全部记录；给出路径时只列出这些文件或文件夹的问题。

    格式可选 text（给人看）、json（给程序用）、github 和 gitlab（在合并请求的改动旁边显示）、
    sarif（代码扫描平台）、junit（测试报表）。退出码：0 没有错误，1 有错误。

    --base main 只报告从 main 分出以来改过的文件（没有提交的也算）和受它们影响的文件的问题：
    改了企业，就看它的各个项目；改了学校信息、模板或字段定义，就看全部。同时核对审批记录：
    基准里有的送审文本、批准和审批规则都还在，没有改动，每份批准都成立。
    """
    _begin(base, spec)
    place = here(today)
    files = list(place.report.register.entries)
    wanted = [_name(path, place) for path in paths]
    all_of_it = not wanted or any(name == "." or name.split("/")[0] == "templates" for name in wanted)
    findings = place.findings if all_of_it else place.report.findings
    if base is not None:
        from pipeline.cli.gate import gate  # the whole trail is loaded only where it is asked

        touched = scope(place.report, changed(place.root, base))
        findings, files = touched.keep(findings), [name for name in files if touched.holds(name)]
        findings = arrange((*findings, *gate(place, base, pin, push=push)))
    if paths:
        findings = tuple(finding for finding in findings if _within(finding.place.file, wanted))
        files = [name for name in files if _within(name, wanted)]
    click.echo(FORMATS[form](result(place, findings, len(files))), nl=False)
    if base is None:
        idle()
    overdue = due and any(finding.severity is Severity.DUE for finding in findings)
    return FOUND if has_errors(findings) or overdue else CLEAN


def _begin(base: str | None, spec: str) -> None:
    """Begin with those who are to help; whoever judges trusts neither them nor an earlier answer."""
    if base is not None:
        do_without()
        if spec:
            raise click.UsageError("核对基准只在本机做，--base 和 --executor 不能一起用")
    workforce.begin(spec)


def result(place: Here, findings: tuple[Finding, ...], files: int | None = None) -> Result:
    """The findings with what reporters need beside them; `files` counts those asked about, else all."""
    register = place.report.register
    files = len(register.entries) if files is None else files

    def text_of(name: str) -> str:
        source = register.source(name)
        return source.text if source else _other_text(place.root, name)

    findings = by_cause(findings)
    return Result(findings=findings, files=files, text_of=text_of, colour=_coloured(), width=columns())


def _coloured() -> bool:
    """Whether to colour: on a terminal that can, unless NO_COLOR is set to anything (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _other_text(root: Path, name: str) -> str:
    """The text of a file that is no record (a wording); empty where it cannot be shown."""
    try:
        return (root / name).read_text(encoding="utf-8") if name.startswith(_BESIDE_RECORDS) else ""
    except (OSError, UnicodeDecodeError):
        return ""


_BESIDE_RECORDS = ("templates/", "schemas/", "agreements/governance/")
"""The folders of texts that are no records and that findings point into."""


def _name(path: str, place: Here) -> str:
    """A path as findings name it: relative to the repository."""
    full = Path(path).resolve()
    if not full.exists() or not full.is_relative_to(place.root.resolve()):
        raise click.UsageError(f"没有这个文件或文件夹：{path}")
    return full.relative_to(place.root.resolve()).as_posix()


def _within(file: str, wanted: list[str]) -> bool:
    return any(file == name or file.startswith(f"{name}/") or name == "." for name in wanted)
