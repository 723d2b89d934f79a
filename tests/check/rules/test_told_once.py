"""One slip in an agreement is told by one rule; the rules that build on the slip stay quiet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pipeline.check.rules.table import RULES
from pipeline.record.model import Agreement, College, Enterprise, Records
from pipeline.record.model.agreement import Inputs, Item
from pipeline.record.model.clauses import CollegeParty, Parties, Term
from pipeline.record.model.execution import Progress
from tests.check.rules.found import faults

TODAY = date(2026, 12, 1)
TERM = Term(start=date(2026, 1, 1), end=date(2027, 12, 31))
PARTIES = Parties(college=CollegeParty(signatory="bai"), enterprises=("one",))


def _ways(agreement: Agreement) -> list[tuple[str, str]]:
    """Code and way of what is found about an agreement with a report of its first half year."""
    progress = Progress(project="p", period="2026-h1")
    records = Records(
        college=College(),
        agreements={"p": agreement},
        enterprises={"one": Enterprise(name="样例公司")},
        progress={"p/2026-h1": progress},
    )
    return [(rule.info.code, fault.way) for rule, _, _, fault in faults(RULES, records, TODAY)]


def _agreement(
    parties: Parties = PARTIES, term: Term | None = TERM, inputs: Inputs | None = None
) -> Agreement:
    return Agreement(stage="submitted", parties=parties, term=term, inputs=inputs)


def test_a_report_before_the_agreement_is_signed_is_found() -> None:
    assert ("G10", "unsigned") in _ways(_agreement())


@pytest.mark.parametrize(
    "agreement",
    [
        _agreement(term=None),
        _agreement(term=Term(end=date(2027, 12, 31))),
        _agreement(parties=Parties(college=CollegeParty(signatory="bai"), enterprises=("onee",))),
    ],
    ids=["no-term", "no-first-day", "misspelt-enterprise"],
)
def test_nothing_is_said_of_taking_effect_while_the_agreement_cannot_tell(agreement: Agreement) -> None:
    assert "G10" not in [code for code, _ in _ways(agreement)]


@pytest.mark.parametrize("end", [date(2025, 12, 31), date(2026, 1, 1)])
def test_an_end_before_its_start_has_neither_run_out_nor_missed_the_report(end: date) -> None:
    found = _ways(_agreement(term=Term(start=date(2026, 1, 1), end=end)))
    assert [code for code, _ in found if code in ("E12", "P05", "Q04")] == ["E12"]


def _inputs(value: str, total: str) -> Inputs:
    lathe = Item(name="车床", quantity=Decimal(2), unit_price=Decimal("96000.00"), value=Decimal(value))
    return Inputs(mode="借用", equipment=(lathe,), total=Decimal(total))


@pytest.mark.parametrize(
    ("value", "total", "ways"),
    [
        ("182000.00", "192000.00", ["sum"]),
        ("182000.00", "182000.00", ["sum"]),
        ("192000.00", "182000.00", ["total"]),
        ("182000.00", "172000.00", ["sum", "total"]),
    ],
    ids=["amount", "amount-and-its-total", "total", "both"],
)
def test_a_miswritten_amount_is_no_wrong_total(value: str, total: str, ways: list[str]) -> None:
    found = _ways(_agreement(inputs=_inputs(value, total)))
    assert [way for code, way in found if code == "E06" and way in ("sum", "total")] == ways
