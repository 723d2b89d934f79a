"""Files made to exhaust the reader end in findings, quickly enough to be part of an ordinary test run."""

from __future__ import annotations

import pytest

from pipeline.source import load
from pipeline.source.counted import MOST
from pipeline.source.encoding import LIMIT

BOMBS = {
    "square brackets": ("[", "Y13"),
    "braces": ("{a: ", "Y13"),
    "both": ("[{a: ", "Y13"),
    "dashes": ("- ", "Y13"),
    "dashes far apart": ("-  ", "Y13"),
    "questions": ("? ", "Y13"),
    "questions and dashes": ("? - ", "Y13"),
    "open lists below one another": ("a: [\n", "Y13"),
    "quotes": ("'", "Y16"),
    "open quotes": ('a: "x\n', "Y03"),
    "closing brackets": ("]", "Y03"),
    "syntax errors": ("a: b: c\n", "Y03"),
    "conflicts": ("<<<<<<< x\n=======\n>>>>>>> y\n", "Y03"),
    "anchors": ("- &a b\n", "Y05"),
    "aliases": ("- *x\n", "Y05"),
    "tag directives": ("%TAG !a! x\n", "Y05"),
    "equal keys": ("a: 1\n", "Y04"),
    "hidden characters": ("a\u200bb ", "Y09"),
    "nothing": ("\0", "Y02"),
    "bare returns": ("a: 1\r", "Y06"),
    "documents": ("--- a\n", "Y14"),
    "ambiguous words": ("- yes\n", "Y16"),
    "empty lines": ("\n", "Y15"),
    "empty lines with spaces": (" " * 300 + "\n", "Y15"),
    "words far apart": ("a" + " " * 70, "Y28"),
    "words far below": ("a: b\n" + "\n" * 30, "Y28"),
    "mixed words": ("VM\u0421 ", "Y26"),
    "letters from the right": ("\u0627a ", "Y08"),
    "strokes": ("1\u0336", "Y27"),
}


@pytest.mark.parametrize(("piece", "code"), BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_is_a_finding(piece: str, code: str) -> None:
    content = (piece * (LIMIT // len(piece)))[:LIMIT].encode()[:LIMIT]
    source = load("x.yaml", content)
    assert code in {finding.code for finding in source.findings}
    assert len(source.findings) <= 2 * MOST + 10


def test_steps_down_to_the_right_are_nesting_too() -> None:
    staircase = "".join(" " * depth + "a:\n" for depth in range(1400))
    assert {finding.code for finding in load("x.yaml", staircase.encode()).findings} == {"Y13"}


def test_many_small_lists_are_not_nesting() -> None:
    source = load("x.yaml", ("a: [" + "[], " * 5000 + "]\nb: |\n" + " " * 2000 + "x\n").encode())
    assert source.findings == ()


def test_too_deep_a_branch_leaves_the_others_standing() -> None:
    source = load("x.yaml", ("a: " + "[" * 70 + "]" * 70 + "\nb: 1\n").encode())
    assert [finding.code for finding in source.findings] == ["Y13"]
    assert source.data is not None and source.data["b"] == 1


def test_a_long_number_costs_nothing_and_is_none() -> None:
    source = load("x.yaml", b"a: " + b"9" * 1_000_000)
    assert [finding.code for finding in source.findings] == ["Y22"]
    assert len(source.findings[0].message) < 80
