"""What reports tell in words: the subjects that are counted, and which figure of a sentence tells of which."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from re import Pattern

from pipeline.kernel.late_pattern import late
from pipeline.kernel.patterns import compiled
from pipeline.kernel.structs import Struct
from pipeline.prose.facts import Amount, Count, Day, Fact
from pipeline.prose.passages import Sentence, clauses


class CountedSubject(Struct, frozen=True, kw_only=True):
    """What is counted: how it is called before its number or after it, and in what units."""

    key: str
    name: str
    before: str
    after: str
    units: str


_SUBJECTS = (
    CountedSubject(key="meetings", name="例会", before="例会", after="例会", units="次|场"),
    CountedSubject(
        key="inspections", name="督查", before="(?:督查|监督检查)", after="(?:督查|监督检查)", units="次"
    ),
    CountedSubject(
        key="findings", name="督查发现的问题", before="发现(?:的)?问题", after="问题", units="个|项|条"
    ),
    CountedSubject(
        key="visits", name="走访企业", before="(?:走访|访企)[^，。]{0,6}", after="(?:走访|访企)", units="次"
    ),
    CountedSubject(
        key="signed",
        name="本年度签订的协议",
        before="(?:新签|签订|签署)(?:了)?(?:合作)?(?:协议|合同|项目)?",
        after="新签",
        units="项|份|个",
    ),
    CountedSubject(
        key="ended", name="本年度终止的项目", before="终止(?:合作)?(?:协议|项目)?", after="", units="项|份|个"
    ),
    CountedSubject(
        key="projects",
        name="合作项目",
        before="(?:合作|在建)项目(?:共|共有)?",
        after="(?:校企)?合作项目",
        units="项|个",
    ),
    CountedSubject(
        key="partners",
        name="合作企业",
        before="合作(?:企业|单位)(?:共|共有)?",
        after="合作(?:企业|单位)",
        units="家",
    ),
    CountedSubject(
        key="trained",
        name="培养学生",
        before="(?:培养|订单班|首届)(?:学生|学徒)?",
        after="(?:学生|学徒)(?:入学|开班)|开班",
        units="人|名",
    ),
    CountedSubject(
        key="interns",
        name="岗位实习学生",
        before="(?:接收|安排)?(?:岗位)?实习(?:学生|生)?",
        after="(?:学生)?[^，。]{0,8}岗位实习",
        units="人|名",
    ),
    CountedSubject(
        key="courses",
        name="共同开发的课程",
        before="(?:开发|建成|企业)课程",
        after="(?:企业|核心)?课程(?:建成|开发|上线|验收)",
        units="门",
    ),
    CountedSubject(
        key="part-time-teachers",
        name="企业兼职教师",
        before="(?:兼职教师|企业讲师)",
        after="(?:兼职教师|工程师(?:到课|授课|任教|进校))",
        units="人|名|位",
    ),
    CountedSubject(
        key="teacher-practice",
        name="教师企业实践",
        before="教师(?:企业)?(?:实践|轮岗)",
        after="教师(?:完成)?(?:企业)?(?:实践|轮岗)",
        units="人|名|位",
    ),
    CountedSubject(
        key="textbooks", name="共同开发的教材", before="(?:开发|编写)教材", after="教材", units="种|部|本"
    ),
    CountedSubject(key="patents", name="专利", before="专利", after="专利", units="项|件"),
    CountedSubject(
        key="staff-training", name="培训职工", before="培训(?:职工)?", after="", units="人天|人日"
    ),
    CountedSubject(
        key="service-income",
        name="服务收入",
        before="(?:服务|培训)收入",
        after="(?:服务|培训)收入",
        units="元",
    ),
    CountedSubject(
        key="received", name="收到的款项", before="(?:到账|收到)(?:[^，。]{0,6})", after="到账", units="元"
    ),
    CountedSubject(key="spent", name="支出的款项", before="支出", after="支出", units="元"),
)
NOTHING = late("(?!)")
COUNTED = tuple(
    dict.fromkeys(
        [
            "例会",
            "督查",
            "监督检查",
            "问题",
            "走访",
            "访企",
            "新签",
            "签订",
            "签署",
            "终止",
            "项目",
            "合作企业",
            "合作单位",
            "培养",
            "订单班",
            "首届",
            "学生",
            "学徒",
            "实习",
            "课程",
            "兼职教师",
            "工程师",
            "企业讲师",
            "教师",
            "教材",
            "专利",
            "培训",
            "收入",
            "到账",
            "收到",
            "支出",
        ]
    )
)


def told_in(
    sentence: Sentence, year: int, other: Pattern[str] = NOTHING
) -> Iterator[tuple[CountedSubject, Fact, Decimal]]:
    """The figures of a sentence whose subject stands right beside them; a rate or a part of something is none.

    Nor is what is told of another `year`, or of `other` times or places than those the report is about.
    """
    for start, clause in clauses(sentence.text):
        # Of another year, or of some among those that are counted.
        if _APART.search(clause) or other.search(clause) or _at_another_time(sentence, start, clause, year):
            continue
        for fact in sentence.facts:
            if not start <= fact.start < start + len(clause):
                continue
            value, unit = _value(fact)
            if value is None:
                continue
            before = clause[: fact.start - start]
            after = clause[fact.end - start :]
            for subject in _SUBJECTS:
                if _is_beside(subject, before, after, unit):
                    yield subject, fact, value
                    break


_APART = late(
    "其中|去年|上年|上一年|前年|明年|来年|同期|往年|历年|以来|近[一二两三四五六七八九十0-9]+年|十[一二三四五六]五"
    "|计划|拟|预计|预期|目标|力争|争取|准备|打算|将|容纳"
    "|每|平均|人均|首批|第[一二三四五六][批期]|[一二三四]期|剩余|其余|另[有外]|尚[有余]|仍有"
    "|省级|国家级|市级|校级|续签|新增|重点|优秀|示范|意向|储备"
)
_OF_SOME = late("(?:已|被|获|通过|入选|列入|正在|处于|进入|延期|未)")
"""What only some of those counted did or suffered: 两个项目通过了检查."""
OF_A_PART = "[上下]半年|[一二三四1-4]季度|(?<!每)(?<![0-9年个])(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月(?!报)|春季|秋季|学期|寒假|暑假|专业|(?<![各家作])(?:公司|集团|医院|酒店)"
"""What tells of a part of a year or of a department, but for who reports of that part alone."""
OF_THE_COLLEGE = "全校|全院|学校|学院"


def _at_another_time(sentence: Sentence, start: int, clause: str, year: int) -> bool:
    """Whether a clause names another year, or a month or day that is not the end of what it counts."""
    days = (
        one for one in sentence.facts if isinstance(one, Day) and start <= one.start < start + len(clause)
    )
    return any(
        one.year != year or (one.month is not None and not _UNTIL.search(sentence.text[: one.start]))
        for one in days
    )


_UNTIL = late("(?:截至|截止|止于|至)\\Z")


def _value(fact: Fact) -> tuple[Decimal | None, str]:
    if isinstance(fact, Amount):
        return fact.yuan, "元"
    return (fact.number, fact.unit) if isinstance(fact, Count) else (None, "")


@cache
def _beside(subject: CountedSubject) -> tuple[Pattern[str], Pattern[str], Pattern[str]]:
    """What tells that a subject is named right before a number or right after it, and in which unit."""
    never = r"(?!)"
    before = rf"(?:{subject.before})(?:共|共计|合计|累计|约)?[为计有]?\Z" if subject.before else never
    after = rf"(?:的)?(?:{subject.after})" if subject.after else never
    return compiled(before), compiled(after), compiled(rf"(?:{subject.units})\Z")


def _is_beside(subject: CountedSubject, before: str, after: str, unit: str) -> bool:
    """Whether the words before and after a number in this unit name a subject."""
    named_before, named_after, in_units = _beside(subject)
    if not in_units.match(unit):
        return False
    if named_before.search(before):
        return not _OF_SOME.match(after)
    named = named_after.match(after)
    return bool(named and not _OF_SOME.match(after, named.end()))
