"""The governance chain: from the pinned version on, each version signed by people of the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from pipeline.approval import signature
from pipeline.git.objects import Snapshot
from pipeline.kernel.codes import approving
from pipeline.kernel.finding import Finding, Place, Severity
from pipeline.kernel.recall import NOTHING_KEPT, Recall
from pipeline.kernel.structs import replace
from pipeline.record.model.governance import Governance
from pipeline.record.rounds.canonical import digest
from pipeline.record.rounds.subject_folders import GOVERNANCE
from pipeline.record.rounds.versions import GovernanceVersion, Versions, file_name, signature_name, version_of
from pipeline.record.schema import Schema
from pipeline.record.schema.validate import Checker
from pipeline.source import load as load_yaml

NAMESPACE = "coop-governance-v1"
"""What a signature under a version of governance is made for."""


class Chain(Versions, frozen=True, kw_only=True, dict=True):
    """The versions that count, oldest first; `pinned` tells whether a pin given by the caller begins it.

    `pin` is the digest that was given ("" for none).
    """

    pin: str
    pinned: bool
    findings: tuple[Finding, ...]


def follow(snapshot: Snapshot, schema: Schema, pin: str, recall: Recall = NOTHING_KEPT) -> Chain:
    """The chain of a commit, as far as it holds from the pin (or, without one, from the first version)."""
    ledger: list[Finding] = []
    found = _versions(snapshot, schema, ledger)
    start = _start(found, pin, ledger)
    if start is None:
        return Chain(versions=(), pin=pin, pinned=False, findings=tuple(ledger))
    versions = [*_backwards(found, start, ledger), found[start]]
    number = start
    # Forward from the pin every step needs signatures; backward digests suffice, for the pin covers what they
    # name.
    while number + 1 in found:
        number += 1
        signed = _follows(found[number - 1], found[number], snapshot, ledger, recall)
        if signed is None:
            break
        versions.append(replace(found[number], signed=signed))
    _gap(found, versions[-1].number, ledger)
    return Chain(versions=tuple(versions), pin=pin, pinned=bool(pin), findings=tuple(ledger))


def _gap(found: Mapping[int, GovernanceVersion], last: int, ledger: list[Finding]) -> None:
    later = [number for number in found if number > last + 1]
    if later and last + 1 not in found:
        place = Place(file=found[min(later)].file)
        ledger.append(approving.GOVERNANCE_CHAIN.at(place, f"缺第 {last + 1} 版，第 {min(later)} 版接不上"))


def _versions(snapshot: Snapshot, schema: Schema, ledger: list[Finding]) -> dict[int, GovernanceVersion]:
    """Every version that can be read and is sound in itself."""
    checker = Checker(schema)
    found = {}
    for name in sorted(name for name in snapshot.files if name.startswith(f"{GOVERNANCE}/")):
        number = version_of(name)
        if number is None or not snapshot.files[name].regular:
            continue
        content = snapshot.read(name)
        rules, faults = read(name, content, checker)
        # What keeps a version from counting is an error of it, though the same is a remark elsewhere.
        ledger += faults if rules else (replace(one, severity=Severity.ERROR) for one in faults)
        if rules is not None:
            found[number] = GovernanceVersion(
                number=number, file=name, digest=digest(content), content=content, rules=rules
            )
    return found


def read(name: str, content: bytes, checker: Checker) -> tuple[Governance | None, list[Finding]]:
    """One version from its bytes; None with findings where it is not sound."""
    source = load_yaml(name, content)
    if source.data is None:
        return None, list(source.findings)
    checked = checker.check(source)
    faults = [*source.findings, *checked.findings]
    if faults:
        return None, faults
    rules = msgspec.convert(checked.data, Governance)
    faults = [*_inconsistent(rules, name), *_keys(rules, name)]
    return (None if faults else rules), faults


def _inconsistent(rules: Governance, name: str) -> list[Finding]:
    place = Place(file=name)
    said = []
    if version_of(name) not in (None, rules.version):
        said.append(f"文件名是第 {version_of(name)} 版，里面写的是第 {rules.version} 版")
    if len(set(rules.governors)) < rules.threshold:
        said.append(f"管理人只有 {len(set(rules.governors))} 位，凑不够 {rules.threshold} 人签名")
    said += [f"管理人 {person} 不在 people 里" for person in rules.governors if person not in rules.people]
    said += [f"清单签名人 {person} 不在 people 里" for person in rules.keepers if person not in rules.people]
    keyed = {one for one in rules.governors if one in rules.people and rules.people[one].keys}
    if rules.guarded and len(keyed) < rules.threshold:
        said.append(f"guarded 要管理人签名，有钥匙的管理人只有 {len(keyed)} 位，要 {rules.threshold} 位")
    if rules.keepers and not any(rules.people[one].keys for one in rules.keepers if one in rules.people):
        said.append("清单签名人都没有登记钥匙，签不了清单")
    used = {role for row in rules.matrix for role in row.roles}
    used |= {role for member in rules.people.values() for role in member.roles}
    used |= set(rules.boxes)
    said += [f"角色 {role} 没有写在 roles 里" for role in sorted(used - set(rules.roles))]
    return [approving.GOVERNANCE_FORM.at(place, message) for message in said]


def _keys(rules: Governance, name: str) -> list[Finding]:
    """Every key sound, and no key under two people."""
    place = Place(file=name)
    owners: dict[bytes, str] = {}
    found: list[Finding] = []
    for person, member in rules.people.items():
        for key in member.keys:
            try:
                blob = signature.key_blob(key)
            except signature.KeyFaultError as fault:
                found.append(approving.KEYS.at(place, f"{member.name}的公钥不能用：{fault}"))
                continue
            if owners.setdefault(blob, person) != person:
                other = rules.name(owners[blob])
                found.append(approving.KEYS.at(place, f"{other}和{member.name}登记了同一把公钥"))
    return found


def _start(found: Mapping[int, GovernanceVersion], pin: str, ledger: list[Finding]) -> int | None:
    if not pin:
        if found:
            ledger.append(approving.NO_PIN.at(Place(file=found[min(found)].file), "没有给出审批规则的基准"))
        return min(found, default=None)
    pinned = [number for number, version in found.items() if version.digest == pin]
    if not pinned:
        newest = found[max(found)].file if found else file_name(1)
        ledger.append(
            approving.WRONG_PIN.at(
                Place(file=newest), f"库里没有摘要为 {pin[:32]}… 的审批规则，与保存的基准不符"
            )
        )
        return None
    return pinned[0]


def _backwards(
    found: Mapping[int, GovernanceVersion], start: int, ledger: list[Finding]
) -> list[GovernanceVersion]:
    """Versions before the pin, as far as the digests reach back: history that statements may cite."""
    versions: list[GovernanceVersion] = []
    number = start
    while number - 1 in found:
        later, earlier = found[number], found[number - 1]
        if later.rules.previous != earlier.digest:
            message = f"第 {earlier.number} 版与第 {later.number} 版里记的摘要不符，内容被改过"
            ledger.append(approving.GOVERNANCE_CHAIN.at(Place(file=earlier.file), message))
            break
        versions.insert(0, earlier)
        number -= 1
    return versions


def _follows(
    before: GovernanceVersion,
    after: GovernanceVersion,
    snapshot: Snapshot,
    ledger: list[Finding],
    recall: Recall,
) -> tuple[str, ...] | None:
    """Who signed a version so that it counts; None where it does not."""
    place = Place(file=after.file)
    if after.rules.previous != before.digest or after.rules.repository != before.rules.repository:
        message = f"第 {after.number} 版里记的上一版摘要或本库编号，与第 {before.number} 版对不上"
        ledger.append(approving.GOVERNANCE_CHAIN.at(place, message))
        return None
    try:
        signed = signers(before, after, snapshot, recall)
    except signature.SignatureToolError as error:
        ledger.append(approving.NOT_VERIFIED.at(place, str(error)))
        return None
    if len(signed) < before.rules.threshold:
        named = "、".join(map(before.rules.name, signed)) or "没有人"
        message = (
            f"第 {after.number} 版要第 {before.number} 版的管理人 {before.rules.threshold} 人签名，"
            f"有效签名：{named}"
        )
        ledger.append(approving.GOVERNANCE_SIGNED.at(place, message))
        return None
    return tuple(signed)


def signers(
    before: GovernanceVersion, after: GovernanceVersion, snapshot: Snapshot, recall: Recall = NOTHING_KEPT
) -> Sequence[str]:
    """The governors of a version whose signatures under the next one hold."""
    checks, people = [], []
    for person in sorted(set(before.rules.governors)):
        name = signature_name(after.file, person)
        file = snapshot.files.get(name)
        if file is None or not file.regular:
            continue
        content = snapshot.read(name)
        key = key_of(before.rules, person, content)
        if key:
            checks.append(
                signature.Check(key=key, namespace=NAMESPACE, message=after.content, signature=content)
            )
            people.append(person)
    held = signature.held(checks, recall)
    return [person for person, good in zip(people, held, strict=True) if good]


def key_of(rules: Governance, person: str, signed: bytes) -> str:
    """The person's registered key that a signature says it was made with; empty where it is another's."""
    blob = signature.signer_blob(signed)
    member = rules.people.get(person)
    keys = member.keys if member else ()
    return next((key for key in keys if signature.key_blob(key) == blob), "")
