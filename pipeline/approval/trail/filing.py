"""The writing side: the next round, the next statement, the next version, as files for the work tree.

Nothing here commits, and nothing already written is touched: each function gives new files to put in place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from pipeline.approval.blocks import body, runs_of
from pipeline.approval.chain import Chain
from pipeline.approval.trail.compare import Difference
from pipeline.approval.trail.current_words import Composed, kind_of_subject, layout_of
from pipeline.approval.trail.differences import differences
from pipeline.approval.trail.genuine import current_layout, layout_faults
from pipeline.approval.trail.inspect import Trail
from pipeline.approval.trail.levels import known_people
from pipeline.approval.trail.look import look
from pipeline.approval.trail.numbers import proposed, reserved
from pipeline.approval.trail.quoted import quoted
from pipeline.approval.trail.subject_state import signed_words
from pipeline.kernel.codes.verifying import LAYOUT
from pipeline.kernel.document import Body
from pipeline.kernel.finding import Place, Severity
from pipeline.prose.personal import personal_numbers
from pipeline.record.kinds import AGREEMENT, AMENDMENT
from pipeline.record.model.governance import Governance
from pipeline.record.places import file_of
from pipeline.record.rounds.frozen_words import FrozenWords, file_name, freeze, read, round_of, untagged
from pipeline.record.rounds.statement import FORMAT, Basis, Filed, Statement, dump, fault_of, name_of, named
from pipeline.record.rounds.subject_files import Dossier, Vote
from pipeline.record.rounds.subject_folders import APPROVALS, in_order, subject_folder
from pipeline.record.rounds.weighing import fault, roll_of


class FilingError(Exception):
    """What was asked cannot be done; the message says why and what to do (Chinese)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A round to be written: its file, its words and bytes."""

    file: str
    content: bytes
    words: FrozenWords


def rules(chain: Chain) -> Governance:
    """The governance in force; raises FilingError where there is none."""
    if chain.current is None:
        found = next((one for one in chain.findings if one.severity is Severity.ERROR), None)
        if found is not None:
            raise FilingError(f"审批规则现在用不了：{found.place.file}：{found.message}。{found.hint}")
        raise FilingError("还没有审批规则，先运行 coop governance new")
    return chain.current.rules


def submission(trail: Trail, subject: str, drafters: tuple[str, ...], year: int) -> Submission:
    """The next round of a subject as it stands in the work tree; raises FilingError or NotComposedError.

    Where its official number is missing or taken, the error names the next free one of the year.
    """
    governance = rules(trail.chain)
    if kind_of_subject(subject) is None:
        raise FilingError(f"{subject} 不是要审批的文书（协议、补充协议、方案、年度计划）")
    before = trail.state(subject).dossier
    inked = signed_words(subject, trail.current.register.records)
    named_in_ink = any(one.digest == inked for one in before.rounds.values())
    if named_in_ink or trail.state(subject).decision.signing is not None:
        raise FilingError("各方已经签署，协议不能再改；要变更的，写补充协议另行送审")
    now = trail.current.composed(subject)
    lacking = [
        *_undrafted(trail, drafters),
        *_unfinished(trail, subject, now),
        *_unreserved(trail, subject, now, year),
    ]
    if lacking:
        raise FilingError("\n".join(lacking))
    number = _next_round(trail, subject)
    frozen = partial(
        freeze,
        repository=governance.repository,
        subject=subject,
        number=number,
        drafters=drafters,
        fields=now.fields,
        facts=now.facts,
        body=now.body,
        quoted=quoted(trail.current, subject, now.document.body) if now.document else "",
    )
    printed = _look(trail, read(frozen()))
    same = before.highest
    if same and same.look in ("", printed) and not differences(same, now, trail.current, subject):
        raise FilingError(f"内容与第 {same.number} 轮送审文本相同，不用再送审")
    content = frozen(look=printed)
    file = f"{subject_folder(subject)}/{file_name(number)}"
    return Submission(file=file, content=content, words=read(content))


def _undrafted(trail: Trail, drafters: tuple[str, ...]) -> Iterator[str]:
    if not drafters:
        yield "请用 --drafter 写明起草人（人员编号）：起草人不能批准自己起草的文书"
    known = known_people(trail.chain, trail.current.register.records)
    for drafter in drafters:
        if drafter not in known:
            yield f"起草人 {drafter} 不在 college.yaml 和审批规则的人员里，不能作起草人"


def _unfinished(trail: Trail, subject: str, now: Composed) -> Iterator[str]:
    """What is still open: nobody is asked to approve words that are to be filled in."""
    entry = trail.current.entry(subject)
    if getattr(entry.record if entry else None, "stage", None) == "draft":
        yield "文书还在起草阶段，先把 stage 改为写完的阶段（协议、计划是 submitted，其余是 done）"
    gaps = dict.fromkeys(run.text for run in runs_of(now.document and now.document.body) if run.gap)
    if gaps:
        yield f"正文里还有 {len(gaps)} 处没有写：{''.join(gaps)}；补上再送审"


def _look(trail: Trail, words: FrozenWords) -> str:
    """How the words will be printed when they are final; raises FilingError where they could not be."""
    name = layout_of(words.subject)
    layout = current_layout(trail, name)
    fault = next(iter(layout_faults(name, layout)), "")
    made = "" if fault else look(words, layout)
    if not made:
        raise FilingError(f"{LAYOUT.code} {fault or f'版式 {name}.docx 排不出这份文书'}。{LAYOUT.hint}")
    return made


def _next_round(trail: Trail, subject: str) -> int:
    """One more than the newest round of the unbroken line, readable or not: a number far ahead exhausts nothing."""
    folder = f"{subject_folder(subject)}/r"
    names = [
        name for name in trail.snapshot.files if name.startswith(folder) and "/" not in name[len(folder) :]
    ]
    numbers = (round_of(name.rpartition("/")[2]) for name in names)
    following = in_order(number for number in numbers if number is not None) + 1
    if round_of(file_name(following)) is None:
        raise FilingError(f"轮次已经用到 {following - 1}，这不是送审用出来的；先查清 {folder}*.jsonl")
    return following


def _unreserved(trail: Trail, subject: str, now: Composed, year: int) -> Iterator[str]:
    """The official number belongs to the first subject that was submitted with it."""
    number = untagged(now.fields.get("number"))
    kind = kind_of_subject(subject)
    if not number and kind in (AGREEMENT, AMENDMENT):
        yield f"还没有编号，先编号再送审{_free(trail, subject, year)}"
    holder = next((other for other, taken in reserved(trail) if taken == number and other != subject), None)
    if number and holder:
        yield f"编号 {number} 已由 {holder} 送审时占用，请换一个{_free(trail, subject, year)}"


def _free(trail: Trail, subject: str, year: int) -> str:
    """The line to be written for the next free number."""
    number = proposed(trail, subject, year)
    return f"。下一个可用的编号，写进 {file_of(subject)}：\n  number: {number}" if number else ""


def statement(
    trail: Trail,
    subject: str,
    *,
    role: str,
    person: str,
    decision: Literal["approve", "reject", "sign"],
    basis: Basis,
    date: str,
    more: Mapping[str, str],
) -> Statement:
    """The next statement of a person in a role on the newest round; raises FilingError."""
    governance = rules(trail.chain)
    version = trail.chain.current
    words = trail.state(subject).words
    if words is None or version is None:
        raise FilingError(f"{subject} 还没有送审文本，先运行 coop submit {subject}")
    if role not in governance.roles:
        raise FilingError(f"审批规则里没有角色 {role}；现有：{'、'.join(governance.roles)}")
    if not governance.holds(person, role):
        raise FilingError(f"{_called(governance, person)}不担任{governance.role(role)}")
    made = Statement(
        format=FORMAT,
        repository=governance.repository,
        subject=subject,
        round=words.number,
        words=words.digest,
        governance=version.digest,
        role=role,
        person=person,
        number=_next_statement(trail, subject, role, person, basis),
        decision=decision,
        basis=basis,
        date=date,
        **more,
    )
    return _sound(made, f"{subject_folder(subject)}/{made.file_name}", trail, signed=basis != "claimed")


def _called(governance: Governance, person: str) -> str:
    """A name with its id, which two of one name do not share; of somebody unknown the id alone."""
    name = governance.name(person)
    return f"{name}（{person}）" if person in governance.people else name


def _sound(made: Statement, file: str, trail: Trail, *, signed: bool) -> Statement:
    """The statement, if it is one that counts as far as its signature; raises FilingError with why it would not."""
    wrong = fault_of(made)
    if wrong:
        raise FilingError(f"批准记录写不成：{wrong}")
    for number in personal_numbers(f"{made.comment}\n\n{made.source}"):
        raise FilingError(
            f"意见里像是有个人的号码（末四位 {number.tail}），没有写：批准记录进了库就删不掉。去掉号码再登记"
        )
    content = dump(made)
    filed = Filed(name=file, content=content, statement=made, signature=b"" if signed else None)
    roll = roll_of(trail.chain, trail.current.register.records.college)
    found = fault(filed, made.subject, trail.state(made.subject).dossier.rounds, roll, Place(file=file))
    if found is not None:
        raise FilingError(f"{found.message}。{found.hint}")
    return made


def _next_statement(trail: Trail, subject: str, role: str, person: str, basis: Basis) -> int:
    """One more than the highest that counts: whatever else lies there under a number only fills its place."""
    folder = subject_folder(subject)
    statements = (vote.statement for vote in trail.state(subject).dossier.votes)
    numbers = (one.number for one in statements if (one.role, one.person, one.basis) == (role, person, basis))
    number = max(numbers, default=0) + 1
    while f"{folder}/{name_of(role, person, basis, number)}" in trail.snapshot.files:
        number += 1
    if named(name_of(role, person, basis, number)) is None:
        raise FilingError(f"{role}--{person} 的序号已经用到 {number - 1}，先查清这些文件")
    return number


def last_decided(dossier: Dossier, role: str) -> FrozenWords | None:
    """The newest round before the present one on which this role decided."""
    highest = dossier.highest
    decided = [
        filed.statement.round
        for filed in dossier.filed
        if filed.statement.role == role and highest is not None and filed.statement.round < highest.number
    ]
    return dossier.rounds.get(max(decided)) if decided else None


def changed_since(trail: Trail, subject: str, before: FrozenWords) -> tuple[Difference, ...]:
    """What the newest round says otherwise than an earlier one."""
    words = trail.state(subject).words
    if words is None:
        return ()
    now = Composed(fields=words.fields, facts=words.facts, body=words.body)
    return differences(before, now, trail.current, subject)


def frozen_body(words: FrozenWords) -> Body:
    """The body that was approved; raises CanonicalError."""
    return body(words.body)


def votes_of(dossier: Dossier, person: str) -> tuple[Vote, ...]:
    """The counting statements of a person or with the person's signature, for those who leave, get or replace a key."""
    return tuple(vote for vote in dossier.votes if person in (vote.statement.person, vote.statement.signer))


def under(root: Path, name: str) -> Path:
    """Where a file of the trail goes; only below approvals/ and governance/."""
    path = root / name
    if ".." in Path(name).parts or not name.startswith(APPROVALS):
        raise FilingError(f"不能写到 {name}")
    return path
