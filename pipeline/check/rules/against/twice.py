"""H16: what two texts of one agreement say of the same thing by its name, where no field says it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.check.rules.against.against_fields import against_fields
from pipeline.check.rules.missing import is_framework
from pipeline.check.rules.read_once import RecordProse
from pipeline.check.rules.rule import AGREED, READING_SINCE, Fault, rule
from pipeline.kernel.finding import DataPath, Severity
from pipeline.kernel.late_pattern import late
from pipeline.prose.facts import Amount, Count, Fact, Share, Span
from pipeline.prose.passages import facts_of
from pipeline.record.model import Agreement, Records

_NAME = late(
    r"(?P<name>[一-鿿]{2,10}?(?:期限|期间|期|费用|费|价款|款项|经费|金额|单价|人数|比例|面积|学时|课时|标准|奖金|奖学金|助学金|违约金))"
    r"(?P<total>总价|总额|总计|共计|合计|总共|共)?(?:不少于|不低于|不超过)?(?:定|约定|确定|规定)?(?:为|是|：|:|按)?(?:人民币|每[人生台套年月日])?\Z"
)
_OPENING = late(
    r"(?:.*(?:的|和|与|及|、|由|对|向|按|在|为|其|该|本|支付|承担|投入|提供|收取|设立|约定|享有|负责))?(?:甲方|乙方|丙方|双方|各方|企业|学校|学院|公司|项目|协议)*"
)
_PARTLY = late(
    r"第[一二三四五六七八九十0-9]+|首[期付笔批次年]|尾款|余款|预付|其中|另|超出|超过|逾期|每逾|延长|如|若|的，|分别|以上|以下|以内|增至|降至|调整|变更|之一|上浮|下浮|阶段|最高|最低|上限|至少|起步"
)
_LOOKED_AT = frozenset(
    {
        "form_details",
        "contents",
        "obligations",
        "other_terms",
        "quality",
        "breach",
        "costs",
        "ip",
        "termination",
    }
    | {"confidentiality", "safety", "insurance", "revenue", "purpose", "scope", "goals", "changes"}
)
"""Where a thing is agreed; what surveys and recitals tell was so once."""
_WORDS = ("期", "费", "款", "额", "价", "数", "例", "积", "时", "准", "金")


@rule(
    "H16",
    title="同一件事两处写的一样",
    clause="民法典 470、510",
    why="质保期这一条写两年、那一条写三年，以哪一处为准谁也说不清；有栏目的事程序拿栏目核对，没有栏目的只能两处互相对。",
    hint="以谈定的为准，改掉一处；最好只在一处写。",
    ways={"differs": "“{words}”，而另一处写的是“{other}”"},
    severity=Severity.WARNING,
    skips=is_framework,
    since=READING_SINCE,
    on=AGREED,
)
@against_fields
def says_nothing_twice_otherwise(
    agreement: Agreement, reading: RecordProse, records: Records
) -> Iterator[Fault]:
    """A thing that is called by its name has one measure, wherever it is said."""
    known: dict[tuple[str, str], tuple[str, DataPath, Decimal, str]] = {}
    if reading.beside:
        before, file = reading.beside
        for path, _, (name, unit, value, _, words) in _measured(before):
            known.setdefault((name, unit), (file, path, value, words))
    for path, place, (name, unit, value, at, words) in _measured(reading):
        file, first, other, said = known.setdefault((name, unit), ("", path, value, words))
        if other != value and (file, first) != ("", path):
            yield Fault(
                way="differs",
                at=path,
                values={"words": words, "other": said},
                offset=reading.prose.offset(place + at),
                related=((file, first),),
            )


def _measured(reading: RecordProse) -> Iterator[tuple[DataPath, int, Measure]]:
    """What is agreed by its name, with the path of its text and where its sentence begins."""
    for sentence, measures in reading.prose.readings(_measures, _WORDS):
        if reading.fields[sentence.number][0] in _LOOKED_AT:
            yield from ((reading.paths[sentence.number], sentence.start, measure) for measure in measures)


Measure = tuple[str, str, Decimal, int, str]
"""A thing's name, what it is measured in, how much of it, where that stands, and the words."""


def _measures(text: str, before: str) -> tuple[Measure, ...] | None:
    """What a sentence measures by its name; nothing where it tells of parts or of cases."""
    if _PARTLY.search(text):
        return None
    return tuple(_named(text)) or None


def _named(text: str) -> Iterator[Measure]:
    for fact in facts_of(text):
        unit = _measured_in(fact)
        match = _NAME.search(text[max(fact.start - 24, 0) : fact.start]) if unit else None
        if match is None:
            continue
        name = match["name"]
        opening = _OPENING.match(name)
        name = name[opening.end() :] if opening else name
        if len(name) > 1:
            yield (
                name,
                unit,
                _value(fact),
                fact.start,
                f"{name}{match['total'] or ''} {text[fact.start : fact.end]}",
            )


def _measured_in(fact: Fact) -> str:
    if isinstance(fact, Amount):
        return "元"
    if isinstance(fact, Share):
        return "%"
    if isinstance(fact, Span):
        return "月" if fact.months is not None else "日" if fact.days is not None else fact.unit
    return fact.unit if isinstance(fact, Count) else ""


def _value(fact: Fact) -> Decimal:
    if isinstance(fact, Amount):
        return fact.yuan
    if isinstance(fact, Share):
        return fact.percent
    if isinstance(fact, Span):
        return Decimal(fact.months or fact.days or 0) or fact.value
    return fact.number if isinstance(fact, Count) else Decimal(0)
