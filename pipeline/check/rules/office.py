"""O01–O07: the office, the working groups, rules, the college's own definitions, the partners (clauses 5.1, 6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from pipeline.check.rules.rule import Fault, Way, fault, rule
from pipeline.kernel.chinese import plain_number
from pipeline.kernel.finding import Severity
from pipeline.record.kinds import COLLEGE, POLICY
from pipeline.record.model import Agreement, College, Enterprise, Records
from pipeline.record.model.college import Group
from pipeline.record.model.policy import Policy
from pipeline.standing.agreed import signed_on

OFFICE_DUTIES = {
    "daily": "日常工作",
    "rules": "管理制度",
    "liaison": "与系部的沟通联系",
    "platform": "信息化平台和重要合作单位",
    "meetings": "工作会议",
    "research": "市场调研",
    "outreach": "外联和企业调研",
    "government": "政府、协会、商会联系和政策",
    "services": "信息服务、引企入校、人员互聘、就业推荐",
}
"""The office's nine duties (6.1)."""

GROUP_DUTIES = {
    "plan": "年度计划和方案",
    "negotiate": "项目调研与洽谈",
    "scheme": "实施方案",
    "draft": "协议初稿",
    "process": "过程管理",
    "staffing": "教师挂职与聘请指导教师",
    "evaluation": "沟通、绩效评价与总结",
}
"""A working group's seven duties (6.2)."""


@rule(
    "O01",
    title="校企合作办公室的九项职责都有人承担，建了信息化平台",
    clause="指南（草案）6.1",
    why="职责落不到人，就等于没有；办公室几个人，九件事总有一两件没人管。",
    hint="office.duties 下每项职责写一位人员编号。",
    ways={
        "unassigned": "办公室有 {count} 项职责没有写由谁承担：{duties}",
        "platform": Way(
            message="没有登记校企合作信息化平台（platform）",
            hint="platform 写平台名称、访问方式和启用日期；用 coop site 发布网站的，写这个网站。",
            severity=Severity.INFO,
        ),
    },
    on=College,
    severity=Severity.WARNING,
)
def office_has_its_duties_assigned(college: College, records: Records) -> Iterator[Fault]:
    """Exactly one office (there is one place for it), and somebody for each of its nine duties."""
    if college.office is None:
        return
    lacking = [f"“{duty}”" for key, duty in OFFICE_DUTIES.items() if not college.office.duties.get(key)]
    if lacking:
        yield fault("unassigned", "office", "duties", count=len(lacking), duties="".join(lacking))
    if college.platform is None:
        yield fault("platform", "office")


@rule(
    "O02",
    title="每个系部有工作小组，组长是系部书记或主任",
    clause="指南（草案）6.2",
    why="指南规定系部书记或主任为组长；换成别人，调动不了系部的人和资源。",
    hint="groups 下每个系部写 leader（系部书记或主任的编号）和 leader_post。",
    ways={
        "missing": Way(message="{department}没有校企合作工作小组", severity=Severity.WARNING),
        "leader": "{department}工作小组的组长{name}不是该系部的书记或主任",
        "post": "{department}工作小组组长{name}的职务写的是{said}，名册上是{is_}",
        "function": "{department}不是系部，不设工作小组",
    },
    on=College,
)
def groups_are_led_by_secretary_or_director(college: College, records: Records) -> Iterator[Fault]:
    """One group per teaching department, led by whoever heads the department."""
    for key in college.teaching:
        if key not in college.groups:
            yield fault("missing", "groups", key, department=college.department_name(key))
    for key, group in college.groups.items():
        department = college.departments.get(key)
        if department is None:
            continue
        if department.kind == "function":
            yield Fault(way="function", at=("groups", key), values={"department": department.name}, key=True)
        elif group.leader:
            yield from _leader(college, key, group)


def _leader(college: College, key: str, group: Group) -> Iterator[Fault]:
    department = college.departments[key]
    posts = {"secretary": department.secretary, "director": department.director}
    values: dict[str, object] = {
        "department": department.name,
        "name": f"“{college.person_name(group.leader)}”",
    }
    if group.leader not in posts.values():
        yield Fault(way="leader", at=("groups", key, "leader"), values=values)
    elif group.leader_post in posts and posts[group.leader_post] != group.leader:
        words = {"secretary": "系部书记", "director": "系部主任"}
        other = "director" if group.leader_post == "secretary" else "secretary"
        values |= {"said": words[group.leader_post], "is_": words[other]}
        yield Fault(way="post", at=("groups", key, "leader_post"), values=values)


@rule(
    "O03",
    title="工作小组的七项职责都有人承担，每个系部有联络员",
    clause="指南（草案）6.1；指南（草案）6.2",
    why="计划、洽谈、方案、协议、过程、人员、评价，缺了哪一项项目都会断在那里；联络员是办公室找系部的门。",
    hint="groups.<系部>.duties 下每项写一位人员编号；liaisons 下每个系部写一位。",
    ways={
        "unassigned": "{department}工作小组的{duties}没有写由谁承担",
        "liaison": "{department}没有联络员（liaisons）",
        "stranger": "{department}的联络员{name}在名册上属于{other}",
    },
    on=College,
    severity=Severity.WARNING,
)
def groups_have_duties_and_liaisons(college: College, records: Records) -> Iterator[Fault]:
    """Seven duties with a name each, and one person through whom the office reaches the department."""
    for key in college.teaching:
        name = college.department_name(key)
        group = college.groups.get(key)
        held = group.duties if group else {}
        lacking = [f"“{words}”" for duty, words in GROUP_DUTIES.items() if group and not held.get(duty)]
        if lacking:
            yield fault("unassigned", "groups", key, "duties", department=name, duties="".join(lacking))
        liaison = college.liaisons.get(key)
        if liaison is None:
            yield fault("liaison", "liaisons", key, department=name)
            continue
        person = college.people.get(liaison)
        if person and person.department and person.department != key:
            other = college.department_name(person.department)
            values = {"department": name, "name": f"“{person.name}”", "other": other}
            yield Fault(way="stranger", at=("liaisons", key), values=values)


@rule(
    "O04",
    title="校企合作管理制度成文，版本有先后",
    clause="指南（草案）6.1",
    why="制度改了几版、哪天起施行，决定一件事当时该按哪一版办。",
    hint="rules 下写制度名称和历次版本，从早到晚。",
    ways={
        "none": "没有登记校企合作管理制度（rules）",
        "order": "“{title}”第 {number} 版的通过日期 {day} 不晚于上一版的 {before}",
    },
    on=College,
    severity=Severity.WARNING,
)
def management_rules_have_versions(college: College, records: Records) -> Iterator[Fault]:
    """Rules are made and improved, one version after the other."""
    if not college.rules:
        yield fault("none", "rules")
    for key, one in college.rules.items():
        days = [version.approved_on for version in one.versions]
        for index in range(1, len(days)):
            before, day = days[index - 1], days[index]
            if before and day and day <= before:
                at = ("rules", key, "versions", index, "approved_on")
                yield fault("order", *at, title=one.title, number=index + 1, day=day, before=before)


@rule(
    "O05",
    title="指南没有下定义的词，学校写明",
    clause="指南（草案）5.1；指南（草案）6.1；指南（草案）8.3；指南（草案）10.1",
    why="“具备条件”“重要”“非深度合作”“定期”指南没有定义；学校不写明，就只能各人凭感觉办。",
    hint="运行 coop new policy 生成 agreements/policy.yaml，按本校实际改好，经学校批准。",
    ways={
        "missing": Way(message="没有学校约定文件 agreements/policy.yaml", severity=Severity.WARNING),
        "weights": "{what}的权重合计 {total}%，应为 100%",
        "grades": "等级“{name}”的最低分 {least} 不低于前一等级的 {before}",
    },
    on=Records,
)
def undefined_words_are_defined(everything: Records, records: Records) -> Iterator[Fault]:
    """What the draft leaves open is settled by the college where everybody can read it, not by code."""
    policy = records.policy
    if policy is None:
        if POLICY.file() not in records.broken and records.college:
            yield Fault(way="missing", at=(), file=COLLEGE.file())
        return
    yield from _weights(policy)
    grades = policy.evaluation.grades if policy.evaluation else ()
    for index in range(1, len(grades)):
        least, before = grades[index].least, grades[index - 1].least
        if least is not None and before is not None and least >= before:
            values = {
                "name": grades[index].name,
                "least": plain_number(least),
                "before": plain_number(before),
            }
            at = ("evaluation", "grades", index, "least")
            yield Fault(way="grades", at=at, values=values, file=POLICY.file())


def _weights(policy: Policy) -> Iterator[Fault]:
    parts: tuple[tuple[str, str, Mapping[str, Decimal]], ...] = (
        ("evaluation", "绩效评价指标", policy.evaluation.weights if policy.evaluation else {}),
        ("assessment", "系部考核", policy.assessment.weights if policy.assessment else {}),
    )
    for key, what, weights in parts:
        total = sum(weights.values(), Decimal(0))
        if weights and total != 100:
            values = {"what": what, "total": plain_number(total)}
            yield Fault(way="weights", at=(key, "weights"), values=values, file=POLICY.file())


@rule(
    "O06",
    title="签协议的企业，核定过具备条件",
    clause="指南（草案）5.1；指南（草案）8.1",
    why="指南要求与具备条件的企业合作；事先核对资质、信用和能力，比出了事再查便宜。",
    hint="对照 policy.yaml 的 eligibility，在企业文件里逐项写 met 和 basis，再写 decision。",
    ways={
        "undecided": Way(message="{name}还没有核定是否具备条件，却已提交协议", severity=Severity.WARNING),
        "ineligible": "{name}核定为不具备条件，却提交了协议",
        "unmet": "核定为具备条件，必须具备的“{criterion}”却没有核对或不满足",
        "standing": "{name}的信用状况是“{status}”，不宜签协议",
    },
    on=Agreement | Enterprise,
)
def signs_with_qualified_enterprises(record: Agreement | Enterprise, records: Records) -> Iterator[Fault]:
    """Whether a partner qualifies is decided before anything is negotiated with it."""
    if isinstance(record, Enterprise):
        yield from _unmet(record, records)
    elif record.submitted and record.origin is None and not record.framework:
        yield from _unqualified(record.project, record.party_ids[1:], records)


def _unmet(enterprise: Enterprise, records: Records) -> Iterator[Fault]:
    checked = enterprise.eligibility
    if checked is None or checked.decision != "eligible":
        return
    criteria = records.policy.eligibility if records.policy else {}
    # Where one is checked that is no criterion any more (D05), the one that seems unchecked is mostly the same.
    renamed = any(key not in criteria for key in checked.items)
    for criterion, wanted in criteria.items():
        item = checked.items.get(criterion)
        if wanted.required and (not renamed if item is None else not item.met):
            yield fault("unmet", "eligibility", "items", criterion, criterion=wanted.text)


def _unqualified(project: str, partners: tuple[str, ...], records: Records) -> Iterator[Fault]:
    signed = project in records.signings
    day = signed_on(records, project)
    for index, partner in enumerate(partners):
        enterprise = records.enterprises.get(partner)
        if enterprise is None:
            continue
        at = ("parties", "enterprises", index)
        name = f"“{enterprise.name}”"
        if enterprise.eligibility is None:
            yield fault("undecided", *at, name=name)
        elif enterprise.eligibility.decision == "ineligible" and (
            # Decided later, it is a matter of the next agreement; decided before, this one should not have been.
            not signed
            or (day and enterprise.eligibility.decided_on and enterprise.eligibility.decided_on <= day)
        ):
            yield fault("ineligible", *at, name=name)
        words = {"abnormal": "经营异常", "dishonest": "严重失信", "closed": "注销或吊销"}
        status = words.get(enterprise.standing.status) if enterprise.standing else None
        if status and not signed:
            yield fault("standing", *at, name=name, status=status)


@rule(
    "O07",
    title="重要的合作单位有专人联络",
    clause="指南（草案）6.1",
    why="管理好重要的合作单位是办公室的职责；没有指定的人，就没有人记得联系。",
    hint="企业文件里写 manager（本校人员编号）；不再重要的，把 tier 改为 ordinary。",
    ways={"unmanaged": "重要的合作单位没有写联络负责人（manager）"},
    on=Enterprise,
    severity=Severity.WARNING,
)
def important_partners_have_a_manager(enterprise: Enterprise, records: Records) -> Iterator[Fault]:
    """Somebody knows each important partner."""
    if enterprise.tier == "important" and not enterprise.manager:
        yield fault("unmanaged", "manager")
