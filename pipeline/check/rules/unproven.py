"""G14, G15 and P10: nothing takes effect on paper alone, and those who reviewed and approved were in their posts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.check.rules.rule import Fault, fault, rule
from pipeline.kernel.structs import replace
from pipeline.record.model import Records
from pipeline.record.model.preparation import Review, Signed, Signing
from pipeline.record.model.work import PlanApprovals
from pipeline.standing.agreed import signed_by_all
from pipeline.standing.posts import holders, holds, known, leads
from pipeline.standing.proof import agreement_subject, by_rounds, consent_to, newest, unproven

At = tuple[str | int, ...]


def signings(signing: Signing) -> Iterator[tuple[At, Signed]]:
    """The signing of the agreement and those of its amendments, each with its place."""
    yield (), signing
    for index, one in enumerate(signing.amendments):
        yield ("amendments", index), one


@rule(
    "G14",
    title="签署的是批准过的那一轮文字",
    clause="指南（草案）8.4",
    why="协议经法务审核、学校审批后生效；签署时写明签的是哪一轮送审文本，这一轮又确实批准了，才说得上生效。",
    hint="运行 coop trail 看是哪一轮、还缺谁；把签署的那一轮的摘要（64 位，coop trail 印有全文）写进 words，再运行 coop record 文书 --signing 登记签署。",
    waivable=False,
    ways={
        "unknown": "words 写的 {words}… 不是{what}任何一轮送审文本的摘要，签署不产生效力{newest}",
        "unapproved": "{what}签署的文字没有批准：{lacking}",
        "unnamed": "{what}在审批记录启用{since}以后签署，没有写签的是哪一轮送审文本（words），签署不产生效力",
    },
    on=Signing,
)
def names_an_approved_round(signing: Signing, records: Records) -> Iterator[Fault]:
    """A digest that no round has, and a round that nobody approved, bring nothing into effect."""
    agreement, since = records.agreements.get(signing.project), records.governed_since
    for path, one in signings(signing):
        day = signed_by_all(one, agreement.party_ids) if agreement else None
        way = unproven(records, signing.project, one, day)
        if way in ("", "paper") or (way == "unnamed" and day is None):
            continue  # of papers G07 and G15 tell; what is not signed by all yet names its words when it is
        subject = agreement_subject(signing.project, one.amendment)
        consent, last = consent_to(records, subject, one.words), newest(records, subject)
        found = fault(
            way,
            *path,
            "words" if one.words else "parties",
            what=f"补充协议“{one.amendment}”" if one.amendment else "协议",
            words=one.words[:16],
            newest=f"；最近一轮的摘要是 {last.words}" if last else "；还没有送审过",
            lacking=consent.lacking if consent else "",
            since=f"（{since}）" if since and since > date.min else "",
        )
        yield replace(found, cause=consent.cause if consent and way == "unapproved" else "")


@rule(
    "G15",
    title="登记的审核人、审批人在任，担任这个职务",
    clause="指南（草案）8.4",
    why="法务审核由法务作，审批由有权的人作；干事、门卫签的字，不是学校的审批。",
    hint="写实际审核、审批的人；职务写在 college.yaml 的 people、departments、leaders 或审批规则的 people 里，任期写 since、until。",
    ways={
        "legal": "法务审核人{name}在 {day} 不在法务岗位{holders}",
        "nobody": "法务审核没有写审核人（by）或外聘法律顾问（counsel）",
        "step": "“{role}”的审批人{name}在 {day} 不担任这个职务{holders}",
        "unknown": "学校的审批里没有“{role}”这个环节",
    },
    on=Signing,
)
def is_decided_by_those_in_office(signing: Signing, records: Records) -> Iterator[Fault]:
    """Who reviewed and who approved held the post on the day; it is told wherever a review is filed."""
    for path, one in signings(signing):
        if one.review is not None:
            yield from _reviewed((*path, "review"), one.review, records)


def _reviewed(path: At, review: Review, records: Records) -> Iterator[Fault]:
    legal = review.legal
    if legal is not None and not legal.by and not legal.counsel:
        yield fault("nobody", *path, "legal")
    elif legal is not None and legal.by and not holds(records, legal.by, "legal", legal.on):
        values = _values(records, legal.by, "legal", legal.on)
        yield fault("legal", *path, "legal", "by", **values)
    for index, one in enumerate(review.approvals):
        if not known(records, one.role):
            yield fault("unknown", *path, "approvals", index, "role", role=one.role)
        elif not holds(records, one.by, one.role, one.on):
            values = _values(records, one.by, one.role, one.on)
            yield fault("step", *path, "approvals", index, "by", role=one.role, **values)


def _values(records: Records, person: str, role: str, day: date | None) -> dict[str, object]:
    names = "、".join(holders(records, role)[:4])
    posts = f"（担任的有：{names}）" if names else "（名册和审批规则里还没有人担任）"
    return {"name": f"“{records.person_name(person)}”", "day": day or "当日", "holders": posts}


@rule(
    "P10",
    title="年度计划由学校领导批准",
    clause="指南（草案）6.2",
    why="指南规定年度计划经学院批准后实施；办事人员登记自己批准，等于没有批准。",
    hint="写实际批准的院领导；审批记录启用以后的计划，先 coop submit plans/<年份>/<部门>，由审批规则里的人批准。",
    ways={
        "leader": "批准人{name}在 {day} 不是学校领导，计划不算批准",
        "unapproved": "登记 {day} 批准，审批记录里这份计划{lacking}",
    },
    on=PlanApprovals,
)
def plan_is_approved_by_a_leader(filed: PlanApprovals, records: Records) -> Iterator[Fault]:
    """A plan is approved by the college, and since the rules began by a round."""
    for department, one in filed.departments.items():
        at = ("departments", department)
        if one.by and not leads(records, one.by, one.on):
            values = {"name": f"“{records.person_name(one.by)}”", "day": one.on or "当日"}
            yield fault("leader", *at, "by", **values)
        key = f"{filed.year}/{department}"
        if key in records.plans and by_rounds(records, one.on):
            last = newest(records, f"plans/{key}")
            if last is None or not last.approved:
                lacking = f"还没有批准：{last.lacking}" if last else "还没有送审"
                found = fault("unapproved", *at, "on", day=one.on, lacking=lacking)
                yield replace(found, cause=last.cause if last else "")
