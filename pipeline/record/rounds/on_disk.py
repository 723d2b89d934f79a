"""The trail as its files say it: rounds and who approved them, for checks that verify no signature.

What is forged so that the files look right is found by the gate and `coop trail`; what is not even there, here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

import msgspec

from pipeline.kernel.codes import approving
from pipeline.kernel.finding import Finding, Place
from pipeline.kernel.recall import NOTHING_KEPT, Recall
from pipeline.kernel.recall import digest as mark
from pipeline.kernel.structs import Struct, field, replace
from pipeline.record.model.college import College
from pipeline.record.model.consents import RoleDecision, RoundConsent
from pipeline.record.model.governance import Governance
from pipeline.record.rounds.belonging import told
from pipeline.record.rounds.boxes import is_legal
from pipeline.record.rounds.canonical import CanonicalError, digest
from pipeline.record.rounds.decision import Level, RoundDecision, decide, demanded, short
from pipeline.record.rounds.frozen_words import FrozenWords
from pipeline.record.rounds.statement import SIGNATURE, Filed, Named, read
from pipeline.record.rounds.subject_files import Dossier, Vote
from pipeline.record.rounds.subject_folders import SubjectFolder, subject_folders
from pipeline.record.rounds.versions import GovernanceVersion, Versions, file_name, signature_name, version_of
from pipeline.record.rounds.weighing import Roll, fault, of_a_key, read_rounds, roll_of
from pipeline.record.schema import Schema
from pipeline.source import load

Content = Callable[[str], bytes]
"""The bytes of a file by its repository-relative name."""


RULES_GONE = "rules"
"""The cause of whatever lacks an approval because the rules it was given under are not here any more."""


class Kept(Struct, frozen=True, kw_only=True):
    """What the trail's files say: the newest rules, the day they began, each subject's rounds, and what is unreadable.

    `rows` are the places of the rows of the newest rules that say who approves.

    A trail whose rules are gone or broken is still one: since the first day nothing takes effect without a round.
    """

    governance: Governance | None = None
    since: date | None = None
    rows: tuple[Place, ...] = ()
    consents: Mapping[str, tuple[RoundConsent, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def kept(
    names: Sequence[str],
    content: Content,
    schema: Callable[[], Schema],
    college: College | None,
    recall: Recall = NOTHING_KEPT,
) -> Kept:
    """Read the trail's files, of which `names` are the regular ones; what cannot be read approves nothing.

    `schema` gives that of the rules, which only a file nobody has read before is held against.

    A subject is told of by the bytes of all its files, by the rules and by who belongs where; so is it remembered.
    """
    findings: list[Finding] = []
    versions = Versions(versions=tuple(_versions(names, content, schema, recall, findings)))
    if versions.current is None:
        place = Place(file=file_name(1))
        findings.append(approving.GOVERNANCE_CHAIN.at(place, "有审批记录，没有一版读得出的审批规则"))
        return Kept(since=date.min, findings=tuple(findings))
    days = [one.rules.since for one in versions.versions if one.rules.since]
    roll = roll_of(versions, college)
    rules = versions.current.rules
    consents = dict(_by_subject(names, content, roll, versions.current, recall))
    since = min(days, default=date.min)
    findings += _changed(consents, versions.current)
    return Kept(
        governance=rules,
        since=since,
        rows=versions.current.places_of_rows(recall),
        consents=consents,
        findings=tuple(findings),
    )


def _by_subject(
    names: Sequence[str], content: Content, roll: Roll, current: GovernanceVersion, recall: Recall
) -> Iterator[tuple[str, tuple[RoundConsent, ...]]]:
    there = frozenset(names)
    under = mark(*(one.digest for one in roll.versions.versions), *told(roll.departments, roll.called))
    for subject, folder in subject_folders(names).items():
        files = _Files(folder, there, content)
        asked = partial(_of_subject, folder, files, roll, current)
        marked = mark(under, *files.parts())
        yield subject, recall.kept("consents", subject, marked, tuple[RoundConsent, ...], asked)


class _Files:
    """The files of one subject, each read once."""

    def __init__(self, folder: SubjectFolder, there: Collection[str], content: Content) -> None:
        rounds = (folder.rounds[number] for number in sorted(folder.rounds))
        signed = (f"{name}{SIGNATURE}" for name in folder.statements)
        self.there = (*rounds, *folder.statements, *(name for name in signed if name in there))
        self._content = {name: content(name) for name in self.there}

    def __call__(self, name: str) -> bytes:
        return self._content[name]

    def parts(self) -> Iterator[str | bytes]:
        """Names and bytes, in order."""
        for name in self.there:
            yield from (name, self._content[name])


def _of_subject(
    folder: SubjectFolder, files: _Files, roll: Roll, now: GovernanceVersion
) -> tuple[RoundConsent, ...]:
    there = frozenset(files.there)
    doubts = tuple(_doubts(folder, there, files, now.rules))
    dossier, causes = _dossier(folder, there, files, roll)
    cause = RULES_GONE if any(one.startswith("rules ") for one in causes) else ""
    return tuple(
        replace(one, cause=cause if one.lacking else "")
        for one in _consents(dossier, now, roll.versions, doubts)
    )


def _changed(
    consents: Mapping[str, tuple[RoundConsent, ...]], current: GovernanceVersion
) -> Iterator[Finding]:
    """That approvals rest on rules which are not here as they were: told at the rules, once."""
    lost = [subject for subject, rounds in consents.items() if any(one.cause for one in rounds)]
    if lost:
        message = f"审批规则改动过或缺了版本：{len(lost)} 份文书的批准所依据的规则，这里找不到"
        hint = "审批规则定了就不改，恢复原来的文件（git log 里有）；要改的用 coop governance new 另立新版本。"
        found = approving.CITED.at(Place(file=current.file), message, hint=hint)
        yield replace(found, cause=RULES_GONE)


def _versions(
    names: Sequence[str],
    content: Content,
    schema: Callable[[], Schema],
    recall: Recall,
    findings: list[Finding],
) -> Iterator[GovernanceVersion]:
    """The versions in a line from the first sound one, each with as many signature files as it needs.

    What is wrong with others is added to `findings`: a broken file must not put the rules out of force.
    """
    numbers = {number: name for name in names if (number := version_of(name)) is not None}
    there, before, ended = frozenset(names), None, False
    for number in sorted(numbers):
        name = numbers[number]
        found = _version(number, name, content(name), schema, recall)
        if found is None:
            findings += _faults(name, content(name), schema)
        if found is None or ended or (before is not None and not _follows(before, found, there)):
            ended = before is not None
            continue
        before = found
        yield found


def _version(
    number: int, name: str, content: bytes, schema: Callable[[], Schema], recall: Recall
) -> GovernanceVersion | None:
    """A version; None where anything is wrong with its file."""

    def read_rules() -> tuple[Governance, ...]:
        from pipeline.record.schema.validate import Checker  # Cerberus comes along

        source = load(name, content)
        checked = Checker(schema()).check(source) if source.data is not None else None
        sound = checked is not None and not source.findings and not checked.findings
        return (msgspec.convert(checked.data, Governance),) if checked is not None and sound else ()

    found = recall.kept("rules", name, mark(content), tuple[Governance, ...], read_rules)
    return next(
        (
            GovernanceVersion(number=number, file=name, digest=digest(content), content=content, rules=rules)
            for rules in found
        ),
        None,
    )


def _faults(name: str, content: bytes, schema: Callable[[], Schema]) -> Iterator[Finding]:
    """What is wrong with a version's file."""
    from pipeline.record.schema.validate import Checker  # as above

    source = load(name, content)
    yield from source.findings
    if source.data is not None:
        yield from Checker(schema()).check(source).findings


def _follows(before: GovernanceVersion, after: GovernanceVersion, there: frozenset[str]) -> bool:
    signed = [one for one in set(before.rules.governors) if signature_name(after.file, one) in there]
    enough = len(signed) >= before.rules.threshold
    return (enough or not _keyed(before)) and after.rules.previous == before.digest


def _keyed(version: GovernanceVersion) -> bool:
    """Whether enough governors had keys to sign the next version; else a sealed minute confirmed it."""
    people = (version.rules.people.get(one) for one in set(version.rules.governors))
    return sum(1 for one in people if one and one.keys) >= version.rules.threshold


def _dossier(
    folder: SubjectFolder, there: frozenset[str], content: Content, roll: Roll
) -> tuple[Dossier, list[str]]:
    """What counts of a subject, and the causes for which statements do not."""
    rounds, unsound, _ = read_rounds(folder, content, roll.versions)
    votes, causes = [], []
    for name in folder.statements:
        try:
            said = read(content(name))
        except CanonicalError:
            continue  # see _doubts
        signed = content(f"{name}{SIGNATURE}") if f"{name}{SIGNATURE}" in there else None
        filed = Filed(name=name, content=content(name), statement=said, signature=signed)
        stands = signed is not None or said.basis != "signed"
        wrong = fault(filed, folder.subject, rounds, roll, Place(file=name)) if stands else None
        causes += [wrong.cause] if wrong else []
        if stands and wrong is None:
            votes.append(Vote(filed=filed, signed=signed is not None and said.basis != "claimed"))
    return Dossier(subject=folder.subject, rounds=rounds, votes=tuple(votes), unsound=unsound), causes


def _doubts(
    folder: SubjectFolder, there: frozenset[str], content: Content, rules: Governance
) -> Iterator[tuple[int, Named]]:
    """Rejections whose signature is gone and statements nobody can read, with their round (0: which one is unknown)."""
    for name, claim in folder.statements.items():
        if not of_a_key(claim, folder, rules):
            continue
        try:
            said = read(content(name))
        except CanonicalError:
            yield 0, claim
            continue
        if said.decision == "reject" and f"{name}{SIGNATURE}" not in there:
            yield said.round, claim


def _consents(
    dossier: Dossier, now: GovernanceVersion, versions: Versions, doubts: Collection[tuple[int, Named]]
) -> Iterator[RoundConsent]:
    rules = now.rules
    for number in sorted(dossier.rounds):
        so_far = {one: words for one, words in dossier.rounds.items() if one <= number}
        claims = sorted((one.number, one.role, one.person) for where, one in doubts if where in (0, number))
        unclear = {(role, person): latest for latest, role, person in claims}
        decision = decide(replace(dossier, rounds=so_far, doubts=unclear), rules, pinned=True)
        seats = [seat for seat in decision.seats if seat.vote]
        days = [(seat.role, date.fromisoformat(seat.vote.statement.date)) for seat in seats if seat.vote]
        yield RoundConsent(
            number=number,
            words=so_far[number].digest,
            lacking=_lacking(decision, now, versions, so_far[number]),
            decided=tuple(
                RoleDecision(
                    role=seat.role,
                    person=seat.vote.statement.person,
                    on=day,
                    comment=seat.vote.statement.comment,
                )
                for seat, (_, day) in zip(seats, days, strict=True)
                if seat.vote
            ),
            reviewed_on=max((day for role, day in days if is_legal(role, rules)), default=None),
            approved_on=max((day for _, day in days), default=None) if decision.complete else None,
        )


def _lacking(decision: RoundDecision, now: GovernanceVersion, versions: Versions, words: FrozenWords) -> str:
    rules, facts, number = now.rules, words.facts, words.number
    if decision.rejected:
        return f"第 {number} 轮被否决"
    if not decision.seats:
        return f"第 {number} 轮没有规定由谁批准"
    if decision.missing:
        return f"第 {number} 轮还缺{'、'.join(map(rules.role, decision.missing))}的批准"
    level = min(seat.level for seat in decision.seats)
    wanted, _ = demanded(rules, facts)
    if wanted > Level.SIGNED <= level:
        level = wanted  # whether it is proven so far, files alone cannot tell
    return short(decision, now, versions, facts, level)
