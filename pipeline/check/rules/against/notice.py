"""H06 and H14: what the words say of notice and of renewal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.rules.against.against_fields import against_fields
from pipeline.check.rules.against.sides import clause_at, spot
from pipeline.check.rules.missing import is_framework
from pipeline.check.rules.read_once import RecordProse
from pipeline.check.rules.rule import AGREED, READING_SINCE, Fault, rule
from pipeline.kernel.late_pattern import late
from pipeline.prose.facts import Span
from pipeline.prose.grammar import denied, pattern
from pipeline.record.model import Agreement, Records

_ENDED = late("终止|解除|解约|退出合作|停止合作|解除合作")
_NOTIFIED = late("通知|告知|书面|函告|知会|提出")
_NOT_NOTICE = late("变更|检查|岗位|人员|续签|培训|课程|维修|整改|催告|转让|停电|停水|审阅")
_ARRIVED = late(r"通知书?(?:到达|送达)(?:对方|另一方)?(?:之日)?(?:起|满)?\Z")
_ENDS_THEN = late("后(?!仍|未|不|没)[^，。；]{0,8}(?:终止|解除|失效)")
_AHEAD = late(r"(?:提前|提早|预先)(?:至少|不少于|不得少于)?\Z|至少(?:提前)?\Z|前\Z")


@rule(
    "H06",
    title="条文里提前通知的天数和 termination.notice_days 一致",
    clause="指南（草案）8.4 合同终止条件；民法典 565",
    why="提前几天通知写了两个数，通知发出去到底有没有效就有得争。",
    hint="以谈定的为准，改条文或者改 termination.notice_days。",
    ways={"notice": "“{words}”，而终止协议的通知期（notice_days）是 {days} 日"},
    skips=is_framework,
    since=READING_SINCE,
    on=AGREED,
)
@against_fields
def says_the_notice_once(agreement: Agreement, reading: RecordProse, records: Records) -> Iterator[Fault]:
    """How long before the end notice must be given is said once."""
    days = agreement.termination.notice_days if agreement.termination else None
    if days is None:
        return
    for sentence in reading.prose.having(_is_notice, "提前", "提早", "预先", "至少", "前", "到达", "送达"):
        text = sentence.text
        for fact in sentence.facts:
            if not isinstance(fact, Span):
                continue
            ahead = (
                _AHEAD.search(text[: fact.start])
                or re.match("之?前(?!提)|以前", text[fact.end :])
                or (_ARRIVED.search(text[: fact.start]) and _ENDS_THEN.match(text, fact.end))
            )
            if ahead and not _same_notice(fact, days):
                words = text[clause_at(text, fact.start)[0] :]
                yield spot(
                    reading,
                    sentence,
                    "notice",
                    fact.start,
                    ("termination", "notice_days"),
                    words=words,
                    days=days,
                )
                break


def _is_notice(text: str) -> bool:
    return bool(_ENDED.search(text) and _NOTIFIED.search(text) and not _NOT_NOTICE.search(text))


def _same_notice(span: Span, days: int) -> bool:
    if span.months is not None:
        return span.months * 30 == days
    return span.days == days


_RENEWED = (
    pattern("!(?:自动|自行|自然|默认|当然)(?:续|延长|顺延|延期|展期|延续)"),
    pattern("!(?:视为|视同|即为|等同于?) .. (?:续|延长|延期|继续合作)"),
    pattern(
        "(?:未|没有|均?无)[^，。；]{0,8}(?:异议|反对|书面通知|提出|来函|表态|答复|回复) ... !(?:顺延|延长|续期|续展|延续|展期|继续有效|再延|再续|续延)"
    ),
    pattern(
        "(?:期满|到期|届满|届期|届时) ... (?:未|没有|均?无)[^，。；]{0,8}(?:终止|异议|反对|解除|不同意见)[^，。；]{0,6} ... (?:协议|合同)(?:应当?|则|即)? !(?:继续|自行|照常)(?:执行|履行|有效|延长|延续|顺延)"
    ),
    pattern("(?:期满|到期|届满) ... !(?:继续有效|自动有效|仍然有效|有效期顺延)"),
    pattern(
        "(?:未|没有|不)[^，。；]{0,16}(?:通知|异议|提出)[^，。；]{0,10} ... !(?:按|依|照)[^，。；]{0,8}(?:续展|续期|顺延|延长|续签|延续)"
    ),
    pattern("(?:期满|到期|届满)后? ... !(?:自动|当然|即)(?:转为|变为|成为) .. (?:不定期|无固定期限|长期)"),
    pattern("(?:期满|到期|届满)后? ... !(?:当然|优先无条件|无条件|有权要求)的?(?:续约|续签|续期)"),
)
_RENEWAL_WORDS = (
    "自动",
    "自行",
    "顺延",
    "异议",
    "反对",
    "视为",
    "视同",
    "自然",
    "默认",
    "有效",
    "当然",
    "即为",
    "未",
    "期满",
    "到期",
)
_OF_TERM = late("期满|到期|届满|协议|合同|期限|合作|有效期")
_NOT_TERM = late(
    "课程|工期|交付|设备|寒假|暑假|不可抗力|保密|知识产权|结算|清理|争议解决|许可|实习期|整改|授权|质保|保修"
)


@rule(
    "H14",
    title="没有自动续期的话",
    clause="指南（草案）8.4 合同期限",
    why="协议固定写明期满不自动续期，续签要重新走审批；又写自动续期，就是自相矛盾。",
    hint="改为“期满前三个月协商，需要继续的另签协议”。",
    ways={"renewed": "“{words}”是自动续期，和协议固定的“不自动续期”相反"},
    skips=is_framework,
    since=READING_SINCE,
    on=AGREED,
)
@against_fields
def renews_by_agreement_only(agreement: Agreement, reading: RecordProse, records: Records) -> Iterator[Fault]:
    """What needs an approval cannot go on by itself."""
    for sentence, match in reading.prose.readings(_renewing, _RENEWAL_WORDS):
        yield spot(reading, sentence, "renewed", match.start(), ("term",), words=sentence.text)


def _renewing(text: str, before: str) -> re.Match[str] | None:
    if not _OF_TERM.search(text) or _NOT_TERM.search(text):
        return None
    matches = (match for shape in _RENEWED for match in shape.find(text))
    match = next((match for match in matches if not denied(text, match)), None)
    return match if match and re.search("续|延|展|有效|照常|转为|变为|成为", match.group()) else None
