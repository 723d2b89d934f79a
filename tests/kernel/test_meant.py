"""What somebody meant who wrote a value as on paper; where two readings are possible nothing is offered."""

from __future__ import annotations

import pytest

from pipeline.kernel import meant


@pytest.mark.parametrize("written", ["86,000", "86000元", "¥86,000.00", "8.6万元", "８６，０００"])
def test_an_amount_is_read_however_it_is_grouped(written: str) -> None:
    assert meant.money(written) == "86000.00"


def test_a_million_in_groups_of_three_is_one_number() -> None:
    assert meant.money("1 020 000.00") == "1020000.00"


@pytest.mark.parametrize("written", ["100 200", "86 000.00 元", "1 200 人"])
def test_two_numbers_with_a_blank_between_them_are_not_made_one(written: str) -> None:
    assert meant.money(written) is None
    assert meant.number(written) is None
