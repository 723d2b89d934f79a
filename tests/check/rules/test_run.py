"""How much a fault weighs, and that rules only ever see what they concern."""

from __future__ import annotations

import pytest

from pipeline.check.rules.rule import Rule, Way, later
from pipeline.check.rules.runner import severity
from pipeline.check.rules.table import RULES
from pipeline.kernel.finding import Severity
from pipeline.record.model import Agreement, Enterprise, Records
from tests.check.rules.found import faults

BY_CODE = {rule.info.code: rule for rule in RULES}
PURPOSE = BY_CODE["E02"]


def _found(agreement: Agreement, *rules: Rule) -> list[tuple[str, str, str]]:
    records = Records(agreements={"one": agreement})
    return [(rule.info.code, name, fault.way) for rule, name, _, fault in faults(rules, records)]


def test_what_a_draft_still_lacks_is_a_warning_and_what_is_submitted_must_be_there() -> None:
    lacking = later("没有写")
    assert severity(PURPOSE, lacking, Agreement(stage="draft")) is Severity.WARNING
    assert severity(PURPOSE, lacking, Agreement(stage="submitted")) is Severity.ERROR


def test_an_agreement_that_does_not_tell_its_stage_counts_as_submitted() -> None:
    assert severity(PURPOSE, later("没有写"), Agreement()) is Severity.ERROR


def test_a_contradiction_is_an_error_in_a_draft_too() -> None:
    assert severity(PURPOSE, Way(message="合计不对"), Agreement(stage="draft")) is Severity.ERROR


@pytest.mark.parametrize("stage", ["draft", "submitted"])
def test_a_way_that_names_its_own_weight_keeps_it(stage: str) -> None:
    remark = Way(message="可以更好", severity=Severity.INFO)
    assert severity(PURPOSE, remark, Agreement(stage=stage)) is Severity.INFO


def test_a_fault_of_an_enterprise_is_never_staged() -> None:
    assert severity(PURPOSE, later("没有写"), Enterprise()) is Severity.ERROR


def test_an_empty_agreement_lacks_every_element_once_and_is_named_by_its_file() -> None:
    found = _found(Agreement(), *(rule for rule in RULES if rule.info.code.startswith("E")))
    name = "agreements/projects/one/agreement.yaml"
    codes = ["E01", *(f"E{number:02}" for number in range(1, 13))]
    assert found == [(code, name, "missing") for code in codes]


def test_of_a_letter_of_intent_no_element_is_demanded() -> None:
    elements = [rule for rule in RULES if rule.info.code.startswith("E")]
    assert _found(Agreement(forms=("framework",)), *elements) == []
