"""Where the cursor stands is told from what is typed so far, sound YAML or not."""

from __future__ import annotations

import pytest

from pipeline.desk.cursor import siblings, spot_at

RECORD = """\
title: 共建
stage: dr
parties:
  college: {signatory: 张, office: x}
  enterprises: [chenguang, xing]
a: {x: [1, 2], b: {t: "{", c: [p], c: y}, d: 1}
inputs:
- element: teachers
  provider: ch
  items:
    - name: 车床
      quantity:
# 说明
responsible:
  lead: office

  ma
goals:
  trained:
    year: 2026
    """

CASES = {
    "a key at the top": (0, 2, ("title",), True, "ti"),
    "a value at the top": (1, 9, ("stage",), False, "dr"),
    "a key inside of braces": (3, 28, ("parties", "college", "of"), True, "of"),
    "a value inside of braces": (3, 24, ("parties", "college", "signatory"), False, "张"),
    "an item inside of brackets": (4, 29, ("parties", "enterprises", 0), False, "xi"),
    "a value inside of braces inside of braces": (5, 39, ("a", "b", "c"), False, "y"),
    "a key behind braces that are closed": (5, 43, ("a", "d"), True, "d"),
    "a key behind a dash": (7, 5, ("inputs", 0, "element"), True, "ele"),
    "the value of an item's second key": (8, 14, ("inputs", 0, "provider"), False, "ch"),
    "a key of an item of an item": (11, 8, ("inputs", 0, "items", 0, "quantity"), True, "qu"),
    "a key half typed below an empty row": (16, 4, ("responsible", "ma"), True, "ma"),
    "nothing yet, one step in": (15, 2, ("responsible", ""), True, ""),
    "nothing yet, at the end": (20, 4, ("goals", "trained", ""), True, ""),
}


@pytest.mark.parametrize("case", CASES)
def test_the_path_is_that_of_what_is_being_typed(case: str) -> None:
    line, column, path, key, word = CASES[case]
    spot = spot_at(RECORD, line, column)
    assert (spot.path, spot.key, spot.word) == (path, key, word)


def test_what_stands_beside_a_key_is_not_offered_again() -> None:
    assert siblings(RECORD, 16, 2) == {"lead"}
    assert siblings(RECORD, 8, 2) == {"element", "items"}
    assert siblings(RECORD, 1, 0) == {"title", "parties", "a", "inputs", "responsible", "goals"}
