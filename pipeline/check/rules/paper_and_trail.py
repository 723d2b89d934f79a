"""G20: what the signing record says of the approval is what the approval trail says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.rules.rule import Fault, fault, rule
from pipeline.check.rules.unproven import At, signings
from pipeline.kernel.finding import Severity
from pipeline.record.model import Records
from pipeline.record.model.consents import RoleDecision
from pipeline.record.model.governance import Governance
from pipeline.record.model.preparation import Review, Signed, Signing
from pipeline.record.rounds.boxes import LEGAL, box_named, box_of_role
from pipeline.standing.proof import agreement_subject, consent_to


@rule(
    "G20",
    title="签署记录里登记的审核、审批与审批记录一致",
    clause="指南（草案）8.4",
    why="同一次审批在纸上是一个日期、一个人，在审批记录里是另一个，到了检查和争议的时候，两份都不可信。",
    hint="对照审批表原件，改正 signing.yaml 的 review；确是审批记录登记错了的，请登记人重新登记一份。",
    severity=Severity.WARNING,
    ways={
        "person": "{role}：这里登记的是{by}，审批记录（第 {number} 轮）是{names}",
        "day": "{role}：这里登记的日期是 {on}，审批记录（第 {number} 轮）是 {day}",
        "opinion": "法务审核：这里登记的意见与审批记录（第 {number} 轮）的“{said}”不同",
    },
    on=Signing,
)
def agrees_with_the_trail(signing: Signing, records: Records) -> Iterator[Fault]:
    """Two accounts of one approval that differ are both doubtful."""
    rules = records.governance
    for path, one in signings(signing):
        consent = consent_to(records, agreement_subject(signing.project, one.amendment), one.words)
        if rules is None or consent is None or one.review is None:
            continue
        for at, role, by, on in _filed(one.review, rules):
            exact, boxed = _decided(consent.decided, role, rules)
            exact = boxed if role == LEGAL else exact
            values = {"role": role, "number": consent.number}
            same = [one for one in exact or boxed if by in (one.person, rules.name(one.person))]
            # Another post in the same box (书记 beside 院长) may have signed the sheet without a part in the rules.
            if exact and not same:
                names = "、".join(rules.name(one.person) for one in exact)
                yield fault("person", *path, "review", *at, by=records.person_name(by), names=names, **values)
            elif same and on and on not in [decision.on for decision in same] and not _disordered(one, at):
                yield fault("day", *path, "review", *at, on=on, day=same[0].on, **values)
        yield from _opinion(path, one.review, consent.decided, rules, consent.number)


def _disordered(one: Signed, at: At) -> bool:
    """Whether the day of a step lies behind what follows it: of that G07 tells."""
    review = one.review or Review()
    if at == ("legal",):
        legal = review.legal.on if review.legal else None
        return any(legal and step.on and step.on < legal for step in review.approvals)
    days = [party.signed_on for party in one.parties.values() if party.signed_on]
    on = review.approvals[int(at[1])].on
    return bool(on and days and on > max(days))


def _filed(review: Review, rules: Governance) -> Iterator[tuple[At, str, str, object]]:
    """Each line that is filed: its place, what its role is called, who and when."""
    if review.legal is not None and (review.legal.by or review.legal.counsel):
        yield ("legal",), LEGAL, review.legal.by or review.legal.counsel, review.legal.on
    for index, step in enumerate(review.approvals):
        if step.by:
            yield ("approvals", index), step.role, step.by, step.on


def _decided(
    decided: tuple[RoleDecision, ...], role: str, rules: Governance
) -> tuple[list[RoleDecision], list[RoleDecision]]:
    """What the trail tells of the role that a line calls so, and of all roles that share its box."""
    known = {name: box_of_role(key, name, rules.boxes) for key, name in rules.roles.items()}
    box = box_named(role, known)
    exact = [one for one in decided if rules.role(one.role) == role]
    return exact, [one for one in decided if known.get(rules.role(one.role)) == box]


def _opinion(
    path: At, review: Review, decided: tuple[RoleDecision, ...], rules: Governance, number: int
) -> Iterator[Fault]:
    """A legal opinion that is filed and one that was decided with, of which neither holds the other."""
    if review.legal is None:
        return
    for one in _decided(decided, LEGAL, rules)[1]:
        filed, said = _plain(review.legal.opinion), _plain(one.comment)
        if filed and said and filed not in said and said not in filed:
            yield fault("opinion", *path, "review", "legal", "opinion", said=one.comment, number=number)


def _plain(text: str) -> str:
    return re.sub(r"[\s，。；、,.;]", "", text)
