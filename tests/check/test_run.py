"""A check of the whole college: every fault of every file in one run, each told once and where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.check.run import Report
from pipeline.kernel.finding import Severity, arrange
from tests.college import AGREEMENT, COLLEGE, ENTERPRISE, SmallCollege, college, said

MARK = "→"
NUMBER = "number: 样校合〔2026〕1号\n"
PLANTED = [
    ("title: 数控实训基地共建与订单培养\n", "", "E01"),
    ("title:", "→titel:", "S03"),
    ("  college:\n    rights", "  →College:\n    rights", "S04"),
    ("purpose: 三年内", "purpose: →待定，三年内", "E02"),
    ("order-class]", "→order-clas]", "S05"),
    ("[chenguang-cnc]}", "[→chenguang]}", "R01"),
    ("signatory: bai-yangben", "signatory: →bai", "R03"),
    ("\ninputs:\n", "\ninputs:\n  →none: 没有投入\n", "S08"),
    ("unit_price: 480000.00", "unit_price: →480000", "S04"),
    ("quantity: 2,", "quantity: →２,", "Y22"),
    ("total: 1020000.00", "total: →1020000.01", "E06"),
    ("resources:\n", "→resource:\n", "S03"),
    ("shares: {college: 60, chenguang-cnc: 40}", "shares: →{college: 60, chenguang-cnc: 30}", "E08"),
    ("notice_days: 60", "notice_days: →'60'", "S04"),
    ("start: 2026-09-01,", "start: →2026-02-30,", "Y19"),
    ("end: 2029-08-31", "end: →2025-08-31", "E12"),
    ("copies: {total: 4", "copies: {total: 4, →totl: 4", "S03"),
    ("confidentiality: 双方", "confidentiality: 双方→\u200b", "Y09"),
    ("interns: 30", "interns: 30\n→interns: 40", "Y04"),
    ("acceptance: 设备", "acceptance: '→# 设备'}\n#", "M01"),
]  # fmt: skip
"""A spot of the whole agreement, what is written there instead (the mark shows where the finding belongs), and
the code that tells of it."""


def _plant(home: SmallCollege, old: str, new: str, name: str = AGREEMENT) -> str:
    """Write a fault into a file; returns the place where its finding belongs."""
    home.change(old, new, name)
    if MARK not in new:
        return f"{name}:1:1"
    place = home.spot(MARK, name)
    home.write(home.text(name).replace(MARK, ""), name)
    return str(place)


def _messages(report: Report) -> list[str]:
    return [f"{finding.place} {finding.code} {finding.message}" for finding in report.findings]


def test_the_small_college_is_in_order_as_it_comes(tmp_path: Path) -> None:
    assert _messages(college(tmp_path).check()) == []


@pytest.mark.parametrize(("old", "new", "code"), PLANTED)
def test_a_planted_fault_gives_one_finding_at_its_spot(old: str, new: str, code: str, tmp_path: Path) -> None:
    home = college(tmp_path)
    place = _plant(home, old, new)
    report = home.check()
    assert said(report.findings) == [f"{code} {place}"], _messages(report)


def test_all_faults_of_all_files_are_told_in_one_run_in_order_and_once(tmp_path: Path) -> None:
    home = college(tmp_path)
    expected = []
    for number, (old, new, code) in enumerate(PLANTED, 1):
        name = home.add_project(f"p{number:02}", f"样校合〔2026〕{number + 1}号")
        expected.append(f"{code} {_plant(home, old, new, name)}")
    expected += [
        "S03 " + _plant(home, "address: 样本市", "→adress: 样本市", ENTERPRISE),
        "S05 " + _plant(home, "机械工程系, kind: teaching", "机械工程系, kind: →teachin", COLLEGE),
    ]
    report = home.check()
    assert sorted(said(report.findings)) == sorted(expected), _messages(report)
    assert report.findings == arrange(report.findings)


@pytest.mark.parametrize(
    "broken",
    [b"title: [\n", b"", b"- a\n", b"\xff\xfe\x00", "title：没有空格\n".encode(), b"a: &x 1\nb: *x\n"],
    ids=["yaml", "empty", "list", "utf16", "colon", "alias"],
)
def test_a_file_that_cannot_be_read_hides_nothing_of_the_others(broken: bytes, tmp_path: Path) -> None:
    home = college(tmp_path)
    unreadable = home.add_project("unreadable", "样校合〔2026〕2号")
    home.write(broken, unreadable)
    place = _plant(home, "notice_days: 60", "notice_days: →0")
    report = home.check()
    assert f"S07 {place}" in said(report.findings)
    assert any(finding.place.file == unreadable for finding in report.findings)
    assert {finding.place.file for finding in report.findings} == {AGREEMENT, unreadable}


def test_a_broken_enterprise_is_told_of_in_its_own_file_alone(tmp_path: Path) -> None:
    home = college(tmp_path)
    home.write("name: [\n", ENTERPRISE)
    assert {finding.place.file for finding in home.check().findings} == {ENTERPRISE}


def test_a_broken_college_is_told_of_in_its_own_file_alone(tmp_path: Path) -> None:
    home = college(tmp_path)
    home.write("name: [\n", COLLEGE)
    assert {finding.place.file for finding in home.check().findings} == {COLLEGE}


def test_what_is_wrong_inside_a_field_does_not_silence_what_is_wrong_beside_it(tmp_path: Path) -> None:
    home = college(tmp_path)
    first = _plant(home, "unit_price: 480000.00", "unit_price: →480000")
    second = _plant(home, "quantity: 420", "quantity: →-1")
    third = _plant(home, "term: {start: 2026-09-01, end: 2029-08-31,", "→term: {start: 2026-09-01,")
    assert said(home.check().findings) == [f"S04 {first}", f"S07 {second}", f"E12 {third}"]


def test_a_rule_is_silent_where_the_shape_is_told_of_already(tmp_path: Path) -> None:
    home = college(tmp_path)
    place = _plant(home, "  items:\n", "  items: →没有\n  item:\n")
    report = home.check()
    codes = {finding.code for finding in report.findings}
    assert f"S04 {place}" in said(report.findings)
    assert codes == {"S04", "S03"}, _messages(report)


def test_a_fault_between_two_files_is_told_at_both_with_the_other_beside(tmp_path: Path) -> None:
    home = college(tmp_path)
    second = home.add_project("second", "样校合〔2026〕1号")
    findings = [finding for finding in home.check().findings if finding.code == "R05"]
    places = {str(home.spot("样校合〔2026〕1号", name)) for name in (AGREEMENT, second)}
    assert {str(finding.place) for finding in findings} <= places
    seen = {str(place) for finding in findings for place in (finding.place, *finding.related)}
    assert seen == places


def test_a_draft_may_have_gaps_but_no_contradictions(tmp_path: Path) -> None:
    home = college(tmp_path)
    home.change("stage: submitted", "stage: draft")
    home.change("title: 数控实训基地共建与订单培养\n", "")
    place = _plant(home, "total: 1020000.00", "total: →1020000.01")
    severities = {finding.code: finding.severity for finding in home.check().findings}
    assert severities == {"E01": Severity.WARNING, "E06": Severity.ERROR}, place


def test_the_findings_of_one_file_can_be_asked_for(tmp_path: Path) -> None:
    home = college(tmp_path)
    home.write("x", "agreements/notes.txt")
    _plant(home, "notice_days: 60", "notice_days: →0")
    report = home.check()
    assert [finding.code for finding in report.of_file(AGREEMENT)] == ["S07"]
    assert report.of_file(ENTERPRISE) == ()
