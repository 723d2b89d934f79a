"""G16–G19: silence passes no gate of clause 8, a renewal is another agreement, and an old one is old."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pipeline.check.rules.rule import Fault, Way, fault, rule
from pipeline.kernel.chinese import yuan
from pipeline.kernel.finding import Severity
from pipeline.kernel.structs import replace
from pipeline.record.kinds import APPRAISAL, SCHEME, SURVEY
from pipeline.record.model import Agreement, Records
from pipeline.standing.agreed import agreed_on, signed_on
from pipeline.standing.proof import agreement_subject, by_rounds, legacy, newest, scheme_lacking


def _no_way(agreement: Agreement) -> bool:
    """A letter of intent is no agreement (8.4), and of one signed before this repository the way is not here."""
    return agreement.framework or legacy(agreement)


@rule(
    "G16",
    title="签署的协议有调研、方案、论证（或免去论证）",
    clause="指南（草案）8.1；指南（草案）8.2；指南（草案）8.3",
    why="先调研、再方案、后论证是指南规定的次序；缺一份记录就签了，等于跳过了这一关。",
    hint="补上缺的记录（coop new 可以生成草稿）；不需要论证的，在 appraisal.yaml 写 waiver：理由、哪位领导、哪天。",
    ways={
        "missing": "协议已签署，没有{what}",
        "ahead": Way(message="协议已经写完，还没有{what}，签署以前要有", severity=Severity.WARNING),
        "unapproved": Way(
            message="合作方案{lacking}，协议不能先送审",
            hint="先让方案走完审批：coop submit {project}/scheme，登记各位领导的决定（coop record）并提交，再送审协议。",
        ),
        "later": "合作方案 {approved} 才批准，协议 {reviewed} 已经审核",
    },
    skips=_no_way,
)
def leaves_no_gate_out(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """What is signed went through every gate, with a record of each; the scheme was approved before (6.2)."""
    project, signed = agreement.project, signed_on(records, agreement.project)
    # Once it is signed, what comes before can only be dated back: so it is told in time.
    for what, file in _left_out(agreement, records) if signed or agreement.submitted else ():
        way = "missing" if signed else "ahead"
        yield Fault(way=way, at=("stage",), values={"what": what}, related=((file, ()),))
    if agreement.submitted and project in records.schemes and by_rounds(records, signed):
        yield from _scheme(agreement, records, signed)


def _left_out(agreement: Agreement, records: Records) -> Iterator[tuple[str, str]]:
    """The gates without a record, each where it is not told already (G01 of a survey, G03 of a scheme, G04 and G17)."""
    project = agreement.project
    appraisal, scheme = records.appraisals.get(project), records.schemes.get(project)
    appraised = appraisal is not None and appraisal.waiver is None
    kept = (
        ("调研记录（survey.yaml）", SURVEY.file(project), project in records.surveys or scheme is not None),
        ("合作方案（scheme.yaml）", SCHEME.file(project), scheme is not None or appraised),
        (
            "论证记录或者免去论证的决定（appraisal.yaml）",
            APPRAISAL.file(project),
            appraisal is not None or agreement.must_be_appraised or _too_much(agreement, records) is not None,
        ),
    )
    for what, file, there in kept:
        if not there and file not in records.broken:
            yield f"{what}，那一份还是草稿" if file in records.drafts else what, file


def _scheme(agreement: Agreement, records: Records, signed: date | None) -> Iterator[Fault]:
    scheme = newest(records, f"projects/{agreement.project}/scheme")
    lacking = scheme_lacking(records, agreement.project, signed)
    if lacking:
        found = fault("unapproved", "stage", lacking=lacking, project=agreement.project)
        yield replace(found, cause=scheme.cause if scheme else "")
        return
    consent = newest(records, agreement_subject(agreement.project))
    reviewed = consent.reviewed_on if consent else None
    if scheme and reviewed and scheme.approved_on and scheme.approved_on > reviewed:
        yield fault("later", "stage", approved=scheme.approved_on, reviewed=reviewed)


@rule(
    "G17",
    title="投入超过学校约定的，先论证",
    clause="指南（草案）8.3",
    why="学校写明超过多少就不算“非深度合作”；超过了不论证、又不声不响，约定就是空的。",
    hint="组织校内外专家论证，写 appraisal.yaml；学校的界定在 policy.yaml 的 shallow 里。",
    waivable=False,
    ways={
        "input": Way(
            message="投入 {total} 元，超过学校约定的 {most} 元，没有论证记录（appraisal.yaml）", staged=True
        ),
    },
    skips=_no_way,
)
def great_inputs_are_appraised(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """Above the college's own limit an appraisal is due, whether or not anybody wrote a waiver (G05 tells of one)."""
    if agreement.must_be_appraised or agreement.project in records.appraisals:
        return
    found = _too_much(agreement, records)
    if found is not None:
        total, most = found
        yield fault("input", "inputs", total=yuan(total), most=yuan(most))


def _too_much(agreement: Agreement, records: Records) -> tuple[Decimal, Decimal] | None:
    """What is put in and how much the college calls shallow, in yuan; None where it is not more."""
    shallow = records.policy.shallow if records.policy else None
    if shallow is None or shallow.most_input is None or agreement.inputs is None:
        return None
    total = max(agreement.inputs.sum, agreement.inputs.total or Decimal(0))
    return (total, shallow.most_input) if total > shallow.most_input else None


@rule(
    "G18",
    title="续签的是本校与同一家企业的另一份协议",
    clause="指南（草案）8.4",
    why="写成续签自己，或者续签不相干的项目，原协议的到期就没人提醒了。",
    hint="renews 写被续签的那个项目的编号；不是续签的删去这一行。",
    ways={
        "self": "续签自（renews）写的是自己",
        "stranger": "续签自 {old}，两份协议没有共同的企业",
    },
    severity=Severity.ERROR,
)
def renews_another_of_the_same_partner(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """A renewal goes on with what was agreed with the same partner."""
    old = agreement.renews
    if old is None:
        return
    if old == agreement.project:
        yield fault("self", "renews")
        return
    other = records.agreements.get(old)
    if other is not None and not set(other.party_ids) & set(agreement.party_ids) - {"college"}:
        yield fault("stranger", "renews", old=old)


@rule(
    "G19",
    title="建库以前签订的协议，签在审批记录启用以前",
    clause="指南（草案）8.4",
    why="写上“建库以前签订”就不看调研、论证和审批；启用以后签的还这样写，等于一关也没有过。",
    hint="启用以后签的，删去 origin，按程序送审批准；确是以前签的，在 signing.yaml 登记各方签署的日期。",
    waivable=False,
    ways={"late": "写作建库以前签订（legacy），{what} {day}，审批记录 {since} 起启用"},
)
def what_is_older_is_older(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """An agreement without a way in this repository was signed before the rules began."""
    day, since = signed_on(records, agreement.project), records.governed_since
    if legacy(agreement) and day and since and by_rounds(records, day):
        what = "各方签署于" if agreement.project in records.signings else "没有登记签署日期，期限起于"
        yield fault("late", "origin", "kind", what=what, day=day, since=since if since > date.min else "早已")


def is_renewed(records: Records, agreement: Agreement) -> bool:
    """Whether another agreement of one of its partners, signed and approved, goes on with this one."""
    partners = set(agreement.party_ids) - {"college"}
    return any(
        key != agreement.project
        and not partners.isdisjoint(records.agreements[key].party_ids)
        and agreed_on(records, key) is not None
        for key in records.renewals.get(agreement.project, ())
    )
