"""H01 and H02: what the words say of the term and of days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from pipeline.check.rules.against.against_fields import against_fields
from pipeline.check.rules.against.sides import clause_at, spot
from pipeline.check.rules.missing import is_framework
from pipeline.check.rules.read_once import RecordProse
from pipeline.check.rules.rule import AGREED, READING_SINCE, Fault, rule
from pipeline.kernel.finding import DataPath, Severity
from pipeline.kernel.late_pattern import late
from pipeline.prose.facts import Day, Span
from pipeline.prose.passages import Sentence, facts_of
from pipeline.prose.reader import betweens
from pipeline.record.model import Agreement, Records

_TERM = late(
    r"(?:本|该)?(?:协议书?|合同)的?(?:有效|存续|履行|执行|合作)?(?:期限|期间|有效期|年限|期)限?|(?:履行|存续|执行|合作)(?:期限|期间|周期|年限|时间|期)"
    r"|有效期限?|合作关系|(?:约定|双方|决定|开展|同意)合作(?=[^，。；]{0,4}[0-9一二两三四五六七八九十壹贰叁肆伍]+个?[年月])|(?:合作|协议)[^。；]{0,12}为期|为期(?=[^，。；]{1,8}的合作)|(?:合作|协议|合同)[^。；0-9]{0,6}自[^。；]{4,24}(?:持续|维持|延续|存续)|(?:协议书?|合同)(?=自[^。；至]{4,30}至[^。；]{4,20}(?:终止|止|失效|届满|期满))|到期日|截止日|终止日|届满日|期满日|(?:终止|结束|届满|到期)时间|(?:协议书?|合同|合作)(?=[^，。；]{0,4}(?:于|在|到|至)[^，。；]{4,16}(?:到期|届满|期满|失效|终止|为止|止))"
)
_RUNS_OUT = late(r"(?:之日)?(?:到期|届满|期满|失效|终止|结束|为止|止)(?![^，。；]{0,2}[前后])")
_OF_AGREEMENT = late(
    r"(?<![原旧期他充该租])(?:本?协议书?|本?合同|合作(?:关系|期)?)(?:执行|履行|有效|存续|实施)?(?:将|应)?(?:于|在|到|至|止于)\Z"
)
_OTHER_TERM = late(
    r"保密|质保|保修|租|实习|试用|试运行|服务期|培养|学徒|补充协议|续签|(?<!存)续期|续约|延长|整改|宽限|许可|任期|授权|投标|采购|延续|展期|担保|订单班|每届|课题|专利"
)
_ENDS = late(
    r"(?:(?:到期|终止|届满|期满|结束|截止)(?:日期?|时间)|截止|(?:有效|合作|履行|存续)?期(?:限)?(?:截至|截止[到至]?|[至到])|合作至|(?:存续|延续|持续|维持|履行|进行|执行|有效|开展|合作关系)(?:到|至))(?:期)?(?:为|是|：|:)?\Z"
)
_SAYS = late(
    r"(?:关系|周期|期限|时间|期)?(?:自[^，。；]{1,10}起(?:算|计)?)?(?:限|为|是|共|计|即|定|暂|约|满|自|起|算|期|间|维持|持续|保持|[：:（(]){0,8}"
)

_CHANGED = late("(?:限|期)?(?:由|从)[^，。；]{2,8}(?:改|变更|调整|修改)(?:为|至|到)")


def months_between(start: date, end: date) -> int | None:
    """Whole months from one day to another, both included; None where months do not fit."""
    after = end + timedelta(days=1)
    return (after.year - start.year) * 12 + after.month - start.month if after.day == start.day else None


@rule(
    "H01",
    title="条文里的合作期限和 term 一致",
    clause="指南（草案）8.4 合同期限",
    why="条文写五年、期限栏写三年，签出去就是两个期限，到期、续签、清算都说不清。",
    hint="以谈定的为准：改条文，或者改 term；条文里不必再写一遍期限。",
    ways={
        "length": "“{words}”，而 term 从 {start} 到 {end}，是{length}",
        "days": "“{words}”，而 term 写的是 {start} 到 {end}",
    },
    skips=is_framework,
    since=READING_SINCE,
    on=AGREED,
)
@against_fields
def says_the_term_once(agreement: Agreement, reading: RecordProse, records: Records) -> Iterator[Fault]:
    """Two terms in one agreement are none."""
    term = agreement.term
    if term is None or term.start is None or term.end is None or term.end <= term.start:
        return
    values = {"start": term.start, "end": term.end, "length": _length(term.start, term.end)}
    for sentence in reading.prose.having(
        _TERM.search, "期", "合作", "年限", "截止", "终止", "届满", "失效", "为止", "结束时间"
    ):
        match = _TERM.search(sentence.text)
        if match is None or reading.fields[sentence.number][0] in ("term", "recitals"):
            continue
        found = (
            (reading.beside and _prolonged(sentence, term.end))
            or _other_days(sentence, match, term.start, term.end)
            or _other_length(sentence, match, term.start, term.end)
        )
        if found:
            way, start, end = found
            yield spot(reading, sentence, way, start, ("term",), words=sentence.text[start:end], **values)


_PROLONGED = late("(?:合作|协议|合同|有效)[^，。；0-9]{0,10}(?:延长|顺延|延期|延续|展期|续签|续期)[到至]")


def _prolonged(sentence: Sentence, end: date) -> tuple[str, int, int] | None:
    """The day to which an amendment prolongs the term, where that is not the day of its own term."""
    match = _PROLONGED.search(sentence.text)
    for fact in sentence.facts if match else ():
        if match and isinstance(fact, Day) and fact.start == match.end():
            return None if fact.earliest <= end <= fact.latest else ("days", match.start(), fact.end)
    return None


def _length(start: date, end: date) -> str:
    months = months_between(start, end)
    if months is None:
        return f" {(end - start).days + 1} 日"
    years, rest = divmod(months, 12)
    return (f" {years} 年" if years else "") + (f" {rest} 个月" if rest else "")


def _other_days(
    sentence: Sentence, match: re.Match[str], start: date, end: date
) -> tuple[str, int, int] | None:
    for fact in sentence.facts:
        if isinstance(fact, Day) and _ENDS.search(sentence.text[: fact.start]):
            alike = fact.earliest <= end <= fact.latest or bool(_OTHER_TERM.search(sentence.text))
            return None if alike else ("days", fact.start, fact.end)
        if (
            isinstance(fact, Day)
            and _runs_out(sentence.text, fact)
            and not fact.earliest <= end <= fact.latest
        ):
            return "days", fact.start, fact.end
    for between in betweens(sentence.text, sentence.facts):
        words = sentence.text[: between.start]
        if between.start < match.start() or _OTHER_TERM.search(words):
            continue
        first, last = between.first, between.last
        alike = first.earliest <= start <= first.latest and last.earliest <= end <= last.latest
        if not alike:
            return "days", match.start(), between.end
    return None


def _runs_out(text: str, day: Day) -> bool:
    """Whether the agreement is said to end on a day (本协议于…到期)."""
    return bool(
        _RUNS_OUT.match(text, day.end)
        and _OF_AGREEMENT.search(text[: day.start])
        and not _OTHER_TERM.search(text[: day.start])
    )


def _other_length(
    sentence: Sentence, match: re.Match[str], start: date, end: date
) -> tuple[str, int, int] | None:
    months = months_between(start, end)
    for fact in sentence.facts:
        if not isinstance(fact, Span) or fact.start < match.end() or fact.months is None:
            continue
        between = sentence.text[match.end() : fact.start]
        clause, _ = clause_at(sentence.text, match.start())
        if not (_SAYS.fullmatch(between) or _CHANGED.fullmatch(between)) or _OTHER_TERM.search(
            sentence.text[clause : fact.start]
        ):
            continue
        if fact.months != months and not re.match("内|后|以内|之内|前", sentence.text[fact.end :]):
            return "length", match.start(), fact.end
        begun = next(
            (one for one in sentence.facts if isinstance(one, Day) and _begins(sentence.text, one)), None
        )
        if begun and not begun.earliest <= start <= begun.latest:
            return "days", begun.start, begun.end
    return None


def _begins(text: str, day: Day) -> bool:
    """Whether a term is said to begin on a day (自…起)."""
    return text[: day.start].endswith(("自", "从")) and text.startswith("起", day.end)


_DONE = late(
    "交付|到位|建成|投入使用|启用|安装|完成|到货|进场|验收|开班|上岗|投产|提供|开放|付清|开工|交货|上线|部署|运抵|支付|就绪|启动|派出|派驻|选派|入驻|到岗|配齐|组建|挂牌|招收|投放|建立|成立|形成|编写"
)
_DELIVERED = late("交付|到位|到货|投入使用|进场|安装|提供|交货|运抵|就位|移交")
_AFTERWARDS = late(
    "毕业|保密|质保|保修|清算|结清|结算|返还|退还|期满|终止|届满|续签|延续|保存|归档|届时|解除|撤回|移交完"
)
_BY = late(
    r"(?:（含当日）)?(?:之前|以前|前|底|内|起|开始|完成|交付|投入|建成|启用|到位|到货|交货|安装)|[^，。；]{0,2}前"
)
_BEFOREHAND = late("已|曾|签订|获|印发|发布|〔|修订|以来|成立|立项|通过|批准|入选|评为|意向|年度报告|统计")
_WILL = late("应|须|将|负责|必须|需|承诺|保证|之前|前[，,]|前完成|前交付|前到位")
_PAST = frozenset(
    {"recitals", "termination", "term", "goals", "origin", "notices", "confidentiality", "docking"}
)


@rule(
    "H02",
    title="条文里的日期在合作期内，和清单里的交付时间一致",
    clause="指南（草案）8.4 合同期限；民法典 470",
    why="约定在协议终止以后才做的事，到时没有协议可依；交付时间写了两个，按哪个算逾期就有得争。",
    hint="核对年份；交付时间只在清单的 delivered_by 里写，条文里写“按清单载明的时间”。",
    ways={
        "beyond": "“{words}”在合作期（到 {end} 为止）以后",
        "before": "“{words}”在合作期（从 {start} 开始）以前，那时协议还没有开始",
        "delivery": "“{words}”，而清单里{name}的交付时间（delivered_by）是 {day}",
    },
    severity=Severity.WARNING,
    skips=is_framework,
    since=READING_SINCE,
    on=AGREED,
)
@against_fields
def dates_lie_within_the_term(
    agreement: Agreement, reading: RecordProse, records: Records
) -> Iterator[Fault]:
    """What is to be done has its day inside the term, and one day only."""
    for sentence in reading.prose.having(_one_day, "年", "20"):
        day = _one_day(sentence.text)
        if day:
            fault = _misdelivered(agreement, reading, sentence, day) or _outside(
                agreement, reading, sentence, day
            )
            if fault:
                yield fault


def _one_day(text: str) -> Day | None:
    """The only day that a sentence names, where it is none of what comes after the end."""
    days = [fact for fact in facts_of(text) if isinstance(fact, Day)]
    return days[0] if len(days) == 1 and not _AFTERWARDS.search(text) else None


def _misdelivered(agreement: Agreement, reading: RecordProse, sentence: Sentence, day: Day) -> Fault | None:
    if not _DELIVERED.search(sentence.text) or reading.fields[sentence.number][0] == "inputs":
        return None
    for path, name, due in _due_items(agreement, sentence.text):
        if not day.earliest <= due <= day.latest:
            start = max(0, min(day.start, sentence.text.find(name)))
            values = {"words": sentence.text[start:], "name": f"“{name}”", "day": due}
            return spot(reading, sentence, "delivery", start, path, **values)
        return None
    return None


_ALL = late("(?:全部|所有|投入的?|上述|清单所列)的?(?:投入)?(?:设备|装备)")


def _due_items(agreement: Agreement, text: str) -> Iterator[tuple[DataPath, str, date]]:
    """The lines of the inputs that a text names and that have a day, the latest of all for 全部设备."""
    lines = list(agreement.inputs.lines) if agreement.inputs else []
    for kind, index, item in lines:
        if item.name and item.delivered_by and item.name in text:
            yield ("inputs", kind, index, "delivered_by"), item.name, item.delivered_by
    match = _ALL.search(text)
    equipment = [
        (item.delivered_by, index) for kind, index, item in lines if kind == "equipment" and item.delivered_by
    ]
    if match and equipment:
        latest, index = max(equipment)
        yield ("inputs", "equipment", index, "delivered_by"), match.group(), latest


def _outside(agreement: Agreement, reading: RecordProse, sentence: Sentence, day: Day) -> Fault | None:
    term, text = agreement.term, sentence.text
    if term is None or reading.fields[sentence.number][0] in _PAST or not _DONE.search(text):
        return None
    values = {"words": text[clause_at(text, day.start)[0] : clause_at(text, day.end)[1]]}
    if (
        term.end
        and day.earliest > term.end
        and (_BY.match(text, day.end) or day.edge or _DONE.search(text, day.end))
    ):
        return spot(reading, sentence, "beyond", day.start, ("term", "end"), end=term.end, **values)
    early = term.start and day.latest < term.start and _WILL.search(text) and not _BEFOREHAND.search(text)
    if early and (_BY.match(text, day.end) or day.edge):
        return spot(reading, sentence, "before", day.start, ("term", "start"), start=term.start, **values)
    return None
