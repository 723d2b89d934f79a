"""One slip in a whole college is told once: what hangs on what is missing or wrong stays quiet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import pytest

from pipeline.check.run import examine
from pipeline.kernel.causes import by_cause
from pipeline.kernel.structs import replace
from pipeline.record.model import Records
from pipeline.record.model.work import FollowUp
from pipeline.record.register import load
from pipeline.record.tree import Overlaid
from tests.check.rules.found import every_fault
from tests.college import ROOT, SCHEMAS
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


PROJECTS = "agreements/projects"


@pytest.mark.parametrize(
    ("file", "right", "wrong", "code"),
    [
        (f"{PROJECTS}/2025-im-002/progress/2025-h2.yaml", "42000.00, on: 2025-12-19", "42000.00, on: 2024-12-19", "P05"),
        (f"{PROJECTS}/2026-im-002/progress/2026-h1.yaml", "123000.00, on: 2026-06-18", "123000.00, on: 2036-06-18", "P05"),
        (f"{PROJECTS}/2025-im-001/progress/2026-h1.yaml", "equip: {done_on: 2026", "equip: {done_on: 2036", "P05"),
        (f"{PROJECTS}/2025-ie-001/signing.yaml", "chen-lifa, on: 2025", "chen-lifa, on: 2026", "G07"),
        (f"{PROJECTS}/2026-hc-001/signing.yaml", "zhao-yangtu, on: 2026", "zhao-yangtu, on: 2027", "G07"),
        (f"{PROJECTS}/2026-im-002/scheme.yaml", "date: 2025-12-11", "date: 2035-12-11", "G08"),
        (f"{PROJECTS}/2025-ie-001/survey.yaml", "date: 2025-04-28", "date: 2035-04-28", "G01"),
        ("agreements/placements/2025-lecturer-xingchen-05.yaml", "start: 2025", "start: 2026", "V06"),
        ("agreements/placements/2025-practice-yan.yaml", "start: 2025", "start: 2035", "V06"),
        ("agreements/meetings/2026-05-14.yaml", "done_on: 2026-05-12", "done_on: 2036-05-12", "Q07"),
        ("agreements/meetings/2026-09-10.yaml", "- meeting: 2026-07-02", "- meeting: 2027-07-02", "V01"),
        ("agreements/plans/2025/approval.yaml", "on: 2025-02-05", "on: 2035-02-05", "P04"),
        (f"{PROJECTS}/2025-im-001/appraisal.yaml", "date: 2025-04-24", "date: 2035-04-24", "G04"),
        (f"{PROJECTS}/2025-im-001/signing.yaml", "on: 2026-06-24", "on: 2036-06-24", "G07"),
        (f"{PROJECTS}/2025-bl-001/signing.yaml", "signed_on: 2025-07-22", "signed_on: 2026-07-22", "G10"),
        (f"{PROJECTS}/2025-bl-001/signing.yaml", "signed_on: 2025-07-22", "signed_on: 2035-07-22", "G10"),
        (f"{PROJECTS}/2026-hc-001/progress/2026-q3.yaml", "reported_on: 2026", "reported_on: 2016", "P05"),
        (f"{PROJECTS}/2024-im-001/evaluations/2025.yaml", "date: 2026-03-20", "date: 2016-03-20", "V04"),
        ("agreements/policy.yaml", "  registered: {", "  lawful: {", "D05"),
    ],
)  # fmt: skip
def test_a_day_or_a_name_written_wrong_is_one_finding(file: str, right: str, wrong: str, code: str) -> None:
    """A year typed wrong was told by every rule that counts with it, a criterion renamed by every partner twice."""
    text = (ROOT / file).read_text(encoding="utf-8")
    assert right in text
    before, after = (_shown({}), _shown({file: text.replace(right, wrong, 1).encode()}))
    assert [one.partition(" ")[0] for one in after if one not in before] == [code]


@cache
def _sample_shown() -> tuple[str, ...]:
    return tuple(_shown_of(Overlaid(ROOT, {})))


def _shown(laid_over: dict[str, bytes]) -> tuple[str, ...]:
    """The findings as people see them, with their codes and places."""
    return tuple(_shown_of(Overlaid(ROOT, laid_over))) if laid_over else _sample_shown()


def _shown_of(tree: Overlaid) -> Iterator[str]:
    for one in by_cause(examine(load(tree, SCHEMAS), SCHEMAS, TODAY).findings):
        yield f"{one.code} {one.place} {one.message}"


def test_months_without_a_meeting_are_one_finding_that_names_them() -> None:
    """A college that begins to keep records late was told of every month by itself."""
    held = {
        day: one
        for day, one in RECORDS.meetings.items()
        if one.date and one.date.strftime("%Y-%m") not in MISSED
    }
    (found,) = [
        fault.values["months"]
        for rule, _, _, fault in every_fault(replace(RECORDS, meetings=held), TODAY)
        if rule.info.code == "Q01"
    ]
    assert found == "2025 年 4 月至 6 月、11 月，2026 年 3 月、4 月"


MISSED = ("2025-04", "2025-05", "2025-06", "2025-11", "2026-03", "2026-04")
