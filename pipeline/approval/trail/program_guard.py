"""The gate before what checks the records: changes to program, templates, pipeline and rules are told, and demanded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pipeline.approval import signature
from pipeline.approval.chain import Chain, key_of
from pipeline.approval.program_files import (
    NAMESPACE,
    PARTS,
    ProgramStep,
    is_list,
    read_list,
    steps,
    uncovered,
)
from pipeline.approval.trail.rules_changed import rules_changed
from pipeline.git.objects import Snapshot, TreeFile, listing, snapshot
from pipeline.git.repository import Repository
from pipeline.kernel.codes import approving, demands
from pipeline.kernel.finding import Finding, Place
from pipeline.kernel.visible import escape_controls
from pipeline.record.model.governance import Governance
from pipeline.record.rounds.subject_folders import GOVERNANCE
from pipeline.record.rounds.versions import signature_name, version_of

_SHOWN = 5
"""So many files are named in a message."""


def guard(
    repository: Repository, base: str, head: str, before: Chain, now: Chain, *, push: bool
) -> Iterator[Finding]:
    """What changed between two commits in what checks the records, and where governors had to agree and did not.

    `before` are the rules at `base`: who changes the rules in the same range is held to the old ones as well.
    """
    changed = steps(repository, base, head, push=push)
    for part, said in PARTS.items():
        mine = [step for step in changed if step.part == part]
        if mine:
            message = f"改动了{said} {len(mine)} 个文件：{_named(mine)}"
            yield demands.PROGRAM_CHANGED.at(_place(mine), message, related=_places(mine[1:]))
    yield from _rule_changes(repository, base, head, before, now)
    asked = _asked(before, now)
    guarded = [step for step in changed if step.part in asked]
    if guarded:
        yield from _demanded(repository, base, head, before, now, guarded)


def _asked(before: Chain, now: Chain) -> set[str]:
    """The parts that governors guard, before the range or after it."""
    return {part for chain in (before, now) if chain.current for part in chain.current.rules.guarded}


def _rule_changes(
    repository: Repository, base: str, head: str, before: Chain, now: Chain
) -> Iterator[Finding]:
    """Versions of governance that came or changed, and what is otherwise by them; one that is gone is a loss."""
    old, new = (listing(repository, one, (GOVERNANCE,)) for one in (base, head))
    names = [name for name in sorted(new) if version_of(name) is not None and old.get(name) != new[name]]
    if not names:
        return
    earlier, later = (chain.current.rules if chain.current else Governance() for chain in (before, now))
    said = "；".join(rules_changed(earlier, later)) or "现行的规则没有变"
    message = f"改动了审批规则（{'、'.join(name.rpartition('/')[2] for name in names)}）：{said}"
    yield demands.PROGRAM_CHANGED.at(Place(file=names[0]), escape_controls(message, keep=""))


def _demanded(
    repository: Repository, base: str, head: str, before: Chain, now: Chain, changed: list[ProgramStep]
) -> Iterator[Finding]:
    """The guarded changes that too few governors signed for."""
    version = before.current or now.current
    if version is None:
        return
    rules = version.rules
    shot, old = snapshot(repository, head, (GOVERNANCE,)), listing(repository, base, (GOVERNANCE,))
    try:
        signed = list(_signed(shot, old, rules))
    except signature.SignatureToolError as error:
        yield approving.NOT_VERIFIED.at(_place(changed), str(error))
        return
    allowed = [lines for lines, people in signed if len(people) >= rules.threshold]
    left = list(uncovered(changed, allowed))
    if left:
        wanting = {step.name for step in left}
        people = {one for lines, some in signed if any(line[0] in wanting for line in lines) for one in some}
        names = "、".join(map(rules.name, sorted(people))) or "没有人"
        message = f"{_named(left)} 的改动要规则管理人 {rules.threshold} 人签名同意，已签的：{names}"
        yield demands.PROGRAM_UNSIGNED.at(_place(left), message, related=_places(left[1:]))


_Signed = tuple[frozenset[tuple[str, str, str]], tuple[str, ...]]


def _signed(shot: Snapshot, old: Mapping[str, TreeFile], rules: Governance) -> Iterator[_Signed]:
    """Each list of changes that is new in the range, with the governors whose signatures under it hold.

    One that was there before has been used: it would let an old version of the program come back.
    """
    for name, file in shot.files.items():
        if not is_list(name) or not name.endswith(".txt") or not file.regular or name in old:
            continue
        content = shot.read(name)
        lines = read_list(name, content, rules.repository)
        if lines is not None:
            yield lines, signers(shot, name, content, rules)


def signers(shot: Snapshot, name: str, content: bytes, rules: Governance) -> tuple[str, ...]:
    """The governors whose signatures under a list of changes hold; raises SignatureToolError."""
    checks, people = [], []
    for person in sorted(set(rules.governors)):
        file = shot.files.get(signature_name(name, person))
        if file is None or not file.regular:
            continue
        signed = shot.read(file.name)
        key = key_of(rules, person, signed)
        if key:
            people.append(person)
            checks.append(signature.Check(key=key, namespace=NAMESPACE, message=content, signature=signed))
    held = signature.verify(checks)
    return tuple(person for person, good in zip(people, held, strict=True) if good)


def _named(changed: Iterable[ProgramStep]) -> str:
    names = [f"{escape_controls(step.name, keep='')}（{step.how}）" for step in changed]
    more = f" 等 {len(names)} 个文件" if len(names) > _SHOWN else ""
    return f"{'、'.join(names[:_SHOWN])}{more}"


def _place(changed: list[ProgramStep]) -> Place:
    return Place(file=changed[0].name)


def _places(changed: Iterable[ProgramStep]) -> tuple[Place, ...]:
    return tuple(Place(file=step.name) for step in changed)
