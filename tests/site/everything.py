"""A college with a bit of everything, laid out in records: small enough to count by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pipeline.kernel.structs import replace
from pipeline.record.model import (
    Agreement,
    College,
    Contact,
    Department,
    Enterprise,
    Item,
    Person,
    Records,
    Term,
)
from pipeline.record.model.agreement import Inputs, Resources
from pipeline.record.model.clauses import Effectiveness, Parties, Responsible
from pipeline.record.model.college import Group
from pipeline.record.model.cooperation import CoBuilding, Docking, Goal
from pipeline.record.model.execution import (
    Defect,
    Evaluation,
    Inspection,
    Progress,
    Reached,
    Rectification,
    Score,
)
from pipeline.record.model.policy import EvaluationPolicy, Grade, Lead, MeetingPolicy, Policy
from pipeline.record.model.preparation import LegalReview, PartySigning, Review, ReviewConsent, Signing
from pipeline.record.model.work import (
    Decision,
    FollowUp,
    Meeting,
    Plan,
    PlanApproval,
    PlanApprovals,
    Task,
    Visit,
)
from pipeline.site import proven
from pipeline.site.site_data import SiteData
from pipeline.standing import portfolio
from tests.college import SCHEMAS

TODAY = date(2026, 11, 23)
"""The day on which the stories play."""

SIGNED = date(2026, 1, 10)


def college() -> College:
    return College(
        name="云州示例职业技术学院",
        departments={
            "machines": Department(name="智能制造系", kind="teaching", director="he", secretary="xu"),
            "software": Department(name="信息工程系", kind="teaching", director="cao"),
        },
        people={
            key: Person(name=name, post=post)
            for key, name, post in (("he", "何示题", "院长"), ("xu", "许拟作", "法务"), ("cao", "曹样码", ""))
        },
        groups={"machines": Group(leader="he", members=("xu",))},
    )


def agreement(project: str, **changes: object) -> Agreement:
    made = Agreement(
        project=project,
        stage="submitted",
        title=f"{project} 共建项目",
        forms=("training-base",),
        parties=Parties(enterprises=("xingchen",)),
        responsible=Responsible(implementer="machines", manager="he"),
        inputs=Inputs(equipment=(Item(name="机床", quantity=Decimal(2), unit_price=Decimal("480000.00")),)),
        resources=Resources(premises=(Item(name="厂房", value=Decimal("100000.00")),)),
        term=Term(start=date(2026, 1, 1), end=date(2028, 12, 31)),
        effectiveness=Effectiveness(condition="approval"),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def signing(project: str, *, approved: bool = True) -> Signing:
    signed = PartySigning(signatory="he", signed_on=SIGNED, sealed_on=SIGNED)
    review = Review(
        legal=LegalReview(by="xu", on=date(2026, 1, 5), opinion="同意"),
        approvals=(ReviewConsent(role="president", by="he", on=date(2026, 1, 8), minute="会纪 3 号"),),
    )
    parties = {"college": signed, "xingchen": signed}
    return Signing(project=project, parties=parties, review=review if approved else None)


def _meetings() -> dict[str, Meeting]:
    first = Meeting(
        date=date(2026, 10, 9),
        title="十月例会",
        decisions={
            "a": Decision(
                text="补签安全协议", owner="he", department="machines", project="p1", due=date(2026, 11, 1)
            ),
            "b": Decision(text="联系企业", owner="cao", department="software", due=date(2026, 10, 20)),
            "c": Decision(text="编写教材", owner="xu", department="machines", due=date(2026, 12, 20)),
        },
    )
    done = FollowUp(meeting=first.date, decision="b", done_on=date(2026, 10, 18))
    second = Meeting(date=date(2026, 11, 6), title="十一月例会", follow_up=(done,))
    return {"2026-10-09": first, "2026-11-06": second}


def _inspections() -> dict[str, Inspection]:
    late = Defect(text="设备未到位", owner="he", due=date(2026, 11, 10))
    mended = Defect(
        text="台账缺页", due=date(2026, 10, 1), rectification=Rectification(done_on=date(2026, 9, 30))
    )
    one = Inspection(
        project="p1", id="one", date=date(2026, 9, 20), inspectors=("xu",), findings={"a": late, "b": mended}
    )
    return {"p1/one": one}


def records() -> Records:
    """p1 is in force, p2 ends this year, p3 waits for legal review, p4 is a draft of the other department."""
    goal = Goal(year=2026, measure="trained", quantity=Decimal(80))
    docking = (Docking(code="D1"), Docking(code="D4"))
    return Records(
        college=college(),
        policy=Policy(
            lead=Lead(expiry_days=90),
            meetings=MeetingPolicy(since=date(2026, 9, 1)),
            evaluation=EvaluationPolicy(
                weights={"goals": Decimal(60), "effect": Decimal(40)},
                grades=(Grade(name="优秀", least=Decimal(90)), Grade(name="合格", least=Decimal(60))),
            ),
        ),
        enterprises={
            "xingchen": Enterprise(
                id="xingchen",
                name="星辰虚构装备制造有限公司",
                kind="enterprise",
                contact=Contact(name="邹样机", post="总监", phone="0000-0000201"),
            )
        },
        agreements={
            "p1": agreement("p1", goals={"g": goal}, docking=docking, co_building=(CoBuilding(code="B1"),)),
            "p2": agreement("p2", term=Term(start=date(2024, 1, 1), end=date(2026, 12, 31))),
            "p3": agreement("p3", forms=("order-class", "training-base")),
            "p4": agreement(
                "p4", stage="draft", responsible=Responsible(implementer="software"), inputs=None
            ),
        },
        signings={"p1": signing("p1"), "p2": signing("p2")},
        progress={
            "p1/2026-h1": Progress(project="p1", period="2026-h1", goals={"g": Reached(actual=Decimal(60))})
        },
        inspections=_inspections(),
        evaluations={
            "p1/2026": Evaluation(
                project="p1",
                year=2026,
                scores={"goals": Score(score=Decimal(95)), "effect": Score(score=Decimal(80))},
            )
        },
        plans={
            "2026/machines": Plan(
                year=2026,
                department="machines",
                tasks={
                    "train": Task(
                        name="培养学员", owner="he", project="p1", goal="g", due=date(2026, 12, 31)
                    ),
                    "visit": Task(
                        name="走访企业", owner="xu", target=Decimal(4), unit="家", due=date(2026, 6, 30)
                    ),
                },
            )
        },
        plan_approvals={
            "2026": PlanApprovals(
                year=2026, departments={"machines": PlanApproval(by="he", on=date(2026, 1, 20))}
            )
        },
        meetings=_meetings(),
        visits={
            "v": Visit(id="v", date=date(2026, 5, 6), enterprise="xingchen", leader="he", purpose="访企拓岗")
        },
    )


def site_data(made: Records | None = None, today: date = TODAY) -> SiteData:
    """The college as pages see it."""
    made = made or records()
    standing = portfolio.states(made, today)
    proofs = proven.proofs(made, standing, {})
    return SiteData(records=made, schemas=SCHEMAS, today=today, standing=standing, proofs=proofs)
