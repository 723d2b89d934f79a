"""`coop show`: one project on one screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from pipeline.approval.trail.verdicts import verdicts
from pipeline.check.gap_report import Element, ElementStanding, Gaps
from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.list_command import listed, standings
from pipeline.cli.location import Here, here
from pipeline.cli.named_ids import PROJECT
from pipeline.cli.options import pin_option
from pipeline.cli.today import today_option
from pipeline.cli.trailing import kept, subject_named
from pipeline.git.errors import GitError
from pipeline.kernel.chinese import date_words, display_width
from pipeline.kernel.finding import Finding, has_errors
from pipeline.kernel.visible import escape_controls
from pipeline.record.kinds import AGREEMENT, AGREEMENTS
from pipeline.record.model import Agreement, Records
from pipeline.record.model.cooperation import Pointer
from pipeline.standing.agreed import term_of
from pipeline.standing.next_move import next_move
from pipeline.standing.proof import Approved, legacy, scheme_lacking
from pipeline.standing.state import GateState, ProjectState, gates, state, verdict_of

_WIDTH = 34


@click.command(cls=ChineseCommand, name="show")
@click.argument("project", type=PROJECT, metavar="[项目编号]", required=False)
@today_option
@pin_option
def command(project: str | None, today: date, pin: str) -> int:
    """看一个项目：走到哪一步、轮到谁、协议的十二项要素、缺什么、下一步做什么。

    项目写编号、名称、合作企业的名称或负责人的姓名。不写的，在项目的文件夹里就看这个项目，在别处列出有哪些项目可看。
    """
    place = here(today)
    report = place.report
    records = report.register.records
    project = project or _around(place)
    if not project:
        return _all(place, today)
    if project not in records.known_projects:
        raise click.UsageError(f"没有项目 {project}；现有：{'、'.join(sorted(records.known_projects))}")
    agreement = records.agreements.get(project)
    findings = report.of_file(AGREEMENT.file(project))
    approved = _approved(place, project, pin)
    click.echo("\n".join(map(escape_controls, _screen(project, agreement, findings, place, approved))))
    return FOUND if has_errors(findings) else CLEAN


def _around(place: Here) -> str:
    """The project in whose folder the command runs, or the only one there is; empty where neither is so."""
    inside = Path.cwd().resolve().relative_to(place.root.resolve()).parts
    if inside[:2] == (AGREEMENTS, "projects") and len(inside) > 2:
        return inside[2]
    known = sorted(place.report.register.records.known_projects)
    return known[0] if len(known) == 1 else ""


def _all(place: Here, today: date) -> int:
    """The projects there are to be shown."""
    found = standings(place, today)
    for one in found:
        click.echo(listed(one))
    last = "看其中一个：coop show 项目编号" if found else "还没有项目。下一步：coop new 协议 项目编号"
    click.echo(last)
    return CLEAN


def _approved(place: Here, project: str, pin: str) -> Approved:
    """What the trail tells of the project's agreement; where it cannot be read, why not, and nothing."""
    try:
        trail = kept(place, pin, only={subject_named(project)})
    except GitError as error:
        click.echo(f"审批记录没有核验：{error.message}", err=True)
        return {}
    return verdicts(trail) if trail else {}


def _screen(
    project: str,
    agreement: Agreement | None,
    findings: tuple[Finding, ...],
    place: Here,
    approved: Approved,
) -> Iterator[str]:
    if agreement is None and AGREEMENT.file(project) in place.report.register.entries:
        yield f"{project}　协议文件读不出来，先改好下面的问题："
        yield from _problems(findings)
        return
    if agreement is None:
        yield f"{project}　还没有协议"
        yield from _track(project, place, approved)
        yield from _problems(Gaps(place.report, place.schemas[AGREEMENT.name]).findings(project))
        return
    gaps = Gaps(place.report, place.schemas[AGREEMENT.name])
    yield from _head(project, agreement, place, approved)
    yield from _track(project, place, approved)
    yield ""
    if agreement.framework:
        yield "这是合作意向书，不算协议，不逐项检查十二项要素。"
    elif agreement.origin is not None:
        yield f"十二项基本内容（指南草案 8.4）见原件“{agreement.origin.name}”，存{agreement.origin.kept_at}"
        yield from map(_pointer, agreement.origin.elements)
    else:
        yield "十二项基本内容（指南草案 8.4）"
        yield from map(_element, gaps.elements(project))
    rest = gaps.others(project)
    if rest:
        yield ""
        yield "其他问题"
        yield from _problems(rest)
    following = _next(agreement, gaps.findings(project), project, place, approved)
    if following:
        yield ""
        yield f"下一步：{following}"


def _head(project: str, agreement: Agreement, place: Here, approved: Approved) -> Iterator[str]:
    records = place.report.register.records
    # Of a draft the stage is what is to be changed; once it is submitted, how things stand on the day counts.
    stage = place.schemas[AGREEMENT.name].fields["stage"].values.get(agreement.stage or "", "未写阶段")
    if agreement.submitted and place.today is not None:
        stage = state(records, project, place.today, approved).label
    yield f"{project}　{agreement.title or '（还没有名称）'}　［{stage}］"
    parties = "、".join(records.party_name(party) for party in agreement.party_ids)
    yield f"各方：{parties}"
    term = term_of(records, project)
    if term and term.start and term.end:
        yield f"期限：{date_words(term.start)}至{date_words(term.end)}"


_SIGNS = {
    GateState.DONE: "√",
    GateState.WAIVED: "—",
    GateState.EXEMPT: "—",
    GateState.UNFILED: "？",
    GateState.NOW: "●",
    GateState.AHEAD: "○",
}
_WORDS = {
    GateState.WAIVED: "决定免去",
    GateState.EXEMPT: "不需要",
    GateState.UNFILED: "没有记录",
    GateState.NOW: "轮到这一步",
}


def _track(project: str, place: Here, approved: Approved) -> Iterator[str]:
    """The gates of clause 8, the state on the day, and who moves next."""
    records, today = place.report.register.records, place.today
    if today is None:
        return
    yield ""
    yield f"进程（指南草案 8）　{date_words(today)}：{state(records, project, today, approved).label}"
    if legacy(records.agreements.get(project)):
        yield "  建库以前签订，此前的经过不在这里登记"
    for gate in () if legacy(records.agreements.get(project)) else gates(records, project, approved):
        note = f"{date_words(gate.on) if gate.on else ''}{_WORDS.get(gate.passage, '')}"
        name = gate.label + " " * max(1, 10 - display_width(gate.label))
        yield f"  {_SIGNS[gate.passage]} {gate.clause} {name}{note}".rstrip()
    verdict = verdict_of(project, approved)
    if verdict.label:
        yield f"审批：{verdict.label}（经过见 coop trail {project}）"
    move = next_move(records, project, today, approved)
    yield f"轮到：{move.who}，{move.text}。" if move else "各项都已办结。"


def _element(element: Element) -> str:
    padded = f"  {element.code} {element.label}" + " " * max(1, _WIDTH - display_width(element.label))
    notes = "；".join(element.notes)
    if element.standing is ElementStanding.PRESENT:
        return f"{padded}√{f' {notes}' if notes else ''}"
    if element.standing is ElementStanding.MISSING:
        return f"{padded}× {notes}"
    return f"{padded}{element.standing.value}：{notes}"


def _problems(findings: tuple[Finding, ...]) -> Iterator[str]:
    for finding in findings:
        name = finding.place.file.rpartition("/")[2]
        yield f"  {finding.severity.label} {finding.code} {name} 第 {finding.place.line} 行：{finding.message}"


def _pointer(pointer: Pointer) -> str:
    return f"  {pointer.element} 第 {pointer.page} 页{f'，{pointer.clause}' if pointer.clause else ''}"


def _scheme_first(records: Records, agreement: Agreement) -> str:
    if agreement.framework or not scheme_lacking(records, agreement.project, None):
        return ""
    return "等合作方案批准以后，"


def _next(
    agreement: Agreement, findings: tuple[Finding, ...], project: str, place: Here, approved: Approved
) -> str:
    """What there is to do about the text; empty once it is on its way or was written elsewhere."""
    needed = sum(finding.blocks_final for finding in findings)
    if needed and not agreement.submitted:
        return f"补齐 {needed} 处必须写的，把 stage 改为 submitted，再提交审核。"
    if needed:
        return f"改好 {needed} 处错误，再运行 coop check。"
    records = place.report.register.records
    if not agreement.submitted:
        return f"内容已齐，{_scheme_first(records, agreement)}把 stage 改为 submitted，提交审核。"
    waiting = place.today is None or state(records, project, place.today, approved) is ProjectState.REVIEW
    if agreement.origin is not None or not waiting or verdict_of(project, approved).label:
        return ""
    return f"运行 coop build {project} 看生成的文书，再运行 coop submit {project} 送审。"
