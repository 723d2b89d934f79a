"""C01–C06: content and mode of a cooperation: means, dockings, joint building, responsibility (clauses 3–5, 7)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rules.missing import is_not_sorted_yet
from pipeline.check.rules.rule import READING_SINCE, Fault, Way, fault, rule
from pipeline.kernel.finding import DataPath, Severity
from pipeline.kernel.late_pattern import late
from pipeline.record.model import Agreement, Records
from pipeline.record.model.cooperation import CoBuilding, Docking

DOCKINGS = {
    "D1": ("专业设置与行业岗位群对接", "posts", "对接的岗位群"),
    "D2": ("课程体系与职业标准对接", "occupational_standard", "依据的职业标准"),
    "D3": ("专业教师与技术人员对接", "pairs", "结对的教师和技术人员"),
    "D4": ("实训基地与生产车间对接", "base", "对接的实训基地"),
    "D5": ("社会能力培养与企业文化对接", "culture", "企业文化的内容"),
    "D0": ("其他对接", "text", "怎样对接"),
}
"""Code of a docking → its name, the field that proves it, and what that field holds (5.5)."""

BUILDINGS = {
    "B1": ("共建先进实训基地", "bases", "基地名称和地点"),
    "B2": ("共享教育信息资源", "resources", "共享的资源"),
    "B3": ("共研创新发展项目", "outcomes", "预期成果"),
    "B4": ("共培新型双师队伍", "teacher_practice", "教师实践或企业兼职教师的人数"),
    "B5": ("共创行业特色专业", "majors", "怎样调整的专业"),
    "B6": ("共育技术技能人才", "shared_use", "共同使用的课程或设备"),
    "B0": ("其他共建", "text", "怎样共建"),
}
"""Code of a joint undertaking → its name, the field that proves it, and what that field holds (5.6)."""


@rule(
    "C01",
    title="写明合作途径、领域、对应专业、服务产业和五链",
    clause="指南（草案）3.1；指南（草案）4.1；指南（草案）4.3；指南（草案）7",
    why="专业围着产业转：一份协议对应哪些专业、服务什么产业、用什么途径，是统计和布局的依据。",
    hint="写 means、fields、majors、industry、chains，照填写提示从选项里选。",
    ways={
        "means": "没有写合作途径（means）：共同育人、合作研究、共建机构、共享资源",
        "fields": "没有写合作领域（fields）：人才培养、技术创新、就业创业、社会服务、文化传承",
        "majors": "没有写对应专业（majors）",
        "industry": "没有写服务产业（industry）",
        "chains": Way(
            message="没有写作用于五链中的哪几条（chains）：教育链、产业链、供应链、人才链、价值链",
            severity=Severity.INFO,
            since=READING_SINCE,
        ),
        "unlisted": "专业“{major}”不在学校的专业设置（college.yaml 的 majors）里",
    },
    severity=Severity.WARNING,
    skips=is_not_sorted_yet,
)
def says_by_what_means_and_for_which_major(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """Majors follow industries; an agreement that names neither cannot be placed among the others."""
    for key in ("means", "fields", "majors", "industry", "chains"):
        if not getattr(agreement, key):
            yield fault(key, key)
    listed = {major.name for major in records.college.majors} if records.college else set()
    for index, major in enumerate(agreement.majors):
        if listed and major not in listed:
            yield fault("unlisted", "majors", index, major=major)


@rule(
    "C02",
    title="每个项目落到五对接、六共建",
    clause="指南（草案）5.4；指南（草案）5.5；指南（草案）5.6",
    why="五对接、六共建是指南规定的合作模式；一项都对不上的项目，看不出合作在哪里。",
    hint="docking、co_building 各写至少一项，写 code 和凭据。",
    ways={"docking": "没有写五对接（docking）", "co_building": "没有写六共建（co_building）"},
    severity=Severity.WARNING,
    skips=is_not_sorted_yet,
)
def has_docking_and_joint_building(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """Each project docks somewhere and builds something together."""
    for key in ("docking", "co_building"):
        if not getattr(agreement, key):
            yield fault(key, key)


@rule(
    "C03",
    title="写了的对接都有凭据",
    clause="指南（草案）5.5",
    why="对接不是口号：对接岗位群要说得出岗位，对接职业标准要说得出标准，督查时才核得实。",
    hint="照提示补上凭据；没有实际对接的，删去这一项。",
    ways={
        "unproven": "“{name}”没有写{what}（{field}）",
        "half": "“{name}”写了实训基地，没有写对接的生产车间（workshop）",
        "repeated": "“{name}”写了两遍",
    },
    severity=Severity.WARNING,
)
def docking_is_proven(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """A claim of docking names what is docked."""
    for index, docking in enumerate(agreement.docking):
        yield from _docking(agreement, docking, index)


def _docking(agreement: Agreement, docking: Docking, index: int) -> Iterator[Fault]:
    if docking.code not in DOCKINGS:
        return
    name, key, what = DOCKINGS[docking.code]
    codes = [one.code for one in agreement.docking[:index]]
    if docking.code in codes and docking.code != "D0":
        yield fault("repeated", "docking", index, "code", name=name)
    if not getattr(docking, key):
        yield fault("unproven", "docking", index, key, name=name, what=what, field=key)
    elif docking.code == "D4" and not docking.workshop:
        yield fault("half", "docking", index, "workshop", name=name)


@rule(
    "C04",
    title="写了的共建都有凭据",
    clause="指南（草案）5.6",
    why="共建的基地要有名有址，共享的资源要说清归谁、谁能用，共研的成果要约定知识产权，共用设备不得影响对方教学或生产。",
    hint="照提示补上凭据；没有实际共建的，删去这一项。",
    ways={
        "unproven": "“{name}”没有写{what}（{field}）",
        "unowned": "共享资源“{asset}”没有写{what}",
        "unprotected": "写了“共研创新发展项目”，协议里却没有知识产权约定（ip）",
        "disturbing": "共同使用“{asset}”没有约定不影响对方教学或生产（non_interference: true）",
        "repeated": "“{name}”写了两遍",
    },
    severity=Severity.WARNING,
)
def joint_building_is_proven(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """A claim of joint building names what is built, whose it is, and that nobody's work is disturbed."""
    for index, building in enumerate(agreement.co_building):
        if building.code not in BUILDINGS:
            continue
        name, key, what = BUILDINGS[building.code]
        codes = [one.code for one in agreement.co_building[:index]]
        if building.code in codes and building.code != "B0":
            yield fault("repeated", "co_building", index, "code", name=name)
        proven = getattr(building, key) or (building.code == "B4" and building.part_time_teachers)
        if not proven:
            yield fault("unproven", "co_building", index, key, name=name, what=what, field=key)
        yield from _details(building, index)
        if building.code == "B3" and agreement.ip is None and agreement.origin is None:
            yield fault("unprotected", "co_building", index, "code")


def _details(building: CoBuilding, index: int) -> Iterator[Fault]:
    for number, resource in enumerate(building.resources):
        at = ("co_building", index, "resources", number)
        if not resource.owner:
            yield fault("unowned", *at, "owner", asset=resource.name, what="归谁所有（owner）")
        if not resource.licence:
            yield fault("unowned", *at, "licence", asset=resource.name, what="谁可以怎样使用（licence）")
    for number, use in enumerate(building.shared_use):
        if not use.non_interference:
            place = ("co_building", index, "shared_use", number, "non_interference")
            yield fault("disturbing", *place, asset=use.asset)


@rule(
    "C05",
    title="共建基地、共建专业的，合作方式也这样写",
    clause="指南（草案）5.6；指南（草案）8.3",
    why="合作方式决定要不要论证；共建写了基地、方式里没有，论证就被绕过去了。",
    hint="forms 里补写 training-base 或 major；不是共建的，改掉 co_building 这一项。",
    ways={
        "base": "写了“共建先进实训基地”，合作方式里却没有共建实训基地（training-base）等",
        "major": "新设专业“{major}”，合作方式里却没有共建专业（major）",
        "words": "写的是“{words}”，合作方式里却没有共建实训基地（training-base）、产业学院、二级学院或者专业",
    },
    severity=Severity.WARNING,
)
def joint_building_and_forms_agree(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """What is built together decides the procedure, so that it is said in the forms too."""
    forms = set(agreement.forms)
    for index, building in enumerate(agreement.co_building if forms else ()):
        if building.code == "B1" and not forms & {
            "training-base",
            "industry-college",
            "second-level-college",
        }:
            yield fault("base", "co_building", index, "code")
        for number, major in enumerate(building.majors):
            if major.action == "new" and not forms & {"major", "industry-college", "second-level-college"}:
                yield fault("major", "co_building", index, "majors", number, "action", major=major.name)
    if forms and not forms & _BUILT_TOGETHER:
        texts: list[tuple[DataPath, str | None]] = [(("title",), agreement.title)]
        texts += [(("contents", at, "text"), one.text) for at, one in enumerate(agreement.contents)]
        for path, text in texts:
            found = _BUILDING.search(text or "")
            if found:
                yield fault("words", *path, words=found[0])


_BUILT_TOGETHER = frozenset({"training-base", "industry-college", "second-level-college", "major"})
_BUILDING = late(r"共建[^，。；、\n]{0,12}?(?:实训基地|实训中心|产业学院|二级学院|专业(?=[，。；、\s]|$))")


@rule(
    "C06",
    title="学院主导、系部实施、教学团队主动、其他部门配合，学校提供资源",
    clause="指南（草案）5.1；指南（草案）5.3；指南（草案）8.5",
    why="谁牵头、谁实施、哪个团队做，写进协议才落得下去；学校提供的课程、师资是合作的另一半。",
    hint="responsible 写 lead、implementer、team、supporting；school_inputs 写课程、师资等。",
    ways={
        "missing": "没有写由谁实施（responsible）",
        "lead": "没有写牵头部门（responsible.lead）",
        "function": "实施部门“{name}”不是系部",
        "team": Way(message="没有写教学团队（responsible.team）", severity=Severity.INFO),
        "supporting": Way(
            message="没有写由哪些职能部门配合（responsible.supporting）",
            hint="responsible 的 supporting 写配合部门的编号，如财务、资产、学生工作部门。",
            severity=Severity.INFO,
            since=READING_SINCE,
        ),
        "inputs": Way(message="没有写学校提供的课程、师资等资源（school_inputs）", severity=Severity.INFO),
    },
    severity=Severity.WARNING,
    skips=is_not_sorted_yet,
)
def has_lead_implementer_team_and_support(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """The college leads, a department carries out, a team of teachers is active, and the school gives its part."""
    yield from _responsible(agreement, records)
    if not agreement.school_inputs:
        yield fault("inputs", "school_inputs")


def _responsible(agreement: Agreement, records: Records) -> Iterator[Fault]:
    duty = agreement.responsible
    if duty is None:
        yield fault("missing", "responsible")
        return
    if not duty.lead:
        yield fault("lead", "responsible", "lead")
    departments = records.college.departments if records.college else {}
    department = departments.get(duty.implementer or "")
    if department and department.kind == "function":
        yield fault("function", "responsible", "implementer", name=department.name)
    if not duty.team:
        yield fault("team", "responsible", "team")
    if not duty.supporting:
        yield fault("supporting", "responsible", "supporting")
