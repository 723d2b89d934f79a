"""P13: money told as received and spent is the money that was agreed and planned (clauses 8.4, 8.5)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.check.rules.rule import Fault, rule
from pipeline.kernel.chinese import yuan
from pipeline.kernel.finding import DataPath, Severity
from pipeline.record.kinds import AGREEMENT, PROGRESS, SCHEME
from pipeline.record.model import Agreement, Records, grouped, under
from pipeline.record.model.execution import Payment, Progress
from pipeline.record.model.names import COLLEGE
from pipeline.standing.agreed import goals_of
from pipeline.standing.as_agreed import each_as_agreed

Told = list[tuple[Progress, str, int, Payment]]
_ZERO = Decimal(0)


@rule(
    "P13",
    title="收款、付款和约定的金额一致",
    clause="指南（草案）8.4；指南（草案）8.5；指南（草案）6.2",
    why="到账比约定的还多、一笔款付了两遍、收入报得比到账多，不是写错了小数点，就是账要重对。",
    hint="对照凭证核实；约定变了的，先签补充协议或改方案预算，再填进展。",
    ways={
        "received": "各时段共收到{party} {told} 元，约定由它出的钱和开放服务收入一共 {limit} 元",
        "instalment": "款项“{item}”共登记 {told} 元，协议约定 {limit} 元",
        "budget": "“{item}”共支出 {told} 元，方案预算是 {limit} 元",
        "income": "本时段“技术服务收入”填 {told} 元，登记的到账一共 {limit} 元",
        "reversed": "款项“{item}”写的付款方是{party}，协议约定由{agreed}支付",
    },
    severity=Severity.WARNING,
    on=Records,
)
def money_is_what_was_agreed(everything: Records, records: Records) -> Iterator[Fault]:
    """Every payment is held against the instalment, the budget and the party it belongs to."""
    agreements = each_as_agreed(records)
    for project, reports in grouped(records.progress).items():
        agreement = agreements.get(project)
        if agreement is None or agreement.framework:
            continue
        told: Told = [
            (report, way, index, one)
            for report in reports
            for way in ("received", "spent")
            for index, one in enumerate(getattr(report, way))
            if one.amount
        ]
        yield from _instalments(project, agreement, told, records)
        yield from _budget(project, told, records)
        yield from _received(project, agreement, told, records)
        yield from _income(project, reports, records)


def _sum(told: Told) -> Decimal:
    return sum((one.amount or _ZERO for *_, one in told), _ZERO)


def _greatest(
    way: str, project: str, told: Told, values: dict[str, object], *related: tuple[str, DataPath]
) -> Fault:
    """The fault at the greatest of some payments: that is where a slip of the pen stands."""
    report, list_, index, _ = max(told, key=lambda one: one[3].amount or _ZERO)
    file = PROGRESS.file(f"{project}/{report.period}")
    return Fault(way=way, at=(list_, index, "amount"), values=values, file=file, related=related)


def _instalments(project: str, agreement: Agreement, told: Told, records: Records) -> Iterator[Fault]:
    """An instalment is paid once, in its amount, by who owes it; those of one name are one sum, however it is divided."""
    named: dict[str, list[int]] = {}
    for index, owed in enumerate(agreement.payments):
        named.setdefault(owed.item or "", []).append(index)
    for item, some in named.items():
        mine = [one for one in told if one[3].item == item]
        owing = [agreement.payments[index] for index in some]
        places = [(AGREEMENT.file(project), ("payments", index, "amount")) for index in some]
        limit = sum((one.amount or _ZERO for one in owing), _ZERO)
        if mine and _sum(mine) > limit and all(one.amount and not one.currency for one in owing):
            values: dict[str, object] = {"item": item, "told": yuan(_sum(mine)), "limit": yuan(limit)}
            yield _greatest("instalment", project, mine, values, *places)
        payers = {one.payer for one in owing}
        for report, way, number, paid in mine:
            if paid.party and all(payers) and paid.party not in payers:
                values = {
                    "item": item,
                    "party": records.party_name(paid.party),
                    "agreed": "或".join(records.party_name(one or "") for one in sorted(payers, key=str)),
                }
                file, at = PROGRESS.file(f"{project}/{report.period}"), (way, number, "party")
                yield Fault(way="reversed", at=at, values=values, file=file, related=tuple(places))


def _budget(project: str, told: Told, records: Records) -> Iterator[Fault]:
    """What is spent under the name of a budget line stays within it."""
    scheme = records.schemes.get(project)
    for index, line in enumerate(scheme.budget if scheme else ()):
        mine = [one for one in told if one[1] == "spent" and one[3].item == line.item]
        if mine and line.amount and _sum(mine) > line.amount:
            values: dict[str, object] = {
                "item": line.item,
                "told": yuan(_sum(mine)),
                "limit": yuan(line.amount),
            }
            yield _greatest(
                "budget", project, mine, values, (SCHEME.file(project), ("budget", index, "amount"))
            )


def _received(project: str, agreement: Agreement, told: Told, records: Records) -> Iterator[Fault]:
    """No party pays in more than it agreed to, and what services to others earned; instalments are held singly."""
    apart = {one.item for one in agreement.payments}
    for party in agreement.party_ids[1:]:
        mine = [
            one for one in told if one[1] == "received" and one[3].party == party and one[3].item not in apart
        ]
        limit = _promised(project, agreement, party, records) + _earned(project, records)
        # Where no amount of money is agreed at all, nothing that comes in exceeds all that is put in.
        limit = limit or (agreement.inputs.sum if agreement.inputs else _ZERO)
        if mine and limit and _sum(mine) > limit:
            values: dict[str, object] = {
                "party": records.party_name(party),
                "told": yuan(_sum(mine)),
                "limit": yuan(limit),
            }
            yield _greatest("received", project, mine, values, (AGREEMENT.file(project), ("inputs",)))


def _promised(project: str, agreement: Agreement, party: str, records: Records) -> Decimal:
    """What a party has promised in money over the whole term beside instalments: inputs, shares of costs, budget, funding."""
    only, term = len(agreement.party_ids) == 2, agreement.term
    lines = agreement.inputs.capital if agreement.inputs else ()
    put_in = sum((one.amount or _ZERO for one in lines if one.provider == party or only), _ZERO)
    years = term.end.year - term.start.year + 1 if term and term.start and term.end else 1
    costs = sum(
        ((one.estimate or _ZERO) * one.shares.get(party, _ZERO) / 100 * years for one in agreement.costs),
        _ZERO,
    )
    funding = agreement.funding
    funded = (funding.total or _ZERO) * funding.shares.get(party, _ZERO) / 100 if funding else _ZERO
    scheme = records.schemes.get(project)
    planned = sum(
        (one.amount or _ZERO for one in (scheme.budget if scheme else ()) if one.party == party), _ZERO
    )
    return max(put_in + costs + funded, planned)


def _earned(project: str, records: Records) -> Decimal:
    """What progress tells of income from services, of all years."""
    keys = {key for key, one in goals_of(records, project).items() if one.measure == "service-income"}
    return sum(
        (
            one.goals[key].actual or _ZERO
            for one in under(records.progress, project)
            for key in keys
            if key in one.goals
        ),
        _ZERO,
    )


def _income(project: str, reports: tuple[Progress, ...], records: Records) -> Iterator[Fault]:
    """Income that is told as reached has come in: COLLEGE receives it, whoever pays."""
    for key, goal in goals_of(records, project).items():
        for report in reports:
            reached = report.goals.get(key)
            came = sum((one.amount or _ZERO for one in report.received if one.party != COLLEGE), _ZERO)
            if goal.measure != "service-income" or not reached or not reached.actual or not report.received:
                continue
            if reached.actual > came:
                file = PROGRESS.file(f"{project}/{report.period}")
                values = {"told": yuan(reached.actual), "limit": yuan(came)}
                at, related = ("goals", key, "actual"), ((file, ("received",)),)
                yield Fault(way="income", at=at, values=values, file=file, related=related)
