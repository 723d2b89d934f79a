"""One slip in a whole college is told once: what hangs on what is missing or wrong stays quiet."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest

from pipeline.kernel.structs import replace
from pipeline.record.model import Records
from pipeline.record.model.work import FollowUp
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


LATEST = max(RECORDS.meetings)
HEARD = RECORDS.meetings[LATEST].follow_up[0]


@pytest.mark.parametrize(
    ("heard", "way"),
    [
        (replace(HEARD, decision="d9"), "decision"),
        (replace(HEARD, decision=""), None),
        (replace(HEARD, meeting=(HEARD.meeting or TODAY) + timedelta(days=1)), "meeting"),
        (replace(HEARD, meeting=(HEARD.meeting or TODAY) + timedelta(days=365)), "later"),
        (replace(HEARD, due=date(2025, 12, 10)), "extended"),
        (replace(HEARD, due=date(2026, 11, 10)), "extended"),
    ],
)
def test_a_follow_up_that_names_the_wrong_decision_is_told_once(heard: FollowUp, way: str | None) -> None:
    meeting = RECORDS.meetings[LATEST]
    told = replace(meeting, follow_up=(heard, *meeting.follow_up[1:]))
    new = _told(replace(RECORDS, meetings={**RECORDS.meetings, LATEST: told})) - _before()
    assert new == ({("V01", f"agreements/meetings/{LATEST}.yaml", way)} if way else set())


def test_a_decision_due_before_it_was_made_is_told_at_its_day_alone() -> None:
    meeting = RECORDS.meetings[LATEST]
    decision = replace(meeting.decisions["d1"], due=date(2025, 12, 5))
    told = replace(meeting, decisions={**meeting.decisions, "d1": decision})
    new = _told(replace(RECORDS, meetings={**RECORDS.meetings, LATEST: told})) - _before()
    assert new == {("V01", f"agreements/meetings/{LATEST}.yaml", "due")}
