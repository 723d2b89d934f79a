"""L07, L17 and L19: whose the results are, and on what terms the college's property is given away."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rules.missing import gap_ways, is_framework, worded
from pipeline.check.rules.party_names import called
from pipeline.check.rules.read_once import prose_of
from pipeline.check.rules.rule import AGREED, READING_SINCE, Fault, Way, fault, rule
from pipeline.check.rules.students import last_day
from pipeline.kernel.finding import Severity
from pipeline.kernel.late_pattern import late
from pipeline.prose.facts import Span
from pipeline.prose.passages import facts_of
from pipeline.record.model import Agreement, Records
from pipeline.record.model.after_signing import Amendment

_RESEARCH = late(r"研发|研制|专利|著作权|技术成果|科研成果|成果转化|技术攻关|工艺攻关")
_LONGEST_LEASE = 20


@rule(
    "L07",
    title="共同研发的写明知识产权归谁、谁能用、收益怎么分",
    clause="指南（草案）5.6；指南（草案）7；民法典 845、860、861；促进科技成果转化法 26",
    why="没有约定的，合作开发的专利申请权共有、技术秘密各方都能用，往往不是双方想要的结果。",
    hint="ip 写 ownership（归属）、use（使用）和 benefit（收益）。",
    ways=gap_ways(
        advisable=Way(
            message="合作内容第 {number} 项提到“{word}”，却没有写知识产权（ip）", severity=Severity.WARNING
        ),
        benefit=Way(
            message="是共同研发的项目，没有写成果转让、许可的收益怎么分（ip.benefit）",
            hint="benefit 写收益的分配；约定不转让、不许可的，也写明这一点。",
            severity=Severity.WARNING,
            since=READING_SINCE,
        ),
    ),
    skips=is_framework,
)
def has_intellectual_property(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """Where research is shared its results need an owner; where it is only mentioned that is advice."""
    ip = agreement.ip
    if ip is None:
        yield from _unowned(agreement)
        return
    for key, what in (("ownership", "成果归属"), ("use", "成果使用"), ("benefit", "成果收益")):
        text = getattr(ip, key)
        if text is not None:
            yield from worded(text, what, "ip", key)
    if ip.benefit is None and _researches(agreement):
        yield fault("benefit", "ip", "benefit")


def _researches(agreement: Agreement) -> bool:
    """Whether results are made together that can be transferred or licensed (7 b)."""
    return "technology-rd" in agreement.forms or any(one.code == "B3" for one in agreement.co_building)


def _unowned(agreement: Agreement) -> Iterator[Fault]:
    if "technology-rd" in agreement.forms:
        yield fault("missing", "ip", what="知识产权条款")
        return
    for index, content in enumerate(agreement.contents):
        match = _RESEARCH.search(content.text or "")
        if match:
            yield Fault(
                way="advisable",
                at=("contents", index, "text"),
                values={"number": index + 1, "word": match.group()},
                offset=match.start(),
            )
            return


@rule(
    "L17",
    title="出租的场地和设备，租期不超过二十年",
    clause="民法典 705",
    why="租赁期限超过二十年的，超过部分无效。",
    hint="缩短 term，或把租赁另行约定为不超过二十年、期满再续。",
    waivable=False,
    ways={
        "long": "{name}是出租的，合同期限从 {start} 到 {end}，超过二十年的部分无效",
        "said": "“{words}”：租赁、占用的期限超过二十年，超过的部分无效",
        "lengthy": Way(
            message="合作期限从 {start} 到 {end}，满二十年了；占用学校场地、设备的，按租赁看超过二十年的部分无效",
            severity=Severity.WARNING,
        ),
    },
    skips=is_framework,
    on=AGREED,
)
def leases_for_twenty_years_at_most(record: Agreement | Amendment, records: Records) -> Iterator[Fault]:
    """The law cuts a lease at twenty years."""
    yield from _said_leases(record)
    if isinstance(record, Agreement):
        yield from _listed_leases(record)


def _listed_leases(agreement: Agreement) -> Iterator[Fault]:
    start, end = (agreement.term.start, agreement.term.end) if agreement.term else (None, None)
    if start is None or end is None or end < last_day(start, _LONGEST_LEASE):
        return
    leased = [
        (kind, index, item)
        for kind, index, item in (agreement.resources.lines if agreement.resources else ())
        if item.lease and end > last_day(start, _LONGEST_LEASE)
    ]
    for kind, index, item in leased:
        name = called(item.name, index)
        yield fault("long", "resources", kind, index, "lease", name=name, start=start, end=end)
    if not leased:
        yield fault("lengthy", "term", start=start, end=end)


_LEASED = late("租|使用|占用|借用|无偿提供")
_THINGS = late("场地|厂房|校舍|设备|房|楼|土地|车间|用地|租")


def _said_leases(agreement: Agreement | Amendment) -> Iterator[Fault]:
    reading = prose_of(agreement)
    for sentence, at in reading.prose.readings(_longest_lease, ("租", "使用", "占用", "借用")):
        path, values = reading.paths[sentence.number], {"words": sentence.text}
        yield Fault(
            way="said", at=path, values=values, offset=reading.prose.offset(sentence.start + at.start)
        )


def _longest_lease(text: str, before: str) -> Span | None:
    """The span for which a sentence lends a thing, where the law cuts it."""
    if not (_LEASED.search(text) and _THINGS.search(text)) or "设计" in text:
        return None
    spans = (fact for fact in facts_of(text) if isinstance(fact, Span))
    return next((span for span in spans if (span.months or 0) > _LONGEST_LEASE * 12), None)


@rule(
    "L19",
    title="出租、出借学校资产的有批准文号",
    clause="事业单位国有资产管理暂行办法 21",
    why="事业单位出租、出借国有资产一般要先论证、报批；没有批文的，审计时说不清。请对照本地规定核实。",
    hint="在这一行写 approval_no；只用于本校教学、不交给企业使用的，可以不写。",
    waivable=False,
    ways={
        "leased": "{name}是出租的，没有写资产使用批文号（approval_no）",
        "lent": Way(
            message="{count} 处场地没有写资产使用批文号（approval_no）；交给企业使用的属于出借，要先报批",
            severity=Severity.INFO,
        ),
    },
    severity=Severity.WARNING,
    skips=is_framework,
)
def lends_property_with_approval(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """State property is let or lent by leave; a warning, because the article is cited from memory."""
    resources = agreement.resources
    for kind, index, item in resources.lines if resources else ():
        if item.approval_no is None and item.lease:
            yield fault("leased", "resources", kind, index, "approval_no", name=called(item.name, index))
    lent = [item for item in resources.premises if not (item.lease or item.approval_no)] if resources else ()
    if lent:
        yield fault("lent", "resources", "premises", count=len(lent))
