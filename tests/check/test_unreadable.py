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
    name, old, new = UNREADABLE[mistake]
    path = sample / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    report = check(sample, SCHEMAS, TODAY)
    traced = check(sample, SCHEMAS, TODAY, tracing=lambda register: Tracing(register, NOTHING_KEPT))
    alone = examine_file(report.register, SCHEMAS, TODAY, name, report)
    path.write_text(text, encoding="utf-8")
    assert [one.code for one in report.findings if one not in before] == ["S04"]
    assert traced.findings == report.findings
    assert alone.findings == report.of_file(name)


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
