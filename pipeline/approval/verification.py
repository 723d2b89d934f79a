"""Each statement weighed in one order: form, repository, subject, round, words, governance, role, drafter, key.

A bad statement is a finding and never hides the others. Signatures of all statements are verified together.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.approval import signature
from pipeline.approval.chain import Chain, key_of
from pipeline.git.objects import Snapshot
from pipeline.kernel.codes import approving
from pipeline.kernel.finding import Code, Finding, Place
from pipeline.kernel.recall import NOTHING_KEPT, Recall
from pipeline.kernel.structs import Struct, field
from pipeline.record.model.college import College
from pipeline.record.model.governance import Governance
from pipeline.record.rounds.canonical import CanonicalError
from pipeline.record.rounds.frozen_words import FrozenWords
from pipeline.record.rounds.statement import NAMESPACE, SIGNATURE, Filed, Named, name_of
from pipeline.record.rounds.statement import read as read_statement
from pipeline.record.rounds.subject_files import Dossier, Vote
from pipeline.record.rounds.subject_folders import SubjectFolder, in_order, subject_folder, subject_folders
from pipeline.record.rounds.versions import GovernanceVersion
from pipeline.record.rounds.weighing import Roll, fault, of_a_key, read_rounds, roll_of, spanned

_OVERSHADOWS = "；弄清以前，同一人以前的批准不计"
"""What a doubtful file does to those before it."""


class _Weighing(Struct, kw_only=True):
    """One subject while its statements are weighed."""

    folder: SubjectFolder
    roll: Roll
    rounds: dict[int, FrozenWords] = field(default_factory=dict)
    filed: list[Filed] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    doubts: dict[tuple[str, str], int] = field(default_factory=dict)

    unsound: int = 0

    def doubt(self, filed: Filed, code: Code, place: Place, message: str) -> None:
        """A statement whose signature does not hold: no approval, and a rejection that must not be passed over."""
        said = filed.statement
        if said.decision == "reject" and self.rounds and said.round == max(self.rounds):
            message = f"{message}{self._keep(filed.name, filed.signature)}"
        self.findings.append(code.at(place, message))

    def unreadable(self, name: str, signed: bytes | None, place: Place, why: str) -> None:
        """A file that cannot be read as a statement, though by its name it is one."""
        remark = self._keep(name, signed)
        self.findings.append(approving.STATEMENT_FORM.at(place, f"批准记录不规范：{why}{remark}"))

    def _keep(self, name: str, signed: bytes | None) -> str:
        """Doubt what the person decided before, where the file stands in for one that the person signed.

        The person's own key beside it says so; so does a signature that is gone, in the names of what is signed and
        in an unbroken line of them: else taking a rejection's signature away would bring the approval back. What
        has a claim's name, somebody else's key or a number far ahead withdraws nothing.
        """
        claim, now = self.folder.statements[name], self.roll.versions.current
        if now is None or not self._stands_in(claim, now.rules, signed):
            return ""
        key = (claim.role, claim.person)
        self.doubts[key] = max(claim.number, self.doubts.get(key, 0))
        return _OVERSHADOWS

    def _stands_in(self, claim: Named, rules: Governance, signed: bytes | None) -> bool:
        if signed is not None:
            return bool(key_of(rules, claim.person, signed))
        return of_a_key(claim, self.folder, rules)


class _Pending(Struct, frozen=True, kw_only=True):
    """A statement of which only the signature is still to be verified."""

    weighing: _Weighing
    filed: Filed
    check: signature.Check


def dossiers(
    snapshot: Snapshot,
    chain: Chain,
    college: College | None = None,
    recall: Recall = NOTHING_KEPT,
    today: date | None = None,
) -> dict[str, Dossier]:
    """All subjects of a commit that have files in the trail, weighed; `college` tells whose people are whose.

    Nothing is approved on a day after `today`, where one is given.
    """
    roll = roll_of(chain, college, today)
    kept = subject_folders(name for name, file in snapshot.files.items() if file.regular)
    weighings = {subject: _Weighing(folder=folder, roll=roll) for subject, folder in kept.items()}
    pending: list[_Pending] = []
    for weighing in weighings.values():
        weighing.rounds, weighing.unsound, found = read_rounds(weighing.folder, snapshot.read, chain)
        weighing.findings += found
        for name in weighing.folder.statements:
            pending += _weigh(weighing, name, snapshot, chain)
    # Together, for each takes a process of its own and they can run side by side.
    _verify(pending, recall)
    return {subject: _closed(weighing) for subject, weighing in weighings.items()}


def _closed(weighing: _Weighing) -> Dossier:
    return Dossier(
        subject=weighing.folder.subject,
        rounds=weighing.rounds,
        filed=tuple(weighing.filed),
        votes=tuple(sorted(weighing.votes, key=lambda vote: vote.filed.name)),
        findings=(*weighing.findings, *_gaps(weighing)),
        doubts=weighing.doubts,
        unsound=weighing.unsound,
    )


def _gaps(weighing: _Weighing) -> Iterator[Finding]:
    """Numbers that a person's signed statements in a role skip: one was there, or should have been.

    Only what is signed has a say in what numbers there should be; any file with a number fills its place.
    """
    taken = weighing.folder.numbers
    signed: dict[tuple[str, str, str], int] = {}
    for vote in weighing.votes:
        said = vote.statement
        key = (said.role, said.person, said.basis)
        if vote.signed or said.basis != "signed":
            signed[key] = max(said.number, signed.get(key, 0))
    for (role, person, basis), last in signed.items():
        if in_order(taken[role, person, basis]) >= last:
            continue
        there = [one for one in sorted(taken[role, person, basis]) if one <= last]
        for before, after in zip([0, *there], there, strict=False):
            if after > before + 1:
                place = Place(
                    file=f"{subject_folder(weighing.folder.subject)}/{name_of(role, person, basis, after)}"  # type: ignore[arg-type]
                )
                message = f"缺{weighing.roll.holder(role, person)}写的第 {spanned(before, after)} 份"
                yield approving.SKIPPED.at(place, message)


def _weigh(weighing: _Weighing, name: str, snapshot: Snapshot, chain: Chain) -> Iterator[_Pending]:
    """One statement up to its signature; what has none to verify is counted at once."""
    place = Place(file=name)
    content = snapshot.read(name)
    beside = snapshot.files.get(f"{name}{SIGNATURE}")
    signed = snapshot.read(beside.name) if beside is not None and beside.regular else None
    try:
        statement = read_statement(content)
    except CanonicalError as error:
        weighing.unreadable(name, signed, place, str(error))
        return
    filed = Filed(name=name, content=content, statement=statement, signature=signed)
    weighing.filed.append(filed)
    found = fault(filed, weighing.folder.subject, weighing.rounds, weighing.roll, place)
    if found is not None:
        weighing.findings.append(found)
    elif signed is not None and statement.basis != "claimed":
        yield from _to_verify(weighing, filed, chain)
    elif statement.basis == "signed":
        message = f"{weighing.roll.who(filed)}写明有签名，旁边没有 .sig 文件"
        weighing.doubt(filed, approving.UNSIGNED, place, message)
    else:
        weighing.votes.append(Vote(filed=filed, signed=False))


def _to_verify(weighing: _Weighing, filed: Filed, chain: Chain) -> Iterator[_Pending]:
    """The signature with the one key that may have made it, or the finding that there is none."""
    said, place = filed.statement, Place(file=f"{filed.name}{SIGNATURE}")
    version, now = chain.cited(said.governance), chain.current
    if version is None or now is None or filed.signature is None:
        return
    key = key_of(version.rules, said.signer, filed.signature)
    if not key:
        message = f"不是{version.rules.name(said.signer)}登记的钥匙签的{_other(version, filed.signature)}"
        weighing.doubt(filed, approving.BAD_SIGNATURE, place, message)
        return
    if not now.accepts(filed) and not key_of(now.rules, said.signer, filed.signature):
        message = f"{now.rules.name(said.signer)}已换钥匙，旧钥匙签的这份批准没有列为承认"
        weighing.findings.append(approving.NO_LONGER.at(place, message))
        return
    check = signature.Check(key=key, namespace=NAMESPACE, message=filed.content, signature=filed.signature)
    yield _Pending(weighing=weighing, filed=filed, check=check)


def _other(version: GovernanceVersion, signed: bytes) -> str:
    """Whose key it was, where that is known."""
    owner = next((one for one in version.rules.people if key_of(version.rules, one, signed)), None)
    return f"，是{version.rules.name(owner)}的钥匙签的" if owner else ""


def _verify(pending: list[_Pending], recall: Recall) -> None:
    """All signatures at once; without ssh-keygen nothing is said to hold."""
    try:
        held = signature.held([item.check for item in pending], recall)
    except signature.SignatureToolError as error:
        for item in pending:
            place = Place(file=f"{item.filed.name}{SIGNATURE}")
            item.weighing.findings.append(approving.NOT_VERIFIED.at(place, str(error)))
        return
    for item, good in zip(pending, held, strict=True):
        if good:
            item.weighing.votes.append(Vote(filed=item.filed, signed=True))
        else:
            place = Place(file=f"{item.filed.name}{SIGNATURE}")
            message = "签名与批准记录的内容不符：记录被改过，或者签名是从别处拿来的"
            item.weighing.doubt(item.filed, approving.BAD_SIGNATURE, place, message)
