"""R01–R04: every id in a record names something that exists, and somebody who can be what it is named for."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rules.party_names import known_enterprises
from pipeline.check.rules.rule import Fault, Way, fault, rule
from pipeline.record.kinds import ENTERPRISE
from pipeline.record.model import Agreement, Records
from pipeline.record.model.records import UnknownId
from pipeline.record.register.unknown_ids import cause_of, meant

_BODIES_OF_COLLEGE = ("公司", "基金会", "校友会", "医院")
"""What a college may found beside itself: bodies with a legal personality of their own."""


@rule(
    "R01",
    title="合作企业都有登记",
    clause="记录约定：引用的编号必须存在",
    why="企业的名称、代码、住所都取自它的登记文件；编号对不上，协议就不知道跟谁签。",
    hint="核对编号；新企业先建 agreements/enterprises/<编号>.yaml。",
    waivable=False,
    ways={
        "unknown": "没有编号为 {id} 的企业{guess}",
        "repeated": "合作企业 {id} 写了两遍",
        "unfinished": Way(
            message="合作企业 {id} 的登记还是草稿，没有名称可用",
            hint="把 enterprises/{id}.yaml 写完，stage 改成 done。",
            staged=True,
        ),
    },
    on=Records | Agreement,
)
def has_known_enterprises(record: Records | Agreement, records: Records) -> Iterator[Fault]:
    """A misspelt id would sign with nobody; a broken file keeps its id and is reported itself."""
    if isinstance(record, Agreement):
        yield from _doubtful(record, records)
        return
    departments = records.college.departments if records.college else {}
    for one in records.unknown:
        if one.reference == "enterprise" and one.id not in departments:  # of a department R04 tells
            yield _at(one, "unknown", guess=meant(one.id, sorted(one.choices)))


def _doubtful(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """The partners of one agreement that are registered, but not as they should be."""
    partners = agreement.parties.enterprises if agreement.parties else ()
    for index, partner in enumerate(partners):
        at = ("parties", "enterprises", index)
        if partner in partners[:index]:
            yield Fault(way="repeated", at=at, values={"id": partner})
        elif ENTERPRISE.file(partner) in records.drafts:
            related = ((ENTERPRISE.file(partner), ("stage",)),)
            yield Fault(way="unfinished", at=at, values={"id": partner}, related=related)


def _at(one: UnknownId, way: str, **values: object) -> Fault:
    cause = cause_of(one) if way in ("unknown", "person", "department") else ""
    return Fault(
        way=way, at=one.path, values={"id": one.id, **values}, key=one.key, file=one.file, cause=cause
    )


@rule(
    "R02",
    title="权利义务、分担、份数只涉及本协议的各方",
    clause="记录约定：引用的编号必须存在",
    why="替不是一方的单位约定义务，对它没有约束力；写错编号的比例会算到别人头上。",
    hint="学校写 college，企业写 parties.enterprises 里的编号。",
    waivable=False,
    ways={
        "unknown": "{what}里的 {id} 不是本协议的一方{guess}",
        "stranger": "{what}里的 {id}（{name}）没有列在合作企业（parties.enterprises）里",
    },
    on=Records,
)
def names_only_its_parties(everything: Records, records: Records) -> Iterator[Fault]:
    """An agreement binds nobody but its parties (民法典 465)."""
    known = known_enterprises(records)
    for one in records.unknown:
        if one.reference != "party":
            continue
        if one.id not in known:
            yield _at(one, "unknown", what=one.called, guess=meant(one.id, one.choices))
        elif known.issuperset(one.choices[1:]):
            # While a party's id is misspelt (R01), a rightly spelt one here is no stranger.
            yield _at(one, "stranger", what=one.called, name=records.party_name(one.id))


@rule(
    "R03",
    title="引用的人员和部门在学校名册里",
    clause="记录约定：引用的编号必须存在",
    why="签字人、负责人的姓名和职务都取自名册；编号写错，文书上就是空白或别人的名字。",
    hint="核对编号；新的人员或部门先写进 agreements/college.yaml 的 people 或 departments。",
    waivable=False,
    ways={
        "person": "名册里没有编号为 {id} 的人员{guess}",
        "department": "没有编号为 {id} 的部门{guess}",
    },
    on=Records,
)
def has_known_people(everything: Records, records: Records) -> Iterator[Fault]:
    """People and departments are told once, in the college's record, and named by id elsewhere."""
    for one in records.unknown:
        # A list that is missing as a whole is reported by its schema, once.
        if one.reference in ("person", "department") and one.choices:
            yield _at(one, one.reference, guess=meant(one.id, one.choices))


@rule(
    "R04",
    title="学校以自己的名义签约，内部部门不作为一方",
    clause="指南（草案）3.1；民法典 57",
    why="系部、处室没有法人资格，以它的名义签的协议效力待定，责任最后还是学校的。",
    hint="学校写在 parties.college 下；实施的系部写在 responsible.implementer。",
    waivable=False,
    ways={
        "department": "{id} 是学校的内部部门（{name}），不能作为协议的一方",
        "inner": "“{name}”看来是学校的内部机构，不能作为协议的一方",
    },
)
def is_signed_by_the_school_itself(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """A department has no legal personality; the school signs."""
    college = records.college
    if college is None or agreement.parties is None:
        return
    names = {department.name for department in college.departments.values() if department.name}
    for index, partner in enumerate(agreement.parties.enterprises):
        path = ("parties", "enterprises", index)
        name = records.party_name(partner)
        if partner in college.departments and partner not in known_enterprises(records):
            yield fault("department", *path, id=partner, name=college.department_name(partner))
        elif name in names or _within(name, college.name):
            yield fault("inner", *path, name=name)


def _within(name: str, college: str) -> bool:
    return bool(college) and name.startswith(college) and not name.endswith(_BODIES_OF_COLLEGE)
