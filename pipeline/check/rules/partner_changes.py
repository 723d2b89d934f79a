"""O09–O10: enterprises that change their names, are taken over, or sign as a branch (民法典 67, 74, 532)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pipeline.check.rules.rule import Fault, Way, rule
from pipeline.kernel.finding import DataPath, Severity
from pipeline.kernel.late_pattern import late
from pipeline.record.kinds import AGREEMENT, ENTERPRISE, SIGNING
from pipeline.record.model import Agreement, Enterprise, Records, texts
from pipeline.record.model.enterprise import Affiliation
from pipeline.standing.agreed import ended_on, signed_on
from pipeline.standing.as_agreed import each_as_agreed


@rule(
    "O09",
    title="企业更名、合并照实登记，协议跟着办",
    clause="民法典 532；民法典 67；指南（草案）6.1",
    why="更名不影响已签的协议，合并后的企业承继协议；但是新签的文书写错了名称、写了已经没有的企业，盖的章就对不上。",
    hint="更名的，name 写新名称，原来的写进 former_names；被合并的，写 successor，把在履行的协议变更到承继企业。",
    ways={
        "order": "原名称“{name}”用到 {until}，不晚于前一个名称用到的 {before}",
        "same": "原名称“{name}”和现在的名称一样",
        "self": "承继企业（successor）写的是自己",
        "new": Way(
            message="{name}自 {since} 起由{heir}承继，这份协议还没有签，当事方要写{heir}",
            hint="parties.enterprises 里的 {key} 改成 {heir_key}，obligations、breach 等处的 {key} 一并改。",
        ),
        "running": Way(
            message="{name}自 {since} 起由{heir}承继，协议还在履行，当事方没有变更",
            hint="由学校和{heir}签补充协议（coop new amendment {project}），changes 写 - {{field: parties, was: {parties}, now: {after}}}；不再合作的，写 exit.yaml。",
            severity=Severity.WARNING,
        ),
        "words": Way(
            message="正文里还写着原名称“{name}”，这家企业 {until} 以后改称“{now}”",
            hint="还没有签的协议写现在的名称“{now}”。",
            severity=Severity.WARNING,
        ),
    },
    on=Records,
)
def changes_of_partners_are_followed(everything: Records, records: Records) -> Iterator[Fault]:
    """A new name is borne by new papers, and whoever took a partner over carries its agreements on."""
    moved: dict[str, Enterprise] = {}
    for key, enterprise in records.enterprises.items():
        yield from _names(key, enterprise)
        if enterprise.successor and enterprise.successor.enterprise == key:
            at = ("successor", "enterprise")
            yield Fault(way="self", at=at, file=ENTERPRISE.file(key))
        elif enterprise.successor or enterprise.former_names:
            moved[key] = enterprise
    if not moved:
        return
    for project, agreement in each_as_agreed(records).items():
        for index, party in enumerate(agreement.party_ids[1:]):
            if party in moved and not agreement.origin:
                yield from _followed(project, agreement, index, moved[party], records)


def _names(key: str, enterprise: Enterprise) -> Iterator[Fault]:
    before: date | None = None
    for index, one in enumerate(enterprise.former_names):
        at: DataPath = ("former_names", index, "until")
        if one.name == enterprise.name:
            yield Fault(
                way="same",
                at=("former_names", index, "name"),
                values={"name": one.name},
                file=ENTERPRISE.file(key),
            )
        elif before and one.until and one.until <= before:
            values = {"name": one.name, "until": one.until, "before": before}
            yield Fault(way="order", at=at, values=values, file=ENTERPRISE.file(key))
        before = one.until


def _followed(
    project: str, agreement: Agreement, index: int, enterprise: Enterprise, records: Records
) -> Iterator[Fault]:
    signed, heir = signed_on(records, project), enterprise.successor
    if heir and heir.since and not ended_on(records, project):
        values = {
            "name": f"“{enterprise.name}”",
            "since": heir.since,
            "heir": f"“{records.party_name(heir.enterprise)}”",
            "key": enterprise.id,
            "heir_key": heir.enterprise,
            "project": project,
            **_all_parties(records, agreement, enterprise.id, heir.enterprise),
        }
        way = "running" if signed else "new"
        yield Fault(
            way=way, at=("parties", "enterprises", index), values=values, file=AGREEMENT.file(project)
        )
    for former in enterprise.former_names if not signed else ():
        found = ((path, text.find(former.name)) for path, text in texts(agreement) if former.name in text)
        for path, offset in found:
            if former.name in enterprise.name and enterprise.name in dict(texts(agreement))[path]:
                continue
            values = {"name": former.name, "until": former.until, "now": enterprise.name}
            yield Fault(way="words", at=path, values=values, offset=offset, file=AGREEMENT.file(project))


def _all_parties(records: Records, agreement: Agreement, gone: str, heir: str) -> dict[str, str]:
    """All the enterprises of an agreement before and after one of them was taken over: a change names them all."""
    before = agreement.party_ids[1:]
    after = dict.fromkeys(heir if party == gone else party for party in before)
    return {
        "parties": "、".join(map(records.party_name, before)),
        "after": "、".join(map(records.party_name, after)),
    }


_BRANCH = late("(?:分公司|分行|支行|分部|分厂|营业部|分店)$")
"""How branches are called by the registers."""


@rule(
    "O10",
    title="分公司签协议，有总公司的授权",
    clause="民法典 74；民法典 165",
    why="分公司没有法人资格，它签的协议由总公司承担责任；没有授权，总公司不认，学校要打官司才能要回来。",
    hint="企业文件的 affiliation 写总公司的名称、信用代码和 authorisation（授权书、日期、被授权人）；授权书随协议归档。",
    ways={
        "untold": Way(
            message="名称像是分支机构，没有写属于哪家总公司（affiliation）",
            hint="照营业执照写 affiliation: {{kind: branch, name: 总公司全称}}；确是独立法人的，不用改。",
            severity=Severity.INFO,
        ),
        "code": "分公司有自己的统一社会信用代码，这里写的和总公司的一样（{code}）",
        "unauthorised": Way(
            message="“{name}”是“{head}”的分公司，没有登记总公司的授权，却已提交协议",
            severity=Severity.WARNING,
        ),
        "outside": Way(
            message="“{name}”在 {signed} 签署，总公司的授权从 {since} 起{until}",
            severity=Severity.WARNING,
        ),
        "signatory": Way(
            message="签字人“{signed}”不是授权书写的“{authorised}”，也不是负责人“{head}”",
            hint="核对签署页和授权书；换人签的，请总公司另出授权书，照实登记。",
            severity=Severity.WARNING,
        ),
    },
    on=Records,
)
def branches_sign_with_authority(everything: Records, records: Records) -> Iterator[Fault]:
    """What a branch signs binds its company, which should have said so before."""
    branches: dict[str, Affiliation] = {}
    for key, one in records.enterprises.items():
        if one.affiliation is None:
            if _BRANCH.search(one.name):
                yield Fault(way="untold", at=("name",), file=ENTERPRISE.file(key))
        elif one.affiliation.kind == "branch":
            branches[key] = one.affiliation
            code = one.affiliation.credit_code
            if code and code == one.credit_code:
                yield Fault(way="code", at=("credit_code",), values={"code": code}, file=ENTERPRISE.file(key))
    for project, agreement in records.agreements.items() if branches else ():
        for index, party in enumerate(agreement.party_ids[1:]):
            if party in branches and agreement.submitted and not agreement.framework:
                yield from _authorised(project, index, records.enterprises[party], branches[party], records)


def _authorised(
    project: str, index: int, branch: Enterprise, of: Affiliation, records: Records
) -> Iterator[Fault]:
    signing = records.signings.get(project)
    signed = signing.parties.get(branch.id) if signing else None
    given = of.authorisation
    if given is None:
        if not (signed and signed.authorisation):
            at: DataPath = ("parties", "enterprises", index)
            values: dict[str, object] = {"name": branch.name, "head": of.name}
            yield Fault(way="unauthorised", at=at, values=values, file=AGREEMENT.file(project))
        return
    day = signed.signed_on if signed else None
    if signed and day and given.since and (day < given.since or (given.until and day > given.until)):
        until = f"，到 {given.until} 止" if given.until else ""
        values = {"name": branch.name, "signed": day, "since": given.since, "until": until}
        at = ("parties", branch.id, "signed_on")
        yield Fault(way="outside", at=at, values=values, file=SIGNING.file(project))
    who = re.split("[（(，、 ]", signed.signatory)[0] if signed else ""
    if who and given.signatory and who not in given.signatory and who != branch.legal_representative:
        values = {
            "signed": who,
            "authorised": given.signatory,
            "head": branch.legal_representative,
        }
        at = ("parties", branch.id, "signatory")
        yield Fault(way="signatory", at=at, values=values, file=SIGNING.file(project))
