"""H02: what the words say of days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.check.rules.against.against_fields import against_fields
from pipeline.check.rules.against.line_names import called_by, ends_of
from pipeline.check.rules.against.sides import clause_at, spot
from pipeline.check.rules.missing import is_framework
from pipeline.check.rules.read_once import RecordProse
from pipeline.check.rules.rule import AGREED, READING_SINCE, Fault, rule
from pipeline.kernel.finding import DataPath, Severity
from pipeline.kernel.late_pattern import late
from pipeline.prose.facts import Day
from pipeline.prose.passages import Sentence, facts_of
from pipeline.record.model import Agreement, Records

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
    ends = ends_of(item.name for _, _, item in lines)
    for kind, index, item in lines:
        name = called_by(item.name or "", text, ends)
        if name and item.delivered_by:
            yield ("inputs", kind, index, "delivered_by"), name, item.delivered_by
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
