"""A number or a day that nobody can read is told of once, where it stands; what would be counted with it waits until it is."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from pipeline.check.run import check, examine_file
from pipeline.kernel.finding import Finding
from pipeline.kernel.recall import NOTHING_KEPT
from pipeline.memory.trace import Tracing
from tests.college import ROOT, SCHEMAS

TODAY = date(2026, 11, 30)
PLAN = "agreements/plans/2026/intelligent-manufacturing.yaml"
EQUIPMENT = "agreements/projects/2025-im-002/agreement.yaml"

UNREADABLE = {
    "one of the weights of a plan": (PLAN, "weight: 16", "weight: 十六"),
    "what a thing is worth": ("agreements/projects/2026-im-001/agreement.yaml", "36000.00", "三万六"),
    "how many are promised, of which some arrived": (
        EQUIPMENT,
        "YZ-V850, quantity: 3",
        "YZ-V850, quantity: 若干",
    ),
    "what was received, of which a report tells": (
        "agreements/projects/2025-im-002/progress/2025-h1.yaml",
        "amount: 96000.00",
        "amount: 见附表",
    ),
    "the day by which something was done": (
        "agreements/meetings/2025-07-03.yaml",
        "done_on: 2025-06-27",
        "done_on: 上周五",
    ),
}

NOVEMBER = "agreements/meetings/2026-11-12.yaml"
SPOILT = {
    "a wide colon in braces": (EQUIPMENT, "YZ-V850, quantity: 3", "YZ-V850, quantity： 3"),
    "a wide colon after a key on its line": (NOVEMBER, "due: 2026-12-05", "due：2026-12-05"),
}
MISCALLED = {
    "place": (NOVEMBER, "place:", "开会地址:"),
    "attendees": (NOVEMBER, "attendees:", "参会人员:"),
    "follow_up": (NOVEMBER, "follow_up:", "落实情况:"),
    "follow_up, by its label": (NOVEMBER, "follow_up:", "上次议定事项落实:"),
    "owner": (NOVEMBER, "owner: qian-nizhi", "负责人: qian-nizhi"),
    "due": (NOVEMBER, "due: 2026-12-05", "完成时限: 2026-12-05"),
    "text": (NOVEMBER, "text: 各系部", "内容: 各系部"),
    "term": (EQUIPMENT, "\nterm:", "\n合作期间:"),
    "inputs": (EQUIPMENT, "\ninputs:", "\n投入清单:"),
    "goals": (EQUIPMENT, "\ngoals:", "\n目标:"),
    "costs": (EQUIPMENT, "\ncosts:", "\n运行费用:"),
    "ip": (EQUIPMENT, "\nip:", "\n成果归属:"),
    "departments": ("agreements/college.yaml", "\ndepartments:", "\n系部:"),
    "people": ("agreements/college.yaml", "\npeople:", "\n人员名单:"),
    "tasks": (PLAN, "\ntasks:", "\n工作任务:"),
}

MISSPELT = {
    "a form of cooperation": (
        "agreements/policy.yaml",
        "forms: [industry-college",
        "forms: [indstry-college",
        "S05",
    ),
    "the day of an event": ("agreements/events/2026-contest.yaml", "\ndate:", "\ndte:", "S03"),
    "the project of a lecturer": (
        "agreements/placements/2025-lecturer-xuni-03.yaml",
        "project:",
        "projet:",
        "S03",
    ),
    "who waived an appraisal": (
        "agreements/projects/2026-ie-001/appraisal.yaml",
        "wang-lizheng",
        "wng-lizheng",
        "D05",
    ),
    "who approved on paper": (
        "agreements/projects/2025-bl-001/signing.yaml",
        "by: zheng-fanben",
        "by: zheng-fanen",
        "D05",
    ),
    "who approved the plans": (
        "agreements/plans/2025/approval.yaml",
        "health-care: {by: wang-lizheng",
        "health-care: {by: wang-lizhng",
        "D05",
    ),
    "the department a plan is of": (
        "agreements/research/2024-equipment.yaml",
        "intelligent-manufacturing}",
        "intelligent-manufactuing}",
        "D05",
    ),
    "the head of a department": (
        "agreements/college.yaml",
        "director: cao-yangma",
        "director: cao-angma",
        "R03",
    ),
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample college, to be altered."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(ROOT / "agreements", folder / "agreements")
    return folder


@pytest.fixture(scope="module")
def before(sample: Path) -> frozenset[Finding]:
    """What is found in it as it comes."""
    return frozenset(check(sample, SCHEMAS, TODAY).findings)


@pytest.mark.parametrize("mistake", UNREADABLE)
def test_what_cannot_be_read_is_told_of_once(sample: Path, before: frozenset[Finding], mistake: str) -> None:
    assert _told(sample, before, *UNREADABLE[mistake]) == ["S04"]


@pytest.mark.parametrize("field", MISCALLED)
def test_a_field_that_is_called_something_else_is_told_of_once(
    sample: Path, before: frozenset[Finding], field: str
) -> None:
    assert _told(sample, before, *MISCALLED[field]) == ["S03"]


@pytest.mark.parametrize("mistake", SPOILT)
def test_what_cannot_be_taken_apart_is_told_of_once(
    sample: Path, before: frozenset[Finding], mistake: str
) -> None:
    (code,) = _told(sample, before, *SPOILT[mistake])
    assert code.startswith("Y")


@pytest.mark.parametrize("mistake", MISSPELT)
def test_a_name_with_a_letter_less_is_told_of_once(
    sample: Path, before: frozenset[Finding], mistake: str
) -> None:
    *spot, code = MISSPELT[mistake]
    assert _told(sample, before, *spot) == [code]


def _told(sample: Path, before: frozenset[Finding], name: str, old: str, new: str) -> list[str]:
    """The codes of what is found more once something stands in a file instead, however it is looked for."""
    path = sample / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    report = check(sample, SCHEMAS, TODAY)
    traced = check(sample, SCHEMAS, TODAY, tracing=lambda register: Tracing(register, NOTHING_KEPT))
    alone = examine_file(report.register, SCHEMAS, TODAY, name, report)
    path.write_text(text, encoding="utf-8")
    assert traced.findings == report.findings
    assert alone.findings == report.of_file(name)
    placed = {(one.code, one.place.file, one.message) for one in before}
    return [one.code for one in report.findings if (one.code, one.place.file, one.message) not in placed]


def test_what_is_wrong_whatever_was_meant_is_told_all_the_same(
    sample: Path, before: frozenset[Finding]
) -> None:
    path = sample / PLAN
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("weight: 16", "weight: 十六").replace("due: 2026-", "due: 2025-", 1), encoding="utf-8"
    )
    found = [one.code for one in check(sample, SCHEMAS, TODAY).findings if one not in before]
    path.write_text(text.replace("weight: 16", "weight: 17"), encoding="utf-8")
    readable = [one.code for one in check(sample, SCHEMAS, TODAY).findings if one not in before]
    path.write_text(text, encoding="utf-8")
    assert sorted(set(found)) == ["P03", "S04"] and readable == ["P03"]
