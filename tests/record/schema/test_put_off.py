"""“待定” where a list, a date or an amount belongs: the element is still to be written, not of a wrong type."""

from __future__ import annotations

import pytest

from tests.record.schema.told import SUBMITTED, checked


@pytest.mark.parametrize(
    "line",
    ["forms: 待定", "contents: 另行协商", "termination: XX", "term: {start: 待定, end: ____}", "costs: 待定"],
)
def test_an_element_put_off_is_left_to_its_own_rule(line: str) -> None:
    assert checked(SUBMITTED + line).findings == ()


@pytest.mark.parametrize("line", ["forms: 技术研发", "contents: 待定点考察", "interns: 待定"])
def test_a_wrong_value_and_what_is_no_element_keep_their_code(line: str) -> None:
    assert [finding.code for finding in checked(SUBMITTED + line).findings] == ["S04"]
