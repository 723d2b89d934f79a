"""X01 and X02: how a cooperation ends (clause 8.4; what the draft leaves out)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.check.rules.placeholders import blank
from pipeline.check.rules.rule import Fault, Way, fault, rule
from pipeline.kernel.chinese import plain_number
from pipeline.kernel.finding import Severity
from pipeline.record.model import Records
from pipeline.record.model.after_signing import Exit
from pipeline.standing.agreed import term_of
from pipeline.standing.as_agreed import agreement_of

_MATTERS = {
    "students": "在培学生",
    "equipment": "设备",
    "ip": "知识产权",
    "data": "数据和个人信息",
    "money": "款项",
}


@rule(
    "X01",
    title="退出时学生、设备、成果、数据、款项都有着落",
    clause="指南（草案）8.4；民法典 558、567",
    why="指南只写到终止条件；散伙以后最容易没人管的，恰是在培的学生、没拉走的设备和没删的数据。",
    hint="students、equipment、ip、data、money 逐项写安排；确实没有的写 none: <理由>。",
    ways={
        "reason": "{what}写了没有，却没有写理由",
        "open": "写了清理完毕（closed_on），{what}却没有完成日期",
        "more": Way(
            message="“{name}”清退 {told}{unit}，协议的投入清单只有 {agreed}{unit}",
            hint="照协议清单和实物核对数量；确实多投入过的，先查补充协议。",
            severity=Severity.WARNING,
        ),
    },
    on=Exit,
)
def exit_settles_everything(leaving: Exit, records: Records) -> Iterator[Fault]:
    """What a cooperation leaves behind is somebody's to look after."""
    for key, what in _MATTERS.items():
        if key in leaving.declined:
            if blank(leaving.declined[key]):
                yield fault("reason", key, "none", what=what)
        elif leaving.closed_on and getattr(leaving, key):
            yield from _unfinished(leaving, key, what)
    yield from _more_than_agreed(leaving, records)


def _unfinished(leaving: Exit, key: str, what: str) -> Iterator[Fault]:
    if key == "equipment":
        for index, item in enumerate(leaving.equipment):
            if item.done_on is None:
                yield fault("open", key, index, "done_on", what=f"设备“{item.name}”")
        return
    matter = getattr(leaving, key)
    name = "settled_on" if key == "money" else "done_on"
    if getattr(matter, name) is None:
        yield fault("open", key, name, what=what)


def _more_than_agreed(leaving: Exit, records: Records) -> Iterator[Fault]:
    """What is given back was given first: no more of a thing than the list had last, told where it is overrun."""
    if not leaving.equipment or leaving.project not in records.agreements:
        return
    agreement = agreement_of(records, leaving.project)
    agreed: dict[str, Decimal] = {}
    put_in = [line for _, _, line in agreement.inputs.lines] if agreement.inputs else []
    for line in put_in:
        name = line.name or ""
        agreed[name] = agreed.get(name, Decimal(0)) + (line.quantity or Decimal(0))
    lent = [line for _, _, line in agreement.resources.lines] if agreement.resources else []
    uncounted = {line.name for line in (*lent, *(one for one in put_in if one.quantity is None))}
    told = dict.fromkeys(agreed, Decimal(0))
    for index, item in enumerate(leaving.equipment):
        if item.name not in agreed or item.name in uncounted or item.quantity is None:
            continue
        before = told[item.name]
        told[item.name] += item.quantity
        if before <= agreed[item.name] < told[item.name]:
            values = {"name": item.name, "unit": item.unit or ""}
            values |= {"told": plain_number(told[item.name]), "agreed": plain_number(agreed[item.name])}
            yield Fault(way="more", at=("equipment", index, "quantity"), values=values)


@rule(
    "X02",
    title="退出的日期和通知合乎协议",
    clause="指南（草案）8.4；民法典 562、565",
    why="提前解除要通知对方，通知期限没到，协议还没有终止，双方的义务照旧。",
    hint="核对 ended_on、notice.on；双方协商一致的，kind 写 agreed，可以不受通知期限限制。",
    ways={
        "term": "合作最后一天 {ended} 晚于协议期限 {end}",
        "unnotified": "{kind}没有写通知（notice）",
        "notice": Way(
            message="{day} 通知，{ended} 结束，不足协议约定的 {days} 天", severity=Severity.WARNING
        ),
        "closed": "清理完毕日期 {closed} 早于合作最后一天 {ended}",
        "alone": "项目没有协议，退出无从谈起",
    },
    on=Exit,
)
def exit_keeps_term_and_notice(leaving: Exit, records: Records) -> Iterator[Fault]:
    """An end comes by the term, by consent, or by notice in time."""
    agreement, ended = records.agreements.get(leaving.project), leaving.ended_on
    if agreement is None:
        if f"agreements/projects/{leaving.project}/agreement.yaml" not in records.broken:
            yield fault("alone")
        return
    term = term_of(records, leaving.project)
    if ended and term and term.end and ended > term.end:
        yield fault("term", "ended_on", ended=ended, end=term.end)
    if leaving.closed_on and ended and leaving.closed_on < ended:
        yield fault("closed", "closed_on", closed=leaving.closed_on, ended=ended)
    kinds = {"notice": "一方通知解除", "breach": "违约解除", "impossible": "目的不能实现"}
    if leaving.kind in kinds and leaving.notice is None:
        yield fault("unnotified", "notice", kind=kinds[leaving.kind])
    days = agreement.termination.notice_days if agreement.termination else None
    notice_day = leaving.notice.on if leaving.notice else None
    if leaving.kind == "notice" and days and notice_day and ended and (ended - notice_day).days < days:
        yield fault("notice", "notice", "on", day=notice_day, ended=ended, days=days)
