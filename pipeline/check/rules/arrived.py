"""P11: what is told received stands in the agreement's list of inputs, and no more of it (clauses 8.4, 8.5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches

from pipeline.check.rules.rule import Fault, Way, rule
from pipeline.kernel.chinese import plain_number
from pipeline.kernel.finding import Severity
from pipeline.record.kinds import AGREEMENT, PROGRESS
from pipeline.record.model import Records, grouped
from pipeline.record.model.agreement import Item
from pipeline.record.model.execution import Delivery, Progress
from pipeline.standing.as_agreed import each_as_agreed
from pipeline.standing.deliveries import ARRIVING

Told = list[tuple[Progress, int, Delivery]]


@rule(
    "P11",
    title="到货的设备在协议清单里",
    clause="指南（草案）8.4 装备、技术的明细清单；指南（草案）8.5",
    why="清单里没有的东西进了校门，权属、维护、退还都没有依据；到货数比清单还多，台账就对不上实物。",
    hint="照清单核对名称和数量；确实多投入的，先签补充协议增加清单。",
    ways={
        "unknown": Way(
            message="协议的投入清单里没有“{item}”",
            hint="名称照清单写{names}；清单以外的，先签补充协议。",
        ),
        "more": "“{item}”各时段合计到货 {arrived}{unit}，清单只有 {agreed}{unit}",
    },
    severity=Severity.WARNING,
    on=Records,
)
def what_arrives_was_agreed(everything: Records, records: Records) -> Iterator[Fault]:
    """Deliveries are held against the list as agreed last, amendments included."""
    agreements = each_as_agreed(records)
    for project, reports in grouped(records.progress).items():
        agreement = agreements.get(project)
        told: Told = [
            (report, index, one) for report in reports for index, one in enumerate(report.deliveries)
        ]
        lines: dict[str, list[Item]] = {}
        for kind, _, item in agreement.inputs.lines if agreement and agreement.inputs else ():
            if kind in ARRIVING and item.name:
                lines.setdefault(item.name, []).append(item)
        if agreement:
            yield from _unknown(project, told, lines)
            yield from _more(project, told, lines)


def _unknown(project: str, told: Told, lines: dict[str, list[Item]]) -> Iterator[Fault]:
    for report, index, one in told:
        if one.item not in lines:
            near = get_close_matches(one.item, lines, n=3, cutoff=0.3) or list(lines)[:3]
            names = f"：{'、'.join(near)}" if near else ""
            yield _fault("unknown", project, report, index, "item", {"item": one.item, "names": names})


def _more(project: str, told: Told, lines: dict[str, list[Item]]) -> Iterator[Fault]:
    """Told where the list is overrun, at the report that overruns it."""
    arrived = dict.fromkeys(lines, Decimal(0))
    for report, index, one in told:
        agreed = sum((item.quantity or Decimal(0) for item in lines.get(one.item, ())), Decimal(0))
        if one.item not in lines or one.quantity is None:
            continue
        before = arrived[one.item]
        arrived[one.item] += one.quantity
        if before <= agreed < arrived[one.item]:
            values = {
                "item": one.item,
                "arrived": plain_number(arrived[one.item]),
                "agreed": plain_number(agreed),
                "unit": lines[one.item][0].unit or "",
            }
            yield _fault("more", project, report, index, "quantity", values)


def _fault(
    way: str, project: str, report: Progress, index: int, field: str, values: Mapping[str, object]
) -> Fault:
    return Fault(
        way=way,
        at=("deliveries", index, field),
        values=values,
        file=PROGRESS.file(f"{project}/{report.period}"),
        related=((AGREEMENT.file(project), ("inputs",)),),
    )
