"""What reports tell in words: the subjects that are counted, and which figure of a sentence tells of which."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.prose.facts import Amount, Count, Fact
from pipeline.prose.passages import Sentence, clauses


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedSubject:
    """What is counted: how it is called before its number or after it, and in what units."""

    key: str
    name: str
    before: str
    after: str
    units: str


def _subject(key: str, name: str, before: str, after: str, units: str) -> CountedSubject:
    return CountedSubject(key=key, name=name, before=before, after=after, units=units)


_SUBJECTS = (
    _subject("meetings", "例会", "例会", "例会", "次|场"),
    _subject("inspections", "督查", "(?:督查|监督检查)", "(?:督查|监督检查)", "次"),
    _subject("findings", "督查发现的问题", "发现(?:的)?问题", "问题", "个|项|条"),
    _subject("visits", "走访企业", "(?:走访|访企)[^，。]{0,6}", "(?:走访|访企)", "次"),
    _subject(
        "signed",
        "本年度签订的协议",
        "(?:新签|签订|签署)(?:了)?(?:合作)?(?:协议|合同|项目)?",
        "新签",
        "项|份|个",
    ),
    _subject("ended", "本年度终止的项目", "终止(?:合作)?(?:协议|项目)?", "", "项|份|个"),
    _subject("projects", "合作项目", "(?:合作|在建)项目(?:共|共有)?", "(?:校企)?合作项目", "项|个"),
    _subject("partners", "合作企业", "合作(?:企业|单位)(?:共|共有)?", "合作(?:企业|单位)", "家"),
    _subject(
        "trained",
        "培养学生",
        "(?:培养|订单班|首届)(?:学生|学徒)?",
        "(?:学生|学徒)(?:入学|开班)|开班",
        "人|名",
    ),
    _subject(
        "interns",
        "岗位实习学生",
        "(?:接收|安排)?(?:岗位)?实习(?:学生|生)?",
        "(?:学生)?[^，。]{0,8}岗位实习",
        "人|名",
    ),
    _subject(
        "courses",
        "共同开发的课程",
        "(?:开发|建成|企业)课程",
        "(?:企业|核心)?课程(?:建成|开发|上线|验收)",
        "门",
    ),
    _subject(
        "part-time-teachers",
        "企业兼职教师",
        "(?:兼职教师|企业讲师)",
        "(?:兼职教师|工程师(?:到课|授课|任教|进校))",
        "人|名|位",
    ),
    _subject(
        "teacher-practice",
        "教师企业实践",
        "教师(?:企业)?(?:实践|轮岗)",
        "教师(?:完成)?(?:企业)?(?:实践|轮岗)",
        "人|名|位",
    ),
    _subject("textbooks", "共同开发的教材", "(?:开发|编写)教材", "教材", "种|部|本"),
    _subject("patents", "专利", "专利", "专利", "项|件"),
    _subject("staff-training", "培训职工", "培训(?:职工)?", "", "人天|人日"),
    _subject("service-income", "服务收入", "(?:服务|培训)收入", "(?:服务|培训)收入", "元"),
    _subject("received", "收到的款项", "(?:到账|收到)(?:[^，。]{0,6})", "到账", "元"),
    _subject("spent", "支出的款项", "支出", "支出", "元"),
)
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


def told_in(sentence: Sentence) -> Iterator[tuple[CountedSubject, Fact, Decimal]]:
    """The figures of a sentence whose subject stands right beside them; a rate or a part of something is none."""
    for start, clause in clauses(sentence.text):
        # Of another year, or of some among those that are counted.
        if _APART.search(clause):
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
                if _BESIDE[subject.key].of(before, after, unit):
                    yield subject, fact, value
                    break


_APART = re.compile("其中|去年|上年|上一年|前年|明年|同期")


def _value(fact: Fact) -> tuple[Decimal | None, str]:
    if isinstance(fact, Amount):
        return fact.yuan, "元"
    return (fact.number, fact.unit) if isinstance(fact, Count) else (None, "")


class _Beside:
    """Tells whether a subject is named right before a number or right after it."""

    def __init__(self, subject: CountedSubject) -> None:
        self._before = (
            re.compile(rf"(?:{subject.before})(?:共|共计|合计|累计|约)?[为计有]?\Z")
            if subject.before
            else None
        )
        self._after = re.compile(rf"(?:的)?(?:{subject.after})") if subject.after else None
        self._units = re.compile(rf"(?:{subject.units})\Z")

    def of(self, before: str, after: str, unit: str) -> bool:
        """Whether the words before and after a number in this unit name the subject."""
        if not self._units.match(unit):
            return False
        named = (self._before and self._before.search(before)) or (self._after and self._after.match(after))
        return bool(named)


_BESIDE = {subject.key: _Beside(subject) for subject in _SUBJECTS}
