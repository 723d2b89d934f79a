"""What the counting statements come to: each required role filled by another person, or what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from typing import Any

from pipeline.kernel.codes import approving
from pipeline.kernel.finding import Finding, Place
from pipeline.kernel.structs import Struct
from pipeline.record.model.governance import Governance
from pipeline.record.rounds.matrix import applies, required
from pipeline.record.rounds.subject_files import Dossier, Vote
from pipeline.record.rounds.versions import GovernanceVersion, Versions


class Level(IntEnum):
    """How much has been proven; the word 批准 never stands without it."""

    RECORDED = 0
    SIGNED = 1
    CONTINUOUS = 2
    WITNESSED = 3

    @property
    def label(self) -> str:
        """As printed: code and word."""
        return ("L0 有记录", "L1 有签名", "L2 可核续", "L3 有时间见证")[self.value]


PROOFS = {"signed": "本人钥匙签名", "paper": "纸面签字盖章，由登记人登记", "claimed": "自述或平台评审记录"}
"""How each way of deciding is called."""


class Seat(Struct, frozen=True, kw_only=True):
    """A required role with the vote that fills it (None: nobody yet) and how much that vote proves alone."""

    role: str
    vote: Vote | None
    level: Level
    reason: str


class RoundDecision(Struct, frozen=True, kw_only=True):
    """What was decided about a subject's newest round.

    `rejected` are the votes against; `signing` is the registrar's statement that the parties signed these words.
    """

    seats: tuple[Seat, ...]
    rejected: tuple[Vote, ...]
    signing: Vote | None
    findings: tuple[Finding, ...]

    @property
    def complete(self) -> bool:
        """Whether every required role approved, and nobody rejected."""
        return bool(self.seats) and all(seat.vote for seat in self.seats) and not self.rejected

    @property
    def missing(self) -> tuple[str, ...]:
        """The roles nobody fills, in order: the first one is next."""
        return tuple(seat.role for seat in self.seats if seat.vote is None)


def decide(dossier: Dossier, rules: Governance, *, pinned: bool) -> RoundDecision:
    """Weigh the votes on the newest round against the roles that its words require."""
    words = dossier.highest
    if words is None:
        return RoundDecision(seats=(), rejected=(), signing=None, findings=())
    last = _last(vote for vote in dossier.votes if vote.statement.round == words.number)
    approvals = [
        vote for vote in last if vote.statement.decision == "approve" and not _doubted(vote, dossier)
    ]
    roles = required(rules, words.facts)
    chosen = _assign(roles, approvals)
    seats = tuple(_seat(role, chosen.get(role), pinned=pinned) for role in roles)
    rejected = tuple(vote for vote in last if vote.statement.decision == "reject")
    signing = next((vote for vote in last if vote.statement.decision == "sign"), None)
    found = (*_doubled(roles, approvals, chosen, rules), *_rejections(rejected, rules))
    return RoundDecision(seats=seats, rejected=rejected, signing=signing, findings=found)


def demanded(rules: Governance, facts: Mapping[str, Any]) -> tuple[Level, bool]:
    """The level that governance demands for a subject, and whether who has a key must have signed with it."""
    rows = [row.least for row in rules.levels if applies(row.when, facts)]
    levels = {f"L{level.value}": level for level in Level}
    return max((levels.get(least, Level.RECORDED) for least in rows), default=Level.RECORDED), "keyed" in rows


def short(
    decision: RoundDecision,
    now: GovernanceVersion,
    versions: Versions,
    facts: Mapping[str, Any],
    level: Level,
) -> str:
    """What keeps a complete approval below the level that the rules demand `now` (Chinese); empty where nothing does.

    `level` is what was proven of the whole; a person's own key proves `SIGNED` here.
    """
    rules = now.rules
    wanted, keyed = demanded(rules, facts)
    if level < wanted:
        return f"证明只到{level.label}，审批规则要求{wanted.label}"
    for seat in decision.seats if keyed else ():
        person = seat.vote.statement.person if seat.vote else ""
        member = rules.people.get(person)
        if seat.vote and _before_the_key(seat.vote, now, versions):
            continue
        if member is not None and member.keys and seat.level < Level.SIGNED:
            why = "" if seat.vote and not seat.vote.by_own_key else f"（{seat.reason}）"
            return (
                f"{member.name}登记了钥匙，“{rules.role(seat.role)}”的批准没有证明到{Level.SIGNED.label}{why}"
            )
    return ""


def _before_the_key(vote: Vote, now: GovernanceVersion, versions: Versions) -> bool:
    """Whether a decision is accepted by name that was made under rules in which the person had no key to use.

    Whoever gets a key after years of paper would otherwise put every agreement out of force that rests on theirs.
    """
    then = versions.cited(vote.statement.governance)
    member = then.rules.people.get(vote.statement.person) if then else None
    return member is not None and not member.keys and now.accepts(vote.filed)


def _last(votes: Iterator[Vote]) -> list[Vote]:
    """Of each person in each role the decision that counts; a `sign` of the registrar is no decision and stays.

    Each way of deciding has its own counter, and its newest stands for it. The best proven one counts, but a
    rejection is never passed over unless only a claim says so: anybody can write a claim in another's name.
    """
    newest: dict[tuple[str, str, bool], dict[tuple[int, str], Vote]] = {}
    for vote in sorted(votes, key=lambda vote: vote.statement.number):
        said = vote.statement
        kept = newest.setdefault((said.person, said.role, said.decision == "sign"), {})
        kept[vote.proof, said.basis] = vote
    return [_counting(list(newest[key].values())) for key in sorted(newest)]


def _counting(candidates: Sequence[Vote]) -> Vote:
    best = max(candidates, key=lambda vote: (vote.proof, vote.statement.basis))
    # A rejection on paper under the registrar's key (2) holds against an approval with the person's own key
    # (3); a bare claim does not.
    least = min(2, best.proof)
    against = [vote for vote in candidates if vote.statement.decision == "reject" and vote.proof >= least]
    return max(against, key=lambda vote: vote.proof) if against else best


def _doubted(vote: Vote, dossier: Dossier) -> bool:
    """Whether something later of the same person cannot be vouched for and may be a rejection."""
    said = vote.statement
    later = dossier.doubts.get((said.role, said.person), 0) > said.number
    return later or (not vote.by_own_key and (said.role, said.person) in dossier.doubts)


def _assign(roles: Sequence[str], approvals: Sequence[Vote]) -> Mapping[str, Vote]:
    """Fill as many roles as can be with different people (augmenting paths).

    First with signed votes alone, so that claims never take a seat for which there is a signature.
    """
    seat_of: dict[str, str] = {}
    chosen: dict[str, Vote] = {}

    def place(role: str, votes: Sequence[Vote], tried: set[str]) -> bool:
        for vote in votes:
            person = vote.statement.person
            if vote.statement.role != role or person in tried:
                continue
            tried.add(person)
            if person not in seat_of or place(seat_of[person], votes, tried):
                seat_of[person], chosen[role] = role, vote
                return True
        return False

    signed = [vote for vote in approvals if vote.by_own_key]
    for votes in (signed, [*signed, *(vote for vote in approvals if not vote.by_own_key)]):
        for role in roles:
            if role not in chosen:
                place(role, votes, set())
    return chosen


def _seat(role: str, vote: Vote | None, *, pinned: bool) -> Seat:
    if vote is None:
        return Seat(role=role, vote=None, level=Level.RECORDED, reason="还没有批准")
    if not vote.by_own_key:
        return Seat(role=role, vote=vote, level=Level.RECORDED, reason=PROOFS[vote.statement.basis])
    if not pinned:
        return Seat(role=role, vote=vote, level=Level.RECORDED, reason="有签名，但没有给出审批规则的基准")
    return Seat(role=role, vote=vote, level=Level.SIGNED, reason=PROOFS["signed"])


def _doubled(
    roles: Sequence[str], approvals: Sequence[Vote], chosen: Mapping[str, Vote], rules: Governance
) -> Iterator[Finding]:
    """Roles that stay empty only because whoever approved in them counts for another."""
    for role in roles:
        mine = [vote for vote in approvals if vote.statement.role == role]
        if role not in chosen and mine:
            person = rules.name(mine[0].statement.person)
            message = f"{person}已按另一个角色计入，“{rules.role(role)}”还要另一个人批准"
            yield approving.TWO_ROLES.at(Place(file=mine[0].filed.name), message)


def _rejections(rejected: Sequence[Vote], rules: Governance) -> Iterator[Finding]:
    for vote in rejected:
        said = vote.statement
        why = f"：{said.comment}" if said.comment else ""
        message = f"{rules.name(said.person)}（{rules.role(said.role)}）否决了第 {said.round} 轮{why}"
        yield approving.REJECTED.at(Place(file=vote.filed.name), message)
