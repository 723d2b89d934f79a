"""H15: articles of the agreement that its own words call by number."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rules.against.against_fields import against_fields
from pipeline.check.rules.against.sides import spot
from pipeline.check.rules.missing import is_framework
from pipeline.check.rules.read_once import RecordProse
from pipeline.check.rules.rule import AGREED, READING_SINCE, Fault, Way, rule
from pipeline.kernel.finding import Severity
from pipeline.kernel.late_pattern import late
from pipeline.prose.facts import Ordinal
from pipeline.prose.passages import facts_of
from pipeline.record.model import Agreement, Records

_LAW = late(
    r"(?:》|法典?|规定|条例|办法|解释|规则|章程|制度|细则|准则|通知|意见|原协议|补充协议|原合同|意向书|三方协议|实习协议|规范)[^，。；]{0,12}\Z"
)
_MOST = 40
"""More articles than any wording has, one for the rights and duties of each party included."""


@rule(
    "H15",
    title="条文里不写死本协议的条号",
    clause="指南（草案）8.4",
    why="第几条是生成文书时才编的，加一家企业、添一项内容，条号就往后移；写死的条号说不定指到另一条上去。",
    hint="写条的名称，例如“按‘违约责任’一条”“按‘质量与验收’的约定”。",
    ways={
        "beyond": "“{words}”：协议没有第 {number} 条",
        "number": Way(
            message="“{words}”：条号在生成文书时才编，这里的第 {number} 条未必是想说的那一条",
            severity=Severity.WARNING,
        ),
    },
    skips=is_framework,
    since=READING_SINCE,
    on=AGREED,
)
@against_fields
def calls_articles_by_name(agreement: Agreement, reading: RecordProse, records: Records) -> Iterator[Fault]:
    """A number that is counted anew for each document cannot be pointed at."""
    for sentence, fact in reading.prose.readings(_article, ("条",)):
        if reading.fields[sentence.number][0] not in ("origin", "recitals"):
            way = "beyond" if fact.number > _MOST else "number"
            values = {"words": sentence.text, "number": int(fact.number)}
            yield spot(reading, sentence, way, fact.start, **values)


def _article(text: str, before: str) -> Ordinal | None:
    """The first article that a sentence calls by number and that is none of a law or another paper."""
    numbers = (fact for fact in facts_of(text) if isinstance(fact, Ordinal) and fact.unit == "条")
    return next((fact for fact in numbers if not _LAW.search(text[: fact.start])), None)
