"""Each statement weighed in one order, up to its signature: place, repository, round, governance, role, scope, drafter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from pipeline.kernel.codes import approving, demands
from pipeline.kernel.finding import Finding, Place
from pipeline.kernel.structs import Struct, field, replace
from pipeline.record.kinds import kind_of
from pipeline.record.model.college import College
from pipeline.record.model.governance import Governance
from pipeline.record.places import file_of
from pipeline.record.rounds.belonging import FOR_EVER, Belonging, departments
from pipeline.record.rounds.canonical import CanonicalError
from pipeline.record.rounds.frozen_words import FrozenWords
from pipeline.record.rounds.frozen_words import read as read_words
from pipeline.record.rounds.statement import REGISTRAR, Filed, Named
from pipeline.record.rounds.subject_folders import SubjectFolder, in_order
from pipeline.record.rounds.versions import GovernanceVersion, Versions


class Roll(Struct, frozen=True, kw_only=True):
    """Under which rules statements are weighed, and which department each person belonged to until which day.

    `called` are the names of the departments. `today` is the latest day that it is anywhere; None where no clock was asked.
    """

    versions: Versions
    departments: Belonging = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)
    today: date | None = None

    def name(self, person: str) -> str:
        """A person's name, or the id where it is unknown."""
        now = self.versions.current
        return now.rules.name(person) if now else person

    def who(self, filed: Filed) -> str:
        """Person and role as a reader knows them."""
        return self.holder(filed.statement.role, filed.statement.person)

    def holder(self, role: str, person: str) -> str:
        """A person in a role as a reader knows them."""
        now = self.versions.current
        return f"{self.name(person)}（{now.rules.role(role) if now else role}）"

    def department(self, person: str, day: str) -> str:
        """The department that a person belonged to on a day; empty where nobody wrote one down."""
        now = self.versions.current
        listed = (one for last, one in self.departments.get(person, ()) if day <= last)
        return (_department(now.rules, person) if now else "") or next(listed, "")


def roll_of(versions: Versions, college: College | None, today: date | None = None) -> Roll:
    """The roll of a college: who belongs where is what its own record says."""
    names = {key: one.name for key, one in college.departments.items()} if college else {}
    return Roll(versions=versions, departments=departments(college), called=names, today=today)


def read_rounds(
    folder: SubjectFolder, read: Callable[[str], bytes], versions: Versions
) -> tuple[dict[int, FrozenWords], int, list[Finding]]:
    """A subject's rounds in an unbroken line, the newest of them whose words are none (0 for none), what is wrong."""
    rounds: dict[int, FrozenWords] = {}
    findings: list[Finding] = []
    last, there = in_order(folder.rounds), sorted(folder.rounds)
    for number, name in sorted(folder.rounds.items()):
        place = Place(file=name)
        if number > last:
            first = min(one for one in there if one > last)
            message = f"缺第 {spanned(last, first)} 轮送审文本，轮次不连续，这一轮不算"
            findings.append(approving.FROZEN_FORM.at(place, message))
            continue
        try:
            words = read_words(read(name))
        except CanonicalError as error:
            findings.append(approving.FROZEN_FORM.at(place, f"送审文本不完好：{error}"))
            continue
        fault = _misplaced(words, folder, number, versions, place)
        if fault is None:
            rounds[number] = words
        else:
            findings.append(fault)
    unsound = max((number for number in folder.rounds if number <= last and number not in rounds), default=0)
    return rounds, unsound, findings


def _misplaced(
    words: FrozenWords, folder: SubjectFolder, number: int, versions: Versions, place: Place
) -> Finding | None:
    if (words.subject, words.number) != (folder.subject, number):
        message = f"抬头写的是 {words.subject} 第 {words.number} 轮，与所在位置不符"
        return approving.FROZEN_FORM.at(place, message)
    if versions.current and words.repository != versions.current.rules.repository:
        return approving.OTHER_REPOSITORY.at(place, "送审文本的本库编号不是本库的")
    return None


def spanned(before: int, after: int) -> str:
    """The numbers between two, as one would say them."""
    return str(before + 1) if after == before + 2 else f"{before + 1} 至 {after - 1}"


def of_a_key(claim: Named, folder: SubjectFolder, rules: Governance) -> bool:
    """Whether a statement's file has the place of one that a key signed, whatever lies beside it now.

    It has a name of what is signed, its number is in an unbroken line, and its person has a key.
    """
    member = rules.people.get(claim.person)
    if claim.basis != "signed" or member is None or not member.keys:
        return False
    return folder.follows(claim)


def fault(
    filed: Filed, subject: str, rounds: Mapping[int, FrozenWords], roll: Roll, place: Place
) -> Finding | None:
    """The first thing that keeps a statement from counting, before its signature."""
    said, versions = filed.statement, roll.versions
    if said.subject != subject or not filed.name.endswith(f"/{subject}/{said.file_name}"):
        message = f"里面写的是 {said.subject} 的 {said.file_name}，与所在位置不符"
        return approving.STATEMENT_PLACE.at(place, message)
    if versions.current and said.repository != versions.current.rules.repository:
        found = approving.OTHER_REPOSITORY.at(place, "批准记录的本库编号不是本库的")
        return replace(found, cause=f"repository {said.repository}")
    words = rounds.get(said.round)
    if words is None or words.digest != said.words:
        missing = "没有这一轮送审文本" if words is None else "摘要与这一轮送审文本不符"
        found = approving.OTHER_WORDS.at(place, f"{roll.who(filed)}第 {said.round} 轮：{missing}")
        return replace(found, cause=f"words {subject} {said.round}")
    version = versions.cited(said.governance)
    if version is None:
        found = approving.CITED.at(place, f"所依据的审批规则 {said.governance[:16]}… 不在本库的规则链上")
        return replace(found, cause=f"rules {said.governance}")
    return next(_unfit(filed, words, version, roll, place), None)


def _unfit(
    filed: Filed, words: FrozenWords, version: GovernanceVersion, roll: Roll, place: Place
) -> Iterator[Finding]:
    """Whether the person may decide: role then, role now (or accepted), key, scope, not the drafter."""
    said, now = filed.statement, roll.versions.current
    # A rejection counts whatever day it bears: leaving one out would make an approval of it.
    if roll.today and said.decision != "reject" and date.fromisoformat(said.date[:10]) > roll.today:
        yield demands.NOT_YET.at(place, f"{roll.who(filed)}写的日期 {said.date} 还没有到，这份不算数")
    if not version.rules.holds(said.person, said.role):
        yield approving.NOT_HELD.at(place, f"{roll.who(filed)}在第 {version.number} 版规则里不担任这个角色")
    kept = now is not None and now.accepts(filed)
    if now is not None and not kept and not now.rules.holds(said.person, said.role):
        found = approving.NO_LONGER.at(place, f"{roll.who(filed)}现在不担任这个角色，这份批准也没有列为承认")
        yield replace(found, cause=f"holds {said.role} {said.person}")
    if said.basis == "paper":
        yield from _unrecorded(filed, version, roll, place, kept=kept)
    keys = now.rules.people[said.person].keys if now and said.person in now.rules.people else ()
    if said.basis != "signed" and filed.signature is None and keys and not kept:
        yield demands.CLAIM_OF_KEYED.at(place, f"{roll.who(filed)}登记了钥匙，这份没有签名的记录不计")
    if (
        said.decision == "approve" and not kept
    ):  # who has moved since may be accepted by name, like who has left
        yield from _outside(filed, words, version, roll, place)
    if said.decision == "approve" and said.person in words.authors:
        yield approving.SELF.at(place, f"{roll.who(filed)}是这份文书的起草人")


def _unrecorded(
    filed: Filed, version: GovernanceVersion, roll: Roll, place: Place, *, kept: bool
) -> Iterator[Finding]:
    """Whether who wrote a decision on paper down may do so, then and now."""
    recorder, now = filed.statement.recorder, roll.versions.current
    if not version.rules.holds(recorder, REGISTRAR):
        message = f"{roll.name(recorder)}在第 {version.number} 版规则里不担任登记人（registrar）"
        yield approving.NOT_HELD.at(place, message)
    if now is not None and not kept and not now.rules.holds(recorder, REGISTRAR):
        message = f"{roll.name(recorder)}现在不担任登记人（registrar），这份登记也没有列为承认"
        yield replace(approving.NO_LONGER.at(place, message), cause=f"holds {REGISTRAR} {recorder}")


def _department(rules: Governance, person: str) -> str:
    """The department that the rules write down for a person; empty where they leave it to the college's record."""
    member = rules.people.get(person)
    return member.department if member else ""


def may_approve(words: FrozenWords, role: str, roll: Roll) -> tuple[str, ...]:
    """Who may approve these words in a role as the rules are now: neither a drafter nor of another department."""
    now = roll.versions.current
    if now is None:
        return ()
    asked = _own_department(words, role, now)
    # Where the words name no department and need none, anybody will do.
    anybody = not asked or (asked == "open" and not words.department)
    return tuple(
        person
        for person, member in now.rules.people.items()
        if role in member.roles
        and person not in words.authors
        and (anybody or (words.department and roll.department(person, FOR_EVER) == words.department))
    )


def _own_department(words: FrozenWords, role: str, version: GovernanceVersion) -> str:
    """Which field names the department that a role must be filled from; empty where any will do."""
    if role not in version.roles_of_own_department:
        return ""
    known = kind_of(file_of(words.subject))
    return known[0].implementer if known else "named"


def _outside(
    filed: Filed, words: FrozenWords, version: GovernanceVersion, roll: Roll, place: Place
) -> Iterator[Finding]:
    """Whether a role of the own department is filled from another one, or nobody can tell which is meant."""
    said = filed.statement
    asked = _own_department(words, said.role, version)
    if not asked:
        return
    theirs = _department(version.rules, said.person) or roll.department(said.person, said.date)
    if not words.department:
        if asked == "named":
            yield demands.OTHER_DEPARTMENT.at(
                place, "送审文本没有写由哪个系部实施（responsible.implementer）"
            )
    elif theirs != words.department:
        whose = f"属于{roll.called.get(theirs, theirs)}" if theirs else "没有登记属于哪个系部"
        doing = roll.called.get(words.department, words.department)
        yield demands.OTHER_DEPARTMENT.at(place, f"{roll.who(filed)}{whose}，这份文书由{doing}实施")
