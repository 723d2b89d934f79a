"""Each statement weighed in one order: form, repository, subject, round, words, governance, role, drafter, key.

A bad statement is a finding and never hides the others. Signatures of all statements are verified together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.approval import signature
from pipeline.approval.canonical import CanonicalError
from pipeline.approval.chain import Chain, GovernanceVersion, key_of
from pipeline.approval.frozen_words import FrozenWords
from pipeline.approval.frozen_words import read as read_words
from pipeline.approval.paths import SIGNATURE, Drawer, drawers, subject_folder
from pipeline.approval.statement import NAMESPACE, REGISTRAR, Filed, Statement, named
from pipeline.approval.statement import read as read_statement
from pipeline.git import Snapshot
from pipeline.kernel.codes import approval
from pipeline.kernel.finding import Code, Finding, Place

_OVERSHADOWS = "；弄清以前，同一人以前的批准不计"
"""What a doubtful file does to those before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """A statement that counts; `signed` tells that its signer's registered key signed it."""

    filed: Filed
    signed: bool

    @property
    def statement(self) -> Statement:
        """What it says."""
        return self.filed.statement

    @property
    def by_own_key(self) -> bool:
        """Whether the person's own key signed it: paper and claims do not count as signed."""
        return self.signed and self.statement.basis == "signed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """What a subject's files hold: its rounds' words, all statements that could be read, those that count.

    `doubts` tells for a role and a person the number of a file that may be a rejection and cannot be vouched
    for: until that is cleared up, what the person approved before it does not count. `unsound` is the newest
    round whose words are none (0: all are sound): it has taken the place of those before it all the same.
    """

    subject: str
    rounds: Mapping[int, FrozenWords]
    filed: tuple[Filed, ...] = ()
    votes: tuple[Vote, ...] = ()
    findings: tuple[Finding, ...] = ()
    doubts: Mapping[tuple[str, str], int] = field(default_factory=dict)
    unsound: int = 0

    @property
    def highest(self) -> FrozenWords | None:
        """The newest round's words."""
        return self.rounds[max(self.rounds)] if self.rounds else None


@dataclass(slots=True, kw_only=True)
class _Desk:
    """One subject on the desk while its statements are weighed."""

    drawer: Drawer
    rounds: dict[int, FrozenWords] = field(default_factory=dict)
    filed: list[Filed] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    doubts: dict[tuple[str, str], int] = field(default_factory=dict)

    def doubt(self, filed: Filed, code: Code, place: Place, message: str) -> None:
        """A statement whose signature does not hold: no approval, and a rejection that must not be passed over."""
        if filed.statement.decision == "reject" and filed.statement.round == max(self.rounds):
            self._keep(filed.statement.role, filed.statement.person, filed.statement.number)
            message = f"{message}{_OVERSHADOWS}"
        self.findings.append(code.at(place, message))

    def unreadable(self, name: str, place: Place, why: str) -> None:
        """A file that cannot be read as a statement, though by its name it is one."""
        told = named(name.rpartition("/")[2])
        if told is not None:
            self._keep(*told)
        self.findings.append(approval.STATEMENT_FORM.at(place, f"批准记录不规范：{why}{_OVERSHADOWS}"))

    def _keep(self, role: str, person: str, number: int) -> None:
        self.doubts[role, person] = max(number, self.doubts.get((role, person), 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pending:
    """A statement of which only the signature is still to be verified."""

    desk: _Desk
    filed: Filed
    check: signature.Check


def dossiers(snapshot: Snapshot, chain: Chain) -> dict[str, Dossier]:
    """All subjects of a commit that have files in the trail, weighed."""
    desks = {subject: _Desk(drawer=drawer) for subject, drawer in drawers(snapshot.files).items()}
    pending: list[_Pending] = []
    for desk in desks.values():
        _read_rounds(desk, snapshot, chain)
        for name in desk.drawer.statements:
            pending += _weigh(desk, name, snapshot, chain)
    _verify(pending)
    return {subject: _closed(desk) for subject, desk in desks.items()}


def _closed(desk: _Desk) -> Dossier:
    return Dossier(
        subject=desk.drawer.subject,
        rounds=desk.rounds,
        filed=tuple(desk.filed),
        votes=tuple(sorted(desk.votes, key=lambda vote: vote.filed.name)),
        findings=(*desk.findings, *_gaps(desk.drawer)),
        doubts=desk.doubts,
        unsound=max((number for number in desk.drawer.rounds if number not in desk.rounds), default=0),
    )


def _read_rounds(desk: _Desk, snapshot: Snapshot, chain: Chain) -> None:
    for number, name in sorted(desk.drawer.rounds.items()):
        place = Place(file=name)
        try:
            words = read_words(snapshot.read(name))
        except CanonicalError as error:
            desk.findings.append(approval.FROZEN_FORM.at(place, f"送审文本不完好：{error}"))
            continue
        if (words.subject, words.number) != (desk.drawer.subject, number):
            message = f"抬头写的是 {words.subject} 第 {words.number} 轮，与所在位置不符"
            desk.findings.append(approval.FROZEN_FORM.at(place, message))
        elif chain.current and words.repository != chain.current.rules.repository:
            desk.findings.append(approval.OTHER_REPOSITORY.at(place, "送审文本的本库编号不是本库的"))
        else:
            desk.rounds[number] = words
    there = sorted(desk.drawer.rounds)
    for before, after in zip([0, *there], there, strict=False):
        if after > before + 1:
            place = Place(file=desk.drawer.rounds[after])
            message = f"缺第 {_span(before, after)} 轮送审文本，轮次不连续"
            desk.findings.append(approval.FROZEN_FORM.at(place, message))


def _span(before: int, after: int) -> str:
    """The numbers between two, as one would say them."""
    return str(before + 1) if after == before + 2 else f"{before + 1} 至 {after - 1}"


def _gaps(drawer: Drawer) -> Iterator[Finding]:
    """Numbers that a person's statements in a role skip: one was there, or should have been."""
    numbers: dict[tuple[str, str], list[int]] = {}
    for name in drawer.statements:
        told = named(name.rpartition("/")[2])
        if told is not None:
            numbers.setdefault(told[:2], []).append(told[2])
    for (role, person), found in numbers.items():
        there = sorted(found)
        for before, after in zip([0, *there], there, strict=False):
            if after > before + 1:
                place = Place(file=f"{subject_folder(drawer.subject)}/{role}--{person}--{after}.json")
                yield approval.SKIPPED.at(place, f"缺 {person} 以 {role} 写的第 {_span(before, after)} 份")


def _weigh(desk: _Desk, name: str, snapshot: Snapshot, chain: Chain) -> Iterator[_Pending]:
    """One statement up to its signature; what has none to verify is counted at once."""
    place = Place(file=name)
    content = snapshot.read(name)
    try:
        statement = read_statement(content)
    except CanonicalError as error:
        desk.unreadable(name, place, str(error))
        return
    beside = snapshot.files.get(f"{name}{SIGNATURE}")
    signed = snapshot.read(beside.name) if beside is not None and beside.regular else None
    filed = Filed(name=name, content=content, statement=statement, signature=signed)
    desk.filed.append(filed)
    fault = _fault(desk, filed, place, chain)
    if fault is not None:
        desk.findings.append(fault)
    elif signed is not None:
        yield from _to_verify(desk, filed, chain)
    elif statement.basis == "signed":
        desk.doubt(filed, approval.UNSIGNED, place, f"{_who(filed, chain)}写明有签名，旁边没有 .sig 文件")
    else:
        desk.votes.append(Vote(filed=filed, signed=False))


def _fault(desk: _Desk, filed: Filed, place: Place, chain: Chain) -> Finding | None:
    """The first thing that keeps a statement from counting, before its signature."""
    said = filed.statement
    expected = f"{desk.drawer.subject}/{said.file_name}"
    if said.subject != desk.drawer.subject or not filed.name.endswith(f"/{expected}"):
        message = f"里面写的是 {said.subject} 的 {said.file_name}，与所在位置不符"
        return approval.STATEMENT_PLACE.at(place, message)
    if chain.current and said.repository != chain.current.rules.repository:
        return approval.OTHER_REPOSITORY.at(place, "批准记录的本库编号不是本库的")
    words = desk.rounds.get(said.round)
    if words is None or words.digest != said.words:
        missing = "没有这一轮送审文本" if words is None else "摘要与这一轮送审文本不符"
        return approval.OTHER_WORDS.at(place, f"{_who(filed, chain)}第 {said.round} 轮：{missing}")
    version = chain.cited(said.governance)
    if version is None:
        return approval.CITED.at(place, f"所依据的审批规则 {said.governance[:16]}… 不在本库的规则链上")
    return _unfit(filed, words, version, place, chain)


def _unfit(
    filed: Filed, words: FrozenWords, version: GovernanceVersion, place: Place, chain: Chain
) -> Finding | None:
    """Whether the person may decide: role then, role now (or accepted), not the drafter."""
    said, now = filed.statement, chain.current
    if not version.rules.holds(said.person, said.role):
        message = f"{_who(filed, chain)}在第 {version.number} 版规则里不担任这个角色"
        return approval.NOT_HELD.at(place, message)
    kept = now is not None and _accepted(filed, now)
    if now is not None and not kept and not now.rules.holds(said.person, said.role):
        return approval.NO_LONGER.at(place, f"{_who(filed, chain)}现在不担任这个角色，这份批准也没有列为承认")
    if said.basis == "paper":
        recorder = version.rules.name(said.recorder)
        if not version.rules.holds(said.recorder, REGISTRAR):
            return approval.NOT_HELD.at(
                place, f"{recorder}在第 {version.number} 版规则里不担任登记人（registrar）"
            )
        if now is not None and not kept and not now.rules.holds(said.recorder, REGISTRAR):
            return approval.NO_LONGER.at(
                place, f"{recorder}现在不担任登记人（registrar），这份登记也没有列为承认"
            )
    if said.decision == "approve" and said.person == words.drafter:
        return approval.SELF.at(place, f"{_who(filed, chain)}是这份文书声明的起草人")
    return None


def _to_verify(desk: _Desk, filed: Filed, chain: Chain) -> Iterator[_Pending]:
    """The signature with the one key that may have made it, or the finding that there is none."""
    said, place = filed.statement, Place(file=f"{filed.name}{SIGNATURE}")
    version, now = chain.cited(said.governance), chain.current
    if version is None or now is None or filed.signature is None:
        return
    key = key_of(version.rules, said.signer, filed.signature)
    if not key:
        message = f"不是{version.rules.name(said.signer)}登记的钥匙签的{_other(version, filed.signature)}"
        desk.doubt(filed, approval.BAD_SIGNATURE, place, message)
        return
    if not _accepted(filed, now) and not key_of(now.rules, said.signer, filed.signature):
        message = f"{now.rules.name(said.signer)}已换钥匙，旧钥匙签的这份批准没有列为承认"
        desk.findings.append(approval.NO_LONGER.at(place, message))
        return
    check = signature.Check(key=key, namespace=NAMESPACE, message=filed.content, signature=filed.signature)
    yield _Pending(desk=desk, filed=filed, check=check)


def _accepted(filed: Filed, now: GovernanceVersion) -> bool:
    """Whether the governance in force accepts a statement by name."""
    return bool(now.rules.accepted) and filed.digest in now.rules.accepted


def _other(version: GovernanceVersion, signed: bytes) -> str:
    """Whose key it was, where that is known."""
    owner = next((one for one in version.rules.people if key_of(version.rules, one, signed)), None)
    return f"，是{version.rules.name(owner)}的钥匙签的" if owner else ""


def _verify(pending: list[_Pending]) -> None:
    """All signatures at once; without ssh-keygen nothing is said to hold."""
    try:
        held = signature.verify([item.check for item in pending])
    except signature.SignatureToolError as error:
        for item in pending:
            place = Place(file=f"{item.filed.name}{SIGNATURE}")
            item.desk.findings.append(approval.NOT_VERIFIED.at(place, str(error)))
        return
    for item, good in zip(pending, held, strict=True):
        if good:
            item.desk.votes.append(Vote(filed=item.filed, signed=True))
        else:
            place = Place(file=f"{item.filed.name}{SIGNATURE}")
            message = "签名与批准记录的内容不符：记录被改过，或者签名是从别处拿来的"
            item.desk.doubt(item.filed, approval.BAD_SIGNATURE, place, message)


def _who(filed: Filed, chain: Chain) -> str:
    """Person and role as a reader knows them."""
    said = filed.statement
    rules = chain.current.rules if chain.current else None
    if rules is None:
        return f"{said.person}（{said.role}）"
    return f"{rules.name(said.person)}（{rules.role(said.role)}）"
