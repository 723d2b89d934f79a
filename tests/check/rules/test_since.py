"""A rule that is younger than an agreement leaves it alone: it was right when it was signed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.check.rules.forbidden.bonds import keeps_no_papers
from pipeline.check.rules.law import has_quality
from pipeline.check.rules.rule import Rule
from pipeline.check.rules.runner import signed_before
from pipeline.check.rules.table import RULES
from pipeline.kernel.structs import replace
from pipeline.record.register import load
from tests.check.rules.found import faults
from tests.college import EXAMPLES, SCHEMAS, SmallCollege, college

PROJECT = "agreements/projects/example"
SIGNED = date(2025, 6, 18)
FIRST = {
    "C": 6, "E": 12, "F": 2, "G": 21, "L": 22, "O": 11, "P": 14, "Q": 8, "R": 7, "U": 1, "V": 8, "X": 2
}  # fmt: skip
"""By family the last of the rules that hold of every agreement: every later one says since when it holds.

P and Q look at what is told and done since the signing, which nobody could have done rightly before: all of theirs
hold of every agreement. So do G21 and O09 to O11: they ask nothing of whoever does not write the fields they are about.
"""


@pytest.fixture
def home(tmp_path: Path) -> SmallCollege:
    """A signed agreement that says nothing of quality."""
    found = college(tmp_path)
    for path in (EXAMPLES / "_lived" / PROJECT).glob("*.yaml"):
        found.write(path.read_bytes(), f"{PROJECT}/{path.name}")
    text = (found.root / PROJECT / "agreement.yaml").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines(keepends=True) if not line.startswith("quality:")]
    found.write("".join(kept), f"{PROJECT}/agreement.yaml")
    return found


def _found(rule: Rule, home: SmallCollege) -> int:
    return len(list(faults([rule], load(home.root, SCHEMAS).records)))


def test_a_rule_without_a_day_holds_for_all(home: SmallCollege) -> None:
    assert _found(has_quality, home) == 1


def test_a_younger_rule_does_not_fail_what_was_signed_before_it(home: SmallCollege) -> None:
    assert _found(replace(has_quality, since=date(2026, 1, 1)), home) == 0
    assert _found(replace(has_quality, since=SIGNED), home) == 1


def test_what_is_not_signed_yet_is_held_to_the_rules_of_today(home: SmallCollege) -> None:
    (home.root / PROJECT / "signing.yaml").unlink()
    assert _found(replace(has_quality, since=date(2026, 1, 1)), home) == 1


AMENDMENT = """
kind: amendment
title: 调整实习安排的补充协议
reason: 调整
changes: [{field: other_terms, was: 无, now: 学生毕业证由企业代为保管}]
unchanged: 其余条款继续有效
"""
SIGNED_LATER = """
amendments:
  - amendment: "01"
    parties:
      college: {signed_on: DAY, seal: 样本职业技术学院, sealed_on: DAY}
      chenguang-cnc: {signed_on: DAY, seal: 晨光样例数控装备有限公司, sealed_on: DAY}
"""


@pytest.mark.parametrize(("day", "told"), [("2026-02-01", 0), ("2027-02-01", 1), ("", 1)])
def test_an_amendment_is_judged_by_its_own_day(home: SmallCollege, day: str, told: int) -> None:
    home.write(AMENDMENT, f"{PROJECT}/amendments/01.yaml")
    if day:
        signing = (home.root / PROJECT / "signing.yaml").read_text(encoding="utf-8")
        home.write(signing + SIGNED_LATER.replace("DAY", day), f"{PROJECT}/signing.yaml")
    assert _found(keeps_no_papers, home) == told


def test_a_report_of_an_old_agreement_is_judged_by_the_day_it_tells_of(home: SmallCollege) -> None:
    records = load(home.root, SCHEMAS).records
    for day, before in (("2026-03-01", True), ("2027-03-01", False)):
        home.write(f"date: {day}\n", f"{PROJECT}/inspections/2026-03.yaml")
        records = load(home.root, SCHEMAS).records
        assert signed_before(date(2026, 12, 1), f"{PROJECT}/inspections/2026-03.yaml", records) is before


def test_a_new_rule_says_from_which_day_it_holds() -> None:
    undated = [rule.info.code for rule in RULES if rule.since is None]
    assert [code for code in undated if int(code[1:]) > FIRST.get(code[0], 0)] == []
