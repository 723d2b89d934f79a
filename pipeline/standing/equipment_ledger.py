"""设备台账: what agreements promise to bring, what has arrived, who received it and where it stands (8.4, 8.5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.kernel.chinese import plain_number
from pipeline.kernel.grid import Cell, Grid
from pipeline.record.model import under
from pipeline.standing.agreed import ended_on
from pipeline.standing.as_agreed import each_as_agreed
from pipeline.standing.deliveries import Arrival, arrivals
from pipeline.standing.ledgers import LedgerContext, day, number, text, yuan
from pipeline.standing.state import effective_on

_COLUMNS = (
    text("项目名称", 34),
    text("名称", 26),
    number("约定数量"),
    text("单位", 6),
    yuan("金额（元）"),
    day("约定交付日期"),
    number("到货数量"),
    text("存放地点", 26),
    text("状态", 16),
    text("项目编号", 14),
    text("类别", 8),
    text("规格型号", 16),
    text("投入方", 28),
    text("权属", 28),
    text("到货日期", 26),
    text("验收人", 14),
    text("资产编号或标牌号", 22),
    text("验收凭据", 22),
)


def equipment(context: LedgerContext) -> Grid:
    """Every line that arrives on a day, of every agreement that has taken effect."""
    rows = tuple(_rows(context))
    late = sum(one.awaited(context.today) for one in _arrivals(context))
    note = f"已过约定日期、还没有到齐的 {late} 项。" if late else "到了约定日期的都已登记到货。"
    return context.grid("设备台账", _COLUMNS, iter(rows), note)


def _arrivals(context: LedgerContext) -> Iterator[Arrival]:
    """Of what runs, and of what has ended the part that had arrived: nobody waits for the rest."""
    for project, agreement in sorted(each_as_agreed(context.records, context.today).items()):
        if effective_on(context.records, project, context.approved):
            over = ended_on(context.records, project)
            yield from (
                one for one in arrivals(context.records, project, agreement) if one.deliveries or over is None
            )


def _rows(context: LedgerContext) -> Iterator[tuple[Cell, ...]]:
    yield from _lines(context)
    yield from _unlisted(context)


def _unlisted(context: LedgerContext) -> Iterator[tuple[Cell, ...]]:
    """What was received that no list of inputs holds: it stands in the college all the same."""
    words = context.words
    for project, agreement in sorted(each_as_agreed(context.records, context.today).items()):
        listed = {one.item.name for one in arrivals(context.records, project, agreement)}
        told = [one for report in under(context.records.progress, project) for one in report.deliveries]
        for one in told:
            if one.item not in listed:
                yield (
                    *(words.project(project), one.item, None, "", None, None, one.quantity, one.place),
                    *("清单里没有", project, "", "", "", ""),
                    *(one.on.isoformat() if one.on else "", words.person(one.received_by)),
                    *(one.asset_no, one.evidence),
                )


def _lines(context: LedgerContext) -> Iterator[tuple[Cell, ...]]:
    words = context.words
    for one in _arrivals(context):
        item, got = one.item, one.deliveries
        yield (
            words.project(one.project),
            item.name,
            item.quantity,
            item.unit,
            item.amount,
            item.delivered_by,
            one.arrived if got else None,
            _each(part.place for part in got),
            arrival_words(one, context.today),
            one.project,
            _kind(context, one),
            item.model,
            words.party(one.provider),
            words.party(item.ownership or ""),
            _each(part.on.isoformat() for part in got if part.on),
            _each(words.person(part.received_by) for part in got),
            _each(part.asset_no for part in got),
            _each(part.evidence for part in got),
        )


def _kind(context: LedgerContext, one: Arrival) -> str:
    found = context.words.schemas["agreement"].at(("inputs", one.at[0]))
    return found.label if found else one.at[0]


def _each(some: Iterator[str]) -> str:
    return "；".join(dict.fromkeys(filter(None, some)))


def arrival_words(one: Arrival, today: date) -> str:
    """How a line stands on a day: 已到货, how late, how many are still to come."""
    due = one.item.delivered_by
    if one.whole:
        late = (one.last - due).days if one.last and due and one.last > due else 0
        return f"已到货，晚 {late} 天" if late else "已到货"
    part = f"已到 {plain_number(one.arrived)}{one.item.unit or ''}，" if one.deliveries else ""
    if due is None:
        return f"{part}未到货"
    return f"{part}逾期 {(today - due).days} 天" if due < today else f"{part}未到期"
