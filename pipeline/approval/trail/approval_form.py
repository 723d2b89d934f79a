"""合同审批表: a document of its own, filled from the trail; what is still to be decided is left to ink."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pipeline.approval.chain import Chain
from pipeline.approval.trail.current_words import kind_of_subject
from pipeline.approval.trail.frame import FINGERPRINT, sheet_code
from pipeline.approval.trail.opinions import ONLY_FILED, filed_beside, minutes, only_filed, person_called
from pipeline.approval.trail.subject_state import SubjectState
from pipeline.compose.frames import PAGE_LINE
from pipeline.kernel import chinese
from pipeline.kernel.document import (
    Block,
    Body,
    Cell,
    Document,
    Frame,
    Paragraph,
    Run,
    Signature,
    SignatureParty,
    Table,
    Title,
)
from pipeline.record.kinds import AGREEMENT
from pipeline.record.model import College
from pipeline.record.model.governance import Governance
from pipeline.record.model.names import COLLEGE
from pipeline.record.model.preparation import Review
from pipeline.record.model.records import Records
from pipeline.record.rounds.decision import PROOFS, Seat
from pipeline.record.rounds.frozen_words import FrozenWords, untagged

BLANK = "　　　　年　　月　　日"


def form(state: SubjectState, chain: Chain, records: Records, title: str, number: str) -> Document:
    """The form of a subject with rounds: what is submitted, each required role, and what was decided so far.

    Steps and minutes that only the records hold are told as what is filed. People whom the governance does not list are
    named as the college does. Raises ValueError where no rules count.
    """
    if chain.current is None:
        raise ValueError("a form needs rules")
    rules = chain.current.rules
    words, filed = state.words, filed_beside(records, state)
    called = title_of(state.subject)
    blocks: tuple[Block, ...] = (
        Title(runs=(Run(text=called),)),
        _about(
            words, _drafter(words, rules, records.college), title, number, minutes(filed) if filed else ""
        ),
        _decisions(state, rules, tuple(_filed(filed, state, rules, records.college)) if filed else ()),
        *_notes(),
        Signature(parties=tuple(_place(seat, rules) for seat in state.decision.seats if seat.vote is None)),
    )
    body = Body(title=called, number=number, blocks=tuple(block for block in blocks if _filled(block)))
    frame = Frame(
        header=f"{number}　{called}".strip(),
        footer=PAGE_LINE,
        status=proof_line(state, chain),
        code=sheet_code(state.subject, words.digest) if words else "",
    )
    return Document(kind="approval-form", layout="contract", body=body, frame=frame)


def proof_line(state: SubjectState, chain: Chain) -> str:
    """What the papers about an approval say at their foot: state and level, the words, the rules and their pin."""
    words, version = state.words, chain.current
    said = (
        state.label,
        f"文字指纹 {words.digest[:FINGERPRINT]}" if words else "",
        f"审批规则第 {version.number} 版 {version.digest[:FINGERPRINT]}" if version else "",
        f"基准 {chain.pin[:FINGERPRINT] or '未提供'}",
    )
    return "　".join(filter(None, said))


def title_of(subject: str) -> str:
    """What the form of a subject is called."""
    kind = kind_of_subject(subject)
    return (kind or AGREEMENT).form


def _filled(block: Block) -> bool:
    return not isinstance(block, Signature) or bool(block.parties)


def _about(words: FrozenWords | None, drafter: str, title: str, number: str, minutes: str) -> Table:
    rows = (
        ("送审文书", title),
        *((("协议编号", number),) if number else ()),
        *(_facts(words) if words else ()),
        ("送审轮次", f"第 {words.number} 轮" if words else "尚未送审"),
        ("文字指纹", words.digest[:FINGERPRINT] if words else "尚未送审"),
        ("起草人", drafter),
        *((("会议纪要号", minutes),) if minutes else ()),
    )
    return Table(name="columns-2", head=_cells("项目", "内容"), rows=tuple(_cells(*row) for row in rows))


def _drafter(words: FrozenWords | None, rules: Governance, college: College | None) -> str:
    if words is None or not words.drafters:
        return "未声明"
    return "、".join(person_called(one, rules, college) for one in words.drafters)


def _filed(
    filed: Review, state: SubjectState, rules: Governance, college: College | None
) -> Iterator[tuple[str, str, str, str]]:
    """The rows of the steps that are filed and of which the trail says nothing."""
    for step in only_filed(filed, state, rules):
        day = chinese.date_words(step.on) if step.on else ""
        yield step.role, person_called(step.by, rules, college), f"同意（{ONLY_FILED}）", day


def _facts(words: FrozenWords) -> Iterator[tuple[str, str]]:
    """What an approver weighs beside the text: the other parties, the amount, the term."""
    # The college approves its own papers and needs no line to tell who it is.
    others = [party for party in words.facts.get("parties", ()) if party["id"] != f"id:{COLLEGE}"]
    if others:
        yield "对方单位", "、".join(untagged(party["name"]) for party in others)
    if "amount" in words.facts:
        yield "金额（投入与占用资源合计）", chinese.money(Decimal(untagged(words.facts["amount"])))
    if words.facts.get("contract_money", words.facts.get("amount")) != words.facts.get("amount"):
        yield "合同金额（加上出资和款项）", chinese.money(Decimal(untagged(words.facts["contract_money"])))
    term = words.fields.get("term", {})
    if "start" in term and "end" in term:
        days = (chinese.date_words(date.fromisoformat(untagged(term[key]))) for key in ("start", "end"))
        yield "期限", "至".join(days)


def _decisions(state: SubjectState, rules: Governance, filed: tuple[tuple[str, str, str, str], ...]) -> Table:
    rows = tuple(_cells(*_row(seat, rules)) for seat in state.decision.seats)
    rows += tuple(
        _cells(
            rules.role(vote.statement.role),
            rules.name(vote.statement.person),
            f"否决：{vote.statement.comment}",
            _day(vote.statement.date),
        )
        for vote in state.decision.rejected
    )
    rows += tuple(_cells(*row) for row in filed)
    head = _cells("审批角色", "姓名", "意见和依据", "日期")
    return Table(name="columns-4", head=head, rows=rows or (_cells("（未规定）", "", "", ""),))


def _row(seat: Seat, rules: Governance) -> Iterator[str]:
    yield rules.role(seat.role)
    if seat.vote is None:
        yield from ("", "", "")
        return
    said = seat.vote.statement
    comment = f"；{said.comment}" if said.comment else ""
    yield rules.name(said.person)
    yield f"同意（{PROOFS[said.basis]}，{seat.level.label}）{comment}"
    yield _day(said.date)


def _day(written: str) -> str:
    """A statement's date as documents write it; as it stands where it is none."""
    try:
        return chinese.date_words(date.fromisoformat(written))
    except ValueError:
        return written


def _notes() -> Iterator[Block]:
    text = (
        "纸面审批的，请核对本表的文字指纹与送审文本一致后签字盖章；登记人凭扫描件登记，扫描件另行存档。"
        "本表只记载谁在什么角色下同意了哪一份文字，不替代对合同效力的法律判断。"
    )
    yield Paragraph(runs=(Run(text=text),), style="note")


def _place(seat: Seat, rules: Governance) -> SignatureParty:
    lines = (f"{rules.role(seat.role)}意见：", "", "签字（盖章）：", f"日期：{BLANK}")
    return SignatureParty(lines=tuple((Run(text=line),) if line else () for line in lines))


def _cells(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(runs=(Run(text=text),) if text else ()) for text in texts)
