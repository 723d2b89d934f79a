"""One slip in a whole college is told once: what hangs on what is missing or wrong stays quiet."""

from __future__ import annotations

from datetime import date
from functools import cache

from pipeline.kernel.structs import replace
from pipeline.record.model import Records
from tests.check.rules.found import every_fault
from tests.sample import REPORT

RECORDS, TODAY = REPORT.register.records, date(2026, 11, 28)


def _told(records: Records) -> set[tuple[str, str, str]]:
    return {(rule.info.code, file, fault.way) for rule, file, _, fault in every_fault(records, TODAY)}


@cache
def _before() -> set[tuple[str, str, str]]:
    return _told(RECORDS)


def test_a_fingerprint_that_names_no_text_is_one_finding() -> None:
    project = "2025-im-001"
    signing = replace(RECORDS.signings[project], words="f" * 64)
    records = replace(RECORDS, signings={**RECORDS.signings, project: signing})
    new = _told(records) - _before()
    assert new == {("G14", f"agreements/projects/{project}/signing.yaml", "unknown")}


def test_an_office_that_is_gone_is_told_by_the_schema_alone() -> None:
    assert RECORDS.college
    records = replace(RECORDS, college=replace(RECORDS.college, office=None))
    assert _told(records) - _before() == set()
