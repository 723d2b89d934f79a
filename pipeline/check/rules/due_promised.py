"""Q08: what agreements and schemes set a day for is done and told by then: shown as due (clauses 8.4, 8.5, 10.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.check.rules.rule import Fault, Way, rule
from pipeline.kernel.finding import DataPath
from pipeline.record.model import Agreement, Records
from pipeline.record.model.preparation import Scheme
from pipeline.standing.watched import Watched, watched_in

_NAMED = 4
"""So many things that have not come are called by name in one finding."""


@rule(
    "Q08",
    title="节点、款项、到货到期都有记录",
    clause="指南（草案）8.4；指南（草案）8.5；指南（草案）10.3",
    why="方案里的节点、协议里的付款和交付都定了日子；过了日子没有记录，不知道是没做，还是做了没填。",
    hint="办了的，补进进展记录（progress/）；没有办的，催办，或者签补充协议改日期。",
    ways={
        "step": Way(
            message="节点“{what}”应在 {due} 前完成，已过 {days} 天，进展里没有完成的记录",
            hint="做完的，在进展的 milestones 里写 {key}: {{done_on: 完成日期}}。",
        ),
        "payment": Way(
            message="款项“{what}”应在 {due} 前支付，已过 {days} 天，没有收付的记录",
            hint="付了的，在进展的 received 或 spent 里照这个名称写一条：item: {what}。",
        ),
        "part": Way(
            message="款项“{what}”应在 {due} 前付清，已过 {days} 天，{part}",
            hint="余下的付了，在进展里照这个名称再写一条：item: {what}；约定的金额改了的，签补充协议。",
        ),
        "delivery": Way(
            message="{count} 项投入过了约定的交付日期，没有到货的记录：{what}",
            hint="到了的，在进展的 deliveries 里写名称、数量、日期、验收人和存放地点；没有到的，催对方交付。",
        ),
        "incomplete": Way(
            message="{count} 项投入过了约定的交付日期，没有到齐的记录：{what}",
            hint="到了的，在进展的 deliveries 里写名称、数量、日期、验收人和存放地点；没有到的，催对方交付。",
        ),
    },
    on=Agreement | Scheme,
    timed=True,
)
def what_was_promised_is_told(record: Agreement | Scheme, records: Records, today: date) -> Iterator[Fault]:
    """A step, a payment and a delivery are told done once their day has passed; exits and papers have their rules."""
    missing: list[Watched] = []
    for one in watched_in(records, record.project, today):
        kind = one.key[0]
        if one.day >= today or (kind == "step") is not isinstance(record, Scheme):
            continue
        values = {"what": one.what, "due": one.day, "days": (today - one.day).days, "key": one.key[-1]}
        if kind == "step":
            yield Fault(way=kind, at=("schedule", one.key[2], "due"), values=values)
        elif kind == "payment":
            way = "part" if one.part else kind
            yield Fault(way=way, at=("payments", int(one.key[2]), "due"), values={**values, "part": one.part})
        elif kind == "delivery":
            missing.append(one)
    if missing:
        yield _missing(missing, records)


def _missing(some: list[Watched], records: Records) -> Fault:
    """What has not come to one project, in one finding: whoever forgot one line has mostly forgotten all."""
    names = [f"{one.what}（{one.day}{'，' if one.part else ''}{one.part}）" for one in some[:_NAMED]]
    more = f"等 {len(some)} 项" if len(some) > _NAMED else ""
    first = next((at for one in some if (at := _line(one, records))), ("inputs",))
    values = {"count": len(some), "what": "、".join(names) + more}
    way = "incomplete" if any(one.part for one in some) else "delivery"
    return Fault(way=way, at=first, values=values)


def _line(one: Watched, records: Records) -> DataPath:
    """Where the agreement itself sets the day; () for a line that an amendment has added."""
    _, project, kind, index = one.key
    inputs = records.agreements[project].inputs
    there = inputs is not None and int(index) < len(getattr(inputs, kind))
    return ("inputs", kind, int(index), "delivered_by") if there else ()
