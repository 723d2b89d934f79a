"""G21: a specific agreement belongs to a framework of the same partner, within its term, and repeats none of it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rules.rule import Fault, Way, fault, rule
from pipeline.kernel.finding import Severity
from pipeline.record.kinds import AGREEMENT
from pipeline.record.model import Agreement, Records
from pipeline.record.model.names import COLLEGE
from pipeline.standing.agreed import term_of
from pipeline.standing.families import listed_twice


def _alone(agreement: Agreement) -> bool:
    return not agreement.framework_agreement


@rule(
    "G21",
    title="具体协议属于同一家企业的框架协议，在它的期限以内",
    clause="指南（草案）8.4；民法典 470",
    why="框架协议定原则，具体协议定事项：挂错了框架、超出了框架的期限，履行时就不知道以哪一份为准；同一项投入两份都列，合计就多算一遍。",
    hint="framework_agreement 写框架协议那个项目的编号；不属于任何框架的，删去这一行。",
    ways={
        "self": Way(
            message="所属框架协议（framework_agreement）写的是自己",
            hint="一个项目只放一份协议：具体协议另建项目（coop new 项目编号），在那边写 framework_agreement: {key}；这里删去这一行。",
        ),
        "stranger": "所属框架协议 {key} 和这份协议没有共同的企业",
        "chain": Way(
            message="{key} 自己也是 {above} 的具体协议，不能再当框架",
            hint="改成 framework_agreement: {above}。",
        ),
        "after": Way(
            message="这份协议到 {end} 止，框架协议 {key} 到 {last} 就到期了",
            hint="先续签框架协议（在 {key} 的 amendments 里写新的 term），或者把 term.end 改到 {last} 以前。",
            severity=Severity.WARNING,
        ),
        "before": Way(
            message="这份协议从 {start} 起，早于框架协议 {key} 的开始日期 {first}",
            hint="核对两份协议的 term.start；先有具体协议、后签框架的，在框架里写明对它适用。",
            severity=Severity.WARNING,
        ),
        "twice": Way(
            message="{name}在框架协议 {key} 里已经列了同样的一项，台账和合计只按框架协议计一次",
            hint="同一件东西只在一份协议里列：留在框架协议的，这里删去这一行并调整合计；归这份协议的，从框架协议里去掉。",
            severity=Severity.WARNING,
        ),
    },
    skips=_alone,
)
def belongs_to_a_framework_of_its_partner(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """What belongs together names one head, agrees with it in time, and counts nothing twice."""
    key, field = agreement.framework_agreement or "", "framework_agreement"
    framework = records.agreements.get(key)
    if key == agreement.project:
        yield fault("self", field, key=key)
    elif framework is not None:
        if not set(framework.party_ids) & set(agreement.party_ids) - {COLLEGE}:
            yield fault("stranger", field, key=key)
        if framework.framework_agreement and framework.framework_agreement != key:
            yield fault("chain", field, key=key, above=framework.framework_agreement)
        yield from _term(agreement, key, records)
        yield from _lines(agreement, framework, key)


def _term(agreement: Agreement, key: str, records: Records) -> Iterator[Fault]:
    own, frame = term_of(records, agreement.project), term_of(records, key)
    if own is None or frame is None:
        return
    related = ((AGREEMENT.file(key), ("term",)),)
    if own.end and frame.end and own.end > frame.end:
        values: dict[str, object] = {"end": own.end, "key": key, "last": frame.end}
        yield Fault(way="after", at=("term", "end"), values=values, related=related)
    if own.start and frame.start and own.start < frame.start:
        values = {"start": own.start, "key": key, "first": frame.start}
        yield Fault(way="before", at=("term", "start"), values=values, related=related)


def _lines(agreement: Agreement, framework: Agreement, key: str) -> Iterator[Fault]:
    for part, kind, index in listed_twice(agreement, framework):
        item = getattr(getattr(agreement, part), kind)[index]
        values = {"name": f"“{item.name}”", "key": key}
        yield Fault(
            way="twice", at=(part, kind, index), values=values, related=((AGREEMENT.file(key), (part,)),)
        )
