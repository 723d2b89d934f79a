"""H17: shares of a company that stand only in prose, beside the fixed sentence that there is no joint investment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.rules.against.against_fields import against_fields
from pipeline.check.rules.against.sides import spot
from pipeline.check.rules.missing import is_framework
from pipeline.check.rules.read_once import RecordProse
from pipeline.check.rules.rule import AGREED, READING_SINCE, Fault, rule
from pipeline.kernel.late_pattern import late
from pipeline.prose.grammar import denied, pattern
from pipeline.record.model import Agreement, Records

_EQUITY = (
    pattern("!(?:占股|持股|入股|参股|控股(?!集团|公司|有限|股东|子)|认缴|折股|配股)"),
    pattern("!(?:共同|合资|合股|联合)(?:投资|出资)?(?:设立|成立|组建|注册|新设) .. (?:公司|企业|实体|机构)"),
    pattern("!(?:股权|股份|出资)(?:比例|占比|结构)"),
    pattern("(?:SIDE) .. !(?:占|持有?|享有|取得) .. (?:股权|股份|股)"),
    pattern("!(?:按|依照?|根据) ~ (?:股权|股份|持股|出资)(?:比例)? ~ (?:分红|分配利润|承担亏损|分担亏损)"),
)
_WORDS = (
    "股",
    "认缴",
    "合资",
    "出资",
    "投资设立",
    "共同设立",
    "共同成立",
    "共同组建",
    "联合成立",
    "联合设立",
)
_ELSEWHERE = late(
    "股东会|股份有限公司(?![^，。；]{0,6}(?:股|出资))|原有|简介|成立于|已经?持有|另行(?:签订|约定)|控股子公司|上市"
)
_TOLD = frozenset({"recitals", "funding", "parties", "origin"})


@rule(
    "H17",
    title="入股、合资写进 funding，不只写在话里",
    clause="民法典 470；事业单位国有资产管理暂行办法 21",
    why="协议固定写明各方之间不形成共同投资；话里又约定占多少股、怎样分红，两句就打架，国有资产对外投资也没有人去报批。",
    hint="确有共同投资的，funding 写 kind: equity、各方比例和风险分担，程序会改掉那句固定的话；没有的，删掉这句话。",
    ways={"unfunded": "“{words}”约定的是共同投资，funding 里却没有写（kind: equity）"},
    skips=is_framework,
    since=READING_SINCE,
    on=AGREED,
)
@against_fields
def equity_is_told_in_its_field(
    agreement: Agreement, reading: RecordProse, records: Records
) -> Iterator[Fault]:
    """What is invested together is told where it is weighed, approved and printed."""
    if agreement.funding is not None and agreement.funding.kind == "equity":
        return
    for sentence, match in reading.prose.readings(_invested, _WORDS):
        if reading.fields[sentence.number][0] not in _TOLD:
            yield spot(reading, sentence, "unfunded", match.start(), ("funding",), words=sentence.text)


def _invested(text: str, before: str) -> re.Match[str] | None:
    if _ELSEWHERE.search(text):
        return None
    matches = (match for shape in _EQUITY for match in shape.find(text))
    return next((match for match in matches if not denied(text, match)), None)
