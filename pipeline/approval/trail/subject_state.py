"""The state of one subject: what was decided about its newest round, and whether that still is its text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

from pipeline.approval.chain import Chain
from pipeline.approval.trail.compare import Difference
from pipeline.approval.trail.current_words import CurrentWords, NotComposedError, kind_of_subject
from pipeline.approval.trail.differences import held
from pipeline.kernel.codes import approving
from pipeline.kernel.finding import Finding, Place
from pipeline.kernel.structs import Struct, replace
from pipeline.record.kinds import AGREEMENT, AMENDMENT
from pipeline.record.model import Records
from pipeline.record.model.governance import Governance
from pipeline.record.places import file_of
from pipeline.record.rounds.canonical import CanonicalError
from pipeline.record.rounds.decision import Level, RoundDecision, decide
from pipeline.record.rounds.frozen_words import FrozenWords, file_name, untagged
from pipeline.record.rounds.matrix import required
from pipeline.record.rounds.subject_files import Dossier, Vote
from pipeline.record.rounds.subject_folders import subject_folder

_UNRULED = "第 {} 轮已送审，审批权限表没有规定由谁批准"


class Stage(Enum):
    """Where a subject stands."""

    UNSUBMITTED = "unsubmitted"
    PENDING = "pending"
    REJECTED = "rejected"
    CHANGED = "changed"
    APPROVED = "approved"
    SIGNED = "signed"
    SHORT = "short"
    UNTRUSTED = "untrusted"


class SubjectState(Struct, frozen=True, kw_only=True):
    """One subject's state at a commit.

    `level` is what has been proven of a complete approval, `reasons` say why no more; `differences` is what
    stands otherwise now than in the newest round. `understated` tells that its words told the matrix less than their own
    fields say, so that somebody was never asked.
    """

    subject: str
    stage: Stage
    level: Level
    reasons: tuple[str, ...]
    dossier: Dossier
    decision: RoundDecision
    differences: tuple[Difference, ...]
    findings: tuple[Finding, ...]
    understated: bool = False

    @property
    def words(self) -> FrozenWords | None:
        """The newest round's words."""
        return self.dossier.highest

    @property
    def approved(self) -> bool:
        """Whether every required role approved exactly what stands there now (or was signed since)."""
        return self.stage in (Stage.APPROVED, Stage.SIGNED)

    @property
    def frozen(self) -> SubjectState:
        """The state of the words as they were frozen, where the subject's own record says the same.

        What is printed of it otherwise today, by another wording or of a partner's new address, takes nothing from a text
        that every role has approved as it is frozen: a file of it that was made then stays what it was.
        """
        only_printed = bool(self.differences) and all(
            one.part == "body" or one.of_layout for one in self.differences
        )
        standing = self.decision.complete and not self.decision.rejected and not _replaced(self.dossier)
        if self.stage is not Stage.CHANGED or not only_printed or not standing:
            return self
        return replace(self, stage=Stage.APPROVED)

    @property
    def label(self) -> str:
        """The state in words; an approval never without its level."""
        number = self.words.number if self.words else 0
        return {
            Stage.UNSUBMITTED: "未送审",
            Stage.PENDING: f"第 {number} 轮审批中" if self.decision.seats else _UNRULED.format(number),
            Stage.REJECTED: f"第 {number} 轮被否决",
            Stage.CHANGED: _spoilt(self.dossier) or f"第 {number} 轮送审后内容已改动",
            Stage.APPROVED: f"第 {number} 轮已批准〔{self.level.label}〕",
            Stage.SIGNED: f"第 {number} 轮已批准并登记签署〔{self.level.label}〕",
            Stage.SHORT: f"第 {number} 轮批准齐了，没有证明到审批规则要求的级别〔{self.level.label}〕",
            Stage.UNTRUSTED: "不可信：核对基准里有的审批记录，现在缺失或改动了",
        }[self.stage]


def not_approved(state: SubjectState) -> str:
    """The state in words, with the reason where an approval does not reach what is demanded or something is lost."""
    why = state.reasons[0] if state.reasons and state.stage in (Stage.SHORT, Stage.UNTRUSTED) else ""
    return f"{state.label}（{why}）" if why else state.label


def _replaced(dossier: Dossier) -> bool:
    """Whether a round whose words are none came after the newest that is sound: that one counts no more."""
    return dossier.unsound > max(dossier.rounds, default=0)


def _spoilt(dossier: Dossier) -> str:
    if _replaced(dossier):
        return f"第 {dossier.unsound} 轮送审文本不完好"
    return "" if dossier.rounds else "送审文本不完好"


def unsubmitted(subject: str) -> SubjectState:
    """The state of a subject that has no files in the trail."""
    nothing = RoundDecision(seats=(), rejected=(), signing=None, findings=())
    return _state(subject, Dossier(subject=subject, rounds={}), nothing, Stage.UNSUBMITTED, (), ())


def state(subject: str, dossier: Dossier, chain: Chain, current: CurrentWords) -> SubjectState:
    """The state of a subject that has files in the trail, at level L1 at most (see `levels` for more)."""
    findings = list(dossier.findings)
    if chain.current is None or dossier.highest is None:
        nothing = RoundDecision(seats=(), rejected=(), signing=None, findings=())
        return _state(subject, dossier, nothing, Stage.UNSUBMITTED, (), findings)
    dossier, later = _as_signed(dossier, signed_words(subject, current.register.records))
    findings += later
    broken = _broken(dossier, current)
    if broken is not None:
        return broken
    decision = decide(dossier, chain.current.rules, pinned=chain.pinned)
    findings += decision.findings
    words, named = dossier.highest, signed_words(subject, current.register.records)
    inked = words is not None and words.digest == named
    signed = decision.signing is not None and inked
    sealed = decision.complete and not decision.rejected and not _replaced(dossier)
    differences, reworded, found = held(subject, dossier, current, signed=signed, sealed=sealed, inked=inked)
    findings += found
    spared = _spared(dossier, current, decision, chain.current.rules) if inked else ()
    findings += spared
    standing = () if reworded else differences
    stage = Stage.CHANGED if spared else _stage(dossier, decision, standing, signed=signed)
    made = _state(subject, dossier, decision, stage, differences, findings)
    return replace(made, understated=bool(spared) and all(one.part != "own" for one in differences))


def _as_signed(dossier: Dossier, words: str) -> tuple[Dossier, tuple[Finding, ...]]:
    """The dossier as far as the round that the parties signed, which no later round replaces; and what is odd.

    `words` is what the signing record names. Signed is what it names under the registrar's statement; the one
    without the other is told, because taking either away would make a signed agreement look open to change. Without the
    statement no round is passed over: anybody can write a signing record.
    """
    stated = {vote.statement.round: vote for vote in dossier.votes if vote.statement.decision == "sign"}
    if not stated:
        inked = next((one for one, held in dossier.rounds.items() if held.digest == words), None)
        return dossier, () if inked is None else tuple(_later(dossier, inked))
    number = next((one for one in sorted(stated) if dossier.rounds[one].digest == words), None)
    if number is None:
        one = stated[max(stated)]
        message = (
            f"登记人登记各方已签署第 {one.statement.round} 轮，签署记录（signing.yaml）的 words 写的不是它"
        )
        return dossier, (approving.CHANGED_AFTER_SIGNING.at(Place(file=one.filed.name), message),)
    rounds = {kept: held for kept, held in dossier.rounds.items() if kept <= number}
    return replace(dossier, rounds=rounds, unsound=0), tuple(_later(dossier, number))


def _later(dossier: Dossier, number: int) -> Iterator[Finding]:
    """Rounds that came after the one that the parties signed."""
    for extra in dossier.rounds:
        if extra > number:
            place = Place(file=f"{subject_folder(dossier.subject)}/{file_name(extra)}")
            message = f"各方已签署第 {number} 轮，第 {extra} 轮不能代替它"
            yield approving.CHANGED_AFTER_SIGNING.at(place, message)


def _broken(dossier: Dossier, current: CurrentWords) -> SubjectState | None:
    """The state where the newest round's words are not what a program of ours would have written."""
    words = dossier.highest
    try:
        if words is not None and current.readable(words):
            return None
        fault = "没有正文"
    except CanonicalError as error:
        fault = str(error)
    number = words.number if words else 0
    place = Place(file=f"{subject_folder(dossier.subject)}/{file_name(number)}")
    found = (*dossier.findings, approving.FROZEN_FORM.at(place, f"送审文本不完好：{fault}"))
    rounds = {kept: old for kept, old in dossier.rounds.items() if kept != number}
    nothing = RoundDecision(seats=(), rejected=(), signing=None, findings=())
    spoilt = replace(dossier, rounds=rounds, unsound=number)
    return _state(dossier.subject, spoilt, nothing, Stage.CHANGED, (), found)


def _state(
    subject: str,
    dossier: Dossier,
    decision: RoundDecision,
    stage: Stage,
    differences: tuple[Difference, ...],
    findings: Sequence[Finding],
) -> SubjectState:
    grounds = [(seat.level, seat.reason) for seat in decision.seats]
    if stage is Stage.SIGNED and decision.signing is not None:
        grounds.append(_registered(decision.signing, grounds))
    level = min((one for one, _ in grounds), default=Level.RECORDED)
    return SubjectState(
        subject=subject,
        stage=stage,
        level=level,
        reasons=tuple(reason for one, reason in grounds if one is level),
        dossier=dossier,
        decision=decision,
        differences=differences,
        findings=tuple(findings),
    )


def _registered(vote: Vote, seats: Sequence[tuple[Level, str]]) -> tuple[Level, str]:
    """How much the registrar's word proves, on which it rests that later changes are passed over."""
    if vote.by_own_key:
        return max((level for level, _ in seats), default=Level.RECORDED), "登记签署有登记人的签名"
    return Level.RECORDED, "登记签署只是自述，没有登记人的签名"


def _spared(
    dossier: Dossier, current: CurrentWords, decision: RoundDecision, rules: Governance
) -> tuple[Finding, ...]:
    """Who the record asks for and the facts in its frozen words did not: roles, or another department.

    Later facts are passed over for what is signed; words that told the matrix less than the record says are not.
    """
    subject, words = dossier.subject, dossier.highest
    try:
        facts = current.composed(subject).facts
    except NotComposedError:
        return ()
    held = {seat.role for seat in decision.seats}
    missing = "、".join(rules.role(role) for role in required(rules, facts) if role not in held)
    message = f"按协议的内容还要由{missing}批准，送审文本里的事实没有写出来" if missing else ""
    department = untagged(facts.get("department", ""))
    if words is not None and not missing and department != words.department:
        college = current.register.records.college
        now, told = (
            college.department_name(one) if college else one for one in (department, words.department)
        )
        message = f"协议由{now or '没有写明的系部'}实施，送审文本里的事实写的是{told or '空的'}"
    return (approving.CHANGED_AFTER_SIGNING.at(Place(file=file_of(subject)), message),) if message else ()


def _stage(
    dossier: Dossier, decision: RoundDecision, differences: tuple[Difference, ...], *, signed: bool
) -> Stage:
    if _replaced(dossier):
        return Stage.CHANGED
    in_fields = any(difference.part == "own" for difference in differences)
    if decision.rejected:
        return Stage.REJECTED
    if differences and (in_fields or not signed):
        return Stage.CHANGED
    if not decision.complete:
        return Stage.PENDING
    return Stage.SIGNED if signed else Stage.APPROVED


def signed_words(subject: str, records: Records) -> str:
    """The digest of the words that a project's signing record names for its agreement or amendment."""
    kind, file = kind_of_subject(subject), file_of(subject)
    if kind is AGREEMENT:
        signing = records.signings.get(kind.key_in(file) or "")
        return signing.words if signing else ""
    if kind is AMENDMENT:
        project, _, number = (kind.key_in(file) or "").partition("/")
        signing = records.signings.get(project)
        signings = signing.amendments if signing else ()
        return next((one.words for one in signings if one.amendment == number), "")
    return ""


def raised(state: SubjectState, level: Level, reasons: Mapping[Level, str]) -> SubjectState:
    """The state with a higher level, as far as it has reached the one below; `reasons` explain what is lacking."""
    if state.level < Level.SIGNED or not state.approved:
        return state
    why = tuple(reasons[step] for step in Level if step > level and step in reasons)[:1]
    return replace(state, level=max(state.level, level), reasons=why or state.reasons)
