"""How much of an approval is proven beyond its signatures: what a checkpoint and a time-stamp add."""

from __future__ import annotations

from collections.abc import Collection

from pipeline.approval.chain import Chain
from pipeline.approval.inclusion import TrailFile
from pipeline.approval.trail.subject_state import Stage, SubjectState, raised
from pipeline.kernel.codes import demands
from pipeline.kernel.finding import Finding, Place, Severity
from pipeline.kernel.structs import Struct, replace
from pipeline.record.model import Records
from pipeline.record.rounds.decision import Level, demanded, short
from pipeline.record.rounds.frozen_words import file_name
from pipeline.record.rounds.statement import SIGNATURE
from pipeline.record.rounds.subject_folders import APPROVALS, GOVERNANCE, subject_folder


class SavedList(Struct, frozen=True, kw_only=True):
    """A list of the trail as it was saved: its file, its bytes, and the signature beside it, if any."""

    label: str
    content: bytes
    signature: bytes | None


class Checkpoint(Struct, frozen=True, kw_only=True):
    """What was known before: `known` entries, the `label` it is called by, and the losses found.

    `apart` are checkpoints that do not contain each other, `lists` those of them that are saved lists, `signers` who
    signed them, `doubt` why they prove nothing (findings). `witnessed` is the time (as text) a verified time-stamp
    gives for `known`, empty for none; `itself` tells that the checkpoint is the very commit that is verified,
    against which nothing can be missing; `gate` that a line of work is held against where it goes.
    """

    label: str
    known: frozenset[TrailFile]
    losses: tuple[Finding, ...]
    apart: tuple[Finding, ...] = ()
    lists: tuple[SavedList, ...] = ()
    signers: tuple[str, ...] = ()
    doubt: tuple[Finding, ...] = ()
    witnessed: str = ""
    itself: bool = False
    gate: bool = False

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that is wrong with it or held against it."""
        return (*self.losses, *self.apart, *self.doubt)

    @property
    def gone_from(self) -> frozenset[str]:
        """The subjects of which something is lost."""
        names = (one.place.file for one in self.losses if one.severity is Severity.ERROR)
        inner = (name.removeprefix(f"{APPROVALS}/") for name in names if name.startswith(f"{APPROVALS}/"))
        return frozenset(name.rpartition("/")[0] for name in inner if "/" in name)


def known_people(chain: Chain, records: Records) -> Collection[str]:
    """Everybody who can be held to what is declared of them: people of the college and of governance."""
    of_rules = {person for version in chain.versions for person in version.rules.people}
    return of_rules | set(records.college.people if records.college else ())


def levelled(
    one: SubjectState, chain: Chain, checkpoint: Checkpoint | None, people: Collection[str]
) -> SubjectState:
    """Raise an approval with signatures to L2 and L3, where a checkpoint and a time-stamp allow it.

    `people` are those who may be declared as a drafter.
    """
    lost = _lost(one, checkpoint)
    if lost:
        return replace(one, stage=Stage.UNTRUSTED, level=Level.RECORDED, reasons=(lost,))
    return _demanded(_raised(one, chain, checkpoint, people), chain, checkpoint)


def _lost(one: SubjectState, checkpoint: Checkpoint | None) -> str:
    """What a checkpoint held of a subject or of the rules and is gone or other now; empty for nothing."""
    mine = (f"{subject_folder(one.subject)}/", f"{GOVERNANCE}/")
    losses = checkpoint.losses if checkpoint else ()
    gone = [
        found for found in losses if found.place.file.startswith(mine) and found.severity is Severity.ERROR
    ]
    return f"{gone[0].message}（核对基准 {checkpoint.label if checkpoint else ''}）" if gone else ""


def _demanded(one: SubjectState, chain: Chain, checkpoint: Checkpoint | None) -> SubjectState:
    """A complete approval that stays below what the rules demand counts as none, and says why.

    At a gate more than L1 is not asked: what a line of work brings cannot be in the checkpoint that it parted from.
    """
    if not one.approved or one.words is None or chain.current is None:
        return one
    rules, facts, level = chain.current.rules, one.words.facts, one.level
    if checkpoint is not None and checkpoint.gate and level >= Level.SIGNED:
        level = max(level, demanded(rules, facts)[0])
    why = short(one.decision, chain.current, chain, facts, level)
    if not why:
        return one
    place = Place(file=f"{subject_folder(one.subject)}/{file_name(one.words.number)}")
    found = (*one.findings, demands.BELOW_LEVEL.at(place, f"{one.subject}：{why}"))
    return replace(one, stage=Stage.SHORT, reasons=(why,), findings=found)


def _raised(
    one: SubjectState, chain: Chain, checkpoint: Checkpoint | None, people: Collection[str]
) -> SubjectState:
    lacking = _lacking(one, chain, checkpoint, people)
    reasons = {Level.CONTINUOUS: lacking, Level.WITNESSED: "没有覆盖这些记录的时间戳"}
    if lacking or checkpoint is None:
        return raised(one, Level.SIGNED, reasons)
    if checkpoint.witnessed:
        return raised(one, Level.WITNESSED, {})
    return raised(one, Level.CONTINUOUS, reasons)


def _lacking(one: SubjectState, chain: Chain, checkpoint: Checkpoint | None, people: Collection[str]) -> str:
    """Why an approval stays below L2; empty where nothing is in the way."""
    if checkpoint is None:
        return "没有给出核对基准（--base），不知道有没有记录被抽走"
    for found in (*checkpoint.doubt, *checkpoint.apart):
        return found.message
    if checkpoint.itself:
        return "核对基准就是被核验的提交本身，看不出有没有记录被抽走"
    uncovered = _rests_on(one, chain) - {entry.name for entry in checkpoint.known}
    if uncovered:
        return f"核对基准 {checkpoint.label} 早于这些批准，还没有覆盖 {len(uncovered)} 份记录"
    drafters = one.words.drafters if one.words else ()
    if not drafters:
        return "送审时没有声明起草人"
    strangers = "、".join(drafter for drafter in drafters if drafter not in people)
    return f"送审时声明的起草人 {strangers} 不是学校或审批规则里的人" if strangers else ""


def _rests_on(one: SubjectState, chain: Chain) -> set[str]:
    """The files on which an approval rests: words, statements with their signatures, governance with its own."""
    folder = subject_folder(one.subject)
    votes = [seat.vote for seat in one.decision.seats if seat.vote]
    number = one.words.number if one.words else 0
    files = {f"{folder}/r{number}.jsonl", *(vote.filed.name for vote in votes)}
    files |= {f"{vote.filed.name}{SIGNATURE}" for vote in votes if vote.signed}
    return files | {version.file for version in chain.versions}
