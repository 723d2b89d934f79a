"""The approval form names all the money of a contract: who signs it must not find a payment only in the text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.compose.contract_money import contract_money
from pipeline.record.model import Agreement, Records
from pipeline.record.model.agreement import Cost, Inputs, Item, Resources
from pipeline.record.model.clauses import Funding, Instalment
from pipeline.standing.labels import Labels
from tests.college import SCHEMAS

WORDS = Labels(records=Records(), schemas=SCHEMAS)


def _told(**fields: object) -> str:
    return contract_money(Agreement(project="a", forms=("technology-rd",), **fields), WORDS)  # type: ignore[arg-type]


def _paid(amount: str, currency: str | None = None) -> Instalment:
    return Instalment(payer="college", payee="x", amount=Decimal(amount), currency=currency)


def test_what_the_college_pays_is_no_contract_without_money() -> None:
    """An agreement under which nothing is put in and 800,000 yuan are paid was called 不涉及金额."""
    assert _told(payments=(_paid("500000.00"), _paid("300000.00"))) == "款项¥800,000.00"


def test_each_kind_of_money_stands_by_its_name() -> None:
    line = Item(quantity=Decimal(2), unit_price=Decimal("100.00"), value=Decimal("200.00"))
    told = _told(
        inputs=Inputs(equipment=(line,)),
        resources=Resources(premises=(Item(value=Decimal("300.00")),)),
        costs=(Cost(estimate=Decimal("40.00")), Cost(estimate=None), Cost(estimate=Decimal("2.50"))),
        funding=Funding(total=Decimal("7.00")),
    )
    assert told == "企业投入¥200.00；占用学院资源¥300.00；每年成本估算¥42.50；出资¥7.00"


def test_money_of_another_currency_is_never_added_to_yuan() -> None:
    told = _told(
        payments=(_paid("100.00"), _paid("2500.50", "EUR"), _paid("1.00", "EUR"), _paid("5.00", "USD"))
    )
    assert told == "款项¥100.00；款项2,501.50欧元；款项5.00美元"


@pytest.mark.parametrize("fields", [{}, {"costs": (Cost(item="水电费"),)}, {"inputs": Inputs()}])
def test_where_there_is_no_money_that_is_said(fields: dict[str, object]) -> None:
    assert _told(**fields) == "不涉及金额"
