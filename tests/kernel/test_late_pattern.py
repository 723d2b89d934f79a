"""Patterns compiled late are still right: every one of the house is compiled here."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import walk_packages

import pytest

import pipeline
from pipeline.kernel.late_pattern import LatePattern, late


def test_a_late_pattern_answers_like_any_other() -> None:
    assert late("(?P<sum>[0-9]+)元", re.IGNORECASE).search("共100元")["sum"] == "100"  # type: ignore[index]
    assert late("a|b").sub("-", "cab") == "c--"


def test_a_wrong_pattern_fails_with_its_first_question() -> None:
    wrong = late("(")
    with pytest.raises(re.error):
        wrong.search("")


def test_every_late_pattern_of_the_rules_compiles() -> None:
    names = [one.name for one in walk_packages(pipeline.__path__, "pipeline.") if ".check.rules." in one.name]
    found = [value for name in names for value in vars(import_module(name)).values()]
    patterns = [one for one in found if isinstance(one, LatePattern)]
    assert len(patterns) > 100
    assert all(pattern.groups >= 0 for pattern in patterns)
