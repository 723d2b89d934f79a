"""R01–R04: every id in a record names something that exists, and somebody who can be what it is named for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.check.rules.party_names import called, known_enterprises
from pipeline.check.rules.rule import Fault, fault, rule
from pipeline.kernel.finding import DataPath
from pipeline.kernel.visible import nearest
from pipeline.record.model import Agreement, College, Records
from pipeline.record.register.kinds import AGREEMENT
from pipeline.record.register.kinds import COLLEGE as COLLEGE_KIND

_OWN_BODIES = ("公司", "基金会", "校友会", "医院")
"""What a college may found beside itself: bodies with a legal personality of their own."""


def meant(word: str, choices: Iterable[str]) -> str:
    """The end of a message that guesses what was meant; empty where nothing is near."""
    near = nearest(word, choices)
    return f"，是不是 {near}？" if near else ""


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
    },
)
def has_known_enterprises(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """A misspelt id would sign with nobody; a broken file keeps its id and is reported itself."""
    known = known_enterprises(records)
    departments = records.college.departments if records.college else {}
    partners = agreement.parties.enterprises if agreement.parties else ()
    for index, partner in enumerate(partners):
        path = ("parties", "enterprises", index)
        if partner in partners[:index]:
            yield fault("repeated", *path, id=partner)
        elif partner not in known and partner not in departments:
            yield fault("unknown", *path, id=partner, guess=meant(partner, sorted(known)))


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
)
def names_only_its_parties(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """An agreement binds nobody but its parties (民法典 465)."""
    if not agreement.parties or not agreement.parties.enterprises:
        return
    parties = agreement.party_ids
    known = known_enterprises(records)
    all_known = known.issuperset(agreement.parties.enterprises)
    for path, party, what in _named(agreement):
        key = path[-1] == party
        if party in parties:
            continue
        if party not in known:
            values = {"what": what, "id": party, "guess": meant(party, parties)}
            yield Fault(way="unknown", at=path, values=values, key=key)
        elif all_known:
            # While a party's id is misspelt (R01), a rightly spelt one here is no stranger.
            values = {"what": what, "id": party, "name": records.party_name(party)}
            yield Fault(way="stranger", at=path, values=values, key=key)


def _named(agreement: Agreement) -> Iterator[tuple[DataPath, str, str]]:
    """Every id of a party outside `parties`, with its path and how a message calls the spot."""
    mappings: list[tuple[DataPath, Iterable[str], str]] = [
        (("obligations",), agreement.obligations, "权利义务"),
        (("breach",), agreement.breach, "违约责任"),
        (("copies", "each"), agreement.copies.each if agreement.copies else (), "份数"),
        (("notices", "contacts"), agreement.notices.contacts if agreement.notices else (), "联系人"),
    ]
    for index, cost in enumerate(agreement.costs):
        mappings.append((("costs", index, "shares"), cost.shares, f"{called(cost.item, index)}的分担比例"))
    for index, benefit in enumerate(agreement.revenue.items if agreement.revenue else ()):
        name = f"{called(benefit.item, index)}的分配比例"
        mappings.append((("revenue", "items", index, "shares"), benefit.shares, name))
    for path, keys, what in mappings:
        yield from (((*path, key), key, what) for key in keys)
    for kind, index, item in agreement.inputs.lines if agreement.inputs else ():
        name = called(item.name, index)
        if item.ownership is not None:
            yield ("inputs", kind, index, "ownership"), item.ownership, f"{name}的权属"
        if item.provider is not None:
            yield ("inputs", kind, index, "provider"), item.provider, f"{name}的投入方"


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
    college = records.college
    if college is None:
        return
    yield from _unlisted(college, COLLEGE_KIND.file(), *_inside(college))
    for project, agreement in records.agreements.items():
        yield from _unlisted(college, AGREEMENT.file(project), *_staff(agreement))


_Named = tuple[str, DataPath, str | None]


def _unlisted(college: College, file: str, *named: _Named) -> Iterator[Fault]:
    lists: dict[str, Iterable[str]] = {"person": college.people, "department": college.departments}
    for way, path, key in named:
        known = tuple(lists[way])
        # A list that is missing as a whole is reported by its schema, once.
        if key and known and key not in known:
            yield Fault(way=way, at=path, values={"id": key, "guess": meant(key, known)}, file=file)


def _inside(college: College) -> Iterator[_Named]:
    yield "person", ("legal_representative",), college.legal_representative
    if college.office:
        yield "person", ("office", "head"), college.office.head
        for index, member in enumerate(college.office.members):
            yield "person", ("office", "members", index), member
    for key, department in college.departments.items():
        yield "person", ("departments", key, "secretary"), department.secretary
        yield "person", ("departments", key, "director"), department.director
    for key, person in college.people.items():
        yield "department", ("people", key, "department"), person.department


def _staff(agreement: Agreement) -> Iterator[_Named]:
    if agreement.parties and agreement.parties.college:
        yield "person", ("parties", "college", "signatory"), agreement.parties.college.signatory
    duty = agreement.responsible
    if duty is None:
        return
    yield "department", ("responsible", "lead"), duty.lead
    yield "department", ("responsible", "implementer"), duty.implementer
    yield "person", ("responsible", "manager"), duty.manager
    for index, department in enumerate(duty.supporting):
        yield "department", ("responsible", "supporting", index), department


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
    return bool(college) and name.startswith(college) and not name.endswith(_OWN_BODIES)
