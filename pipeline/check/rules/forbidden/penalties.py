"""L18: liquidated damages that a court would cut."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.check.rules.forbidden.sayings import binds
from pipeline.check.rules.missing import is_framework
from pipeline.check.rules.read_once import prose_of
from pipeline.check.rules.rule import AGREED, Fault, rule
from pipeline.kernel.chinese import plain_number
from pipeline.kernel.finding import Severity
from pipeline.kernel.late_pattern import late
from pipeline.prose.facts import Share
from pipeline.prose.passages import facts_of
from pipeline.record.model import Agreement, Records
from pipeline.record.model.after_signing import Amendment

_LOSS = late(r"损失的|所受损失|实际损失")
_PENALTY = ("违约金", "滞纳金", "罚金", "罚款", "罚息", "赔偿金", "计罚", "加罚", "加收")
_LATE = ("逾期", "迟延", "延期", "延迟", "赔偿")
"""Words beside which a share or a multiple may be one without being called so: 每逾期一天按总价1%, 赔偿投入额的一倍."""
_MULTIPLE = late("(?:[1-9][0-9]*(?:\\.[0-9]+)?|[一二两三四五六七八九十]+)倍")
_RATE = late("利率|LPR|报价|利息|基数|租金|国家规定")
_A_DAY = late(
    r"每[^，,。；]{0,6}?[日天]|按[日天]|逾期[一1][日天]|[日天](?=万分|千分|百分)|(?:一|1)[日天][，,]"
)
_A_WEEK = late(r"每[^，,。；]{0,4}?(?:周|星期)|按周")
_A_MONTH = late(r"每[^，,。；]{0,4}?个?月|按月")
_AT_MOST = late(r"(?:不超过|不高于|不得超过|上限|为限|最高)[^，。；]{0,16}\Z")
_ONCE, _MONTHLY, _WEEKLY, _DAILY, _CAPPED = (
    Decimal(30),
    Decimal(3),
    Decimal(1),
    Decimal("0.1"),
    Decimal(1),
)
"""Per cent that pass: of the whole, a month, a week, a day, and a day where the sum is capped at `_ONCE`."""


@rule(
    "L18",
    title="违约金不明显过高",
    clause="民法典 585；法释〔2023〕13号 65",
    why="违约金超过损失百分之三十的，一般会被认定过高而调低，定高了反而不好主张；按日计算的，千分之一一天，十个月就过了三成。",
    hint="按可能造成的损失定违约金，或写明损失怎样计算；按日计算的写明累计不超过多少。",
    ways={
        "high": "违约金定为 {percent}%；比实际损失高出三成以上的，对方可以请求减少",
        "daily": "违约金按日 {percent}% 计算，一年就是 {yearly}%；这样高的违约金对方可以请求减少",
        "multiple": "违约金定为{words}；比实际损失高出三成以上的，对方可以请求减少",
        "weekly": "违约金按周 {percent}% 计算，一年就是 {yearly}%；这样高的违约金对方可以请求减少",
        "monthly": "违约金按月 {percent}% 计算，一年就是 {yearly}%；这样高的违约金对方可以请求减少",
    },
    severity=Severity.WARNING,
    skips=is_framework,
    on=AGREED,
)
def has_moderate_damages(agreement: Agreement | Amendment, records: Records) -> Iterator[Fault]:
    """A court cuts liquidated damages that go far beyond the loss."""
    reading = prose_of(agreement)
    for sentence in reading.prose.having(_rated, *_PENALTY, *_LATE):
        shares = [fact for fact in sentence.facts if isinstance(fact, Share)]
        caps = [share for share in shares if _AT_MOST.search(sentence.text[: share.start])]
        capped = any(cap.percent <= _ONCE for cap in caps)
        called = any(word in sentence.text for word in _PENALTY)
        multiple = _MULTIPLE.search(sentence.text) if called or "赔偿" in sentence.text else None
        path = reading.paths[sentence.number]
        if multiple and not _RATE.search(sentence.text) and binds(path, sentence.text, *multiple.span()):
            yield Fault(
                way="multiple",
                at=path,
                values={"words": multiple.group()},
                offset=reading.prose.offset(sentence.start + multiple.start()),
            )
        for share in shares:
            way, times = _too_high(sentence.text[: share.start], share, capped=capped)
            if way and (called or way != "high") and binds(path, sentence.text, share.start, share.end):
                yield Fault(
                    way=way,
                    at=path,
                    values={
                        "percent": plain_number(share.percent),
                        "yearly": plain_number(share.percent * times),
                    },
                    offset=reading.prose.offset(sentence.start + share.start),
                )


def _rated(text: str) -> bool:
    return not _LOSS.search(text) and (
        any(isinstance(fact, Share) for fact in facts_of(text)) or _MULTIPLE.search(text) is not None
    )


def _too_high(before: str, share: Share, *, capped: bool) -> tuple[str, int]:
    """The way in which a share is too high, with the times it falls due in a year; "" where it is moderate."""
    if _A_DAY.search(before) and not _AT_MOST.search(before):
        return ("daily", 365) if share.percent > (_CAPPED if capped else _DAILY) else ("", 0)
    if _A_WEEK.search(before) and not _AT_MOST.search(before):
        return ("weekly", 52) if share.percent > (_CAPPED * 7 if capped else _WEEKLY) else ("", 0)
    if _A_MONTH.search(before) and not _AT_MOST.search(before):
        return ("monthly", 12) if share.percent > _MONTHLY else ("", 0)
    return ("high", 1) if share.percent > _ONCE else ("", 0)
