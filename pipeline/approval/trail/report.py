"""A subject's trail as a lawyer reads it: state, roles, changes, time line; nothing said beyond what was proven."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from pipeline.approval.trail.candidates import Candidates
from pipeline.approval.trail.compare import Difference
from pipeline.approval.trail.inspect import Trail
from pipeline.approval.trail.subject_state import SubjectState
from pipeline.approval.trail.timeline import TimelineCommit
from pipeline.kernel.causes import by_cause
from pipeline.kernel.finding import Finding
from pipeline.kernel.visible import escape_controls
from pipeline.record.model.governance import Governance
from pipeline.record.rounds.decision import PROOFS, Seat
from pipeline.record.rounds.frozen_words import file_name
from pipeline.record.rounds.statement import Filed, Statement
from pipeline.record.rounds.subject_files import Dossier, Vote
from pipeline.record.rounds.subject_folders import subject_folder

DECISIONS = {"approve": "同意", "reject": "否决", "sign": "登记：各方已签署"}
_NOTE = "说明：只核验谁在什么角色下对哪一份文字作了决定，不对合同的法律效力作判断。提交的署名、日期和说明都是自称。"


def lines(
    trail: Trail,
    state: SubjectState,
    events: tuple[TimelineCommit, ...],
    doubt: str,
    findings: tuple[Finding, ...],
) -> Iterator[str]:
    """The report as text, nothing in it able to forge a line; `doubt` says why no history is told."""
    lines_of_report = _lines(trail, state, events, doubt, findings)
    yield from (escape_controls(line, keep="") for line in lines_of_report)


def _lines(
    trail: Trail,
    state: SubjectState,
    events: tuple[TimelineCommit, ...],
    doubt: str,
    findings: tuple[Finding, ...],
) -> Iterator[str]:
    yield from _head(trail, state)
    candidates = Candidates(trail)
    rules = candidates.rules
    if state.words is not None:
        yield from _roles(state, candidates)
        yield from _changed(state.differences)
        yield from _decisions(state.dossier, rules)
    yield from _events(events, doubt)
    if findings:
        yield from ("", "发现的问题")
        yield from (
            f"  {found.severity.label} {found.code} {found.place.file}：{found.message}"
            for found in by_cause(findings)
        )
    yield from ("", _NOTE)


def _head(trail: Trail, state: SubjectState) -> Iterator[str]:
    number = state.words.official_number if state.words else ""
    title = state.words.body[0].get("title", "") if state.words else ""
    yield "　".join(part for part in (state.subject, number, str(title)) if part)
    yield f"核验的提交：{trail.commit or '没有 git 历史，按文件夹里的内容核验，不作历史结论'}"
    version = trail.chain.current
    yield f"审批规则：{f'第 {version.number} 版' if version else '没有'}　基准：{trail.chain.pin or '未提供'}"
    checkpoint = trail.checkpoint
    if checkpoint is not None:
        witnessed = f"，时间戳 {checkpoint.witnessed}" if checkpoint.witnessed else ""
        signers = f"，{'、'.join(checkpoint.signers)}签名" if checkpoint.signers else ""
        yield f"核对基准：{checkpoint.label}{signers}{witnessed}"
    yield f"状态：{state.label}"
    yield from (f"  级别的理由：{reason}" for reason in dict.fromkeys(state.reasons) if state.approved)
    if state.words is not None:
        yield f"送审文本：{_file(state.subject, state.words.number)}　文字指纹 {state.words.digest}"


def _file(subject: str, number: int) -> str:
    return f"{subject_folder(subject)}/{file_name(number)}"


def _roles(state: SubjectState, candidates: Candidates) -> Iterator[str]:
    yield from ("", "需要的角色")
    waiting = True
    for seat in state.decision.seats:
        yield f"  {_seat(seat, state, candidates)}{'　← 下一步' if seat.vote is None and waiting else ''}"
        waiting = waiting and seat.vote is not None
    if not state.decision.seats:
        yield "  审批权限表没有规定这类文书由谁批准，请先补审批规则"


def _seat(seat: Seat, state: SubjectState, candidates: Candidates) -> str:
    rules = candidates.rules
    if seat.vote is None:
        return f"· {rules.role(seat.role)}　还缺（{candidates.told(state, seat.role)}）"
    said = seat.vote.statement
    return f"√ {rules.role(seat.role)}　{rules.name(said.person)}　{said.date}　{seat.reason}〔{seat.level.label}〕"


def _changed(differences: tuple[Difference, ...]) -> Iterator[str]:
    if differences:
        yield from ("", f"与送审文本的不同（{len(differences)} 处）")
        yield from (f"  {difference}" for difference in differences)


def _decisions(dossier: Dossier, rules: Governance) -> Iterator[str]:
    counting = {vote.filed.name: vote for vote in dossier.votes}
    yield from ("", "全部决定")
    order = {role: place for place, role in enumerate(rules.roles)}
    for filed in sorted(dossier.filed, key=lambda one: _sequence(one.statement, order)):
        said = filed.statement
        proof = PROOFS[said.basis]
        vote = counting.get(filed.name)
        counted = "计入" if vote else "不计入，原因见下"
        parts = (said.comment, said.source, _scan(said.scan), _recorder(filed, vote, rules))
        detail = "；".join(part for part in parts if part)
        who = f"{rules.name(said.person)}（{rules.role(said.role)}）"
        yield (
            f"  第 {said.round} 轮　{who}　{DECISIONS[said.decision]}　{said.date}　{proof}　{counted}"
            f"{'　' + detail if detail else ''}"
        )


def _sequence(said: Statement, order: Mapping[str, int]) -> tuple[int, str, int, int]:
    """Decisions by round and day, those of one day in the order of the roles."""
    return said.round, said.date, order.get(said.role, len(order)), said.number


def _recorder(filed: Filed, vote: Vote | None, rules: Governance) -> str:
    """Who wrote down what was decided on paper, and whether the entry bears that person's signature."""
    recorder = filed.statement.recorder
    if not recorder:
        return ""
    return f"登记人 {rules.name(recorder)}（{'有其钥匙签名' if vote and vote.signed else '登记没有签名'}）"


def _scan(digest: str) -> str:
    return f"扫描件 {digest}" if digest else ""


def _events(events: tuple[TimelineCommit, ...], doubt: str) -> Iterator[str]:
    yield from ("", "时间线（按提交的先后承接，日期是自称）")
    if doubt:
        yield f"  {doubt}"
    for event in events:
        commit = event.commit
        kind = "合并" if event.merge else "提交"
        title = commit.message.split("\n")[0]
        yield f"  {kind} {commit.name[:12]}　{_day(commit.date)}　自称 {commit.author}　“{title}”"
        if event.record:
            yield f"      {event.record}"
        yield from (f"      新增 {name}" for name in event.brought)
        yield from (
            f"      改写 {escape_controls(name, keep='')}（这类文件只能新增）" for name in event.altered
        )
        yield from (f"      移走 {name}" for name in event.removed)
        yield from (f"      自称：{line}（不作为证明）" for line in event.trailers)


def _day(seconds: int) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")
    except (OverflowError, OSError, ValueError):
        return "日期不明"


def data(
    trail: Trail,
    state: SubjectState,
    events: tuple[TimelineCommit, ...],
    doubt: str,
    findings: tuple[Finding, ...],
) -> dict[str, Any]:
    """The same for programs."""
    words = state.words
    return {
        "subject": state.subject,
        "commit": trail.commit,
        "pin": trail.chain.pin,
        "stage": state.stage.value,
        "approved": state.approved,
        "level": f"L{state.level.value}",
        "label": state.label,
        "reasons": list(dict.fromkeys(state.reasons)),
        "round": words.number if words else 0,
        "words": words.digest if words else "",
        "roles": [_seat_data(seat) for seat in state.decision.seats],
        "missing": list(state.decision.missing),
        "differences": [str(difference) for difference in state.differences],
        "history": doubt or "complete",
        "commits": [_commit_data(event) for event in events],
        "findings": [_finding_data(found) for found in findings],
    }


def _commit_data(event: TimelineCommit) -> dict[str, Any]:
    return {
        "commit": event.commit.name,
        "claimed_author": event.commit.author,
        "trailers": list(event.trailers),
        "altered": list(event.altered),
        "removed": list(event.removed),
    }


def _finding_data(found: Finding) -> dict[str, Any]:
    return {
        "code": found.code,
        "severity": found.severity.value,
        "file": found.place.file,
        "message": found.message,
    }


def _seat_data(seat: Seat) -> dict[str, Any]:
    said = seat.vote.statement if seat.vote else None
    return {
        "role": seat.role,
        "person": said.person if said else "",
        "basis": said.basis if said else "",
        "level": f"L{seat.level.value}" if said else "",
        "reason": seat.reason,
    }
