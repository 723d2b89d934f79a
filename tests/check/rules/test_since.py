"""A rule that is younger than an agreement leaves it alone: it was right when it was signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.check.rules.law import has_quality
from pipeline.check.rules.rule import Rule
from pipeline.check.rules.table import RULES
from pipeline.record.register import load
from tests.check.rules.found import faults
from tests.college import EXAMPLES, SCHEMAS, SmallCollege, college

PROJECT = "agreements/projects/example"
SIGNED = date(2025, 6, 18)
FIRST = {
    "C": 6, "E": 12, "F": 2, "G": 20, "L": 22, "O": 7, "P": 14, "Q": 8, "R": 7, "U": 1, "V": 8, "X": 2
}  # fmt: skip
"""By family the last of the rules that hold of every agreement: every later one says since when it holds.

P and Q look at what is told and done since the signing, which nobody could have done rightly before: all of theirs
hold of every agreement.
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


def test_a_new_rule_says_from_which_day_it_holds() -> None:
    undated = [rule.info.code for rule in RULES if rule.since is None]
    assert [code for code in undated if int(code[1:]) > FIRST.get(code[0], 0)] == []
