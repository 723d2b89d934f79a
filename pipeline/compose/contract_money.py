"""The money of a contract as the approval form names it: every kind that the agreement writes down, none of it silent."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.kernel import chinese
from pipeline.record.model import Agreement
from pipeline.standing.kinds_of_money import MONEY_KINDS
from pipeline.standing.labels import Labels


def contract_money(agreement: Agreement, words: Labels) -> str:
    """All kinds of money with their sums, in the order of the agreement; `不涉及金额` only where there is none."""
    # A letter of intent promises nothing, and prints none of these fields.
    told = () if agreement.framework else _told(agreement, words)
    return "；".join(told) or "不涉及金额"


def _told(agreement: Agreement, words: Labels) -> Iterator[str]:
    for kind in MONEY_KINDS:
        if total := kind.yuan(agreement):
            yield f"{kind.name}{chinese.money(total)}"
    payments = agreement.payments
    for currency in dict.fromkeys(one.currency for one in payments if one.currency):
        total = sum((one.amount or Decimal(0) for one in payments if one.currency == currency), Decimal(0))
        yield f"款项{chinese.yuan(total)}{words.choice(currency, 'agreement', 'payments', '*', 'currency')}"
