"""`coop show`: one project on one screen."""

from __future__ import annotations

from collections.abc import Iterator

import click

from pipeline.chinese import date_words, display_width
from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.chinese import ChineseCommand
from pipeline.cli.place import Here, here
from pipeline.finding import Finding, Severity, has_errors
from pipeline.model import Agreement
from pipeline.register.kinds import AGREEMENT
from pipeline.rules.table import RULES

_WIDTH = 34


@click.command(cls=ChineseCommand, name="show")
@click.argument("project", metavar="项目编号")
def command(project: str) -> int:
    """看一个项目：协议的十二项要素、缺什么、下一步做什么。"""
    place = here()
    report = place.report
    if project not in report.register.projects:
        raise click.UsageError(f"没有项目 {project}；现有：{'、'.join(report.register.projects)}")
    agreement = report.register.records.agreements.get(project)
    findings = report.of_file(AGREEMENT.file(project))
    click.echo("\n".join(_screen(project, agreement, findings, place)))
    return FOUND if has_errors(findings) else CLEAN


def _screen(
    project: str, agreement: Agreement | None, findings: tuple[Finding, ...], place: Here
) -> Iterator[str]:
    if agreement is None:
        yield f"{project}　协议文件读不出来，先改好下面的问题："
        yield from _problems(findings)
        return
    yield from _head(project, agreement, place)
    yield ""
    if agreement.framework:
        yield "这是合作意向书，不算协议，不逐项检查十二项要素。"
    else:
        yield "十二项基本内容（指南草案 8.4）"
        yield from (_element(agreement, code, title, findings, place) for code, title in _elements())
    rest = [finding for finding in findings if not finding.code.startswith("E")]
    if rest:
        yield ""
        yield "其他问题"
        yield from _problems(tuple(rest))
    yield ""
    yield f"下一步：{_next(agreement, findings, project)}"


def _head(project: str, agreement: Agreement, place: Here) -> Iterator[str]:
    records = place.report.register.records
    stage = place.schemas[AGREEMENT.name].fields["stage"].values.get(agreement.stage or "", "未写阶段")
    yield f"{project}　{agreement.title or '（还没有名称）'}　［{stage}］"
    parties = "、".join(records.party_name(party) for party in agreement.party_ids)
    yield f"各方：{parties}"
    term = agreement.term
    if term and term.start and term.end:
        yield f"期限：{date_words(term.start)}至{date_words(term.end)}"


def _elements() -> Iterator[tuple[str, str]]:
    for rule in RULES:
        if rule.info.code.startswith("E"):
            yield rule.info.code, rule.info.title


def _element(agreement: Agreement, code: str, title: str, findings: tuple[Finding, ...], place: Here) -> str:
    fields = place.schemas[AGREEMENT.name].fields
    keys = [key for key, field in fields.items() if field.element == code]
    label = "、".join(fields[key].label for key in keys) or title
    padded = f"  {code} {label}" + " " * max(1, _WIDTH - display_width(label))
    mine = [finding for finding in findings if finding.code == code]
    if mine:
        return (
            padded + "× " + "；".join(f"{finding.message}（第 {finding.place.line} 行）" for finding in mine)
        )
    reasons = [agreement.declined[key] for key in keys if key in agreement.declined]
    return padded + (f"○ 声明不发生：{reasons[0]}" if reasons else "√")


def _problems(findings: tuple[Finding, ...]) -> Iterator[str]:
    for finding in findings:
        yield f"  {finding.severity.label} {finding.code} 第 {finding.place.line} 行：{finding.message}"


def _next(agreement: Agreement, findings: tuple[Finding, ...], project: str) -> str:
    open_ones = sum(finding.severity in (Severity.ERROR, Severity.WARNING) for finding in findings)
    if not agreement.submitted:
        return (
            f"补齐上面 {open_ones} 处，把 stage 改为 submitted，再提交审核。"
            if open_ones
            else ("内容已齐，把 stage 改为 submitted，提交审核。")
        )
    if has_errors(findings):
        return "改好上面的错误，再运行 coop check。"
    return f"运行 coop build {project} 生成文书，送法务审核和学校合同审批。"
