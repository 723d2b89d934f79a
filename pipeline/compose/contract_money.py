"""The money of a contract as the approval form names it: every kind that the agreement writes down, none of it silent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pipeline.kernel import chinese
from pipeline.record.model import Agreement
from pipeline.standing.labels import Labels
from pipeline.standing.portfolio import inputs, resources


def contract_money(agreement: Agreement, words: Labels) -> str:
    """All kinds of money with their sums, in the order of the agreement; `不涉及金额` only where there is none."""
    return "；".join(_told(agreement, words)) or "不涉及金额"


def _told(agreement: Agreement, words: Labels) -> Iterator[str]:
    yield from _sum("企业投入", inputs((agreement,)).values())
    yield from _sum("占用学院资源", resources((agreement,)).values())
    yield from _sum("每年成本估算", (cost.estimate or Decimal(0) for cost in agreement.costs))
    yield from _sum("出资", (agreement.funding.total or Decimal(0),) if agreement.funding else ())
    payments = agreement.payments
    yield from _sum("款项", (one.amount or Decimal(0) for one in payments if not one.currency))
    # Yuan and other money are never added up: what a euro was worth nobody has written down.
    for currency in dict.fromkeys(one.currency for one in payments if one.currency):
        total = sum((one.amount or Decimal(0) for one in payments if one.currency == currency), Decimal(0))
        yield f"款项{chinese.yuan(total)}{words.choice(currency, 'agreement', 'payments', '*', 'currency')}"


def _sum(kind: str, amounts: Iterable[Decimal]) -> Iterator[str]:
    total = sum(amounts, Decimal("0.00"))
    if total:
        yield f"{kind}{chinese.money(total)}"
