"""The money of a contract, each kind stated once: what it is called, which field tells it, and what counts it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from pipeline.kernel.structs import Struct
from pipeline.record.model import Agreement

AMOUNT, ALL_MONEY = "amount", "contract_money"
"""What rules of approval ask for (`amount_from`, `money_from`): what is put in and occupied, and all money of a contract."""


class MoneyKind(Struct, frozen=True, kw_only=True):
    """One kind: what `yuan` of it an agreement writes down; `unsaid` tells whether that may be less than is meant.

    `counted` are the facts of the rules of approval that it is added to.
    """

    name: str
    field: str
    yuan: Callable[[Agreement], Decimal]
    unsaid: Callable[[Agreement], bool]
    counted: tuple[str, ...]


def yuan_counted(agreement: Agreement, fact: str) -> Decimal | None:
    """All that a fact of the rules counts, in yuan; None where the agreement does not say all of it."""
    kinds = [one for one in MONEY_KINDS if fact in one.counted]
    if any(one.unsaid(agreement) for one in kinds):
        return None
    return sum((one.yuan(agreement) for one in kinds), Decimal("0.00"))


def _listed(field: str) -> Callable[[Agreement], Decimal]:
    def yuan(agreement: Agreement) -> Decimal:
        listed = getattr(agreement, field)
        return max(listed.sum, listed.total or Decimal(0)) if listed is not None else Decimal(0)

    return yuan


def _neither_listed_nor_declared(field: str) -> Callable[[Agreement], bool]:
    return lambda agreement: getattr(agreement, field) is None and field not in agreement.declined


def _estimated(agreement: Agreement) -> Decimal:
    return sum((cost.estimate or Decimal(0) for cost in agreement.costs), Decimal(0))


def _funded(agreement: Agreement) -> Decimal:
    return (agreement.funding.total or Decimal(0)) if agreement.funding else Decimal(0)


def _paid(agreement: Agreement) -> Decimal:
    # Yuan and other money are never added up: what a euro was worth nobody has written down.
    return sum((one.amount or Decimal(0) for one in agreement.payments if not one.currency), Decimal(0))


def _paid_otherwise(agreement: Agreement) -> bool:
    return any(one.currency or one.amount is None for one in agreement.payments)


def _nothing_more(agreement: Agreement) -> bool:
    return False


MONEY_KINDS = (
    MoneyKind(
        name="企业投入",
        field="inputs",
        yuan=_listed("inputs"),
        unsaid=_neither_listed_nor_declared("inputs"),
        counted=(AMOUNT, ALL_MONEY),
    ),
    MoneyKind(
        name="占用学院资源",
        field="resources",
        yuan=_listed("resources"),
        unsaid=_neither_listed_nor_declared("resources"),
        counted=(AMOUNT, ALL_MONEY),
    ),
    # What each year costs is an estimate: nobody owes it, and no rule goes by it.
    MoneyKind(name="每年成本估算", field="costs", yuan=_estimated, unsaid=_nothing_more, counted=()),
    MoneyKind(name="出资", field="funding", yuan=_funded, unsaid=_nothing_more, counted=(ALL_MONEY,)),
    MoneyKind(name="款项", field="payments", yuan=_paid, unsaid=_paid_otherwise, counted=(ALL_MONEY,)),
)
"""Every kind of money an agreement may write down, in its order."""
