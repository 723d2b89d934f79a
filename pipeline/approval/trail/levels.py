"""How much of an approval is proven beyond its signatures: what a checkpoint and a time-stamp add."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from pipeline.approval.chain import Chain
from pipeline.approval.decision import Level
from pipeline.approval.inclusion import TrailFile
from pipeline.approval.paths import GOVERNANCE, SIGNATURE, subject_folder
from pipeline.approval.trail.subject_state import SubjectState, raised
from pipeline.kernel.finding import Finding
from pipeline.record.model import Records


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What was known before: `known` entries, the `label` it is called by, and the losses found.

    `witnessed` is the time (as text) a verified time-stamp gives for `known`, empty for none; `itself` tells
    that the checkpoint is the very commit that is verified, against which nothing can be missing.
    """

    label: str
    known: frozenset[TrailFile]
    losses: tuple[Finding, ...]
    witnessed: str = ""
    itself: bool = False


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
    lacking = _lacking(one, checkpoint, people)
    reasons = {Level.CONTINUOUS: lacking, Level.WITNESSED: "没有覆盖这些记录的时间戳"}
    if lacking or checkpoint is None:
        return raised(one, Level.SIGNED, reasons)
    if checkpoint.witnessed and _rests_on(one, chain) <= {entry.name for entry in checkpoint.known}:
        return raised(one, Level.WITNESSED, {})
    return raised(one, Level.CONTINUOUS, reasons)


def _lacking(one: SubjectState, checkpoint: Checkpoint | None, people: Collection[str]) -> str:
    """Why an approval stays below L2; empty where nothing is in the way."""
    if checkpoint is None:
        return "没有给出核对基准（--base），不知道有没有记录被抽走"
    mine = (f"{subject_folder(one.subject)}/", f"{GOVERNANCE}/")
    if any(found.place.file.startswith(mine) for found in checkpoint.losses):
        return f"核对基准 {checkpoint.label} 里的记录有缺失或改动"
    if checkpoint.itself:
        return "核对基准就是被核验的提交本身，看不出有没有记录被抽走"
    drafter = one.words.drafter if one.words else ""
    if not drafter:
        return "送审时没有声明起草人"
    return "" if drafter in people else f"送审时声明的起草人 {drafter} 不是学校或审批规则里的人"


def _rests_on(one: SubjectState, chain: Chain) -> set[str]:
    """The files on which an approval rests: words, statements with their signatures, governance with its own."""
    folder = subject_folder(one.subject)
    votes = [seat.vote for seat in one.decision.seats if seat.vote]
    number = one.words.number if one.words else 0
    files = {f"{folder}/r{number}.jsonl", *(vote.filed.name for vote in votes)}
    files |= {f"{vote.filed.name}{SIGNATURE}" for vote in votes if vote.signed}
    return files | {version.file for version in chain.versions}
